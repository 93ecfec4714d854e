"""Whether a mark stands in the way on a day: in force or not, until when, and what says so."""

import datetime as dt
from typing import Literal, NamedTuple

import msgspec

from register.deadlines import Deadline, DeadlineKind, deadlines_of
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
        return _past(record, until, on) or Standing("unclear", until, None, basis)
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
    if end is None or end > on:
        return Standing("over", record.expiry_date, None, basis)
    return _past(record, end, on) or Standing("over", record.expiry_date, None, basis)


def _past(record: Record, end: dt.date, on: dt.date) -> Standing | None:
    """Within the grace period after an end; None after it."""
    grace = _deadline(msgspec.structs.replace(record, expiry_date=end), "grace")
    if grace is None or grace.date is None or on > grace.date:
        return None
    by = grace.source or grace.basis
    basis = f"expired on {end}; a late renewal is open until {grace.date} (by {by})"
    return Standing("in-grace", record.expiry_date, grace.date, basis)


def opposed_until(record: Record, on: dt.date) -> dt.date | None:
    """The last day of an opposition that is still open on a day; None where none is, or it is not known."""
    deadline = _deadline(record, "opposition")
    return (
        deadline.date if deadline is not None and deadline.date is not None and deadline.date >= on else None
    )


def _deadline(record: Record, kind: DeadlineKind) -> Deadline | None:
    return next((one for one in deadlines_of(record) if one.kind == kind), None)
