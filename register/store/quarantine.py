"""Source records that could not be taken: each with its place, the reason and the mend."""

import datetime as dt
from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, func, select, update

from register.store.packing import unpack
from register.store.schema import quarantine


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """`position` counts in the feed and `number` in the file, from 1; of `source` at most 64 KiB are kept."""

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
    resolved_at: dt.datetime | None


def list_quarantine(
    connection: Connection, feed_id: int, *, after: int = 0, limit: int = 20
) -> list[Quarantined]:
    """Those of a feed in its order; `after` is the id of the last one seen."""
    query = (
        select(quarantine)
        .where(quarantine.c.feed_id == feed_id, quarantine.c.id > after)
        .order_by(quarantine.c.id)
        .limit(limit)
    )
    return [
        Quarantined(**{**row._mapping, "source": unpack(row.source)}) for row in connection.execute(query)
    ]


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


def resolve(connection: Connection, ids: Collection[int]) -> None:
    """Mark as taken in after a correction."""
    connection.execute(
        update(quarantine)
        .where(quarantine.c.id.in_(ids), quarantine.c.resolved_at.is_(None))
        .values(resolved_at=func.clock_timestamp())
    )
