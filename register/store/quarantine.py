"""Source records that could not be taken: each with its place, the reason and the mend, and what became of it
since: corrected, read again in vain, taken in by a later feed.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text, update

from register.store.packing import pack, unpack
from register.store.schema import quarantine

# Where a source is just so long, a part of it was cut off.
_CUT_BYTES = (64 << 10, 8 << 20)


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """`position` counts in the feed and `number` in the file, from 1.

    `source` is the record as it came, with `before` and `after` so many bytes of what stood around it;
    `corrected` is the same as its office corrected it. Code, reason and mend are those of the last try:
    `tried_by` is the feed that read it again in vain, `resolved_by` the one that took it in.
    """

    id: int
    feed_id: int
    position: int
    file: str
    number: int
    line: int | None
    offset: int | None
    code: str
    reason: str
    mend: str
    source: bytes
    before: int = 0
    after: int = 0
    corrected: bytes | None = None
    corrected_at: dt.datetime | None = None
    tried_by: int | None = None
    resolved_at: dt.datetime | None = None
    resolved_by: int | None = None

    @property
    def record(self) -> bytes:
        """The record itself, as it came."""
        return self.source[self.before : len(self.source) - self.after]

    @property
    def around(self) -> tuple[bytes, bytes]:
        """What stood before and after the record."""
        return self.source[: self.before], self.source[len(self.source) - self.after :]

    @property
    def as_it_came(self) -> "Quarantined":
        return msgspec.structs.replace(self, corrected=None)

    @property
    def is_cut(self) -> bool:
        """Whether only a part of the source is kept."""
        return len(self.source) - self.before - self.after in _CUT_BYTES or len(self.source) in _CUT_BYTES


def list_quarantine(
    connection: Connection, feed_id: int, *, after: int = 0, limit: int = 20, is_open: bool = False
) -> list[Quarantined]:
    """Those of a feed in its order; `after` is the id of the last one seen, `is_open` only what is not
    resolved.
    """
    where = "item.feed_id = :feed AND item.id > :after" + (_OPEN if is_open else "")
    return _list(connection, where, {"feed": feed_id, "after": after, "limit": limit})


def list_of_office(
    connection: Connection, office: str, *, after: int = 0, limit: int = 20, is_open: bool = True
) -> list[Quarantined]:
    """Those of all deliveries of an office that can be read again, oldest first."""
    where = f"{_OF_OFFICE} AND item.id > :after" + (_OPEN if is_open else "")
    return _list(connection, where, {"office": office, "after": after, "limit": limit})


def find_quarantined(connection: Connection, identity: int) -> Quarantined | None:
    found = _list(connection, "item.id = :id", {"id": identity, "limit": 1})
    return found[0] if found else None


def replay_items(connection: Connection, feed_id: int, after: int, limit: int) -> list[Quarantined]:
    """What a replay reads, in its order, after so many of its items."""
    query = f"""
        {_COLUMNS} FROM replay_item JOIN quarantine AS item ON item.id = replay_item.item
        {_LAST_TRY}
        WHERE replay_item.feed_id = :feed AND replay_item.number > :after
        ORDER BY replay_item.number LIMIT :limit
    """
    asked = {"feed": feed_id, "after": after, "limit": limit}
    return [_quarantined(row._mapping) for row in connection.execute(text(query), asked)]


class Problems(msgspec.Struct, frozen=True, kw_only=True):
    """How many source records of a feed were not taken for one reason; `reason` and `mend` are those of the
    first.
    """

    code: str
    count: int
    reason: str
    mend: str


def quarantine_problems(connection: Connection, feed_id: int) -> list[Problems]:
    """By code, the commonest first."""
    number, first = func.count(), func.min(quarantine.c.id)
    by_code = (
        select(quarantine.c.code, number.label("number"), first.label("first"))
        .where(quarantine.c.feed_id == feed_id)
        .group_by(quarantine.c.code)
        .subquery()
    )
    query = (
        select(by_code.c.code, by_code.c.number, quarantine.c.reason, quarantine.c.mend)
        .join(quarantine, quarantine.c.id == by_code.c.first)
        .order_by(by_code.c.number.desc(), by_code.c.code)
    )
    return [
        Problems(code=row.code, count=row.number, reason=row.reason, mend=row.mend)
        for row in connection.execute(query)
    ]


def items_to_read_again(
    connection: Connection, office: str, reprocess: int, after: tuple[int, int], limit: int
) -> list[Quarantined]:
    """What is open of the deliveries of an office, and what a reprocessing had taken in, in the order of
    delivery, after the item with these ids of its feed and its own.
    """
    query = f"""
        {_COLUMNS} FROM quarantine AS item {_LAST_TRY} WHERE {_OF_OFFICE}
            AND (item.feed_id, item.id) > (:feed, :after) AND (
                item.resolved_at IS NULL
                OR EXISTS (SELECT FROM feed WHERE feed.id = item.resolved_by AND feed.task = 'reprocess')
            )
            AND EXISTS (
                SELECT FROM feed
                WHERE feed.id = item.feed_id AND feed.id < :reprocess
                    AND feed.state IN ('done', 'failed', 'cancelled')
            )
        ORDER BY item.feed_id, item.id LIMIT :limit
    """
    asked = {
        "office": office,
        "reprocess": reprocess,
        "feed": after[0],
        "after": after[1],
        "limit": limit,
    }
    return [_quarantined(row._mapping) for row in connection.execute(text(query), asked)]


def quarantine_codes(connection: Connection, feed_id: int) -> dict[str, int]:
    """How many of a feed's are there for which reason, commonest first."""
    number = func.count()
    query = (
        select(quarantine.c.code, number)
        .where(quarantine.c.feed_id == feed_id)
        .group_by(quarantine.c.code)
        .order_by(number.desc(), quarantine.c.code)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def correct(connection: Connection, identity: int, source: bytes) -> None:
    """Keep a corrected source beside the one that came."""
    connection.execute(
        update(quarantine)
        .where(quarantine.c.id == identity)
        .values(corrected=pack(source), corrected_at=func.clock_timestamp())
    )


def is_being_replayed(connection: Connection, identity: int) -> bool:
    """Whether a feed that has not ended reads it again."""
    found: bool = connection.execute(_WAITS, {"id": identity}).scalar_one()
    return found


def resolve(connection: Connection, ids: Collection[int], feed_id: int | None = None) -> None:
    """Mark as taken in by a feed."""
    connection.execute(
        update(quarantine)
        .where(quarantine.c.id.in_(ids), quarantine.c.resolved_at.is_(None))
        .values(resolved_at=func.clock_timestamp(), resolved_by=feed_id)
    )


def reopen(connection: Connection, undone: int) -> None:
    """A feed was taken back: what it had taken in of the quarantine stands there again. Where that feed had
    itself taken a replay back, what the replay took in is resolved again.
    """
    connection.execute(
        update(quarantine)
        .where(quarantine.c.resolved_by == undone)
        .values(resolved_at=None, resolved_by=None)
    )
    connection.execute(_AGAIN, {"undone": undone})


def _list(connection: Connection, where: str, asked: dict[str, Any]) -> list[Quarantined]:
    query = f"{_COLUMNS} FROM quarantine AS item {_LAST_TRY} WHERE {where} ORDER BY item.id LIMIT :limit"
    return [_quarantined(row._mapping) for row in connection.execute(text(query), asked)]


def _quarantined(row: Any) -> Quarantined:
    corrected = None if row["corrected"] is None else unpack(row["corrected"])
    return Quarantined(**{**row, "source": unpack(row["source"]), "corrected": corrected})


def columns_of(names: Sequence[str], table: str) -> str:
    return ", ".join(f'{table}."{name}"' for name in names)


_KEPT = ("id", "feed_id", "position", "file", "number", "line", "offset", "source", "before", "after")
_SINCE = ("corrected", "corrected_at", "resolved_at", "resolved_by")
_COLUMNS = f"""
    SELECT {columns_of((*_KEPT, *_SINCE), "item")}, tried.feed_id AS tried_by,
        coalesce(tried.code, item.code) AS code, coalesce(tried.reason, item.reason) AS reason,
        coalesce(tried.mend, item.mend) AS mend
"""
# Why the last feed that read it again, and was not taken back, did not take it.
_LAST_TRY = """
    LEFT JOIN LATERAL (
        SELECT again.feed_id, again.code, again.reason, again.mend
        FROM quarantine AS again JOIN feed AS trying ON trying.id = again.feed_id
        WHERE again.item = item.id AND trying.undone_by IS NULL
        ORDER BY again.id DESC LIMIT 1
    ) AS tried ON true
"""
_OPEN = " AND item.resolved_at IS NULL"
_OF_OFFICE = """
    item.item IS NULL AND item.feed_id IN (
        SELECT id FROM feed
        WHERE office = :office AND NOT dry_run AND undoes IS NULL AND task IS NULL AND undone_by IS NULL
    )
"""
_WAITS = text(
    """
    SELECT EXISTS (
        SELECT FROM replay_item JOIN feed ON feed.id = replay_item.feed_id
        WHERE replay_item.item = :id AND feed.state IN ('queued', 'reading', 'held')
    )
    """
)
_AGAIN = text(
    """
    UPDATE quarantine SET resolved_at = clock_timestamp(), resolved_by = replay.id
    FROM feed AS undoing
    JOIN feed AS replay ON replay.id = undoing.undoes AND replay.task IS NOT NULL
    JOIN replay_item ON replay_item.feed_id = replay.id
    WHERE undoing.id = :undone AND quarantine.id = replay_item.item AND quarantine.resolved_at IS NULL
        AND NOT EXISTS (
            SELECT FROM quarantine AS refused
            WHERE refused.item = quarantine.id AND refused.feed_id = replay.id
        )
    """
)
