"""Contents of records in bulk, as they are stored: for whoever reads a great many of them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from register.store.database import driver
from register.store.packing import unpack

_AT = "SELECT timepoint, body FROM change WHERE timepoint = ANY(%s)"
_OF = """
    SELECT record.id, change.body FROM record JOIN change ON change.timepoint = record.timepoint
    WHERE record.id = ANY(%s) AND NOT record.deleted
"""


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
