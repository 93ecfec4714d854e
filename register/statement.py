"""What a feed says about one right, ready for the store: the seam between `ingest` and `register.store`."""

from typing import Literal, NamedTuple

from register.model import Record

Operation = Literal["upsert", "patch", "delete"]


class Statement(NamedTuple):
    """One statement of a feed.

    `upsert` states the whole record, `patch` only the fields named in `given` (an empty one is cleared),
    `delete` ends it. `stamp` is the source's own date or time (ISO 8601) or "". `file`, `number`, `line`,
    `offset` are the place in the delivery; `source` the bytes as delivered.
    """

    operation: Operation
    record: Record
    given: frozenset[str] | None
    stamp: str
    file: str
    number: int
    line: int | None
    offset: int | None
    source: bytes


class Rejected(NamedTuple):
    """A part of a feed that is no acceptable record: kept in quarantine with the place, the reason and the
    mend.
    """

    code: str
    reason: str
    mend: str
    file: str
    number: int
    line: int | None
    offset: int | None
    source: bytes
