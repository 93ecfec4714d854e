"""The portfolio of an applicant: what it has, where, in force until when, and what is new."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from register.codes.offices import office_name
from search.engine import All, Clause, Range, Reader, Tallied, Tally, Term
from search.filters import filter_clauses
from search.people import people_names
from search.portfolio.clauses import between, expiring, in_force_on, months_between, unsure_on
from search.portfolio.common import (
    COMMON,
    OFFICE,
    OUTCOME,
    REGISTERED,
    RIGHT,
    common_figures,
    common_tallies,
    conversion,
    parts_of,
    records_by_right,
    split,
)
from search.portfolio.figure import Cell, Column, Figure, Parts, Split, split_figure, whole_years
from search.portfolio.labels import month_words, quarter_words
from search.query import Filters

CalendarBy = Literal["month", "quarter"]

_MOST_PEOPLE = 20
_RIGHT = Column("right", "Right", "label")
_NO_YEAR = ""


@dataclass(frozen=True, slots=True)
class PortfolioAsked:
    """An applicant's id, what else its records must be, and the days that figures are about.

    `on` is the day on which rights are in force, and the last of what is new; `since` the first of it;
    `changed_after` the timepoint before that day. Expiries are told for `years` from `on`, by `by`.
    """

    applicant: str
    filters: Filters
    on: dt.date
    since: dt.date
    changed_after: int
    years: int = 5
    by: CalendarBy = "month"

    @property
    def until(self) -> dt.date:
        """The last day of the calendar of expiries."""
        return _years_later(self.on, self.years)


@dataclass(frozen=True, slots=True)
class Portfolio:
    records: int
    in_force: int
    unsure: int
    by_right: Mapping[str, int]
    figures: tuple[Figure, ...]


def portfolio_of(reader: Reader, asked: PortfolioAsked) -> Portfolio:
    """Raises `InputError` for filters that cannot be read."""
    clause = portfolio_clause(asked)
    inside = in_force_on(asked.on)
    narrowed = [
        Tally(OFFICE, inside),
        Tally(REGISTERED, inside),
        Tally(RIGHT, inside),
        Tally(RIGHT, unsure_on(asked.on)),
        Tally(("right", "expiry_month"), expiring(asked.on, asked.until)),
        Tally(RIGHT, between("filed", asked.since, asked.on)),
        Tally(RIGHT, between("registered", asked.since, asked.on)),
        Tally(RIGHT, Range("timepoint", asked.changed_after + 1)),
    ]
    found = reader.tally(clause, [*common_tallies(), *narrowed])
    counted = dict(zip(COMMON, found, strict=False))
    by_office, by_age, in_force, unsure, expiries, filed, registered, changed = found[len(COMMON) :]
    by_right = records_by_right(counted[RIGHT])
    parts = parts_of(by_right)
    figures = [
        _in_force(by_right, in_force, unsure),
        *common_figures(counted, parts),
        _in_force_offices(split(by_office), parts),
        _expiries(split(expiries), parts, asked),
        _ages(split(by_age), in_force, parts, asked.on),
        conversion(counted[OUTCOME], list(by_right)),
        _new(parts, {"filed": filed, "registered": registered, "changed": changed}),
        *_people(reader, clause, asked.applicant),
    ]
    return Portfolio(
        records=sum(by_right.values()),
        in_force=sum(in_force.values()),
        unsure=sum(unsure.values()),
        by_right=by_right,
        figures=tuple(figures),
    )


def portfolio_clause(asked: PortfolioAsked) -> Clause:
    return All((Term("applicant", (asked.applicant,)),), filter_clauses(asked.filters))


def _in_force(by_right: Mapping[str, int], in_force: Tallied, unsure: Tallied) -> Figure:
    rows = []
    for right, records in by_right.items():
        inside, unclear = in_force.get((right,), 0), unsure.get((right,), 0)
        rows.append((right, inside, unclear, records - inside - unclear, records))
    return Figure(
        "inForce",
        "In force",
        (
            _RIGHT,
            Column("inForce", "In force", "part"),
            Column("unsure", "Cannot be said", "part"),
            Column("notInForce", "Not in force", "part"),
            Column("total", "Total", "count"),
        ),
        tuple(rows),
        note="By the rule of each record's page: its dates, and its status with every change that is kept. A "
        "registered right whose expiry date is past may have been renewed: of it nothing can be said.",
    )


def _in_force_offices(counts: Split, parts: Parts) -> Figure:
    return split_figure(
        "inForceOffices",
        "In force by office",
        Column("office", "Office", "label"),
        counts,
        parts,
        label=(Column("name", "Name", "label"), office_name),
    )


def _expiries(counts: Split, parts: Parts, asked: PortfolioAsked) -> Figure:
    months = months_between(asked.on, asked.until)
    note = f"Registered rights whose expiry date is from {asked.on} to {asked.until}."
    if asked.by == "month":
        return split_figure(
            "expiries",
            "Expiries by month",
            Column("month", "Month", "label"),
            counts,
            parts,
            values=months,
            told=month_words,
            along="time",
            note=note,
        )
    quarters: dict[tuple[str, str | int], int] = {}
    for (right, month), count in counts.items():
        key = (right, int(month) // 3)
        quarters[key] = quarters.get(key, 0) + count
    return split_figure(
        "expiries",
        "Expiries by quarter",
        Column("quarter", "Quarter", "label"),
        quarters,
        parts,
        values=range(months[0] // 3, months[-1] // 3 + 1),
        told=quarter_words,
        along="time",
        note=note,
    )


def _ages(counts: Split, in_force: Tallied, parts: Parts, on: dt.date) -> Figure:
    by_age: dict[tuple[str, str | int], int] = {
        (right, on.year - int(year)): count for (right, year), count in counts.items()
    }
    ages: list[str | int] = [*whole_years({int(age) for _, age in by_age})]
    for right in parts.titles:
        dated = sum(count for (one, _), count in by_age.items() if one == right)
        if undated := in_force.get((right,), 0) - dated:
            by_age[(right, _NO_YEAR)] = undated
            ages = [age for age in ages if age != _NO_YEAR] + [_NO_YEAR]
    return split_figure(
        "ages",
        "Age of what is in force",
        Column("age", "Years since registration", "label"),
        by_age,
        parts,
        values=ages,
        told=lambda age: None if age == _NO_YEAR else age,
        along="time",
        note="Calendar years from the year of registration; empty where the date was not delivered.",
    )


_NEW_TITLES = {
    "filed": "Filed",
    "registered": "Registered",
    "changed": "New or changed in this register",
}


def _new(parts: Parts, counts: Mapping[str, Tallied]) -> Figure:
    flat: dict[tuple[str, str | int], int] = {
        (str(right), what): count for what, by_right in counts.items() for (right,), count in by_right.items()
    }
    return split_figure(
        "new",
        "What is new",
        Column("what", "What", "label"),
        flat,
        parts,
        values=list(counts),
        label=(Column("name", "Name", "label"), lambda what: _NEW_TITLES[what]),
    )


def _people(reader: Reader, clause: Clause, applicant: str) -> list[Figure]:
    """Co-applicants and representatives, those with most records first."""
    counts = reader.facet(clause, [("applicant", _MOST_PEOPLE + 1), ("representative", _MOST_PEOPLE)])
    others = [(one, count) for one, count in counts["applicant"] if one != applicant][:_MOST_PEOPLE]
    agents = counts["representative"]
    names = people_names(reader, [one for one, _ in others], [one for one, _ in agents])
    return [
        _named("coApplicants", "Co-applicants", "applicant", others, names.applicants),
        _named("representatives", "Representatives", "representative", agents, names.representatives),
    ]


def _named(
    name: str, title: str, key: str, counts: list[tuple[str, int]], names: Mapping[str, str]
) -> Figure:
    rows: list[tuple[Cell, ...]] = [(one, names.get(one, one), count) for one, count in counts]
    return Figure(
        name,
        title,
        (
            Column(key, "Id", "label"),
            Column("name", "Name", "label"),
            Column("records", "Records", "count"),
        ),
        tuple(rows),
        note=f"The {_MOST_PEOPLE} with most records." if len(rows) == _MOST_PEOPLE else None,
    )


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
