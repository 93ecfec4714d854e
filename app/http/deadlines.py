"""Deadlines as the API tells them."""

import datetime as dt

import msgspec

from app.http.answers import ToldDeadline
from register.deadlines import Deadline, deadlines_of, soonest_first
from register.model import Record


def today() -> dt.date:
    """The day of UTC, by which days are counted."""
    return dt.datetime.now(dt.UTC).date()


def told_deadlines(record: Record) -> tuple[ToldDeadline, ...]:
    """The deadlines of a record, the soonest first."""
    day = today()
    return tuple(told_deadline(one, day) for one in soonest_first(deadlines_of(record), day))


def told_deadline(deadline: Deadline, day: dt.date) -> ToldDeadline:
    return ToldDeadline(**msgspec.structs.asdict(deadline), days_left=deadline.left_on(day))
