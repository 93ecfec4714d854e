"""What is held, by office and right, as the home and coverage pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.http.answers import OfficeHeld, RightHeld
from app.pages.words import RIGHT_WORDS, STATUS_WORDS, counted
from register.model import Plain


@dataclass(frozen=True, slots=True)
class StatusCount:
    status: Plain
    words: str
    count: int


class HeldRight(NamedTuple):
    """`as_of` is a day and time in UTC; `share` is of the largest holding, 0 to 100; `statuses` are all, in
    the order of `STATUS_WORDS`; `gaps` and `delay` are words, "" where nothing is known.
    """

    right: str
    label: str
    records: int
    share: int
    as_of: str
    statuses: list[StatusCount]
    gaps: str
    delay: str


class HeldOffice(NamedTuple):
    code: str
    name: str
    records: int
    as_of: str
    rights: list[HeldRight]


class Coverage(NamedTuple):
    records: int
    offices: list[HeldOffice]


def coverage_of(held: Iterable[OfficeHeld]) -> Coverage:
    """The offices in the order given."""
    given = list(held)
    largest = max((right.records for office in given for right in office.rights.values()), default=1) or 1
    offices = [
        HeldOffice(
            code=office.office,
            name=office.name,
            records=sum(right.records for right in office.rights.values()),
            as_of=max((right.as_of or "" for right in office.rights.values()), default="")[:10],
            rights=[
                HeldRight(
                    right=right,
                    label=RIGHT_WORDS[right],
                    records=one.records,
                    share=max(1, round(100 * one.records / largest)),
                    as_of=(one.as_of or "")[:16].replace("T", " "),
                    statuses=_statuses(one),
                    gaps=_gaps(one),
                    delay=_delay(one),
                )
                for right, one in office.rights.items()
            ],
        )
        for office in given
    ]
    return Coverage(sum(office.records for office in offices), offices)


def _statuses(held: RightHeld) -> list[StatusCount]:
    return [
        StatusCount(status, words, held.by_status.get(status, 0)) for status, words in STATUS_WORDS.items()
    ]


def _gaps(held: RightHeld) -> str:
    if held.gaps is None:
        return ""
    by = "listed" if held.gaps_basis == "authority" else "in sequence"
    return f"{held.gaps:,} of {held.expected or 0:,} {by}"


def _delay(held: RightHeld) -> str:
    """How old the newest filing was when the data came."""
    if held.newest_filing is None:
        return ""
    days = "" if held.delay_days is None else f" ({counted(held.delay_days, 'day', 'days')})"
    return f"{held.newest_filing}{days}"
