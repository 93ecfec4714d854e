"""What was held before a feed: written down with each batch, so that the feed can be undone exactly.

The change log keeps the content of every version; what it does not keep of a record is how new its state was
and which feed had set it. Of new records there was nothing, so their ids do.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from psycopg import Cursor

from register.model import Plain
from register.store.heads import Head
from register.store.packing import pack, unpack

# What was taken ahead of a feed stands before its first record, at positions below 0.
FIRST = -(2**31)


class HeadBefore(msgspec.Struct, frozen=True, array_like=True):
    """A head as it was, without its version, and `standing_after`: as the batch left its standing."""

    id: str
    timepoint: int
    content_hash: int
    source_hash: int
    origin: int
    position: int
    status: Plain
    filed: int | None
    deleted: bool
    standing: bytes
    standing_after: bytes


class Before(msgspec.Struct, frozen=True, array_like=True):
    """What a batch touched: records that were held, deleted ones too, and the ids of new ones."""

    touched: list[HeadBefore]
    created: list[str]

    @property
    def ids(self) -> list[str]:
        return [*(head.id for head in self.touched), *self.created]


def head_before(head: Head) -> HeadBefore:
    """The head as it is now, before it is changed."""
    return HeadBefore(
        head.id,
        head.timepoint,
        head.content_hash,
        head.source_hash,
        head.origin,
        head.position,
        head.status,
        head.filed,
        head.deleted,
        head.standing_bytes,
        b"",
    )


def insert_before(cursor: Cursor[Any], feed_id: int, position: int, before: Before) -> None:
    """Write down what a batch touched that began after so many source records of the feed."""
    if before.touched or before.created:
        cursor.execute(
            "INSERT INTO feed_before (feed_id, position, heads) VALUES (%s, %s, %s)",
            (feed_id, position, pack(msgspec.msgpack.encode(before))),
        )


def read_before(cursor: Cursor[Any], feed_id: int) -> Iterator[Before]:
    """Everything written down of a feed, batch by batch in its order."""
    position = FIRST
    while (found := next_before(cursor, feed_id, position)) is not None:
        position, before = found
        yield before


def next_before(cursor: Cursor[Any], feed_id: int, after: int) -> tuple[int, Before] | None:
    """What the first batch touched that began after this position, and where it began."""
    row = cursor.execute(
        "SELECT position, heads FROM feed_before WHERE feed_id = %s AND position > %s"
        " ORDER BY position LIMIT 1",
        (feed_id, after),
    ).fetchone()
    return None if row is None else (row[0], msgspec.msgpack.decode(unpack(row[1]), type=Before))
