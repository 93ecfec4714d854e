"""Whether a right was in force on a day, as far as what is held of it can say."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from register.model import Record, Status


class InForce(NamedTuple):
    """The answer and what it rests on: `answer` is None where what is held does not say."""

    answer: bool | None
    basis: str


def in_force(
    record: Record, on: dt.date, history: Sequence[Status] = (), as_of: dt.date | None = None
) -> InForce:
    """Whether the right was registered and not over on a day.

    `history` are the statuses of earlier versions of the record, in any order; `as_of` is the day of which
    the record's own status is, where the status has no date of its own. The rules, the first that says
    something decides: before filing and before registration it was not in force; from its termination on it
    was not; then the newest status dated on or before the day; then the dates alone. A registered right whose
    expiry date is past is no answer: it may have been renewed.
    """
    return (
        _by_first_dates(record, on)
        or _by_termination(record, on)
        or _by_status(record, on, history, as_of)
        or _by_dates(record, on)
        or InForce(None, f"nothing that is held says whether it was in force on {on}")
    )


def _by_first_dates(record: Record, on: dt.date) -> InForce | None:
    registered = record.registration_date
    if registered is not None:
        return InForce(False, f"registered on {registered}, later than {on}") if on < registered else None
    filed = record.filing_date
    return InForce(False, f"filed on {filed}, later than {on}") if filed is not None and on < filed else None


def _by_termination(record: Record, on: dt.date) -> InForce | None:
    ended = record.termination_date
    return InForce(False, f"terminated on {ended}") if ended is not None and on >= ended else None


def _by_status(
    record: Record, on: dt.date, history: Sequence[Status], as_of: dt.date | None
) -> InForce | None:
    own = record.status if record.status.date is not None else _dated(record.status, as_of)
    known = [status for status in (*history, own) if status.date is not None and status.plain != "unknown"]
    before = [status for status in known if status.date is not None and status.date <= on]
    if not before:
        return None
    newest = max(before, key=lambda status: status.date or dt.date.min)
    since = f"{newest.plain} since {newest.date}, says the office"
    if newest.plain == "registered":
        expiry = record.expiry_date
        if expiry is not None and expiry < on:
            return InForce(None, f"{since}, but {_past(expiry, on)}")
        return InForce(True, since)
    if newest.plain == "pending" and record.registration_date is not None:
        return InForce(None, f"{since}, and yet registered on {record.registration_date}")
    return InForce(False, since)


def _past(expiry: dt.date, on: dt.date) -> str:
    return f"its expiry date {expiry} is before {on}: it may have been renewed"


def _dated(status: Status, as_of: dt.date | None) -> Status:
    return Status(status.plain, status.office, status.text, status.wipo, as_of)


def _by_dates(record: Record, on: dt.date) -> InForce | None:
    """What the dates say of a day that no status reaches back to."""
    plain, registered, expiry = record.status.plain, record.registration_date, record.expiry_date
    if plain in ("expired", "ended"):
        return _by_dates_of_ended(record, on)
    if expiry is not None and on > expiry:
        return InForce(None, _past(expiry, on))
    if plain == "registered" and registered is not None:
        return InForce(True, f"registered on {registered} and registered still")
    if plain == "pending" and registered is None:
        return InForce(False, "its application is still pending")
    return None


def _by_dates_of_ended(record: Record, on: dt.date) -> InForce | None:
    plain, registered, expiry = record.status.plain, record.registration_date, record.expiry_date
    if registered is None:
        if record.registration_number is None and plain == "ended":
            return InForce(False, "ended without a registration")
        return None
    ends = [day for day in (record.termination_date, record.status.date) if day is not None]
    if plain == "expired" and expiry is not None:
        ends.append(expiry)
    if not ends:
        return None
    end = min(ends)
    if on < end:
        return InForce(True, f"registered on {registered} and over on {end}")
    return InForce(False, f"over on {end}")
