"""A record on its way into a file, and what writes a kind of file."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec

from register.model import Part


class Ranked(Part, frozen=True):
    """A place in a ranking: the record, its score from 0 to 1, and why it is there, as JSON of the API."""

    id: str
    score: float
    why: msgspec.Raw


class _Why(Part, frozen=True):
    rule: str
    points: float


_reasons = msgspec.json.Decoder(list[_Why]).decode


class Found(NamedTuple):
    """The JSON of a record, and its place where the result is a ranking."""

    body: bytes
    ranked: Ranked | None = None

    def line(self) -> bytes:
        """The record as a line of `jsonl`, with score and reasons where it has them."""
        if self.ranked is None:
            return self.body
        return b'%s,"score":%s,"why":%s}' % (
            self.body[:-1],
            msgspec.json.encode(self.ranked.score),
            bytes(self.ranked.why),
        )

    def score_cells(self) -> list[str]:
        """Score and reasons as the last cells of a row."""
        if self.ranked is None:
            return ["", ""]
        return [f"{self.ranked.score:.4f}", "; ".join(one.rule for one in _reasons(self.ranked.why))]


class Writer(Protocol):
    """Makes the bytes of a file, part by part."""

    def begin(self) -> bytes: ...

    def add(self, found: Sequence[Found]) -> bytes: ...

    def end(self) -> bytes: ...


class LinesWriter:
    """A record a line: our own `jsonl` format."""

    def begin(self) -> bytes:
        return b""

    def add(self, found: Sequence[Found]) -> bytes:
        return b"".join([b"%s\n" % one.line() for one in found])

    def end(self) -> bytes:
        return b""
