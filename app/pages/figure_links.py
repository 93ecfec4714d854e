"""From a row of a figure to the search for the records behind it."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import quote

from app.figures.view import Leading
from app.pages.links import address, without
from search.portfolio.figure import Cell, Figure

_FILTERS = {
    "offices": ("office", "offices"),
    "status": ("status", "status"),
    "territories": ("territory", "territories"),
    "niceClasses": ("code", "niceClasses"),
    "locarno": ("code", "locarno"),
    "ipc": ("code", "ipc"),
    "representatives": ("representative", "representatives"),
}
_YEARS = {"filings": "filed", "registrations": "registered"}
_SPANS = {"filed": "filed", "registered": "registered"}


def leading_into(
    values: Mapping[str, str], since: dt.date | None = None, on: dt.date | None = None
) -> Leading:
    """Links for the figures over a search's records; `since` and `on` are the days of what is new."""

    def leading(figure: Figure, row: Mapping[str, Cell]) -> str:
        if figure.name in _FILTERS:
            column, name = _FILTERS[figure.name]
            return address("/search", {**values, name: str(row[column])})
        if figure.name in _YEARS:
            year, happened = row["year"], _YEARS[figure.name]
            return _span(values, happened, f"{year:04d}-01-01", f"{year:04d}-12-31")
        if figure.name == "expiries":
            first, last = _days_of(str(row[figure.columns[0].name]))
            return _span({**values, "status": "registered"}, "expires", first, last)
        if figure.name in ("coApplicants", "applicants"):
            return f"/applicants/{quote(str(row['applicant']))}"
        if figure.name == "new" and row["what"] in _SPANS and since is not None and on is not None:
            return _span(values, _SPANS[str(row["what"])], str(since), str(on))
        return ""

    return leading


def _span(values: Mapping[str, str], happened: str, first: str, last: str) -> str:
    """The search within days; "" where it has such days already, which are not to be lost."""
    names = (f"{happened}From", f"{happened}To")
    if any(name in values for name in names):
        return ""
    return address("/search", {**without(values, *names), names[0]: first, names[1]: last})


def _days_of(step: str) -> tuple[str, str]:
    """The first and the last day of `2027-03`, `2027 Q1` or `2027`."""
    year = int(step[:4])
    if len(step) == 4:
        return f"{step}-01-01", f"{step}-12-31"
    month, months = (int(step[5:]), 1) if step[4] == "-" else (int(step[6:]) * 3 - 2, 3)
    after = dt.date(year + (month + months - 1) // 12, (month + months - 1) % 12 + 1, 1)
    return f"{year:04d}-{month:02d}-01", str(after - dt.timedelta(days=1))
