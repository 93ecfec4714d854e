"""Servers on loopback that behave as offices' do, or badly, and a clock on which nobody waits."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from ingest.pulling.problems import StoppedError

BEGIN = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


class Asked(NamedTuple):
    """A request as it came: headers by names in lower case, and when, by the test's clock."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    at: float


class Answer(NamedTuple):
    """What is sent back. `declared` is the length that is told where it is not that of the body; `close` ends
    the connection before anything is sent.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = MappingProxyType({})
    declared: int | None = None
    close: bool = False


class FakeClock:
    """Time passes only where it is waited for; `stop_after` waits of more than no time it tells to stop."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.passed = 0.0
        self.waits: list[float] = []
        self._stop_after = stop_after

    def now(self) -> dt.datetime:
        return BEGIN + dt.timedelta(seconds=self.passed)

    def seconds(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        if self._stop_after is not None and len(self.waits) >= self._stop_after:
            raise StoppedError
        self.waits.append(seconds)
        self.passed += seconds


class Office:
    """A server that answers by `answer`, and remembers what it was asked."""

    def __init__(self, answer: Callable[[Asked], Answer], clock: FakeClock | None) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.address = ""
        self._clock = clock
        self._lock = threading.Lock()
        self._at_once = 0
        self.most_at_once = 0

    def take(self, target: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(target)
        at = 0.0 if self._clock is None else self._clock.seconds()
        asked = Asked(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), headers, at)
        with self._lock:
            self.asked.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return self.answer(asked)
        finally:
            with self._lock:
                self._at_once -= 1

    def values(self, parameter: str) -> list[str | None]:
        """What was asked with, by request."""
        return [asked.query.get(parameter) for asked in self.asked]


@contextmanager
def serving(
    answer: Callable[[Asked], Answer], clock: FakeClock | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Office]:
    office = Office(answer, clock)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            given = office.take(self.path, {name.lower(): value for name, value in self.headers.items()})
            if given.close:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            if given.status not in (204, 304):
                length = len(given.body) if given.declared is None else given.declared
                self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(given.body)
            if given.declared is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Clients that go are no news."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    office.address = f"http{'' if tls is None else 's'}://127.0.0.1:{server.server_address[1]}"
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
