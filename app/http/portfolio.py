"""The portfolio of an applicant over HTTP: as JSON, each figure as CSV, and as PDF."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response

from app.http.addresses import told_query
from app.http.answers import encode
from app.http.applicants import ApplicantId, answer_of, held_applicant
from app.http.figure_answers import PortfolioAnswer, csv_response, figure_answers
from app.http.figure_papers import pdf_response
from app.http.figure_parameters import (
    AS_ON,
    CALENDAR,
    FILTERS,
    SINCE,
    YEARS,
    chosen,
    days_of,
    rest_of,
    with_figures,
)
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.portfolio_example import EXAMPLE
from app.http.searching import query_of, times
from app.http.service import Service, ServiceOf
from register.model import RIGHTS
from register.store.changes import timepoint_before
from search.portfolio.portfolio import Portfolio, PortfolioAsked
from search.query import SearchQuery
from search.service import Applicant

PARAMETERS = with_figures(table(*FILTERS), AS_ON, SINCE, YEARS, CALENDAR)

_MOST_SPELLINGS = 6

router = APIRouter(tags=["Portfolios"])


class Told(NamedTuple):
    """A portfolio with what was asked and of whom it is."""

    asked: PortfolioAsked
    applicant: Applicant
    portfolio: Portfolio


def portfolio_asked(service: Service, identity: str, values: Mapping[str, Any]) -> PortfolioAsked:
    """Raises `Problem` for days or spans that cannot be."""
    on, since = days_of(values)
    moment = dt.datetime.combine(since, dt.time.min, dt.UTC)
    return PortfolioAsked(
        applicant=identity,
        filters=service.known_applicants(query_of(values, ()).filters),
        on=on,
        since=since,
        changed_after=service.database.read(lambda connection: timepoint_before(connection, moment)),
        years=values.get("years", 5),
        by=values.get("calendar", "month"),
    )


def told_portfolio(service: Service, identity: str, values: Mapping[str, Any]) -> Told:
    """Raises `Problem` where no record has this applicant."""
    applicant = held_applicant(service, identity)
    asked = portfolio_asked(service, applicant.id, values)
    return Told(asked, applicant, service.portfolio(asked))


def search_of(asked: PortfolioAsked) -> dict[str, str]:
    """What a search for the records of a portfolio asks, beside the applicant."""
    told = told_query(SearchQuery(filters=asked.filters))
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in told.items()
        if name not in ("match", "sort", "limit")
    }


def _asked_words(told: Told) -> list[tuple[str, str]]:
    """How else the applicant is spelled, and what narrows its records: label and value."""
    narrowed = list(search_of(told.asked).items())
    others = told.applicant.names[1:_MOST_SPELLINGS]
    return [("Also spelled", "; ".join(others)), *narrowed] if others else narrowed


def facts_of(told: Told) -> list[tuple[str, str]]:
    """The figures that stand above all others: label and value."""
    portfolio, asked = told.portfolio, told.asked
    expiring = next(figure for figure in portfolio.figures if figure.name == "expiries")
    return [
        ("Records", f"{portfolio.records:,}"),
        (f"In force on {asked.on}", f"{portfolio.in_force:,}"),
        ("Of which cannot be said", f"{portfolio.unsure:,}"),
        (
            f"Registered, expire by {asked.until}",
            f"{sum(int(cell or 0) for cell in expiring.column('total')):,}",
        ),
    ]


@router.get(
    "/applicants/{id}/portfolio",
    response_class=Response,
    operation_id="getPortfolio",
    **operation(
        "The portfolio of an applicant: figures over its records in every office",
        PortfolioAnswer,
        parameters=PARAMETERS,
        errors=(404,),
        documents=("text/csv", "application/pdf"),
        example=EXAMPLE,
    ),
)
def get_portfolio(
    request: Request, service: ServiceOf, id: ApplicantId
) -> Response:  # the name in the address
    values = read_parameters(request.query_params, PARAMETERS)
    told = told_portfolio(service, id, values)
    figures = chosen(told.portfolio.figures, values)
    if values.get("format") == "csv":
        return csv_response(figures[0], told.applicant.id)
    if values.get("format") == "pdf":
        return pdf_response(
            service,
            f"portfolio-{told.applicant.id}",
            told.applicant.names[0],
            f"Portfolio of {told.applicant.id}",
            [*_asked_words(told), *facts_of(told)],
            figures,
        )
    rest = rest_of(request.query_params)
    path = f"/v1/applicants/{quote(told.applicant.id)}/portfolio"
    links = {
        figure.name: f"{path}?{urlencode({**rest, 'figure': figure.name, 'format': 'csv'})}"
        for figure in figures
    }
    answer = PortfolioAnswer(
        applicant=answer_of(told.applicant),
        as_on=told.asked.on.isoformat(),
        since=told.asked.since.isoformat(),
        until=told.asked.until.isoformat(),
        records=told.portfolio.records,
        in_force=told.portfolio.in_force,
        unsure=told.portfolio.unsure,
        by_right={
            right: told.portfolio.by_right[right] for right in RIGHTS if right in told.portfolio.by_right
        },
        figures=figure_answers(figures, links),
        search="/v1/rights?"
        + urlencode({"applicants": told.applicant.id, **search_of(told.asked)}, safe=","),
        page=f"/applicants/{quote(told.applicant.id)}" + (f"?{urlencode(rest, safe=',')}" if rest else ""),
        as_of=times(service.as_of()),
    )
    return Response(encode(answer), media_type="application/json")
