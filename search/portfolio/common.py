"""Figures that a portfolio and a landscape have alike."""

from collections.abc import Mapping, Sequence

from register.codes.classifications import ClassificationName
from register.codes.offices import office_name
from register.model import RIGHTS
from search.engine import Tallied, Tally
from search.portfolio.figure import Column, Figure, Parts, Split, split_figure, whole_years
from search.portfolio.labels import OUTCOMES, RIGHT_TITLES, STATUSES, title_of

RIGHT, STATUS, OFFICE, FILED = ("right",), ("right", "status"), ("right", "office"), ("right", "filing_year")
TERRITORY = ("right", "territory")
REGISTERED = ("right", "registration_year")
OUTCOME = ("right", "filing_year", "outcome")
NICE, LOCARNO, IPC = ("right", "nice"), ("right", "locarno_class"), ("right", "ipc_subclass")
COMMON: tuple[tuple[str, ...], ...] = (
    RIGHT,
    STATUS,
    OFFICE,
    OUTCOME,
    REGISTERED,
    TERRITORY,
    NICE,
    LOCARNO,
    IPC,
)
MOST_ROWS = 100
"""Rows of a figure whose values may be many: the largest are shown."""

_CLASSES: tuple[tuple[str, str, str, tuple[str, ...], ClassificationName], ...] = (
    ("niceClasses", "Nice classes", "Class", NICE, "nice"),
    ("locarno", "Locarno classes", "Class", LOCARNO, "locarno"),
    ("ipc", "IPC subclasses", "Subclass", IPC, "ipc"),
)

YEAR = Column("year", "Year", "label")


def common_tallies() -> list[Tally]:
    return [Tally(fields) for fields in COMMON]


Counted = Mapping[tuple[str, ...], Tallied]
"""What was tallied, by the fields."""


def split(counted: Tallied) -> Split:
    """Counts by two fields as a split."""
    return {(str(part), value): count for (part, value), count in counted.items()}


def records_by_right(counted: Tallied) -> dict[str, int]:
    """In the order of the rights."""
    return {right: counted[(right,)] for right in RIGHTS if (right,) in counted}


def parts_of(by_right: Mapping[str, int]) -> Parts:
    return Parts({right: RIGHT_TITLES[right] for right in by_right})


def common_figures(counted: Counted, parts: Parts) -> list[Figure]:
    """Status, offices, territories, filings and registrations by year, and classes."""
    filed: dict[tuple[str, str | int], int] = {}
    for (right, year, _), count in counted[OUTCOME].items():
        filed[(str(right), year)] = filed.get((str(right), year), 0) + count
    registered = split(counted[REGISTERED])
    figures = [
        split_figure(
            "status",
            "Status",
            Column("status", "Status", "label"),
            split(counted[STATUS]),
            parts,
            values=[status for status in STATUSES if any(key[1] == status for key in counted[STATUS])],
        ),
        split_figure(
            "offices",
            "Offices",
            Column("office", "Office", "label"),
            split(counted[OFFICE]),
            parts,
            label=(Column("name", "Name", "label"), office_name),
            most=MOST_ROWS,
        ),
        split_figure(
            "territories",
            "Territories",
            Column("territory", "Territory", "label"),
            split(counted[TERRITORY]),
            parts,
            label=(Column("name", "Name", "label"), office_name),
            most=MOST_ROWS,
            note="A record counts in each territory where it has, or was asked for to have, effect.",
        ),
        _by_year("filings", "Filings by year", filed, parts),
        _by_year("registrations", "Registrations by year", registered, parts),
        *class_figures(counted, parts),
    ]
    return figures


def _by_year(name: str, title: str, counts: Split, parts: Parts) -> Figure:
    years = whole_years(year for _, year in counts)
    return split_figure(name, title, YEAR, counts, parts, values=years, along="time")


def class_figures(counted: Counted, parts: Parts) -> list[Figure]:
    return [
        split_figure(
            name,
            title,
            Column("code", code, "label"),
            split(counted[fields]),
            parts,
            label=(Column("title", "Title", "label"), title_of(of)),
            told=str,
            most=MOST_ROWS,
            note="A record counts in each of its classes.",
        )
        for name, title, code, fields, of in _CLASSES
    ]


_OUTCOME_COLUMNS = (
    Column("filed", "Filed", "count"),
    *(Column(outcome, title, "part") for outcome, title in OUTCOMES.items()),
    Column("share", "Granted of those filed", "share"),
)


def conversion(counted: Tallied, rights: Sequence[str]) -> Figure:
    """What became of the applications of each year, by right."""
    rows = []
    for right in rights:
        years = whole_years({year for one, year, _ in counted if one == right})
        for year in years:
            counts = [counted.get((right, year, outcome), 0) for outcome in OUTCOMES]
            filed = sum(counts)
            rows.append(
                (right, year, filed, *counts, round(counts[0] / filed, 4) if filed else None),
            )
    return Figure(
        "conversion",
        "From filing to grant",
        (Column("right", "Right", "label"), Column("year", "Filed in", "label"), *_OUTCOME_COLUMNS),
        tuple(rows),
        "time",
        "Granted is what is or was registered; of the last years much is still pending.",
    )
