"""A figure: counts as a table that a chart, a page, a CSV file and the API show alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | None
"""None where nothing can be said."""

ColumnKind = Literal["label", "part", "series", "count", "share"]
"""`part` columns add up to a whole, `series` stand side by side; `count` is any other number, `share` a
ratio.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is its key in the API and in CSV, `title` what people read."""

    name: str
    title: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Figure:
    """Rows of cells in the order of the columns. `along`: whether the rows follow each other in time."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    along: Literal["time", "kinds"] = "kinds"
    note: str | None = None

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of one column."""
        place = next(place for place, one in enumerate(self.columns) if one.name == name)
        return tuple(row[place] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Parts:
    """What counts are split by: values with their titles, in the order in which they stand."""

    titles: Mapping[str, str]
    kind: Literal["part", "series"] = "part"

    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(name, title, self.kind) for name, title in self.titles.items())


Split = Mapping[tuple[str, str | int], int]
"""Counts by part and value."""

TOTAL = Column("total", "Total", "count")


def split_figure(
    name: str,
    title: str,
    value: Column,
    counts: Split,
    parts: Parts,
    *,
    values: Sequence[str | int] | None = None,
    label: tuple[Column, Callable[[str], str]] | None = None,
    told: Callable[[str | int], Cell] = lambda value: value,
    most: int | None = None,
    along: Literal["time", "kinds"] = "kinds",
    note: str | None = None,
) -> Figure:
    """A figure with a row for each value and a column for each part, with a total where the parts are several
    and add up.

    Rows are in the order of `values`, else the largest first, at most `most`; `label` is a second column with
    words for a value, `told` how the value itself is written.
    """
    held: dict[str | int, dict[str, int]] = {}
    for (part, one), count in counts.items():
        if part in parts.titles:
            held.setdefault(one, {})[part] = count
    sums = {one: sum(by_part.values()) for one, by_part in held.items()}
    ordered: Iterable[str | int] = (
        values if values is not None else sorted(sums, key=lambda one: (-sums[one], str(one)))[:most]
    )
    is_whole = parts.kind == "part"
    rows = []
    for one in ordered:
        by_part = held.get(one, {})
        cells: list[Cell] = [told(one)]
        if label is not None:
            cells.append(label[1](str(one)))
        cells += [by_part.get(part, 0) for part in parts.titles]
        if is_whole:
            cells.append(sums.get(one, 0))
        rows.append(tuple(cells))
    labels = (value,) if label is None else (value, label[0])
    columns = (*labels, *parts.columns(), *((TOTAL,) if is_whole else ()))
    return Figure(name, title, columns, tuple(rows), along, note)


def whole_years(years: Iterable[str | int]) -> list[int]:
    """Every year from the first to the last, so that a year without anything shows as such."""
    known = sorted(int(year) for year in years)
    # A mistyped date, a thousand years off, makes no thousand rows.
    if not known or known[-1] - known[0] > _MOST_YEARS:
        return known
    return list(range(known[0], known[-1] + 1))


_MOST_YEARS = 150
