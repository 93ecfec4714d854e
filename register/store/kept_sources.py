"""Everything that an office delivered and that was not taken back, source by source, in the order in which it
was taken in.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from register.model import RIGHTS, Right
from register.store.blocks import Source, all_in


class KeptSource(NamedTuple):
    """A source that was kept: which entry of which block it is, the feed that it came with, and whose;
    `is_again` where that feed only read again what others had brought.
    """

    block: int
    entry: int
    feed_id: int
    office: str
    source: Source
    is_again: bool = False


class Scope(NamedTuple):
    """Whose records are meant: an office (ST.3), and one right or all."""

    office: str
    right: Right | None = None

    @property
    def rights(self) -> tuple[Right, ...]:
        return RIGHTS if self.right is None else (self.right,)

    @property
    def covers(self) -> list[str]:
        """As feeds tell what they cover."""
        return [f"{self.office}:{right}" for right in self.rights]


class KeptBlock(NamedTuple):
    """The sources of a block, which are those of one feed."""

    id: int
    feed_id: int
    sources: list[KeptSource]


def kept_blocks(connection: Connection, scope: Scope, after: int, limit: int) -> list[KeptBlock]:
    """The next blocks of feeds that brought such records, or may have, after the block with this id."""
    asked = {"office": scope.office, "covers": scope.covers, "after": after, "limit": limit}
    return [
        KeptBlock(
            row.id,
            row.feed_id,
            [
                KeptSource(row.id, entry, row.feed_id, row.office, source)
                for entry, source in enumerate(all_in(row.entries, row.sources))
            ],
        )
        for row in connection.execute(_BLOCKS, asked)
    ]


def last_block(connection: Connection) -> int:
    return connection.scalar(text("SELECT coalesce(max(id), 0) FROM source_block")) or 0


def sources_at(connection: Connection, places: Sequence[tuple[int, int]]) -> Iterator[KeptSource]:
    """The sources at these entries of blocks, block by block."""
    wanted: dict[int, set[int]] = {}
    for block, entry in places:
        wanted.setdefault(block, set()).add(entry)
    for block in sorted(wanted):
        row = connection.execute(_BLOCK, {"id": block}).one()
        for entry, source in enumerate(all_in(row.entries, row.sources)):
            if entry in wanted[block]:
                yield KeptSource(block, entry, row.feed_id, row.office, source, row.is_again)


# What a feed brought before it was taken back does not count, unless the taking back was itself taken back.
_BLOCKS = text(
    """
    SELECT block.id, block.feed_id, feed.office, block.entries, block.sources
    FROM source_block AS block JOIN feed ON feed.id = block.feed_id
    WHERE block.id > :after AND feed.undoes IS NULL AND feed.task IS DISTINCT FROM 'reprocess'
        AND (feed.office = :office OR feed.covers && CAST(:covers AS text[]))
        AND NOT EXISTS (
            SELECT FROM feed AS undoing
            WHERE undoing.undoes = feed.id AND undoing.state = 'done' AND undoing.undone_by IS NULL
                AND undoing.finished_at > block.changed_at
        )
    ORDER BY block.id LIMIT :limit
    """
)
_BLOCK = text(
    """
    SELECT block.feed_id, feed.office, feed.task IS NOT DISTINCT FROM 'reprocess' AS is_again,
        block.entries, block.sources
    FROM source_block AS block JOIN feed ON feed.id = block.feed_id WHERE block.id = :id
    """
)
