"""Contents of records in bulk, as they are stored: for whoever reads a great many of them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from register.identity import SHORT_RIGHTS
from register.model import Right
from register.store.database import driver
from register.store.packing import unpack

_AT = "SELECT timepoint, body FROM change WHERE timepoint = ANY(%s)"
_OF = """
    SELECT record.id, change.body FROM record JOIN change ON change.timepoint = record.timepoint
    WHERE record.id = ANY(%s) AND NOT record.deleted
"""
# The ids of an office and right are a range of the primary key, in whose order they come.
_EVERY = """
    SELECT change.body FROM record JOIN change ON change.timepoint = record.timepoint
    WHERE record.id >= %s AND record.id < %s AND NOT record.deleted ORDER BY record.id
"""
_READ_AT_ONCE = 2_000


class LostVersionError(Exception):
    """A version that the index has and the register has not: they do not belong together."""


def bodies_at(connection: Connection, timepoints: Sequence[int]) -> list[bytes]:
    """The JSON of the versions with these timepoints, in this order. Raises `LostVersionError`."""
    rows = driver(connection).cursor(binary=True).execute(_AT, (list(timepoints),)).fetchall()
    packed: dict[int, bytes] = dict(rows)
    try:
        return [unpack(packed[timepoint]) for timepoint in timepoints]
    except KeyError as error:
        raise LostVersionError(
            f"the index has version {error} and the register has not; `ipregister verify` compares them"
        ) from None


def bodies_of(connection: Connection, ids: Sequence[str]) -> dict[str, bytes]:
    """The JSON of the newest versions of these records by id, as far as they are held."""
    rows = driver(connection).cursor(binary=True).execute(_OF, (list(ids),)).fetchall()
    return {identity: unpack(body) for identity, body in rows}


def every_body(connection: Connection, office: str, right: Right) -> Iterator[list[bytes]]:
    """The JSON of every record of an office (ST.3) and right, in the order of ids, some thousand at once."""
    prefix = f"{office.lower()}-{SHORT_RIGHTS[right]}"
    with driver(connection).cursor("every_body", binary=True) as cursor:
        # "." is the sign after "-".
        cursor.execute(_EVERY, (f"{prefix}-", f"{prefix}."))
        while rows := cursor.fetchmany(_READ_AT_ONCE):
            yield [unpack(body) for (body,) in rows]
