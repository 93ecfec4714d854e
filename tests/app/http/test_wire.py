"""What is no request of HTTP gets a problem document over the wire."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from app.http.wire import MAX_HEAD_BYTES, Wire


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server that answers everything."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        PlainTextResponse("answered"), http=Wire, ws="none", lifespan="off", log_config=None, access_log=False
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


def answer_to(port: int, sent: bytes) -> tuple[bytes, bytes]:
    """The head and the body of what comes back until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(sent)
        parts = list(iter(lambda: wire.recv(65536), b""))
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    "sent",
    [b"BREW /v1/trademarks HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n"],
)
def test_what_is_no_request_gets_a_problem_document(port: int, sent: bytes) -> None:
    head, body = answer_to(port, sent)
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in head
    told: Any = json.loads(body)
    assert (told["status"], told["code"]) == (400, "unreadable-request")


def test_a_head_without_end_is_refused(port: int) -> None:
    head, body = answer_to(port, b"GET / HTTP/1.1\r\nX-Long: " + b"x" * MAX_HEAD_BYTES + b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 ")
    assert json.loads(body)["code"] == "head-too-large"


def test_several_requests_of_one_connection_are_counted_apart(port: int) -> None:
    one = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * (MAX_HEAD_BYTES // 2) + b"\r\n\r\n"
    head, body = answer_to(port, one + one + one.replace(b"Host: x", b"Host: x\r\nConnection: close"))
    assert head.startswith(b"HTTP/1.1 200 ")
    assert body.count(b"HTTP/1.1 200 ") == 2
