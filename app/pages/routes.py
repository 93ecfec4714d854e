"""The pages: search, record, applicant, coverage."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams
from starlette.staticfiles import StaticFiles

from app.http.classifications import PARAMETERS as CLASSIFICATION_PARAMETERS
from app.http.media import media_of_version
from app.http.offices import offices_held
from app.http.parameters import read_parameters
from app.http.problems import Problem
from app.http.receipts import difference_of, replayed
from app.http.records import delivered_source, held_version, parties_of, resolved_in
from app.http.searching import COLLECTION_OF, SEARCH_PARAMETERS, lacked, query_of
from app.http.service import Service, ServiceOf
from app.pages import results_view
from app.pages.classification_view import shown_classification
from app.pages.coverage_view import coverage_of
from app.pages.forms import form_of
from app.pages.history_view import shown_versions
from app.pages.links import address, chips, orders, tidy, whole_files, wider, without
from app.pages.pictures import shown_hits
from app.pages.receipt_view import shown_receipt
from app.pages.record_view import sections_of, status_of
from app.pages.relations_view import relation_sections
from app.pages.rendering import offices_choices, page, problem_page
from app.pages.watch_form import watchable
from app.pages.words import NO_TITLE, RIGHT_WORDS, SORT_WORDS, STATUS_WORDS
from register.codes.classifications import CLASSIFICATION_NAMES, ClassificationName
from register.codes.offices import office_name
from register.status import in_force
from register.store.reading import history
from register.territories import territories

_HERE = Path(__file__).parent
_FACETS = (
    "offices",
    "status",
    "rights",
    "territories",
    "niceClasses",
    "viennaCodes",
    "filingYear",
    "applicants",
)
# What the rights are classified by, where only these are searched.
_FACETS_OF_RIGHTS = {
    "design": ("locarno",),
    "patent": ("ipc", "cpc"),
    "utility-model": ("ipc", "cpc"),
}
_MISSING = 12
_SHOWN_SOURCE_CHARACTERS = 100_000

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def install(app: FastAPI) -> None:
    """Serve the pages and their style."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")


@router.get("/")
def home(request: Request, service: ServiceOf) -> Response:
    held = coverage_of(offices_held(service.offices()))
    choices = [(office.code, office.name) for office in held.offices]
    return page(request, service, "home.html", coverage=held, form=form_of({}, choices))


def _facets(rights: Sequence[str]) -> tuple[str, ...]:
    """The counts of a search: classes are those of the rights that are searched."""
    if "trademark" in rights or not rights:
        return _FACETS
    kept = [name for name in _FACETS if name not in ("niceClasses", "viennaCodes")]
    return tuple(
        dict.fromkeys((*kept, *(name for right in rights for name in _FACETS_OF_RIGHTS.get(right, ()))))
    )


@router.get("/search")
def search(request: Request, service: ServiceOf) -> Response:
    values = tidy(request.query_params)
    if "q" in values:
        # A name typed beside figures is a new search.
        values.pop("viennaLike", None)
    figures = ", ".join(values["viennaLike"].split(",")) if "viennaLike" in values else ""
    heading = f"Marks with figures like {figures}" if figures else "All records"
    form = form_of(values, offices_choices(service))
    shown: dict[str, Any] = {"form": form, "problem": None, "heading": heading}
    try:
        parameters = read_parameters(QueryParams(values), SEARCH_PARAMETERS["rights"])
        query = query_of({**parameters, "facets": _facets(parameters.get("rights", ()))}, ())
        answer = service.search(query)
        receipt = service.receipt(query, answer)
    except Problem as problem:
        return page(request, service, "results.html", problem.status, **{**shown, "problem": problem})
    first = {name: value for name, value in values.items() if name != "cursor"}
    moments = answer.as_of.values()
    shown |= {
        "chips": chips(values, results_view.value_names(answer.facets)),
        "orders": orders(values, SORT_WORDS),
        "facets": results_view.shown_facets(answer.facets, first),
        "results": shown_hits(service, answer.hits),
        "total_words": results_view.total_words(answer),
        "as_of": f"{min(moments):%Y-%m-%d}" if moments else "",
        "api_href": address("/v1/rights", values),
        "files": whole_files(values),
        "receipt": receipt,
        "watch_href": address("/watches/new", watchable(values)),
        "landscape_href": address("/landscape", without(first, "sort")),
        "wider": wider(values),
        "missing": lacked(query, service)[:_MISSING] if not answer.hits else [],
        "next_href": address("/search", {**first, "cursor": answer.next}) if answer.next else "",
        "first_href": address("/search", first) if "cursor" in values else "",
    }
    return page(request, service, "results.html", **shown)


