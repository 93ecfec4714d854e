"""The page of an applicant: its portfolio in figures, and its newest filings."""

import dataclasses
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams

from app.figures.view import shown_figures
from app.http.comparison import PARAMETERS as COMPARISON_PARAMETERS
from app.http.comparison import told_comparison
from app.http.figure_parameters import FORMAT
from app.http.parameters import read_parameters
from app.http.portfolio import PARAMETERS, Told, facts_of, search_of, told_portfolio
from app.http.problems import Problem
from app.http.service import Service, ServiceOf
from app.pages.figure_links import leading_into
from app.pages.links import address, chips_of, tidy, whole_files
from app.pages.pictures import shown_hits
from app.pages.rendering import page, problem_page
from app.pages.words import counted
from register.codes.offices import office_name
from search.portfolio.compare import MOST_COMPARED
from search.query import Filters, SearchQuery, Sort

_PARAMETERS = {name: one for name, one in PARAMETERS.items() if name not in ("figure", FORMAT.name)}
_OF_DAYS = ("asOn", "since", "years", "calendar")
_COMPARING = {name: one for name, one in COMPARISON_PARAMETERS.items() if name not in ("figure", FORMAT.name)}
_NEWEST, _MOST_FOUND = 10, 10

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/applicants/compare")
def compare(request: Request, service: ServiceOf) -> Response:
    values = tidy(request.query_params)
    looked_for = values.pop("with", "")
    context: dict[str, Any] = {"problem": None, "looked_for": looked_for, "ids": values.get("ids", "")}
    told = None
    try:
        if values:
            told = told_comparison(service, read_parameters(QueryParams(values), _COMPARING))
        context["found"] = _others(service, values, looked_for)
    except Problem as problem:
        return page(request, service, "compare.html", problem.status, **{**context, "problem": problem})
    if told is not None:
        ids = [one.id for one in told.applicants]
        rest = {name: value for name, value in values.items() if name != "ids"}
        path = "/v1/applicants/compare"
        csv = {
            figure.name: address(path, {**values, "figure": figure.name, "format": "csv"})
            for figure in told.figures
        }
        context |= {
            "applicants": [
                (
                    one.names[0],
                    f"/applicants/{quote(one.id)}",
                    _compared([i for i in ids if i != one.id], rest),
                )
                for one in told.applicants
            ],
            "figures": shown_figures(told.figures, csv, leading_into({"applicants": ",".join(ids), **rest})),
            "api_href": address(path, values),
            "pdf_href": address(path, {**values, "format": "pdf"}),
        }
    room = told is None or len(told.applicants) < MOST_COMPARED
    return page(request, service, "compare.html", room=room, **context)


def _compared(ids: list[str], rest: dict[str, str]) -> str:
    """The page that compares these; "" where nobody is left."""
    return address("/applicants/compare", {"ids": ",".join(ids), **rest}) if ids else ""


def _others(service: Service, values: dict[str, str], words: str) -> list[tuple[str, str, str]]:
    """Applicants of that name that are not compared yet: name, how many records, and the page with them."""
    if not words:
        return []
    ids = [one for one in values.get("ids", "").split(",") if one]
    rest = {name: value for name, value in values.items() if name != "ids"}
    return [
        (one.names[0], counted(one.records, "record", "records"), _compared([*ids, one.id], rest))
        for one in service.applicants(words, _MOST_FOUND)
        if one.id not in ids
    ]


@router.get("/applicants/{identity}")
def applicant(request: Request, service: ServiceOf, identity: str) -> Response:
    values = tidy(request.query_params)
    try:
        told = told_portfolio(service, identity, read_parameters(QueryParams(values), _PARAMETERS))
        newest = service.search(SearchQuery(filters=_filters(told), sort=Sort("filingDate"), limit=_NEWEST))
    except Problem as problem:
        return problem_page(request, service, problem)
    search = {"applicants": told.applicant.id, **search_of(told.asked)}
    path = f"/v1/applicants/{quote(told.applicant.id)}/portfolio"
    csv = {
        figure.name: address(path, {**values, "figure": figure.name, "format": "csv"})
        for figure in told.portfolio.figures
    }
    leading = leading_into(search, told.asked.since, told.asked.on)
    return page(
        request,
        service,
        "applicant.html",
        applicant={
            "name": told.applicant.names[0],
            "names": told.applicant.names,
            "countries": ", ".join(office_name(code) for code in told.applicant.countries),
            "total_words": counted(told.applicant.records, "record", "records"),
        },
        numbers=facts_of(told),
        chips=chips_of(values, f"/applicants/{quote(told.applicant.id)}", _OF_DAYS),
        form=_form(told, values),
        figures=shown_figures(told.portfolio.figures, csv, leading),
        results=shown_hits(service, newest.hits),
        all_href=address("/search", search),
        files=whole_files(search),
        api_href=address(path, values),
        pdf_href=address(path, {**values, "format": "pdf"}),
        compare_href=address("/applicants/compare", {"ids": told.applicant.id}),
    )


def _filters(told: Told) -> Filters:
    return dataclasses.replace(told.asked.filters, applicants=(told.applicant.id,))


def _form(told: Told, values: dict[str, str]) -> dict[str, Any]:
    return {
        "action": f"/applicants/{quote(told.applicant.id)}",
        "kept": {name: value for name, value in values.items() if name not in _OF_DAYS},
        "on": told.asked.on,
        "since": told.asked.since,
        "years": told.asked.years,
        "calendar": told.asked.by,
    }
