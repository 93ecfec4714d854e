"""A receiver of webhooks on loopback that takes what it is told to take."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Received(NamedTuple):
    headers: dict[str, str]
    body: bytes
    answered: int


class Receiving:
    """What came in. `answers` gives the status for the number of the request, from 1."""

    def __init__(self, answers: Callable[[int], int]) -> None:
        self._answers = answers
        self._lock = threading.Lock()
        self.requests: list[Received] = []
        self.address = ""

    def take(self, headers: dict[str, str], body: bytes) -> int:
        with self._lock:
            status = self._answers(len(self.requests) + 1)
            self.requests.append(Received(headers, body, status))
            return status

    def taken(self) -> list[str]:
        """The ids of the events that were answered with 2xx."""
        return [one.headers["Ipregister-Event"] for one in self.requests if one.answered < 300]


@contextmanager
def receiving(answers: Callable[[int], int]) -> Iterator[Receiving]:
    made = Receiving(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = made.take(dict(self.headers.items()), body)
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}/hook?for=us"
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