@router.get("/rights/{identity}")
def record(request: Request, service: ServiceOf, identity: str) -> Response:
    try:
        version = held_version(service, "rights", identity)
    except Problem as problem:
        return problem_page(request, service, problem)
    held = version.record
    versions = service.database.read(lambda connection: history(connection, version.id))
    today = dt.datetime.now(dt.UTC).date()
    force = in_force(held, today, [one.record.status for one in versions], version.changed_at.date())
    source = delivered_source(service, version.id, version.version)
    collection = COLLECTION_OF[held.right]
    shown = {
        "id": held.id,
        "title": held.title or NO_TITLE,
        "language": next((one.language for one in (*held.texts, *held.titles, *held.products)), None) or "",
        "other_texts": [text for text in (*held.texts, *held.titles) if text.text != held.title][:6],
        "office": held.office,
        "office_name": office_name(held.office),
        "right": RIGHT_WORDS[held.right],
        "number": held.application_number,
        "collection": collection,
        "deleted": version.deleted,
        "like_href": address("/search", {"viennaLike": held.id})
        if held.vienna_codes and not version.deleted
        else "",
        "in_force": {True: "yes", False: "no", None: "cannot be said"}[force.answer],
        "basis": force.basis,
        "as_of": f"{version.changed_at:%Y-%m-%d}",
    }
    return page(
        request,
        service,
        "record.html",
        record=shown,
        status_triple=status_of(held),
        sections=sections_of(
            held,
            parties_of(held, resolved_in(service, held)),
            territories(held),
            media_of_version(service, version),
            relation_sections(service, held),
        ),
        events=held.events,
        provenance=version.provenance,
        versions=shown_versions(versions, collection),
        source=source.data[:_SHOWN_SOURCE_CHARACTERS].decode("utf-8", "replace")
        if source is not None
        else "",
    )


@router.get("/receipts/{identity}")
def receipt(request: Request, service: ServiceOf, identity: str) -> Response:
    try:
        made = replayed(service, identity)
        found = difference_of(service, made)
    except Problem as problem:
        return problem_page(request, service, problem)
    return page(request, service, "receipt.html", receipt=shown_receipt(service, made, found))


@router.get("/coverage")
def coverage(request: Request, service: ServiceOf) -> Response:
    return page(
        request,
        service,
        "coverage.html",
        coverage=coverage_of(offices_held(service.offices(), service.gaps())),
        statuses=list(STATUS_WORDS.values()),
    )


def _classification(name: ClassificationName) -> Callable[[Request, Service], Response]:
    def classification(request: Request, service: ServiceOf) -> Response:
        values = tidy(request.query_params)
        try:
            read_parameters(QueryParams(values), CLASSIFICATION_PARAMETERS)
            shown = shown_classification(service.tree(name), values)
        except Problem as problem:
            return problem_page(request, service, problem)
        return page(request, service, "classification.html", shown=shown)

    return classification


for _name in CLASSIFICATION_NAMES:
    router.add_api_route(f"/{_name}", _classification(_name))


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
    return page(
        request,
        service,
        "docs.html",
        operations=operations,
        description=described["info"]["description"],
        base_url=str(request.base_url),
    )
