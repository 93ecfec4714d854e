"""The landscape of a search over HTTP: as JSON, each figure as CSV."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app.http.addresses import told_query
from app.http.answers import Total, encode
from app.http.figure_answers import ConcentrationAnswer, LandscapeAnswer, csv_response, figure_answers
from app.http.figure_papers import pdf_response
from app.http.figure_parameters import chosen, rest_of, with_figures
from app.http.openapi import operation
from app.http.parameters import read_parameters
from app.http.portfolio_example import LANDSCAPE_EXAMPLE
from app.http.searching import SEARCH_PARAMETERS, query_of, times
from app.http.service import Service, ServiceOf
from register.model import RIGHTS
from search.portfolio.landscape import Concentration, Landscape
from search.query import SearchQuery
from search.service import WholeResult

_NOT_OF_A_SET = ("sort", "limit", "cursor", "facets", "fields")
ASKING = {name: one for name, one in SEARCH_PARAMETERS["rights"].items() if name not in _NOT_OF_A_SET}
"""The parameters of a search, but for those of its list of results."""

PARAMETERS = with_figures(ASKING)

router = APIRouter(tags=["Portfolios"])


class Told(NamedTuple):
    query: SearchQuery
    whole: WholeResult
    landscape: Landscape

    @property
    def total(self) -> Total:
        return Total(self.landscape.records, self.whole.relation)

    @property
    def note(self) -> str | None:
        """What the figures are over, where that is not simply everything."""
        if not self.whole.is_ranked:
            return None
        kept = f"a search by likeness keeps the marks that are alike: these {self.landscape.records:,}"
        more = "; more were candidates than are looked at" if self.whole.relation == "gte" else ""
        return f"{kept}{more}; give match=exact, startsWith or contains, or filters alone, for a whole set"


def told_landscape(service: Service, values: Mapping[str, Any]) -> Told:
    """Raises `Problem` for what cannot be asked."""
    query = query_of(values, ())
    whole, landscape = service.landscape(query, dt.datetime.now(dt.UTC).date())
    return Told(query, whole, landscape)


def _concentration(told: Concentration | None) -> ConcentrationAnswer | None:
    if told is None:
        return None
    top = {str(number): share for number, share in told.top.items()}
    return ConcentrationAnswer(hhi=told.hhi, hhi_within=told.hhi_within, top=top)


def _title(told: Told) -> str:
    return f"Landscape: {told.query.text}" if told.query.text else "Landscape"


def facts_of(told: Told) -> list[tuple[str, str]]:
    """The figures that stand above all others: label and value."""
    words = f"{told.landscape.records:,}"
    found = [("Records found", words if told.whole.relation == "eq" else f"at least {words}")]
    concentration = told.landscape.concentration
    if concentration is not None:
        found.append(("Concentration (HHI of 10,000)", f"{concentration.hhi:,.0f}"))
        if 10 in concentration.top:
            found.append(("Share of the 10 largest", f"{concentration.top[10] * 100:.1f} %"))
    growth = next(figure for figure in told.landscape.figures if figure.name == "growth")
    found += [
        (f"Growth a year, {row[0]}", f"{row[-1] * 100:+.1f} %")
        for row in growth.rows[1:2]
        if isinstance(row[-1], float)
    ]
    return found


def asked_words(query: SearchQuery) -> list[tuple[str, str]]:
    """What was asked: parameter and value."""
    return [
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in told_query(query).items()
        if name not in ("sort", "limit")
    ]


@router.get(
    "/landscape",
    response_class=Response,
    operation_id="getLandscape",
    **operation(
        "The landscape of a search: figures over everything that it finds",
        LandscapeAnswer,
        parameters=PARAMETERS,
        documents=("text/csv", "application/pdf"),
        example=LANDSCAPE_EXAMPLE,
    ),
)
def get_landscape(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, PARAMETERS)
    told = told_landscape(service, values)
    figures = chosen(told.landscape.figures, values)
    if values.get("format") == "csv":
        return csv_response(figures[0], "landscape")
    if values.get("format") == "pdf":
        return pdf_response(
            service,
            "landscape",
            _title(told),
            told.note or "Over everything found",
            [*asked_words(told.query), *facts_of(told)],
            figures,
        )
    rest = rest_of(request.query_params)
    asked = f"?{urlencode(rest, safe=',')}" if rest else ""
    links = {
        figure.name: "/v1/landscape?" + urlencode({**rest, "figure": figure.name, "format": "csv"}, safe=",")
        for figure in figures
    }
    by_right = told.landscape.by_right
    answer = LandscapeAnswer(
        total=told.total,
        is_ranked=told.whole.is_ranked,
        note=told.note,
        by_right={right: by_right[right] for right in RIGHTS if right in by_right},
        concentration=_concentration(told.landscape.concentration),
        figures=figure_answers(figures, links),
        search=f"/v1/rights{asked}",
        page=f"/landscape{asked}",
        left=told.whole.left,
        as_of=times(service.as_of()),
    )
    return Response(encode(answer), media_type="application/json")
