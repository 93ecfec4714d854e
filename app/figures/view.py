"""Figures in the words of a page: charts, a table with links to the records behind each row, and the CSV."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from app.figures.chart import charts_of
from app.figures.drawing import svg_of
from search.portfolio.figure import Cell, Column, Figure

NOT_KNOWN = "–"
# Ids are for programs; people get the names beside them.
_IDS = ("applicant", "representative", "what")

Leading = Callable[[Figure, Mapping[str, Cell]], str]
"""The address of the records behind a row, "" where there is none."""


class ShownCell(NamedTuple):
    text: str
    href: str
    is_number: bool


class ShownFigure(NamedTuple):
    """`charts` are SVG, with a title where there are several; `head` are titles with whether a column holds
    numbers.
    """

    name: str
    title: str
    note: str
    charts: list[tuple[str, Markup]]
    head: list[tuple[str, bool]]
    rows: list[list[ShownCell]]
    csv: str


def shown_figures(
    figures: Sequence[Figure], csv_links: Mapping[str, str], leading: Leading
) -> list[ShownFigure]:
    """The figures that hold something."""
    return [shown_figure(figure, csv_links[figure.name], leading) for figure in figures if figure.rows]


def shown_figure(figure: Figure, csv: str, leading: Leading) -> ShownFigure:
    named_by_second = len(figure.columns) > 1 and figure.columns[1].name in ("name", "title")
    kept = [place for place in range(1 + named_by_second, len(figure.columns)) if _says(figure, place)]
    rows = []
    for row in figure.rows:
        first = told(row[0], figure.columns[0])
        if named_by_second:
            is_id = figure.columns[0].name in _IDS
            first = str(row[1]) if is_id else f"{first} {row[1]}".rstrip()
        cells = [ShownCell(first, leading(figure, named(figure, row)), False)]
        cells += [
            ShownCell(told(row[place], figure.columns[place]), "", figure.columns[place].kind != "label")
            for place in kept
        ]
        rows.append(cells)
    drawn = charts_of(figure)
    # Every word in it is escaped by the one who draws.
    charts = [
        (chart.title if len(drawn) > 1 else "", Markup(svg_of(chart, f"{figure.name}{number}")))
        for number, chart in enumerate(drawn)
    ]
    head = [
        (
            figure.columns[named_by_second].title
            if named_by_second and figure.columns[0].name in _IDS
            else figure.columns[0].title,
            False,
        )
    ]
    head += [(figure.columns[place].title, figure.columns[place].kind != "label") for place in kept]
    return ShownFigure(figure.name, figure.title, figure.note or "", charts, head, rows, csv)


def _says(figure: Figure, place: int) -> bool:
    """Whether a column holds more than nothing: rights that have none of it take no room."""
    return figure.columns[place].kind != "part" or any(row[place] for row in figure.rows)


def named(figure: Figure, row: Sequence[Cell]) -> dict[str, Cell]:
    """A row by the names of its columns."""
    return {column.name: cell for column, cell in zip(figure.columns, row, strict=True)}


def told(cell: Cell, column: Column) -> str:
    """A cell as people read it."""
    if cell is None or cell == "":
        return NOT_KNOWN
    if column.kind == "share":
        return f"{float(cell) * 100:,.1f} %"
    if column.kind == "label":
        return str(cell).replace("-", " ").capitalize() if column.name in ("right", "status") else str(cell)
    return f"{cell:,}"
