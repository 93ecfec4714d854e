"""The pages: search, record, applicant, coverage."""

import datetime as dt
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from app.http.applicants import held_applicant
from app.http.offices import offices_held
from app.http.parameters import read_parameters
from app.http.problems import Problem
from app.http.records import delivered_source, held_version, parties_of
from app.http.searching import COLLECTION_OF, SEARCH_PARAMETERS, query_of
from app.http.service import Service, ServiceOf
from app.pages import results_view
from app.pages.forms import form_of
from app.pages.links import address, chips, tidy, wider
from app.pages.record_view import sections_of
from app.pages.words import FACET_WORDS, NO_TITLE, RIGHT_WORDS, STATUS_WORDS, counted
from app.version import VERSION
from register.codes.offices import office_name
from register.model import PLAIN_STATUSES
from register.status import in_force
from register.store.reading import history
from register.territories import territories
from search.query import Filters, SearchQuery, Sort

_HERE = Path(__file__).parent
_FACETS = ("offices", "status", "rights", "niceClasses", "filingYear", "applicants")
_SHOWN_SOURCE_CHARACTERS = 100_000

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_templates = Jinja2Templates(directory=_HERE / "templates")


def install(app: FastAPI) -> None:
    """Serve the pages and their style."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")


def _page(request: Request, service: Service, template: str, status: int = 200, **context: Any) -> Response:
    shared = {"synthetic": service.is_synthetic(), "asset_version": VERSION}
    return _templates.TemplateResponse(request, template, {**shared, **context}, status_code=status)


def _problem_page(request: Request, service: Service, problem: Problem) -> Response:
    title = "Not found" if problem.status == 404 else "This does not work"
    choices = [(identity, f"/rights/{identity}") for identity in problem.ids or ()]
    return _page(
        request,
        service,
        "error.html",
        problem.status,
        title=title,
        detail=f"{problem.detail}.",
        mend=problem.mend,
        choices=choices,
    )


def _offices(service: Service) -> list[tuple[str, str]]:
    return [(held.office, held.name) for held in offices_held(service.offices())]


@router.get("/")
def home(request: Request, service: ServiceOf) -> Response:
    offices = [
        {
            "code": held.office,
            "name": held.name,
            "records": sum(right.records for right in held.rights.values()),
            "as_of": max((right.as_of or "" for right in held.rights.values()), default="")[:10],
        }
        for held in offices_held(service.offices())
    ]
    return _page(request, service, "home.html", offices=offices, form=form_of({}, _offices(service)))


@router.get("/search")
def search(request: Request, service: ServiceOf) -> Response:
    values = tidy(request.query_params)
    shown: dict[str, Any] = {"form": form_of(values, _offices(service)), "problem": None}
    try:
        parameters = read_parameters(QueryParams(values), SEARCH_PARAMETERS["rights"])
        answer = service.search(query_of({**parameters, "facets": _FACETS}, ()))
    except Problem as problem:
        return _page(request, service, "results.html", problem.status, **{**shown, "problem": problem})
    first = {name: value for name, value in values.items() if name != "cursor"}
    moments = [moment for office, moment in answer.as_of.items() if office in values.get("offices", office)]
    shown |= {
        "chips": chips(values, FACET_WORDS),
        "facets": results_view.shown_facets(answer.facets, first),
        "results": [results_view.shown_hit(hit) for hit in answer.hits],
        "total_words": results_view.total_words(answer),
        "as_of": f"{min(moments):%Y-%m-%d}" if moments else "",
        "api_href": address("/v1/rights", values),
        "wider": wider(values),
        "next_href": address("/search", {**first, "cursor": answer.next}) if answer.next else "",
        "first_href": address("/search", first) if "cursor" in values else "",
    }
    return _page(request, service, "results.html", **shown)


@router.get("/rights/{identity}")
def record(request: Request, service: ServiceOf, identity: str) -> Response:
    try:
        version = held_version(service, "rights", identity)
    except Problem as problem:
        return _problem_page(request, service, problem)
    held = version.record
    versions = service.database.read(lambda connection: history(connection, version.id))
    today = dt.datetime.now(dt.UTC).date()
    force = in_force(held, today, [one.record.status for one in versions], version.changed_at.date())
    source = delivered_source(service, version.id, version.version)
    shown = {
        "id": held.id,
        "title": held.title or NO_TITLE,
        "office_name": office_name(held.office),
        "status": held.status.plain,
        "right": RIGHT_WORDS[held.right],
        "number": held.application_number,
        "collection": COLLECTION_OF[held.right],
        "deleted": version.deleted,
        "in_force": {True: "in force", False: "not in force", None: ""}[force.answer],
    }
    return _page(
        request,
        service,
        "record.html",
        record=shown,
        sections=sections_of(held, parties_of(held), territories(held)),
        events=held.events,
        versions=[
            {
                "version": one.version,
                "changed_at": f"{one.changed_at:%Y-%m-%d %H:%M} UTC",
                "operation": one.operation,
                "status": one.record.status.plain,
                "origin": f"{one.provenance.file}, record {one.provenance.record}",
            }
            for one in reversed(versions)
        ],
        source=source.data[:_SHOWN_SOURCE_CHARACTERS].decode("utf-8", "replace")
        if source is not None
        else "",
    )


@router.get("/applicants/{identity}")
def applicant(request: Request, service: ServiceOf, identity: str) -> Response:
    try:
        held = held_applicant(service, identity)
        query = SearchQuery(
            filters=Filters(applicants=(identity,)),
            sort=Sort("filingDate"),
            limit=20,
            facets=("offices", "rights", "status", "filingYear"),
        )
        answer = service.search(query)
    except Problem as problem:
        return _problem_page(request, service, problem)
    values = {"applicants": identity}
    shown = {
        "name": held.names[0],
        "names": held.names,
        "countries": ", ".join(office_name(code) for code in held.countries),
        "total_words": counted(held.records, "record", "records"),
    }
    return _page(
        request,
        service,
        "applicant.html",
        applicant=shown,
        facets=results_view.shown_facets(answer.facets, values),
        results=[results_view.shown_hit(hit) for hit in answer.hits],
        all_href=address("/search", values),
    )


@router.get("/coverage")
def coverage(request: Request, service: ServiceOf) -> Response:
    offices = [
        {
            "code": held.office,
            "name": held.name,
            "rows": [
                {
                    "right": right,
                    "label": RIGHT_WORDS[right],
                    "records": one.records,
                    "as_of": (one.as_of or "")[:16].replace("T", " "),
                    "by_status": [one.by_status.get(status, 0) for status in PLAIN_STATUSES],
                }
                for right, one in held.rights.items()
            ],
        }
        for held in offices_held(service.offices())
    ]
    return _page(
        request,
        service,
        "coverage.html",
        offices=offices,
        statuses=[STATUS_WORDS[status] for status in PLAIN_STATUSES],
    )


@router.get("/docs")
def documentation(request: Request, service: ServiceOf) -> Response:
    """The API's addresses and parameters, from the OpenAPI file."""
    described = request.app.openapi()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": said["summary"],
            "parameters": said.get("parameters", []),
        }
        for path, methods in described["paths"].items()
        for method, said in methods.items()
    ]
    return _page(
        request, service, "docs.html", operations=operations, description=described["info"]["description"]
    )
