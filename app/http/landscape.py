"""The landscape of a search over HTTP: as JSON, each figure as CSV."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app.http.answers import Total, encode
from app.http.figure_answers import ConcentrationAnswer, LandscapeAnswer, csv_response, figure_answers
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


@router.get(
    "/landscape",
    response_class=Response,
    operation_id="getLandscape",
    **operation(
        "The landscape of a search: figures over everything that it finds",
        LandscapeAnswer,
        parameters=PARAMETERS,
        documents=("text/csv",),
        example=LANDSCAPE_EXAMPLE,
    ),
)
def get_landscape(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, PARAMETERS)
    told = told_landscape(service, values)
    figures = chosen(told.landscape.figures, values)
    if values.get("format") == "csv":
        return csv_response(figures[0], "landscape")
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
