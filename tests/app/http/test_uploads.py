"""Uploads in parts by the tus protocol: cut anywhere, gone on with, and ended the same."""

import base64
import hashlib
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.chores import sweeping_deliveries
from app.feeds.growing import Growing
from register.store.database import Database
from tests.app.http.test_feeds import Sent, marks

TUS = {"Tus-Resumable": "1.0.0"}
PART = {**TUS, "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made


def told(**metadata: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items())


def make(sent: Sent, length: int, key_of: str = "SG", **metadata: str) -> Any:
    headers = {
        **TUS,
        **sent.headers(key_of),
        "Upload-Length": str(length),
        "Upload-Metadata": told(**metadata),
    }
    return sent.client.post("/v1/uploads", headers=headers)


def patch(sent: Sent, address: str, offset: int, body: bytes, **more: str) -> Any:
    headers = {**PART, **sent.headers(), "Upload-Offset": str(offset), **more}
    return sent.client.patch(address, content=body, headers=headers)


def head(sent: Sent, address: str) -> Any:
    return sent.client.head(address, headers={**TUS, **sent.headers()})


def test_what_the_server_can_is_told(sent: Sent) -> None:
    answer = sent.client.options("/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation", "expiration", "checksum", "termination"
    }  # fmt: skip


def test_an_upload_in_parts_cut_at_random_points_is_the_feed_that_it_is_at_once(sent: Sent) -> None:
    body, draw = marks(300), random.Random(7)
    made = make(sent, len(body), filename="marks.jsonl")
    assert made.status_code == 201
    address, offset = made.headers["location"], 0
    while offset < len(body):
        step = draw.randint(1, 20_000)
        answer = patch(sent, address, offset, body[offset : offset + step])
        assert answer.status_code == 204
        offset = int(head(sent, address).headers["upload-offset"])
        assert int(answer.headers["upload-offset"]) == offset
    feed_address = head(sent, address).headers["upload-feed"]
    assert answer.headers["upload-feed"] == feed_address
    assert sent.worker.work()
    feed = sent.get(feed_address).json()
    assert (feed["state"], feed["counts"]["created"], feed["name"]) == ("done", 300, "marks.jsonl")
    assert feed["sha256"] == hashlib.sha256(body).hexdigest()
    assert sent.kept() == []
    assert sent.taken(body)["counts"]["unchanged"] == 300


def test_a_dry_run_may_be_announced(sent: Sent) -> None:
    body = marks(3)
    made = make(sent, len(body), office="SG", dryRun="true")
    feed = patch(sent, made.headers["location"], 0, body).headers["upload-feed"]
    sent.worker.work()
    assert sent.get(feed).json()["dryRun"] is True


def test_another_offset_is_refused_with_what_is_here(sent: Sent) -> None:
    address = make(sent, 100).headers["location"]
    patch(sent, address, 0, b"x" * 40)
    answer = patch(sent, address, 30, b"x" * 10)
    assert (answer.status_code, answer.json()["code"]) == (409, "other-offset")
    assert head(sent, address).headers["upload-offset"] == "40"


def test_bytes_after_the_announced_length_are_refused_and_not_kept(sent: Sent) -> None:
    address = make(sent, 100).headers["location"]
    assert patch(sent, address, 0, b"x" * 101).status_code == 400
    assert head(sent, address).headers["upload-offset"] == "0"


@pytest.mark.parametrize("name", ["sha1", "sha256", "md5"])
def test_a_wrong_checksum_keeps_nothing_and_a_right_one_goes_on(sent: Sent, name: str) -> None:
    address = make(sent, 100).headers["location"]
    right = base64.b64encode(hashlib.new(name, b"x" * 10).digest()).decode()
    wrong = base64.b64encode(hashlib.new(name, b"y").digest()).decode()
    answer = patch(sent, address, 0, b"x" * 10, **{"Upload-Checksum": f"{name} {wrong}"})
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum-mismatch")
    assert head(sent, address).headers["upload-offset"] == "0"
    assert patch(sent, address, 0, b"x" * 10, **{"Upload-Checksum": f"{name} {right}"}).status_code == 204


def test_two_requests_at_once_do_not_mix(sent: Sent) -> None:
    address = make(sent, 100).headers["location"]
    with Growing(sent.spool.part(address.rpartition("/")[2])):
        assert patch(sent, address, 0, b"x" * 10).status_code == 423
    assert patch(sent, address, 0, b"x" * 10).status_code == 204


def test_an_ended_upload_is_gone(sent: Sent) -> None:
    address = make(sent, 100).headers["location"]
    patch(sent, address, 0, b"x" * 10)
    assert sent.client.delete(address, headers={**TUS, **sent.headers()}).status_code == 204
    assert head(sent, address).status_code == 404
    assert sent.kept() == []


def test_an_expired_upload_is_swept(sent: Sent) -> None:
    address = make(sent, 100).headers["location"]
    patch(sent, address, 0, b"x" * 10)
    with sent.database.writing() as connection:
        connection.execute(text("UPDATE upload SET expires_at = now() - interval '1 second'"))
    assert head(sent, address).status_code == 404
    sweeping_deliveries(sent.database, sent.spool)()
    assert sent.kept() == []


def test_an_upload_that_was_whole_when_its_server_was_killed_becomes_a_feed(sent: Sent) -> None:
    body = marks(5)
    for renamed in (False, True):
        address = make(sent, len(body)).headers["location"]
        part = sent.spool.part(address.rpartition("/")[2])
        part.write_bytes(body)
        if renamed:
            sent.spool.keep(part)
        answer = head(sent, address)
        assert answer.headers["upload-offset"] == str(len(body))
        assert sent.get(answer.headers["upload-feed"]).json()["size"] == len(body)


def test_keys_hold_for_uploads_too(sent: Sent) -> None:
    assert make(sent, 10, "MY", office="SG").status_code == 403
    address = make(sent, 10).headers["location"]
    assert sent.client.head(address, headers={**TUS, **sent.headers("MY")}).status_code == 403
    assert sent.client.delete(address, headers=TUS).status_code == 401
    assert sent.client.post("/v1/uploads", headers={**TUS, "Upload-Length": "10"}).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "10"}, 412),
        ({**TUS}, 400),
        ({**TUS, "Upload-Length": "ten"}, 400),
        ({**TUS, "Upload-Length": str(1 << 45)}, 413),
        ({**TUS, "Upload-Length": "10", "Upload-Metadata": "filename ***"}, 400),
        ({**TUS, "Upload-Length": "10", "Upload-Metadata": told(office="Singapore")}, 400),
    ],
)
def test_what_cannot_be_announced_is_told(sent: Sent, headers: dict[str, str], status: int) -> None:
    answer = sent.client.post("/v1/uploads", headers={**sent.headers(), **headers})
    assert answer.status_code == status
    assert answer.json()["code"]
    assert sent.kept() == []


def test_a_client_without_patch_names_the_method_in_a_header(sent: Sent) -> None:
    address = make(sent, 100).headers["location"]
    headers = {**PART, **sent.headers(), "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert sent.client.post(address, content=b"x" * 10, headers=headers).status_code == 204
