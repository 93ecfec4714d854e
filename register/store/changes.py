"""The changes in the order of their timepoints, for those who follow the register."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from register.model import Record, decode_record
from register.store.database import Database
from register.store.packing import unpack
from register.store.schema import change, record, source_block
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
    """The newest state of a right that changed; `body` is its JSON, of a deleted one the last."""

    timepoint: int
    id: str
    version: int
    deleted: bool
    body: bytes

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
        select(*_LOGGED, change.c.operation, source_block.c.changed_at)
        .join(source_block, change.c.block_id == source_block.c.id)
        .where(change.c.timepoint > since)
        .order_by(change.c.timepoint)
        .limit(limit)
    )
    return [
        Change(row.timepoint, row.record_id, row.version, row.operation, row.changed_at, unpack(row.body))
        for row in connection.execute(query)
    ]


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
    query = (
        select(*_LOGGED, record.c.deleted)
        .join(record, (record.c.id == change.c.record_id) & (record.c.timepoint == change.c.timepoint))
        .where(change.c.timepoint > timepoint)
        .order_by(change.c.timepoint)
        .limit(limit)
    )
    return [
        NewestVersion(row.timepoint, row.record_id, row.version, row.deleted, unpack(row.body))
        for row in connection.execute(query)
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
    query = (
        select(record.c.id, record.c.version, record.c.timepoint)
        .where(~record.c.deleted)
        .order_by(record.c.timepoint)
        .execution_options(yield_per=_HELD_AT_ONCE)
    )
    for row in connection.execute(query):
        yield HeldVersion(*row)


_LOGGED = (change.c.timepoint, change.c.record_id, change.c.version, change.c.body)
