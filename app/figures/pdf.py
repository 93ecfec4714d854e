"""Figures as a report on paper."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from app.figures.chart import charts_of
from app.figures.drawing import svg_of
from app.figures.view import NOT_KNOWN, shown_figure
from app.typesetting.run import typeset
from search.portfolio.figure import Figure

_TEMPLATE = Path(__file__).with_name("figures.typ")
_MOST_ROWS = 60
"""Rows of a table on paper; a calendar of five years has them all. The rest is in the CSV."""


class _Chart(msgspec.Struct, frozen=True):
    title: str
    svg: str


class _Table(msgspec.Struct, frozen=True):
    """`numbers` says of each column whether it holds numbers; `left_out` are the rows for which there is no
    room.
    """

    title: str
    note: str
    charts: list[_Chart]
    head: list[str]
    numbers: list[bool]
    rows: list[list[str]]
    left_out: int


class _Given(msgspec.Struct, frozen=True):
    title: str
    subtitle: str
    made: str
    synthetic: bool
    facts: list[tuple[str, str]]
    figures: list[_Table]


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A report: its title, a line beneath it, and facts as label and value."""

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    figures: Sequence[Figure]
    as_of: Mapping[str, dt.datetime]
    synthetic: bool


def pdf_of(paper: Paper) -> bytes:
    """Raises `TypesettingError`."""
    made = f"{dt.datetime.now(dt.UTC):%d %B %Y, %H:%M} UTC".lstrip("0")
    moments = ", ".join(f"{office} {moment:%Y-%m-%d}" for office, moment in sorted(paper.as_of.items()))
    facts = [*paper.facts, ("Data as of", moments or "not known")]
    figures = [_table(figure) for figure in paper.figures if figure.rows]
    given = _Given(paper.title, paper.subtitle, made, paper.synthetic, facts, figures)
    return typeset(_TEMPLATE, msgspec.json.encode(given))


def _table(figure: Figure) -> _Table:
    shown = shown_figure(figure, "", lambda *_: "")
    # A row without anything is a step of a calendar: the chart shows it.
    rows = [
        row for row in shown.rows if any(cell.is_number and cell.text not in ("0", NOT_KNOWN) for cell in row)
    ]
    drawn = charts_of(figure)
    return _Table(
        title=figure.title,
        note=shown.note,
        charts=[
            _Chart(chart.title if len(drawn) > 1 else "", svg_of(chart, f"c{number}"))
            for number, chart in enumerate(drawn)
        ],
        head=[title for title, _ in shown.head],
        numbers=[is_number for _, is_number in shown.head],
        rows=[[cell.text for cell in row] for row in rows[:_MOST_ROWS]],
        left_out=max(0, len(rows) - _MOST_ROWS),
    )
