"""The parameters of portfolios and landscapes beside those of a search."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import QueryParams

from app.http.parameters import SPANS, Parameter, table
from app.http.problems import Problem, bad_parameter
from search.portfolio.figure import Figure

FORMATS = ("json", "csv", "pdf")
MOST_YEARS = 20

FILTERS = (
    "rights",
    "offices",
    "territories",
    "status",
    "niceClasses",
    "viennaCodes",
    "locarno",
    "ipc",
    "representatives",
    *(bound for span in SPANS for bound in span),
)
"""What narrows the records that figures are about."""


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 3 or not 1 <= int(text) <= MOST_YEARS:
        raise ValueError(f"must be a whole number from 1 to {MOST_YEARS}")
    return int(text)


def _one_of(choices: Sequence[str], text: str) -> str:
    if text not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}")
    return text


def _name(text: str) -> str:
    if not (text.isascii() and text.isalnum()) or len(text) > 40:
        raise ValueError(f"{text[:40]!r} is no name of a figure")
    return text


def _day(name: str, description: str) -> Parameter:
    known = table("filedFrom")["filedFrom"]
    return Parameter(name, description, known.schema, known.read, "2024-01-31")


AS_ON = _day(
    "asOn", "a day, as 2024-01-31: what was in force on it, and what expires after it; default today"
)
SINCE = _day("since", "a day, as 2024-01-31: what is new from it to asOn; default a year before asOn")
YEARS = Parameter(
    "years",
    f"how many years of expiries, from 1 to {MOST_YEARS}",
    {"type": "integer", "minimum": 1, "maximum": MOST_YEARS, "default": 5},
    _number,
    "5",
)
CALENDAR = Parameter(
    "calendar",
    "the steps of the calendar of expiries: month, quarter",
    {"type": "string", "enum": ["month", "quarter"], "default": "month"},
    lambda text: _one_of(("month", "quarter"), text),
    "quarter",
)
FIGURE = Parameter(
    "figure",
    "one figure alone, by its name; format=csv needs it",
    {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[A-Za-z0-9]+$"},
    _name,
    "expiries",
)
FORMAT = Parameter(
    "format",
    "the form of the answer: " + ", ".join(FORMATS),
    {"type": "string", "enum": list(FORMATS), "default": "json"},
    lambda text: _one_of(FORMATS, text),
    "json",
)


def with_figures(parameters: Mapping[str, Parameter], *more: Parameter) -> dict[str, Parameter]:
    """These parameters with `figure`, `format` and more."""
    return {**parameters, **{one.name: one for one in (*more, FIGURE, FORMAT)}}


def days_of(values: Mapping[str, Any]) -> tuple[dt.date, dt.date]:
    """The days `asOn` and `since`. Raises `Problem` where the one is before the other."""
    on: dt.date = values.get("asOn") or dt.datetime.now(dt.UTC).date()
    since: dt.date = values.get("since") or _year_before(on)
    if since > on:
        raise bad_parameter("since", f"{since} is after {on}, which asOn says", "give a day before asOn")
    return on, since


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def chosen(figures: Sequence[Figure], values: Mapping[str, Any]) -> Sequence[Figure]:
    """The figures asked for. Raises `Problem` for a name that none has, and for CSV of several."""
    name = values.get("figure")
    if name is None:
        if values.get("format") == "csv":
            names = ", ".join(figure.name for figure in figures)
            raise Problem(
                400,
                "figure-missing",
                "a CSV file holds one figure",
                field="figure",
                mend=f"name it with figure=; there are {names}",
            )
        return figures
    found = [figure for figure in figures if figure.name == name]
    if not found:
        names = ", ".join(figure.name for figure in figures)
        raise bad_parameter("figure", f"there is no figure {name!r} here", f"there are {names}")
    return found


def rest_of(given: QueryParams) -> dict[str, str]:
    """The parameters as given, but for the figure and the format."""
    return {name: value for name, value in given.multi_items() if name not in ("figure", "format")}
