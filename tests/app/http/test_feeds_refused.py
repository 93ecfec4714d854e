"""Deliveries that harm, and bodies that do not come as they say: refused soon, nothing of them is left."""

import gzip
import io
import json
import socket
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.http.wire import Wire
from register.store.database import Database
from tests.app.http.test_feeds import Sent, marks

HEAD = (
    '<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks"><TradeMarkTransactionBody>'
    "<TransactionContentDetails><TransactionData><TradeMarkDetails>"
)
TAIL = (
    "</TradeMarkDetails></TransactionData></TransactionContentDetails></TradeMarkTransactionBody>"
    "</Transaction>"
)


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path, upload_idle_seconds=0.5, upload_bytes=8 << 20)
        with made.client:
            yield made


@pytest.fixture
def port(sent: Sent) -> Iterator[int]:
    """The same service over the wire."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        sent.client.app, http=Wire, ws="none", lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()
    listening.close()


def xml(dtd: str, kind: str) -> bytes:
    mark = (
        "<TradeMark><RegistrationOfficeCode>SG</RegistrationOfficeCode><ApplicationNumber>40202000001K"
        f"</ApplicationNumber><KindMark>{kind}</KindMark></TradeMark>"
    )
    return f'<?xml version="1.0"?>\n{dtd}{HEAD}{mark}{TAIL}'.encode()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        link = tarfile.TarInfo("feed.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    return out.getvalue()


def nested() -> bytes:
    body = marks(1)
    for depth in range(8):
        body = zipped({f"{depth}.zip" if depth else "marks.jsonl": body})
    return body


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HARMFUL = {
    "external entity": xml('<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    "entities of entities": xml(f'<!DOCTYPE t [<!ENTITY l0 "lol">{LAUGHS}]>', "&l11;"),
    "path out of a zip": zipped({"../../tmp/slipped.xml": xml("", "Individual")}),
    "link in a tar": linked(),
    "archives in archives": nested(),
    "bomb in a zip": zipped({"feed.xml": HEAD.encode() + b" " * (400 << 20)}),
    "bomb in a gzip": gzip.compress(HEAD.encode() + b" " * (400 << 20), 1),
    "cut zip": zipped({"marks.jsonl": marks(100)})[:-200],
    "noise": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_harms_is_refused_with_a_sentence_and_leaves_nothing(sent: Sent, name: str) -> None:
    begun = time.monotonic()
    feed = sent.taken(HARMFUL[name])
    assert time.monotonic() - begun < 20
    assert feed["counts"]["created"] == 0
    errors = sent.get(f"/v1/feeds/{feed['id']}/errors").json()["results"]
    assert feed["state"] == "failed" or errors
    assert feed.get("problem") or errors[0]["reason"]
    assert "root:" not in json.dumps([feed, errors])
    assert sent.kept() == []
    assert sent.taken(marks(1))["counts"]["created"] == 1


def request(sent: Sent, length: str) -> bytes:
    return (
        f"POST /v1/feeds?office=SG HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sent.keys['SG']}\r\n"
        f"{length}\r\n\r\n"
    ).encode()


def answer(wire: socket.socket) -> Any:
    parts = []
    wire.settimeout(10)
    while piece := wire.recv(65536):
        parts.append(piece)
        if b"}" in piece:
            break
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def nothing_kept(sent: Sent) -> bool:
    end = time.monotonic() + 5
    while sent.kept() and time.monotonic() < end:
        time.sleep(0.02)
    return sent.kept() == []


def test_a_body_of_which_nothing_more_comes_is_given_up(sent: Sent, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(request(sent, "Content-Length: 100000") + b"x" * 10)
        status, told = answer(wire)
    assert (status, told["code"]) == (408, "upload-stalled")
    assert nothing_kept(sent)


def test_a_connection_that_is_cut_leaves_nothing(sent: Sent, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(request(sent, "Content-Length: 3000000") + b"x" * 2_000_000)
        time.sleep(0.2)
    assert nothing_kept(sent)
    assert sent.get("/v1/feeds").json()["results"] == []


def test_a_body_without_end_is_refused_at_the_limit(sent: Sent, port: int) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(request(sent, "Transfer-Encoding: chunked"))
        try:
            for _ in range(1000):
                wire.sendall(chunk)
        except OSError:
            pass
        status, told = answer(wire)
    assert (status, told["code"]) == (413, "delivery-too-large")
    assert nothing_kept(sent)


def test_a_declared_length_over_the_limit_is_refused_before_the_body(sent: Sent, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(request(sent, f"Content-Length: {10 << 30}"))
        assert answer(wire)[0] == 413
    assert sent.kept() == []


@pytest.mark.parametrize(
    "length", ["Content-Length: ten", "Content-Length: -5", "Content-Length: 1\r\nContent-Length: 2"]
)
def test_a_length_that_is_none_is_refused(sent: Sent, port: int, length: str) -> None:
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(request(sent, length) + b"xx")
        assert answer(wire)[0] == 400
    assert sent.kept() == []
