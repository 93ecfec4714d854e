"""The report of a feed in the console: what it would change, its problems, its quality; and the records."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams

from app.http.feed_report import asked_changes, csv_response, read_changes, read_report
from app.http.parameters import read_parameters, table
from app.http.service import ServiceOf
from app.pages.feed_report_view import KIND_WORDS, filter_words, shown_record, shown_report
from app.pages.links import address, tidy
from app.pages.office.access import console, office_page, signed_in
from app.pages.office.feed_view import shown_feed
from app.pages.office.feeds import opened

_CHANGES = table("kind", "right", "field", "statusFrom", "statusTo", "cursor")
_SHOWN = 50

router = APIRouter(prefix="/office/{code}", include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/feeds/{identity}/report")
@console
def report(request: Request, service: ServiceOf, code: str, identity: str) -> Response:
    signed = signed_in(service, request, code)
    held = opened(service, signed, identity)
    here = f"{signed.base}/feeds/{held.id}"
    told = read_report(service, held)
    return office_page(
        request,
        service,
        signed,
        "office/report.html",
        feed=shown_feed(held),
        here=here,
        report=shown_report(told, lambda **asked: address(f"{here}/changes", asked)),
    )


@router.get("/feeds/{identity}/report.csv")
@console
def report_csv(request: Request, service: ServiceOf, code: str, identity: str) -> Response:
    signed = signed_in(service, request, code)
    return csv_response(service, read_report(service, opened(service, signed, identity)))


@router.get("/feeds/{identity}/changes")
@console
def changes(request: Request, service: ServiceOf, code: str, identity: str) -> Response:
    signed = signed_in(service, request, code)
    held = opened(service, signed, identity)
    values = read_parameters(QueryParams(tidy(request.query_params)), _CHANGES)
    found = read_changes(service, held, values, _SHOWN + 1)
    here = f"{signed.base}/feeds/{held.id}"
    asked = asked_changes(values)
    next_href = ""
    if len(found) > _SHOWN:
        next_href = address(f"{here}/changes", {**asked, "cursor": str(found[_SHOWN - 1].position)})
    return office_page(
        request,
        service,
        signed,
        "office/changes.html",
        feed=shown_feed(held),
        here=here,
        words=filter_words(values),
        kinds=[(words, address(f"{here}/changes", {"kind": kind})) for kind, words in KIND_WORDS.items()],
        records=[shown_record(one) for one in found[:_SHOWN]],
        next_href=next_href,
        first_href=address(f"{here}/changes", asked) if "cursor" in values else "",
    )
