"""What a feed says about one right, ready for the store: the seam between `ingest` and `register.store`."""

from typing import Literal, NamedTuple

from register.model import Record, Right

Operation = Literal["upsert", "patch", "delete"]


class Envelope(NamedTuple):
    """What stood around a record in its delivery, as far as its reader looks at it: bytes that stand before
    and after the source where the record is read again.

    It is kept beside the source and is no part of it: the time at which a delivery was made says nothing of a
    record, and a record that is the same in two deliveries has the same source.
    """

    before: bytes = b""
    after: bytes = b""

    def around(self, source: bytes) -> bytes:
        """A small delivery with this one record."""
        return self.before + source + self.after


NO_ENVELOPE = Envelope()


class Statement(NamedTuple):
    """One statement of a feed.

    `upsert` states the whole record, `patch` only the fields named in `given` (an empty one is cleared),
    `delete` ends it. `stamp` is the source's own date or time (ISO 8601) or "". `file`, `number`, `line`,
    `offset` are the place in the delivery; `source` the bytes as delivered; `envelope` what the reader needs
    beside them; `unread` what of it was not understood, each as the kind of value and the value.
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
    envelope: Envelope = NO_ENVELOPE
    unread: tuple[tuple[str, str], ...] = ()


class Rejected(NamedTuple):
    """A part of a feed that is no acceptable record: kept in quarantine with the place, the reason and the
    mend. `source` is with its envelope where that is known: `before` and `after` are how many bytes of it
    stand before and after the record itself. `right` is known where the part could be read.
    """

    code: str
    reason: str
    mend: str
    file: str
    number: int
    line: int | None
    offset: int | None
    source: bytes
    right: Right | None = None
    before: int = 0
    after: int = 0
