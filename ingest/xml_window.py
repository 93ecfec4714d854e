"""A sliding view on a stream of XML bytes, with the place in the file."""

from ingest.draft import HarmfulFeedError
from ingest.encoding import CHUNK_BYTES, Utf8Stream


class EndOfInputError(Exception):
    """The file ends inside something."""


class Window:
    """A growing view on the stream: `data[pos:]` is what is still to be looked at."""

    def __init__(self, stream: Utf8Stream) -> None:
        self.data = b""
        self.pos = 0
        self.base = 0
        self.line = 1
        self.ended = False
        self._stream = stream
        self._counted = 0

    def refill(self) -> bool:
        """Read more behind what is there, forgetting what lies before `pos`; False at the end of the file."""
        if self.ended:
            return False
        more = self._stream.read(CHUNK_BYTES)
        if not more:
            self.ended = True
            return False
        self.line_at(self.pos)
        self.data = self.data[self.pos :] + more
        self.base += self.pos
        self._counted -= self.pos
        self.pos = 0
        return True

    def line_at(self, pos: int) -> int:
        """The line, from 1, of a place that no earlier call lies behind."""
        self.line += self.data.count(b"\n", self._counted, pos)
        self._counted = pos
        return self.line

    def find(self, wanted: bytes, start: int, limit: int) -> int:
        """Where `wanted` next stands at or after `start` (relative to `pos`), reading on as needed; relative
        to `pos`.

        Raises `EndOfInputError` where the file ends first, `HarmfulFeedError` past `limit` bytes.
        """
        while True:
            found = self.data.find(wanted, self.pos + start)
            if found >= 0:
                return found - self.pos
            size = len(self.data) - self.pos
            start = max(start, size - len(wanted) + 1)
            if size > limit:
                raise HarmfulFeedError(
                    f"more than {limit >> 20} MiB without an end of what began at byte {self.base + self.pos}"
                )
            if not self.refill():
                raise EndOfInputError
