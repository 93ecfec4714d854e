"""The changes in the order of their timepoints, for those who follow the register."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from register.model import Record, decode_record
from register.store.database import Database, driver
from register.store.packing import unpack
from register.store.schema import change, source_block
from register.store.versions import Operation

_HELD_AT_ONCE = 10_000


class Change(NamedTuple):
    """A version as it went into the log; `body` is the record's JSON, of a delete the last one."""

    timepoint: int
    id: str
    version: int
    operation: Operation
    changed_at: dt.datetime
    body: bytes


class NewestVersion(NamedTuple):
    """The newest state of a right that changed; `body` is its JSON, of a deleted one the last; `changed_at`
    is when the register took it in.
    """

    timepoint: int
    id: str
    version: int
    deleted: bool
    body: bytes
    changed_at: dt.datetime

    @property
    def record(self) -> Record:
        return decode_record(self.body)


class HeldVersion(NamedTuple):
    id: str
    version: int
    timepoint: int


def changes(connection: Connection, since: int, limit: int) -> list[Change]:
    """The next changes after the timepoint `since`, in order.

    Timepoints are given in the order of commit: whoever goes on from the last one meets every change once.
    """
    query = (
        select(
            change.c.timepoint,
            change.c.record_id,
            change.c.version,
            change.c.operation,
            source_block.c.changed_at,
            change.c.body,
        )
        .join(source_block, change.c.block_id == source_block.c.id)
        .where(change.c.timepoint > since)
        .order_by(change.c.timepoint)
        .limit(limit)
    )
    return [Change(*row[:-1], unpack(row.body)) for row in connection.execute(query)]


def timepoint_before(connection: Connection, moment: dt.datetime) -> int:
    """The last timepoint given before this moment, 0 where there was none: what `changes` takes."""
    query = (
        select(source_block.c.first_timepoint)
        .where(source_block.c.changed_at >= moment, source_block.c.first_timepoint.is_not(None))
        .order_by(source_block.c.changed_at, source_block.c.id)
        .limit(1)
    )
    first = connection.scalar(query)
    return last_timepoint(connection) if first is None else first - 1


def last_timepoint(connection: Connection) -> int:
    return connection.scalar(select(func.coalesce(func.max(change.c.timepoint), 0))) or 0


def newest_after(connection: Connection, timepoint: int, limit: int) -> list[NewestVersion]:
    """The rights that changed after a timepoint, each once in its newest version, in the order of those
    versions.

    The last change in the log is always somebody's newest version, so whoever goes on from the last one
    given has missed nothing.
    """
    cursor = driver(connection).cursor(binary=True)
    while True:
        rows = cursor.execute(_NEWEST, (timepoint, limit)).fetchall()
        found = [
            NewestVersion(at, identity, version, deleted, unpack(body), changed_at)
            for at, identity, version, body, _, deleted, newest, changed_at in rows
            if at == newest
        ]
        if found or not rows:
            return found
        timepoint = rows[-1][0]


def all_newest(database: Database, batch: int = 2000) -> Iterator[list[NewestVersion]]:
    """Every right that is held, in batches: for building an index anew.

    Each batch is a transaction of its own, so what changes meanwhile comes too, at the end.
    """
    reached = 0

    def following(connection: Connection) -> list[NewestVersion]:
        return newest_after(connection, reached, batch)

    while found := database.read(following):
        reached = found[-1].timepoint
        if live := [version for version in found if not version.deleted]:
            yield live


def held_versions(connection: Connection) -> Iterator[HeldVersion]:
    """Every right that is held with its version, ordered by timepoint: for comparison with an index."""
    with driver(connection).cursor("held_versions", binary=True) as cursor:
        cursor.itersize = _HELD_AT_ONCE
        cursor.execute("SELECT id, version, timepoint FROM record WHERE NOT deleted ORDER BY timepoint")
        for row in cursor:
            yield HeldVersion(*row)


# Two steps in one statement: of both tables joined at once a planner takes two equal timepoints for a rare
# chance and reads both whole, which took a hundred times as long with a million records.
_NEWEST = """
    SELECT page.*, record.deleted, record.timepoint, source_block.changed_at
    FROM (
        SELECT timepoint, record_id, version, body, block_id FROM change
        WHERE timepoint > %s ORDER BY timepoint LIMIT %s
    ) AS page
    JOIN record ON record.id = page.record_id
    JOIN source_block ON source_block.id = page.block_id
    ORDER BY page.timepoint
"""
