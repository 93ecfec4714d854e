"""Versions of rights with all that is known of them: content, time, and where they came from."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, FromClause, Row, Select, select, tuple_

from register.model import Provenance, Record, decode_record
from register.store.blocks import Place, place_in
from register.store.packing import unpack
from register.store.schema import change, feed, feed_file, record, source_block

Operation = Literal["insert", "update", "delete"]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a right.

    `changed_at` is when the register took it in; the version of a delete has the last content.
    """

    id: str
    version: int
    timepoint: int
    operation: Operation
    changed_at: dt.datetime
    record: Record
    provenance: Provenance

    @property
    def deleted(self) -> bool:
        return self.operation == "delete"


class _Row(NamedTuple):
    row: Row[Any]
    place: Place


def newest_versions() -> Select[Any]:
    """The newest version of each right."""
    return _with_feed(record.join(change, record.c.timepoint == change.c.timepoint))


def all_versions(identity: str) -> Select[Any]:
    """Every version of one right, by way of the chain from the newest to the first."""
    newest = (
        select(change.c.timepoint, change.c.previous)
        .join(record, record.c.timepoint == change.c.timepoint)
        .where(record.c.id == identity)
        .cte("chain", recursive=True)
    )
    before = select(change.c.timepoint, change.c.previous).join(
        newest, change.c.timepoint == newest.c.previous
    )
    chain = newest.union_all(before)
    return _with_feed(chain.join(change, chain.c.timepoint == change.c.timepoint))


def read_versions(connection: Connection, query: Select[Any]) -> list[Version]:
    """Run a query made by `newest_versions` or `all_versions`."""
    rows = [_Row(row, place_in(row.entries, row.entry)) for row in connection.execute(query)]
    formats = _formats(connection, rows)
    return [_version(*held, formats) for held in rows]


def _with_feed(versions: FromClause) -> Select[Any]:
    return select(
        change.c.record_id,
        change.c.version,
        change.c.timepoint,
        change.c.operation,
        change.c.entry,
        change.c.body,
        source_block.c.changed_at,
        source_block.c.entries,
        source_block.c.feed_id,
        feed.c.format,
        feed.c.mapping,
        feed.c.received_at,
    ).select_from(
        versions.join(source_block, change.c.block_id == source_block.c.id).join(
            feed, source_block.c.feed_id == feed.c.id
        )
    )


def _formats(connection: Connection, rows: Sequence[_Row]) -> dict[tuple[int, str], str]:
    """The formats of files that have one of their own, as those of an archive may."""
    files = {(held.row.feed_id, held.place.file) for held in rows}
    if not files:
        return {}
    query = select(feed_file.c.feed_id, feed_file.c.name, feed_file.c.format).where(
        tuple_(feed_file.c.feed_id, feed_file.c.name).in_(files), feed_file.c.format.is_not(None)
    )
    return {(feed_id, name): format_name for feed_id, name, format_name in connection.execute(query)}


def _version(row: Row[Any], place: Place, formats: dict[tuple[int, str], str]) -> Version:
    return Version(
        id=row.record_id,
        version=row.version,
        timepoint=row.timepoint,
        operation=row.operation,
        changed_at=row.changed_at,
        record=decode_record(unpack(row.body)),
        provenance=Provenance(
            feed=row.feed_id,
            file=place.file,
            record=place.number,
            line=place.line,
            offset=place.offset,
            format=formats.get((row.feed_id, place.file)) or row.format or "",
            mapping=row.mapping or "",
            received=row.received_at.isoformat(),
        ),
    )
