"""Feeds over HTTP: who may send them, what is refused, what becomes of them, and what is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.feeds.spool import Spool
from app.feeds.working import FeedWorker
from app.settings import Settings
from register.store.database import Database
from register.store.feed_queue import next_feeds
from register.store.guard import Guard
from register.store.keys import create_key, revoke_key
from search.engines.tantivy import TantivyEngine
from tests.app.http.conftest import MARKS_SG, client_of, jsonl


class Sent:
    """A served register with a worker that reads feeds when the test says so."""

    def __init__(self, database: Database, folder: Path, **settings: Any) -> None:
        self.database, self.folder = database, folder
        self.settings = Settings(data_dir=folder, spare_bytes=0, **settings)
        self.client: TestClient = client_of(self.settings, database, TantivyEngine(folder / "index"))
        self.spool = Spool(folder, 0)
        self.guard = Guard(self.settings.share, self.settings.hold_least)
        self.worker = FeedWorker(database, self.spool, threading.Event(), self.guard)
        self.keys = {office: self.key(office) for office in ("SG", "MY")}

    def key(self, office: str, **more: Any) -> str:
        with self.database.writing() as connection:
            return create_key(connection, office, **more).key

    def headers(self, office: str = "SG") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[office]}"}

    def send(self, body: bytes, query: str = "office=SG", office: str = "SG", **more: str) -> Any:
        headers = {**self.headers(office), **more}
        return self.client.post(f"/v1/feeds?{query}", content=body, headers=headers)

    def get(self, address: str, office: str = "SG", **more: str) -> Any:
        return self.client.get(address, headers={**self.headers(office), **more})

    def taken(self, body: bytes, query: str = "office=SG", office: str = "SG") -> Any:
        """Send a feed and have it read; its document."""
        sent = self.send(body, query, office)
        assert sent.status_code == 202, sent.text
        while self.worker.work():
            pass
        return self.get(sent.headers["location"], office).json()

    def kept(self) -> list[str]:
        folder = self.folder / "spool"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made


def marks(count: int, first: int = 0, **more: Any) -> bytes:
    lines = [{**MARKS_SG[1], "applicationNumber": f"40202{first + n:06d}K", **more} for n in range(count)]
    return jsonl(lines)


def test_a_feed_is_queued_read_by_a_worker_and_its_delivery_is_not_kept(sent: Sent) -> None:
    answer = sent.send(marks(30), "office=SG&name=marks.jsonl")
    assert answer.status_code == 202
    assert answer.json()["state"] == "queued"
    assert len(sent.kept()) == 1
    assert sent.worker.work()
    feed = sent.get(answer.headers["location"]).json()
    assert (feed["state"], feed["progress"], feed["name"]) == ("done", 1.0, "marks.jsonl")
    assert feed["counts"] == {
        "read": 30, "created": 30, "updated": 0, "unchanged": 0, "deleted": 0, "quarantined": 0
    }  # fmt: skip
    assert sent.kept() == []


def test_the_same_feed_again_changes_nothing(sent: Sent) -> None:
    sent.taken(marks(5))
    assert sent.taken(marks(5))["counts"]["unchanged"] == 5


def test_a_dry_run_writes_nothing(sent: Sent) -> None:
    assert sent.taken(marks(5), "office=SG&dryRun=true")["counts"]["created"] == 5
    assert sent.client.get("/v1/changes?since=1990-01-01").json()["results"] == []


@pytest.mark.parametrize(
    ("headers", "code"), [({}, "key-missing"), ({"Authorization": "Bearer not-a-key"}, "key-unknown")]
)
def test_without_a_good_key_nothing_is_taken(sent: Sent, headers: dict[str, str], code: str) -> None:
    answer = sent.client.post("/v1/feeds?office=SG", content=marks(1), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["www-authenticate"] == "Bearer"
    assert sent.kept() == []


def test_a_revoked_key_is_unknown(sent: Sent) -> None:
    with sent.database.writing() as connection:
        made = create_key(connection, "SG")
        revoke_key(connection, made.id)
    sent.keys["SG"] = made.key
    assert sent.send(marks(1)).status_code == 401


def test_the_key_of_another_office_neither_sends_nor_sees(sent: Sent) -> None:
    assert sent.send(marks(1), "office=SG", "MY").status_code == 403
    assert sent.kept() == []
    feed = sent.taken(marks(1))
    for address in ("", "/errors", "/files", "/events"):
        assert sent.get(f"/v1/feeds/{feed['id']}{address}", "MY").status_code == 403
    assert sent.client.post(f"/v1/feeds/{feed['id']}/cancel", headers=sent.headers("MY")).status_code == 403
    assert sent.get("/v1/feeds?office=SG", "MY").status_code == 403


def test_a_key_that_only_reads_sees_and_does_not_send(sent: Sent) -> None:
    feed = sent.taken(marks(1))
    sent.keys["SG"] = sent.key("SG", purpose="read")
    assert sent.get(f"/v1/feeds/{feed['id']}").status_code == 200
    answer = sent.send(marks(1))
    assert (answer.status_code, answer.json()["code"]) == (403, "key-read-only")


@pytest.mark.parametrize("query", ["", "office=SGP", "office=SG&format=unheard-of", "office=SG&x=1"])
def test_a_parameter_that_cannot_be_used_is_told_before_anything_is_kept(sent: Sent, query: str) -> None:
    assert sent.send(marks(1), query).status_code == 400
    assert sent.kept() == []


def test_a_body_longer_than_the_limit_is_refused_by_its_length_and_by_counting(
    fresh_database_url: str, tmp_path: Path
) -> None:
    with closing(Database(fresh_database_url)) as database:
        sent = Sent(database, tmp_path, upload_bytes=2048)
        with sent.client:
            assert sent.send(b"x" * 2049).status_code == 413

            def pieces() -> Iterator[bytes]:
                yield b"x" * 2000
                yield b"x" * 2000

            counted = sent.client.post("/v1/feeds?office=SG", content=pieces(), headers=sent.headers())
            assert (counted.status_code, counted.json()["code"]) == (413, "delivery-too-large")
            assert sent.kept() == []


def test_a_disk_without_room_is_told(fresh_database_url: str, tmp_path: Path) -> None:
    with closing(Database(fresh_database_url)) as database:
        sent = Sent(database, tmp_path)
        sent.client = client_of(
            Settings(data_dir=tmp_path, spare_bytes=1 << 50), database, TantivyEngine(tmp_path / "index")
        )
        with sent.client:
            answer = sent.send(marks(1))
        assert (answer.status_code, answer.json()["code"]) == (507, "no-space")
        assert sent.kept() == []


def test_an_empty_body_is_refused(sent: Sent) -> None:
    assert sent.send(b"").status_code == 400
    assert sent.kept() == []


def test_what_is_no_feed_fails_with_a_sentence_and_is_not_kept(sent: Sent) -> None:
    feed = sent.taken(b"Dear office, please find attached the marks.\n")
    assert feed["state"] == "failed"
    assert "plain text" in feed["problem"]
    assert sent.kept() == []


def test_errors_are_told_by_page_and_as_csv(sent: Sent) -> None:
    bad = b"".join(jsonl([{**MARKS_SG[1], "filingDate": f"2024-13-{n:02d}"}]) for n in range(1, 8))
    feed = sent.taken(marks(3) + bad)
    assert feed["counts"]["quarantined"] == 7
    address, seen = f"/v1/feeds/{feed['id']}/errors?limit=3", []
    while address:
        page = sent.get(address).json()
        seen += page["results"]
        address = page.get("next")
    assert [error["position"]["record"] for error in seen] == list(range(4, 11))
    assert all(error["reason"] and error["mend"] and "2024-13" in error["source"] for error in seen)
    table = sent.get(f"/v1/feeds/{feed['id']}/errors", accept="text/csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.splitlines()) == 8


def test_the_feeds_of_an_office_are_listed_newest_first(sent: Sent) -> None:
    ids = [sent.taken(marks(1, n))["id"] for n in range(5)]
    sent.taken(marks(1, office="MY"), "office=MY", "MY")
    address, seen = "/v1/feeds?office=SG&limit=2", []
    while address:
        page = sent.get(address).json()
        seen += [feed["id"] for feed in page["results"]]
        address = page.get("next")
    assert seen == ids[::-1]
    assert sent.get("/v1/feeds?state=held").json()["results"] == []


def test_a_feed_is_followed_by_events_to_its_end(sent: Sent) -> None:
    feed = sent.send(marks(10)).json()
    thread = threading.Timer(0.3, sent.worker.work)
    thread.start()
    told = sent.get(f"/v1/feeds/{feed['id']}/events")
    thread.join()
    assert told.headers["content-type"].startswith("text/event-stream")
    last = told.text.strip().split("\n\n")[-1]
    assert last.startswith("event: done\n")
    assert json.loads(last.split("data: ", 1)[1])["counts"]["created"] == 10


def test_a_queued_feed_is_cancelled_and_not_read(sent: Sent) -> None:
    feed = sent.send(marks(10)).json()
    answer = sent.client.post(f"/v1/feeds/{feed['id']}/cancel", headers=sent.headers())
    assert answer.json()["state"] == "cancelled"
    assert not sent.worker.work()
    again = sent.client.post(f"/v1/feeds/{feed['id']}/cancel", headers=sent.headers())
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")


def test_files_of_an_archive_are_told(sent: Sent, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", marks(2))
        archive.writestr("b.jsonl", marks(3, 10))
    feed = sent.taken(path.read_bytes(), "office=SG&name=two.zip")
    files = sent.get(f"/v1/feeds/{feed['id']}/files").json()["results"]
    assert [(file["name"], file["counts"]["read"]) for file in files] == [
        ("two.zip/a.jsonl", 2),
        ("two.zip/b.jsonl", 3),
    ]


def test_of_each_office_the_oldest_feed_is_next(sent: Sent) -> None:
    first = sent.send(marks(1)).json()["id"]
    sent.send(marks(1, 1))
    other = sent.send(marks(1, office="MY"), "office=MY", "MY").json()["id"]
    assert sent.database.read(next_feeds) == [first, other]


def test_workers_at_once_read_each_feed_once(sent: Sent) -> None:
    for number in range(6):
        sent.send(marks(200, number * 200))
    stop = threading.Event()
    databases = [
        Database(str(sent.database.engine.url.render_as_string(hide_password=False))) for _ in range(3)
    ]
    threads = [
        threading.Thread(target=FeedWorker(each, sent.spool, stop, sent.guard).run) for each in databases
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 30
    while time.monotonic() < end and any(
        feed["state"] != "done" for feed in sent.get("/v1/feeds").json()["results"]
    ):
        time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    for each in databases:
        each.close()
    feeds = sent.get("/v1/feeds").json()["results"]
    assert [feed["counts"]["created"] for feed in feeds] == [200] * 6
    assert sent.kept() == []


def test_a_feed_is_done_when_its_records_can_be_found(sent: Sent) -> None:
    asked: list[int] = []

    def is_searchable(timepoint: int) -> bool:
        asked.append(timepoint)
        feeds = sent.get("/v1/feeds").json()["results"]
        assert [feed["state"] for feed in feeds] == ["reading"]
        return len(asked) == 3

    sent.worker = FeedWorker(sent.database, sent.spool, threading.Event(), sent.guard, is_searchable)
    assert sent.taken(marks(7))["state"] == "done"
    assert asked == [7, 7, 7]
