"""The bodies of the answers about portfolios and landscapes, and figures as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence

import msgspec
from starlette.responses import Response

from app.http.answers import ApplicantAnswer, Total
from app.http.csv_cells import plain_cell
from register.model import Part, Right
from search.portfolio.figure import Cell, ColumnKind, Figure


class FigureColumn(Part, frozen=True):
    """A column: the member of each row, its title, and whether it is a label, a part of a whole, one of
    several series, a count, or a share (0.25 is a quarter).
    """

    name: str
    title: str
    kind: ColumnKind


class FigureAnswer(Part, frozen=True, kw_only=True):
    """A figure: rows by the names of its columns, in their order; `csv` is where the same is as CSV."""

    title: str
    note: str | None = None
    columns: list[FigureColumn]
    rows: list[dict[str, str | int | float | None]]
    csv: str


class PortfolioAnswer(Part, frozen=True, kw_only=True):
    """What an applicant has.

    `asOn` is the day for which `inForce` is said, `unsure` the number of rights of which nothing that is held
    says; `since` the first day of what is new, `until` the last of the calendar of expiries. `search` finds
    the records, `page` and `pdf` show the same.
    """

    applicant: ApplicantAnswer
    as_on: str
    since: str
    until: str
    records: int
    in_force: int
    unsure: int
    by_right: dict[Right, int]
    figures: dict[str, FigureAnswer]
    search: str
    page: str
    as_of: dict[str, str] = msgspec.field(default_factory=dict)


class ConcentrationAnswer(Part, frozen=True, kw_only=True):
    """The Herfindahl-Hirschman index of the applicants, from 0 to 10,000, true to within `hhiWithin`, and the
    shares of the 1, 5, 10 and 20 largest.
    """

    hhi: float
    hhi_within: float
    top: dict[str, float]


class LandscapeAnswer(Part, frozen=True, kw_only=True):
    """Figures over everything that a search finds.

    `total.relation` is `gte` where a search by likeness had more candidates than it looks at: the figures are
    then over the likest; `note` says so. `left` names the ways of finding for which there was no time.
    """

    total: Total
    is_ranked: bool
    note: str | None = None
    by_right: dict[Right, int]
    concentration: ConcentrationAnswer | None = None
    figures: dict[str, FigureAnswer]
    search: str
    page: str
    left: tuple[str, ...] = ()
    as_of: dict[str, str] = msgspec.field(default_factory=dict)


class ComparisonAnswer(Part, frozen=True, kw_only=True):
    """Several applicants: in each figure a column for each, by its id."""

    applicants: list[ApplicantAnswer]
    as_on: str
    figures: dict[str, FigureAnswer]
    page: str
    as_of: dict[str, str] = msgspec.field(default_factory=dict)


def figure_answers(figures: Sequence[Figure], csv_links: Mapping[str, str]) -> dict[str, FigureAnswer]:
    """The figures by their names."""
    return {
        figure.name: FigureAnswer(
            title=figure.title,
            note=figure.note,
            columns=[FigureColumn(one.name, one.title, one.kind) for one in figure.columns],
            rows=[_row(figure, row) for row in figure.rows],
            csv=csv_links[figure.name],
        )
        for figure in figures
    }


def _row(figure: Figure, row: Sequence[Cell]) -> dict[str, Cell]:
    return {column.name: cell for column, cell in zip(figure.columns, row, strict=True)}


def csv_of(figure: Figure) -> str:
    """The figure as CSV with the names of the columns in its first line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in figure.columns])
    writer.writerows([["" if cell is None else plain_cell(cell) for cell in row] for row in figure.rows])
    return text.getvalue()


def csv_response(figure: Figure, name: str) -> Response:
    """A file of this name, without its ending."""
    return Response(
        csv_of(figure),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-{figure.name}.csv"'},
    )
