"""HTTP on the wire: what cannot be read as a request gets a problem document too."""

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.http.problems import MEDIA_TYPE, Problem, encoded_problem

# Several times what the longest lists, percent-encoded, and a browser's own headers come to.
MAX_HEAD_BYTES = 256 << 10

_UNREADABLE = Problem(
    400,
    "unreadable-request",
    "this is no request of HTTP/1.1",
    mend="the methods are GET, HEAD and POST; an address is percent-encoded",
)
_HEAD_TOO_LARGE = Problem(
    431, "head-too-large", f"the address and the headers are longer than {MAX_HEAD_BYTES} bytes"
)


class _HeadTooLargeError(Exception):
    """Ends the parsing of a request."""


class Wire(HttpToolsProtocol):
    """uvicorn's protocol with problem documents for its own refusals, and a bound for what a request's head
    may hold.
    """

    _head_bytes = 0

    def on_message_begin(self) -> None:
        self._head_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # the parser's words are not the client's
        """Refuse what the parser could not take, and close the connection."""
        problem = _HEAD_TOO_LARGE if self._head_bytes > MAX_HEAD_BYTES else _UNREADABLE
        body = encoded_problem(problem)
        head = (
            f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\n"
            f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n"
            "x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MAX_HEAD_BYTES:
            raise _HeadTooLargeError
