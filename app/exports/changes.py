"""The changes of the register, a change a line.

A line is a change, or says only how far the log has been told: `{"timepoint": 17}`. Whoever keeps the
timepoint of the last whole line goes on from there, wherever the stream broke off.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Literal, NamedTuple

import msgspec

from register.model import Part
from register.store.changes import EVERYTHING, Change, Scope, stretch, timepoint_before
from register.store.database import Database

AT_ONCE = 2_000
"""Changes that are read at once."""


class ChangeLine(Part, frozen=True, kw_only=True):
    """A change as the API tells it, with the record's JSON as it is kept."""

    timepoint: int
    id: str
    version: int
    operation: Literal["insert", "update", "delete"]
    changed_at: str
    record: msgspec.Raw


class Reached(Part, frozen=True, kw_only=True):
    """All that is wanted up to this timepoint has been told."""

    timepoint: int


class Told(NamedTuple):
    """Some lines, and the timepoint up to which all that is wanted has been told with them."""

    lines: bytes
    reached: int


def told_lines(
    database: Database, since: int, limit: int | None, scope: Scope = EVERYTHING
) -> Iterator[Told]:
    """The lines of at most `limit` changes after a timepoint, some thousand at once, up to the end of the
    log; the last line says how far they go.
    """
    left = limit
    while True:
        some = AT_ONCE if left is None else min(left, AT_ONCE)
        found = database.read(partial(stretch, since=since, limit=some, scope=scope))
        since = found.reached
        lines = [line_of(one) for one in found.changes]
        if left is not None:
            left -= len(lines)
        is_last = not found.more or left == 0
        if is_last or not lines:
            lines.append(_encode(Reached(timepoint=since)))
        yield Told(b"".join([b"%s\n" % line for line in lines]), since)
        if is_last:
            return


def line_of(change: Change) -> bytes:
    return _encode(
        ChangeLine(
            timepoint=change.timepoint,
            id=change.id,
            version=change.version,
            operation=change.operation,
            changed_at=change.changed_at.isoformat(),
            record=msgspec.Raw(change.body),
        )
    )


def since_of(database: Database, text: str) -> int:
    """The timepoint after which to begin: one, or that before a day or time of ISO 8601, in UTC where it
    names no zone.

    Raises ValueError with a sentence for what is none of them.
    """
    if text.isascii() and text.isdigit() and len(text) != _DAY_DIGITS:
        if len(text) > _MOST_DIGITS:
            raise ValueError("there is no such timepoint")
        return int(text)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"{text!r} is no day, time or timepoint")
    zoned = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
    return database.read(partial(timepoint_before, moment=zoned))


_encode = msgspec.json.Encoder().encode
# 20240131 is a day; a timepoint of eight digits is written with a zero before it.
_DAY_DIGITS = 8
_MOST_DIGITS = 18
_FIRST_YEAR, _LAST_YEAR = 1600, 2400
