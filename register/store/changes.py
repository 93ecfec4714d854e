"""The changes in the order of their timepoints, for those who follow the register."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from register.identity import SHORT_RIGHTS
from register.model import Record, Right, decode_record
from register.store.database import Database, driver
from register.store.packing import unpack
from register.store.schema import change, source_block
from register.store.versions import Operation

_HELD_AT_ONCE = 10_000
# Of how many changes those of some offices or rights are looked for at once.
_LOOKED_AT = 50_000


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


class Scope(NamedTuple):
    """Whose changes are wanted: of which offices (ST.3) and rights, of all where empty."""

    offices: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()


EVERYTHING = Scope()


class Stretch(NamedTuple):
    """A stretch of the log. `reached` is up to where it was looked at, which is where to go on from; `more`
    whether the log went on then.
    """

    changes: list[Change]
    reached: int
    more: bool


def stretch(connection: Connection, since: int, limit: int, scope: Scope = EVERYTHING) -> Stretch:
    """The next changes of a scope after a timepoint, in order; fewer than `limit` where few are of the scope.

    Timepoints are given under one lock that is held until the commit (`register.store.upsert`), and a
    transaction is seen before it lets go of its locks. So all that is committed is a beginning of the log
    without holes, and whoever goes on from `reached` meets every change once.
    """
    last = last_timepoint(connection)
    until = last if scope == EVERYTHING else min(last, since + _LOOKED_AT)
    query = _LOG.where(change.c.timepoint > since, change.c.timepoint <= until)
    # An id begins with office and right: sg-tm-40202001321q.
    if scope.offices:
        query = query.where(func.substr(change.c.record_id, 1, 2).in_([one.lower() for one in scope.offices]))
    if scope.rights:
        rights = [SHORT_RIGHTS[one] for one in scope.rights]
        query = query.where(func.substr(change.c.record_id, 4, 2).in_(rights))
    rows = connection.execute(query.order_by(change.c.timepoint).limit(limit + 1)).all()
    found = [Change(*row[:-1], unpack(row.body)) for row in rows[:limit]]
    if len(rows) > limit:
        return Stretch(found, found[-1].timepoint, True)
    return Stretch(found, max(since, until), until < last)


def changes(connection: Connection, since: int, limit: int) -> list[Change]:
    """The next changes after the timepoint `since`, in order."""
    return stretch(connection, since, limit).changes


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


def newest_of(connection: Connection, ids: Collection[str]) -> list[NewestVersion]:
    """The newest versions of those of these rights that are held, in the order of those versions."""
    cursor = driver(connection).cursor(binary=True)
    rows = cursor.execute(_NEWEST_OF, (list(ids),)).fetchall()
    return [
        NewestVersion(at, identity, version, deleted, unpack(body), changed_at)
        for at, identity, version, body, deleted, changed_at in rows
    ]


def new_and_deleted(connection: Connection, since: int, to: int) -> list[NewestVersion]:
    """Of the changes after a timepoint up to another, those that are the first version of a right or its
    delete, and its newest version still.
    """
    cursor = driver(connection).cursor(binary=True)
    rows = cursor.execute(_NEW_AND_DELETED, (since, to)).fetchall()
    return [
        NewestVersion(at, identity, version, deleted, unpack(body), changed_at)
        for at, identity, version, body, _, deleted, newest, changed_at in rows
        if at == newest
    ]


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
_NEWEST_OF = """
    SELECT change.timepoint, record.id, record.version, change.body, record.deleted, source_block.changed_at
    FROM record
    JOIN change ON change.timepoint = record.timepoint
    JOIN source_block ON source_block.id = change.block_id
    WHERE record.id = ANY(%s) ORDER BY change.timepoint
"""
_NEW_AND_DELETED = """
    SELECT page.*, record.deleted, record.timepoint, source_block.changed_at
    FROM (
        SELECT timepoint, record_id, version, body, block_id FROM change
        WHERE timepoint > %s AND timepoint <= %s AND operation <> 'update'
    ) AS page
    JOIN record ON record.id = page.record_id
    JOIN source_block ON source_block.id = page.block_id
    ORDER BY page.timepoint
"""

_LOG = select(
    change.c.timepoint,
    change.c.record_id,
    change.c.version,
    change.c.operation,
    source_block.c.changed_at,
    change.c.body,
).join(source_block, change.c.block_id == source_block.c.id)
