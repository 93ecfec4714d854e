"""Charts of figures: what is drawn, and the same in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.portfolio.figure import Cell, Column, Figure

MOST_BARS, MOST_LINES = 12, 8
_HEIGHTS = {"part", "series"}


@dataclass(frozen=True, slots=True)
class Series:
    """One part or line: its title, and a value for each place, None where there is none."""

    title: str
    values: tuple[float | None, ...]


class Chart(NamedTuple):
    """What is drawn: places along an axis, and series over them."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool
    along_time: bool
    is_share: bool = False
    left_out: int = 0

    def told(self, value: float) -> str:
        """A value as the chart writes it."""
        return f"{value * 100:.1f} %" if self.is_share else shown(value)


def charts_of(figure: Figure) -> list[Chart]:
    """The charts of a figure: one, or one for each right where it has rows by right and year; none without
    rows.
    """
    counts = [column for column in figure.columns if column.kind == "count"]
    if not figure.rows or (len(counts) > 1 and not _HEIGHTS & {column.kind for column in figure.columns}):
        # Two counts side by side that neither add up nor follow each other are a table.
        return []
    if figure.along == "time" and figure.columns[0].name == "right":
        found = []
        for right in dict.fromkeys(row[0] for row in figure.rows):
            rows = [row[1:] for row in figure.rows if row[0] == right]
            title = f"{figure.title}: {str(right).replace('-', ' ')}"
            found.append(_chart(title, figure.columns[1:], rows, along_time=True))
        return found
    return [_chart(figure.title, figure.columns, figure.rows, along_time=figure.along == "time")]


def _chart(title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], along_time: bool) -> Chart:
    kinds = [column.kind for column in columns]
    drawn = next(kind for kind in ("part", "series", "count", "share") if kind in kinds)
    places = [place for place, kind in enumerate(kinds) if kind == drawn]
    if drawn in ("count", "share"):
        places = places[:1]
    places = places[:MOST_LINES]
    named = max(place for place, kind in enumerate(kinds) if kind == "label")
    told = [place for place in places if any(row[place] for row in rows)]
    places = told or places[:1]
    shown = rows if along_time else rows[:MOST_BARS]
    return Chart(
        title,
        tuple(_label(columns, row, named) for row in shown),
        tuple(Series(columns[place].title, tuple(_number(row[place]) for row in shown)) for place in places),
        stacked=drawn != "series",
        along_time=along_time,
        is_share=drawn == "share",
        left_out=len(rows) - len(shown),
    )


def _label(columns: Sequence[Column], row: Sequence[Cell], named: int) -> str:
    """The words of a row, or its code where it has none; a class by both."""
    words, code = row[named], row[0]
    if columns[0].name in ("right", "status"):
        return str(code).replace("-", " ").capitalize()
    if words is None or words == "":
        return "not known" if code is None else str(code)
    if named and isinstance(code, str) and len(code) <= 4 and code.isascii():
        return f"{code} {words}"
    return str(words)


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def described(chart: Chart) -> str:
    """The chart in a sentence or two."""
    sums = sums_of(chart)
    if chart.series and not chart.stacked:
        told = "; ".join(
            f"{series.title}: {sum(value or 0 for value in series.values):,.0f}" for series in chart.series
        )
        words = f"{len(chart.series)} side by side, in all: {told}."
    else:
        most = max(range(len(sums)), key=sums.__getitem__)
        span = f"From {chart.labels[0]} to {chart.labels[-1]}, the most" if chart.along_time else "The most"
        words = f"{span} at {chart.labels[most]} with {chart.told(sums[most])}."
    more = f" {chart.left_out} more are in the table only." if chart.left_out else ""
    return f"{words}{more} The numbers are in the table."


def sums_of(chart: Chart) -> list[float]:
    return [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.labels))]


def shown(value: float) -> str:
    """A number on a chart: `1,234`, `1.5`, `12k`: short enough to stand beside a bar."""
    if value >= 100_000:
        return f"{value / 1000:,.0f}k"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2g}"
