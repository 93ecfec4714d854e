"""The statuses that rights had in their earlier versions."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection

from register.model import Part, Status
from register.store.database import driver
from register.store.packing import unpack


class _Held(Part, frozen=True):
    """No more of a record than its status."""

    status: Status = Status()


_decoder = msgspec.json.Decoder(_Held)


def earlier_statuses(connection: Connection, timepoints: Collection[int]) -> dict[int, list[Status]]:
    """Of each of these versions, the statuses of all before it, the latest first."""
    found: dict[int, list[Status]] = {timepoint: [] for timepoint in timepoints}
    cursor = driver(connection).cursor(binary=True)
    rows = cursor.execute(_PREVIOUS, (list(timepoints),)).fetchall()
    # A version on the way back, and the version that the way began at.
    ways = {previous: timepoint for timepoint, previous, _ in rows if previous}
    while ways:
        rows = cursor.execute(_PREVIOUS, (list(ways),)).fetchall()
        further: dict[int, int] = {}
        for timepoint, previous, body in rows:
            start = ways[timepoint]
            found[start].append(_decoder.decode(unpack(body)).status)
            if previous:
                further[previous] = start
        ways = further
    return found


# One step for all: to a planner, a walk by recursion is worth reading the whole table.
_PREVIOUS = "SELECT timepoint, previous, body FROM change WHERE timepoint = ANY(%s)"
