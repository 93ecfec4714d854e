"""The newest versions of rights as a batch finds them, and the bodies of those that it needs."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from psycopg import Cursor

from register.merge import NOTHING, Standing
from register.model import Plain, Record
from register.store.packing import pack_record, unpack

_EPOCH = dt.date(2000, 1, 1).toordinal()
# Packed bytes begin with one of these, stamps never do.
_PACKED = b"\x00\x02"

_HEADS = """
    SELECT id, timepoint, content_hash, source_hash, origin, position, version, status::text,
           filed - DATE '2000-01-01', office_right_id, deleted, standing
    FROM {}record WHERE id = ANY(%s)
"""
_BODIES = "SELECT timepoint, body FROM {}change WHERE timepoint = ANY(%s)"


@dataclass(slots=True)
class Head:
    """A row of `record`; `filed` is in days since 2000-01-01, as Postgres keeps it.

    `is_new` and `is_touched` say what the batch has to write; `record` is the content where the batch knows
    it.
    """

    id: str
    timepoint: int
    content_hash: int
    source_hash: int
    origin: int
    position: int
    version: int
    status: Plain
    filed: int | None
    office_right_id: int
    deleted: bool
    standing_bytes: bytes
    standing: Standing = NOTHING
    is_new: bool = False
    is_touched: bool = False
    record: Record | None = None


def filed_day(date: dt.date | None) -> int | None:
    """A date in days since 2000-01-01."""
    return None if date is None else date.toordinal() - _EPOCH


def fetch_heads(cursor: Cursor[Any], ids: Collection[str], schemas: Iterable[str]) -> dict[str, Head]:
    """The heads of those ids that are held, by id; an earlier schema hides what a later one holds.

    `schemas` are prefixes of the table names, "" or such as `pg_temp.`.
    """
    heads: dict[str, Head] = {}
    for schema in schemas:
        missing = [identity for identity in ids if identity not in heads]
        if not missing:
            break
        cursor.execute(_HEADS.format(schema), (missing,), binary=True)
        for row in cursor:
            heads[row[0]] = _head(row)
    return heads


def _head(row: tuple[Any, ...]) -> Head:
    head = Head(*row)
    if head.standing_bytes:
        head.standing = decode_standing(head.standing_bytes)
    return head


def fetch_bodies(
    cursor: Cursor[Any], timepoints: Collection[int], schemas: Iterable[str]
) -> Mapping[int, bytes]:
    """The packed bodies of these versions."""
    bodies: dict[int, bytes] = {}
    for schema in schemas:
        missing = [timepoint for timepoint in timepoints if timepoint not in bodies]
        if not missing:
            break
        cursor.execute(_BODIES.format(schema), (missing,), binary=True)
        bodies.update(cursor)
    return bodies


def encode_standing(standing: Standing) -> bytes:
    """Empty where nothing is stamped, the bare stamp where the floor says all, else packed JSON."""
    if standing.is_plain:
        return standing.floor.encode()
    return pack_record(msgspec.json.encode(standing))


def decode_standing(data: bytes) -> Standing:
    if not data:
        return NOTHING
    if data[0] in _PACKED:
        return msgspec.json.decode(unpack(data), type=Standing)
    return Standing(data.decode())
