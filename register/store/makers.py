"""Which feed made a version."""

from collections.abc import Collection
from typing import Any, NamedTuple

from psycopg import Cursor


def makers_of(cursor: Cursor[Any], timepoints: Collection[int]) -> dict[int, int]:
    """The feeds that made these versions."""
    cursor.execute(
        "SELECT change.timepoint, source_block.feed_id FROM change"
        " JOIN source_block ON source_block.id = change.block_id WHERE change.timepoint = ANY(%s)",
        (list(timepoints),),
    )
    return dict(cursor)


class Maker(NamedTuple):
    """A feed that made a version; `is_delivery` where it is one, and neither undoes nor reads again."""

    feed_id: int
    is_delivery: bool


def told_makers_of(cursor: Cursor[Any], timepoints: Collection[int]) -> dict[int, Maker]:
    """The same with what kind of feed each is."""
    cursor.execute(
        "SELECT change.timepoint, feed.id, feed.undoes IS NULL AND feed.task IS NULL FROM change"
        " JOIN source_block ON source_block.id = change.block_id JOIN feed ON feed.id = source_block.feed_id"
        " WHERE change.timepoint = ANY(%s)",
        (list(timepoints),),
    )
    return {row[0]: Maker(row[1], row[2]) for row in cursor}
