"""Whether a mark stands in the way on a day: in force or not, until when, and what says so."""

import calendar
import datetime as dt
from typing import Literal, NamedTuple

from register.codes.renewal_grace import renewal_grace
from register.model import Record
from register.status import InForce, in_force

State = Literal["in-force", "pending", "in-grace", "unclear", "over"]
LIVE: tuple[State, ...] = ("in-force", "pending", "in-grace", "unclear")


class Standing(NamedTuple):
    """`until` is the expiry date, `grace_until` the last day of a late renewal where that is still open."""

    state: State
    until: dt.date | None
    grace_until: dt.date | None
    basis: str


def standing_of(record: Record, on: dt.date, as_of: dt.date | None) -> Standing:
    """How a mark stands on a day; `as_of` is the day of which its status is where that has no date.

    What is held may not say whether an expired registration was renewed: within the grace period that is
    `in-grace`, after it `unclear`, and `over` only where the office says so.
    """
    told = in_force(record, on, (), as_of)
    plain, until = record.status.plain, record.expiry_date
    ended = record.termination_date
    basis = _basis(record, told, as_of)
    if plain == "ended" or (ended is not None and ended <= on):
        return Standing("over", until, None, basis)
    if plain == "expired":
        return _expired(record, on, basis)
    if plain == "pending":
        return Standing("pending", until, None, basis)
    if until is not None and until < on:
        grace = _grace_end(record.office, until)
        if on <= grace:
            return Standing("in-grace", until, grace, _in_grace(record.office, until, grace))
        return Standing("unclear", until, None, basis)
    if told.answer:
        return Standing("in-force", until, None, basis)
    return Standing("unclear", until, None, basis)


def _basis(record: Record, told: InForce, as_of: dt.date | None) -> str:
    """What the answer rests on. A status without a date of its own is that of the day it was delivered, not
    one that began then.
    """
    status = record.status
    if told.answer is not None and status.date is None and as_of is not None and str(as_of) in told.basis:
        return f"{status.plain}, as delivered on {as_of}"
    return told.basis


def _expired(record: Record, on: dt.date, basis: str) -> Standing:
    end = record.expiry_date or record.status.date
    if end is not None and end <= on <= (grace := _grace_end(record.office, end)):
        return Standing("in-grace", record.expiry_date, grace, _in_grace(record.office, end, grace))
    return Standing("over", record.expiry_date, None, basis)


def _in_grace(office: str, end: dt.date, grace: dt.date) -> str:
    return f"expired on {end}; a late renewal is open until {grace} ({renewal_grace(office).source})"


def _grace_end(office: str, end: dt.date) -> dt.date:
    months = end.month - 1 + renewal_grace(office).months
    year, month = end.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(end.day, calendar.monthrange(year, month)[1]))
