"""Periods of law by office: for oppositions, and for renewals after the expiry."""

import calendar
import datetime as dt
from functools import cache
from typing import Literal, NamedTuple, cast

from register.codes.table import rows
from register.model import Right

PeriodKind = Literal["opposition", "grace"]
Begins = Literal["publication", "registration", "expiry"]
Verified = Literal["yes", "partly", "no"]


class Period(NamedTuple):
    """A period as an office's law sets it, for what begins from `since` to `until` (both inclusive, None is
    open). `begins`: `registration` is an opposition after it.
    """

    value: int
    unit: Literal["days", "months"]
    begins: Begins
    since: dt.date | None
    until: dt.date | None
    note: str
    source: str
    verified: Verified

    @property
    def words(self) -> str:
        """Such as `2 months from publication`."""
        return f"{self.value} {self.unit} from {self.begins}"

    def end(self, begin: dt.date) -> dt.date:
        """The last day. A month ends on the day of the same number, or on its own last day."""
        if self.unit == "days":
            return begin + dt.timedelta(days=self.value)
        year, month = divmod(begin.year * 12 + begin.month - 1 + self.value, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(begin.day, last))

    def holds(self, begin: dt.date) -> bool:
        return (self.since is None or self.since <= begin) and (self.until is None or begin <= self.until)


def periods(office: str, right: Right, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods of an office (ST.3), older ones too; empty where nothing is known of it."""
    return _periods().get((office, right, kind), ())


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def _periods() -> dict[tuple[str, str, str], tuple[Period, ...]]:
    found: dict[tuple[str, str, str], tuple[Period, ...]] = {}
    for office, right, kind, value, unit, begins, since, until, note, source, verified in rows(
        "deadlines.csv",
        *("office", "right", "kind", "value", "unit", "begins", "since", "until", "note"),
        *("source", "verified"),
    ):
        period = Period(
            int(value),
            cast(Literal["days", "months"], unit),
            cast(Begins, begins),
            _day(since),
            _day(until),
            note,
            source,
            cast(Verified, verified),
        )
        found[office, right, kind] = (*found.get((office, right, kind), ()), period)
    return found
