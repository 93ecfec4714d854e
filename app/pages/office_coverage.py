"""The page of what is missing of one office."""

from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.http.coverage import gaps_page, office_asked, office_status
from app.http.coverage_answers import NumbersOfYear
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.http.service import Service, ServiceOf
from app.pages.links import address
from app.pages.rendering import page, problem_page
from app.pages.words import RIGHT_WORDS
from register.codes.offices import office_name

_PARAMETERS = table("right", "year", "cursor")
_RANGES = 50
_WORDS = 200

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class ShownYear(NamedTuple):
    right: str
    year: str
    expected: int
    held: int
    missing: int
    excepted: int
    sparse: bool
    by: str


class ShownRange(NamedTuple):
    right: str
    year: str
    first: str
    last: str
    numbers: int


class ShownWord(NamedTuple):
    right: str
    word: str
    records: int
    mapping: str


class ShownOffice(NamedTuple):
    """`not_taken` are records that the office delivered and that could not be taken in."""

    code: str
    name: str
    not_taken: int


@router.get("/coverage/{code}")
def office_coverage(request: Request, service: ServiceOf, code: str) -> Response:
    try:
        office = office_asked(code)
        shown = shown_coverage(service, office, request, f"/coverage/{office}")
    except Problem as problem:
        return problem_page(request, service, problem)
    return page(request, service, "office_coverage.html", **shown)


def shown_coverage(service: Service, office: str, request: Request, here: str) -> dict[str, Any]:
    """What is missing of an office, by the parameters of the request, for the page at `here`.

    Raises `Problem` (400).
    """
    values: dict[str, Any] = read_parameters(request.query_params, _PARAMETERS)
    right = values.get("right")
    found, cursor = gaps_page(service, office, right, values.get("year"), _RANGES, values.get("cursor"))
    status = office_status(service, office, right)
    kept = {name: str(value) for name, value in values.items() if name != "cursor"}
    return {
        "office": ShownOffice(office, office_name(office), _not_taken(service, office)),
        "years": [_year(one) for one in found.years],
        "ranges": [
            ShownRange(RIGHT_WORDS[one.right], _named(one.year, one.series), one.first, one.last, one.count)
            for one in found.results
        ],
        "words": [
            ShownWord(
                RIGHT_WORDS[one.right],
                f"{one.word} {one.text}" if one.text else one.word,
                one.records,
                one.mapping,
            )
            for one in status.results[:_WORDS]
        ],
        "next_href": address(here, {**kept, "cursor": cursor}) if cursor else "",
    }


def _not_taken(service: Service, office: str) -> int:
    try:
        return service.not_taken().get(office, 0)
    except Problem:
        # There is no index yet; what it does not tell is left out.
        return 0


def _year(one: NumbersOfYear) -> ShownYear:
    by = "the office's list" if one.basis == "authority" else "its sequence of numbers"
    if one.sparse:
        by = "nothing: too little of the sequence is held"
    return ShownYear(
        RIGHT_WORDS[one.right],
        _named(one.year, one.series),
        one.expected,
        one.held,
        one.missing,
        one.excepted,
        one.sparse,
        by,
    )


def _named(year: int, series: str) -> str:
    told = str(year) if year else "not told"
    return f"{told}, series {series}" if series else told
