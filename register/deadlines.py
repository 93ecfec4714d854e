"""Until when a right can be opposed, when it has to be renewed, and until when that can be made up for."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from register.codes.deadlines import Period, PeriodKind, Verified, periods
from register.model import Part, Record

DeadlineKind = Literal["opposition", "renewal", "grace"]


class Deadline(Part, frozen=True, kw_only=True):
    """A day that something has to be done by, and how it is known.

    `date` is None where it cannot be said, and `basis` says why. `verified` is how far the period was looked
    up (`no`: recalled only); the office's own day is `yes`. Where the office is closed on the day, its law
    may give until the next that it is open. The office's register and law decide.
    """

    kind: DeadlineKind
    date: dt.date | None = None
    basis: str
    source: str | None = None
    verified: Verified | None = None

    def left_on(self, today: dt.date) -> int | None:
        """Days from today; negative where it has passed."""
        return None if self.date is None else (self.date - today).days


# For a member of the Paris Convention, which nearly all are, six months are the least that Article 5bis (1)
# allows.
_PARIS = Period(
    6, "months", "expiry", None, None, "at least", "Paris Convention, Article 5bis (1), recalled", "no"
)


def deadlines_of(record: Record) -> tuple[Deadline, ...]:
    """The deadlines of a record that is pending, in force or expired; none of one that has ended otherwise.

    A right whose office's period is not known has a deadline without a day that says so.
    """
    if record.status.plain == "ended":
        return ()
    found = [_opposition(record)]
    if record.right == "trademark":
        found += _renewals(record)
    return tuple(one for one in found if one is not None)


def place_of(deadline: Deadline, today: dt.date) -> tuple[int, int]:
    """What a list is sorted by: those to come by days left, then those that have passed, the latest first,
    then those without a day.
    """
    left = deadline.left_on(today)
    if left is None:
        return 2, 0
    return (0, left) if left >= 0 else (1, -left)


def soonest_first(deadlines: Iterable[Deadline], today: dt.date) -> list[Deadline]:
    return sorted(deadlines, key=lambda one: place_of(one, today))


def _opposition(record: Record) -> Deadline | None:
    """None for kinds of rights that no office of the tables lets anyone oppose."""
    known = periods(record.office, record.right, "opposition")
    if not known:
        if record.right != "trademark":
            return None
        return _unknown("opposition", f"the period of {record.office} is not known here")
    if known[0].begins == "registration":
        begin = max(filter(None, (record.registration_date, record.publication_date)), default=None)
        if record.registration_date is None:
            return _unknown("opposition", "comes after the registration", known[0])
    else:
        begin = record.publication_date
    return _ending(record, "opposition", begin, f"the office gives no day of {known[0].begins}", known)


def _renewals(record: Record) -> list[Deadline]:
    expiry = record.expiry_date
    if expiry is None:
        if record.status.plain == "pending":
            return []
        return [_unknown("renewal", "the office gives no day of expiry")]
    renewal = Deadline(
        kind="renewal", date=expiry, basis="the day of expiry that the office gives", verified="yes"
    )
    graces = periods(record.office, "trademark", "grace") or (_PARIS,)
    grace = _ending(record, "grace", expiry, "", graces)
    return [renewal, grace]


def _ending(
    record: Record, kind: PeriodKind, begin: dt.date | None, missing: str, known: tuple[Period, ...]
) -> Deadline:
    if begin is None:
        return _unknown(kind, missing, known[-1])
    period = next((one for one in known if one.holds(begin)), None)
    if period is None:
        return _unknown(kind, f"the period of {record.office} for what began on {begin} is not known here")
    basis = f"{period.words}, {begin}"
    return Deadline(
        kind=kind,
        date=period.end(begin),
        basis=f"{basis}; {period.note}" if period.note else basis,
        source=period.source,
        verified=period.verified,
    )


def _unknown(kind: DeadlineKind, basis: str, period: Period | None = None) -> Deadline:
    if period is None:
        return Deadline(kind=kind, basis=basis)
    return Deadline(
        kind=kind, basis=f"{period.words}; {basis}", source=period.source, verified=period.verified
    )
