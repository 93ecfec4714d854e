"""A record on its way into a file, and what writes a kind of file."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

import msgspec

from app.exports.applicants import with_applicants
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
    """The JSON of a record, its place where the result is a ranking, and the resolved applicants that are
    known, by the ids of their spellings (`register.spelling`).
    """

    body: bytes
    ranked: Ranked | None = None
    resolved: Mapping[int, str] = MappingProxyType({})

    def line(self) -> bytes:
        """The record as a line of `jsonl`: with its resolved applicants, and with score and reasons where it
        has them.
        """
        body = with_applicants(self.body, self.resolved)
        if self.ranked is None:
            return body
        return b'%s,"score":%s,"why":%s}' % (
            body[:-1],
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
