"""The page of a search's landscape."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams

from app.figures.view import shown_figures
from app.http.landscape import ASKING, facts_of, told_landscape
from app.http.parameters import read_parameters
from app.http.problems import Problem
from app.http.service import ServiceOf
from app.pages.figure_links import leading_into
from app.pages.forms import form_of
from app.pages.links import address, chips_of, tidy, whole_files
from app.pages.rendering import offices_choices, page

_OF_A_LIST = ("sort", "limit", "cursor", "facets", "fields")

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/landscape")
def landscape(request: Request, service: ServiceOf) -> Response:
    values = {name: value for name, value in tidy(request.query_params).items() if name not in _OF_A_LIST}
    form = form_of(values, offices_choices(service))
    try:
        told = told_landscape(service, read_parameters(QueryParams(values), ASKING))
    except Problem as problem:
        return page(request, service, "landscape.html", problem.status, form=form, problem=problem)
    csv = {
        figure.name: address("/v1/landscape", {**values, "figure": figure.name, "format": "csv"})
        for figure in told.landscape.figures
    }
    return page(
        request,
        service,
        "landscape.html",
        form=form,
        problem=None,
        numbers=facts_of(told),
        note=told.note,
        chips=chips_of(values, "/landscape"),
        figures=shown_figures(told.landscape.figures, csv, leading_into(values)),
        search_href=address("/search", values),
        files=whole_files(values),
        api_href=address("/v1/landscape", values),
        pdf_href=address("/v1/landscape", {**values, "format": "pdf"}),
    )
