"""Several applicants side by side."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from register.codes.offices import office_name
from search.engine import All, Everything, Reader, Tallied, Tally, Term
from search.filters import filter_clauses
from search.portfolio.clauses import expiring, in_force_on
from search.portfolio.common import MOST_ROWS
from search.portfolio.figure import Column, Figure, Parts, Split, split_figure, whole_years
from search.portfolio.labels import RIGHT_TITLES, STATUSES, title_of
from search.query import Filters

MOST_COMPARED = 8
_EXPIRY_YEARS = 10
_FIELDS: tuple[tuple[str, ...], ...] = (
    (),
    ("right",),
    ("status",),
    ("office",),
    ("filing_year",),
    ("nice",),
    ("locarno_class",),
    ("ipc_subclass",),
)
_NAME, _TITLE = Column("name", "Name", "label"), Column("title", "Title", "label")


@dataclass(frozen=True, slots=True)
class ComparisonAsked:
    """Ids and names of the applicants, what else their records must be, and the day of what is in force."""

    applicants: Mapping[str, str]
    filters: Filters
    on: dt.date


def comparison_of(reader: Reader, asked: ComparisonAsked) -> tuple[Figure, ...]:
    """The figures with a column for each applicant. Raises `InputError` for filters that cannot be read."""
    until = asked.on.replace(year=asked.on.year + _EXPIRY_YEARS, month=12, day=31)
    inside, expires = in_force_on(asked.on), expiring(asked.on, until)
    tallies = []
    for identity in asked.applicants:
        of_one = Term("applicant", (identity,))
        tallies += [Tally(fields, of_one) for fields in _FIELDS]
        tallies.append(Tally(("right",), All((of_one, inside))))
        tallies.append(Tally(("expiry_month",), All((of_one, expires))))
    clause = All((Everything(),), filter_clauses(asked.filters))
    found = reader.tally(clause, tallies)
    each = len(_FIELDS) + 2
    held = {
        identity: found[place * each : (place + 1) * each] for place, identity in enumerate(asked.applicants)
    }

    def counts(place: int) -> Split:
        return _counts({identity: several[place] for identity, several in held.items()})

    series = Parts(dict(asked.applicants), "series")
    years: dict[tuple[str, str | int], int] = {}
    for identity, several in held.items():
        for (month,), count in several[-1].items():
            key = (identity, int(month) // 12)
            years[key] = years.get(key, 0) + count
    figures = [
        _summary(held, series),
        _figure("rights", "Rights", "right", counts(1), series, list(RIGHT_TITLES)),
        _figure("inForce", f"In force on {asked.on}", "right", counts(-2), series, list(RIGHT_TITLES)),
        _figure("status", "Status", "status", counts(2), series, STATUSES),
        _named("offices", "Offices", "office", counts(3), series, _NAME, office_name),
        _by_year("filings", "Filings by year", counts(4), series),
        _by_year("expiries", "Expiries of registered rights by year", years, series),
        _named("niceClasses", "Nice classes", "code", counts(5), series, _TITLE, title_of("nice")),
        _named("locarno", "Locarno classes", "code", counts(6), series, _TITLE, title_of("locarno")),
        _named("ipc", "IPC subclasses", "code", counts(7), series, _TITLE, title_of("ipc")),
    ]
    return tuple(figures)


def _counts(tallied: Mapping[str, Tallied]) -> Split:
    return {
        (identity, values[0]): count
        for identity, found in tallied.items()
        for values, count in found.items()
        if values
    }


def _summary(held: Mapping[str, list[Tallied]], series: Parts) -> Figure:
    counts: dict[tuple[str, str | int], int] = {}
    for identity, found in held.items():
        counts[identity, "records"] = found[0].get((), 0)
        counts[identity, "inForce"] = sum(found[-2].values())
        counts[identity, "expiring"] = sum(found[-1].values())
    words = {
        "records": "Records",
        "inForce": "In force",
        "expiring": f"Registered, expire within {_EXPIRY_YEARS} years",
    }
    return split_figure(
        "summary",
        "Side by side",
        Column("what", "What", "label"),
        counts,
        series,
        values=list(words),
        label=(_NAME, lambda what: words[what]),
    )


def _figure(name: str, title: str, key: str, counts: Split, series: Parts, values: Sequence[str]) -> Figure:
    met = {value for _, value in counts}
    return split_figure(
        name,
        title,
        Column(key, key.capitalize(), "label"),
        counts,
        series,
        values=[value for value in values if value in met],
    )


def _named(
    name: str,
    title: str,
    key: str,
    counts: Split,
    series: Parts,
    label: Column,
    words: Callable[[str], str],
) -> Figure:
    return split_figure(
        name,
        title,
        Column(key, key.capitalize(), "label"),
        counts,
        series,
        label=(label, words),
        told=str,
        most=MOST_ROWS,
    )


def _by_year(name: str, title: str, counts: Split, series: Parts) -> Figure:
    years = whole_years({year for _, year in counts})
    return split_figure(
        name, title, Column("year", "Year", "label"), counts, series, values=years, along="time"
    )
