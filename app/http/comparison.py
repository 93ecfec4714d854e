"""Several applicants side by side over HTTP: as JSON, each figure as CSV."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app.http.answers import encode
from app.http.applicants import answer_of, held_applicant
from app.http.figure_answers import ComparisonAnswer, csv_response, figure_answers
from app.http.figure_papers import pdf_response
from app.http.figure_parameters import AS_ON, FILTERS, chosen, days_of, rest_of, with_figures
from app.http.openapi import operation
from app.http.parameters import Parameter, read_parameters, table
from app.http.portfolio_example import COMPARISON_EXAMPLE
from app.http.problems import Problem, bad_parameter
from app.http.searching import query_of, times
from app.http.service import Service, ServiceOf
from search.portfolio.compare import MOST_COMPARED, ComparisonAsked
from search.portfolio.figure import Figure
from search.service import Applicant

_ID = "ap-[0-9a-z]{1,40}"


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(one.strip() for one in text.split(",")))
    for one in ids:
        if not re.fullmatch(_ID, one):
            raise ValueError(f"{one[:40]!r} is no id of an applicant")
    if len(ids) > MOST_COMPARED:
        raise ValueError(f"more than {MOST_COMPARED} applicants")
    return ids


IDS = Parameter(
    "ids",
    f"ids of the applicants that are compared, at most {MOST_COMPARED}",
    {
        "type": "array",
        "items": {"type": "string", "pattern": f"^{_ID}$"},
        "minItems": 1,
        "maxItems": MOST_COMPARED,
    },
    _ids,
    "ap-0123456789abc,ap-4k2v7q1mzw8xa",
)
PARAMETERS = with_figures({"ids": IDS, **table(*FILTERS)}, AS_ON)

router = APIRouter(tags=["Portfolios"])


class Told(NamedTuple):
    asked: ComparisonAsked
    applicants: list[Applicant]
    figures: tuple[Figure, ...]


def told_comparison(service: Service, values: Mapping[str, Any]) -> Told:
    """Raises `Problem` without applicants, or for one that no record has."""
    if not values.get("ids"):
        raise bad_parameter(
            "ids", "there is nobody to compare", "give ids of applicants, which /v1/applicants?q= finds"
        )
    applicants = [_held(service, identity) for identity in values["ids"]]
    on, _ = days_of(values)
    names = {applicant.id: applicant.names[0] for applicant in applicants}
    asked = ComparisonAsked(names, service.known_applicants(query_of(values, ()).filters), on)
    return Told(asked, applicants, service.comparison(asked))


def _held(service: Service, identity: str) -> Applicant:
    try:
        return held_applicant(service, identity)
    except Problem as problem:
        if problem.status != 404:
            raise
        raise bad_parameter("ids", problem.detail, "give ids that /v1/applicants?q= finds") from None


@router.get(
    "/applicants/compare",
    response_class=Response,
    operation_id="compareApplicants",
    **operation(
        "Several applicants side by side",
        ComparisonAnswer,
        parameters=PARAMETERS,
        documents=("text/csv", "application/pdf"),
        example=COMPARISON_EXAMPLE,
    ),
)
def compare_applicants(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, PARAMETERS)
    told = told_comparison(service, values)
    figures = chosen(told.figures, values)
    if values.get("format") == "csv":
        return csv_response(figures[0], "comparison")
    if values.get("format") == "pdf":
        facts = [(one.id, f"{one.names[0]}: {one.records:,} records") for one in told.applicants]
        subtitle = f"As on {told.asked.on}"
        return pdf_response(service, "comparison", "Applicants side by side", subtitle, facts, figures)
    rest = rest_of(request.query_params)
    path = "/v1/applicants/compare?"
    links = {
        figure.name: path + urlencode({**rest, "figure": figure.name, "format": "csv"}, safe=",")
        for figure in figures
    }
    answer = ComparisonAnswer(
        applicants=[answer_of(one) for one in told.applicants],
        as_on=told.asked.on.isoformat(),
        figures=figure_answers(figures, links),
        page=f"/applicants/compare?{urlencode(rest, safe=',')}",
        as_of=times(service.as_of()),
    )
    return Response(encode(answer), media_type="application/json")
