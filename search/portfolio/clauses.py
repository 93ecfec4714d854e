"""Sets of records that figures are about."""

import datetime as dt

from search.document import month_number
from search.engine import All, Any, Clause, Range, Term
from search.orders import first_of_day, last_of_day


def in_force_on(day: dt.date) -> Clause:
    """Records of rights that were in force on a day, as `register.status.in_force` says."""
    return _spanning(day, ("force", "force_again"))


def unsure_on(day: dt.date) -> Clause:
    """Records of which what is held does not say whether the right was in force on a day."""
    return _spanning(day, ("unsure", "unsure_again"))


def _spanning(day: dt.date, spans: tuple[str, ...]) -> Clause:
    number = day.toordinal()
    return Any(
        tuple(All((Range(f"{span}_from", high=number), Range(f"{span}_to", low=number))) for span in spans)
    )


def between(field: str, first: dt.date, last: dt.date | None = None) -> Clause:
    """Records with a date (`filed`, `registered`, `expiry`) in a span of days, both inclusive."""
    return Range(field, first_of_day(first), None if last is None else last_of_day(last))


def expiring(first: dt.date, last: dt.date) -> Clause:
    """Records of registered rights that expire in a span of days."""
    return All((Term("status", ("registered",)), between("expiry", first, last)))


def months_between(first: dt.date, last: dt.date) -> range:
    """The numbers of the months from one day to another."""
    return range(month_number(first), month_number(last) + 1)
