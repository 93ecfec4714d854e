"""The landscape of a search: trends, who leads, how concentrated, over everything that it finds."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.engine import Clause, Reader, Spread, Tally, Term
from search.people import names_of
from search.portfolio.common import (
    COMMON,
    OUTCOME,
    RIGHT,
    common_figures,
    common_tallies,
    conversion,
    parts_of,
    records_by_right,
)
from search.portfolio.figure import Cell, Column, Figure, Parts, split_figure, whole_years

MOST_APPLICANTS = 20
_OVER_YEARS = 10
"""Applicants whose filings are told by year."""

_TREND_YEARS = 20
_SPANS = (3, 5, 10)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the filings the largest applicants have, each applicant of a record counting once.

    `hhi` is the Herfindahl-Hirschman index from 0 to 10,000, true to within `hhi_within`: beyond the 1,000
    largest applicants only their sum is known. `top` are the shares of the 1, 5, 10 and 20 largest.
    """

    hhi: float
    hhi_within: float
    top: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Landscape:
    records: int
    by_right: Mapping[str, int]
    concentration: Concentration | None
    figures: tuple[Figure, ...]


def landscape_of(reader: Reader, clause: Clause, today: dt.date) -> Landscape:
    """The figures over the records of a clause; growth is told up to the last year that is over."""
    found = reader.tally(clause, common_tallies())
    counted = dict(zip(COMMON, found, strict=True))
    by_right = records_by_right(counted[RIGHT])
    parts = parts_of(by_right)
    filed: dict[int, int] = {}
    for (_, year, _), count in counted[OUTCOME].items():
        filed[int(year)] = filed.get(int(year), 0) + count
    spread = reader.spread(clause, "applicant", MOST_APPLICANTS)
    largest = spread.largest
    names = names_of(reader, [identity for identity, _ in largest])
    told = concentration_of(spread)
    figures = [
        *common_figures(counted, parts),
        conversion(counted[OUTCOME], list(by_right)),
        trend(filed, today),
        growth(filed, today),
        _applicants(largest, names, sum(by_right.values())),
        _applicants_by_year(reader, clause, largest[:_OVER_YEARS], names, today),
        *([] if told is None else [_concentration(told)]),
    ]
    return Landscape(sum(by_right.values()), by_right, told, tuple(figures))


def concentration_of(spread: Spread) -> Concentration | None:
    """How concentrated applicants are; None where there is none.

    What the spread does not count one by one is known by its sum: every applicant there has one record at
    least, and none more than the smallest that is counted.
    """
    largest = [count for _, count in spread.largest]
    counts = [*largest, *spread.counts[len(largest) :]]
    every = sum(spread.counts) + spread.others
    if not every:
        return None
    low = sum(count * count for count in counts) + spread.others
    smallest = counts[-1] + spread.error
    high = sum((count + spread.error) ** 2 for count in counts[len(largest) :])
    high += sum(count * count for count in counts[: len(largest)]) + spread.others * smallest
    scale = 10_000 / (every * every)
    return Concentration(
        hhi=round((low + high) / 2 * scale, 2),
        hhi_within=round((high - low) / 2 * scale, 2),
        top={
            number: round(sum(largest[:number]) / every, 6)
            for number in (1, 5, 10, 20)
            if number <= len(largest)
        },
    )


def trend(filed: Mapping[int, int], today: dt.date) -> Figure:
    """Filings of the last twenty years with their growth from year to year."""
    years = [year for year in whole_years(filed) if today.year - _TREND_YEARS <= year <= today.year]
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        count, before = filed.get(year, 0), filed.get(year - 1, 0)
        is_over = year < today.year
        rows.append((year, count, round(count / before - 1, 4) if before and is_over else None))
    return Figure(
        "trend",
        "Growth from year to year",
        (
            Column("year", "Year", "label"),
            Column("filed", "Filed", "count"),
            Column("growth", "Growth on the year before", "share"),
        ),
        tuple(rows),
        "time",
        "The year that is not over has no growth. Patents are published 18 months after filing: of the last "
        "two years much is not known yet.",
    )


def growth(filed: Mapping[int, int], today: dt.date) -> Figure:
    """Compound growth a year, to the last year that is over."""
    last = today.year - 1
    rows: list[tuple[Cell, ...]] = []
    for span in _SPANS:
        first, begun, ended = last - span, filed.get(last - span, 0), filed.get(last, 0)
        rate = round((ended / begun) ** (1 / span) - 1, 4) if begun else None
        rows.append((f"{first} to {last}", begun, ended, rate))
    return Figure(
        "growth",
        "Compound growth",
        (
            Column("span", "Years", "label"),
            Column("first", "Filed in the first", "count"),
            Column("last", "Filed in the last", "count"),
            Column("rate", "Growth a year", "share"),
        ),
        tuple(rows) if any(row[1] or row[2] for row in rows) else (),
    )


def _applicants(largest: Sequence[tuple[str, int]], names: Mapping[str, str], records: int) -> Figure:
    return Figure(
        "applicants",
        "Largest applicants",
        (
            Column("applicant", "Id", "label"),
            Column("name", "Name", "label"),
            Column("records", "Records", "count"),
            Column("share", "Of all records", "share"),
        ),
        tuple((one, names.get(one, one), count, round(count / records, 4)) for one, count in largest),
    )


def _applicants_by_year(
    reader: Reader,
    clause: Clause,
    largest: Sequence[tuple[str, int]],
    names: Mapping[str, str],
    today: dt.date,
) -> Figure:
    tallies = [Tally(("filing_year",), Term("applicant", (one,))) for one, _ in largest]
    counts = {
        (identity, year): count
        for (identity, _), tallied in zip(largest, reader.tally(clause, tallies), strict=True)
        for (year,), count in tallied.items()
    }
    years = {int(year) for _, year in counts if today.year - _TREND_YEARS <= int(year) <= today.year}
    return split_figure(
        "applicantsByYear",
        "Filings of the largest applicants",
        Column("year", "Year", "label"),
        counts,
        Parts({one: names.get(one, one) for one, _ in largest}, "series"),
        values=whole_years(years),
        along="time",
    )


def _concentration(told: Concentration) -> Figure:
    rows: list[tuple[Cell, ...]] = [
        (f"The {number} largest" if number > 1 else "The largest", share)
        for number, share in told.top.items()
    ]
    within = f", true to within {told.hhi_within}" if told.hhi_within else ""
    return Figure(
        "concentration",
        "Concentration",
        (Column("applicants", "Applicants", "label"), Column("share", "Share of the filings", "share")),
        tuple(rows),
        note=f"Herfindahl-Hirschman index {told.hhi} of 10,000{within}: below 1,500 many share the field, "
        "above 2,500 few hold it. A record of several applicants counts for each.",
    )
