"""Versions of rights with all that is known of them: content, time, and where they came from."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import BigInteger, Connection, FromClause, Row, Select, Text, any_, bindparam, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

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


class Link(NamedTuple):
    """A version in the chain of versions of a right."""

    timepoint: int
    version: int
    changed_at: dt.datetime


class _Found(NamedTuple):
    row: Row[Any]
    place: Place


def chain(connection: Connection, identity: str) -> list[Link]:
    """Every version of a right, oldest first; empty where it was never held."""
    return sorted(Link(*row) for row in connection.execute(_CHAIN, {"id": identity}))


def read_newest(connection: Connection, ids: Collection[str]) -> list[Version]:
    """The newest versions of these rights, as far as they are held."""
    return _read(connection, _NEWEST, {"ids": list(ids)})


def read_versions(connection: Connection, timepoints: Collection[int]) -> list[Version]:
    """These versions, oldest first."""
    return _read(connection, _VERSIONS, {"timepoints": list(timepoints)})


def _read(connection: Connection, query: Select[Any], asked: dict[str, Any]) -> list[Version]:
    rows = [_Found(row, place_in(row.entries, row.entry)) for row in connection.execute(query, asked)]
    formats = _formats(connection, rows)
    return [_version(*found, formats) for found in rows]


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


def _formats(connection: Connection, rows: Sequence[_Found]) -> dict[tuple[int, str], str]:
    """The formats of files of feeds that have no one format for all, as an archive may."""
    files = {(found.row.feed_id, found.place.file) for found in rows if found.row.format is None}
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


def _links() -> Select[Any]:
    columns = (change.c.timepoint, change.c.previous, change.c.version, change.c.block_id)
    newest = (
        select(*columns)
        .join(record, record.c.timepoint == change.c.timepoint)
        .where(record.c.id == bindparam("id"))
        .cte("links", recursive=True)
    )
    links = newest.union_all(select(*columns).join(newest, change.c.timepoint == newest.c.previous))
    return select(links.c.timepoint, links.c.version, source_block.c.changed_at).join(
        source_block, links.c.block_id == source_block.c.id
    )


# Made once: to make such a statement takes longer than to run it.
_CHAIN = _links()
_NEWEST = _with_feed(record.join(change, record.c.timepoint == change.c.timepoint)).where(
    record.c.id == any_(bindparam("ids", type_=ARRAY(Text)))
)
_VERSIONS = (
    _with_feed(change)
    .where(change.c.timepoint == any_(bindparam("timepoints", type_=ARRAY(BigInteger))))
    .order_by(change.c.timepoint)
)
