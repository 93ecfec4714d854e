"""The audit log of an office as a page, and as CSV."""

from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams

from app.http.audit import audit_csv, audit_entries
from app.http.audit_answers import detail_words
from app.http.feed_access import number_of
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.http.service import ServiceOf
from app.pages.links import address, tidy
from app.pages.office.access import console, office_page, signed_in
from register.store.audit import AUDIT_SUBJECTS, AuditEntry

_FILTERS = table("action", "from", "to", "cursor")
_SHOWN = 50

router = APIRouter(prefix="/office/{code}", include_in_schema=False, default_response_class=HTMLResponse)


class ShownEntry(NamedTuple):
    at: str
    who: str
    place: str
    action: str
    subject: str
    href: str
    detail: str
    is_refused: bool


@router.get("/audit")
@console
def audit(request: Request, service: ServiceOf, code: str) -> Response:
    signed = signed_in(service, request, code)
    given = tidy(request.query_params)
    kept = {name: text for name, text in given.items() if name != "cursor"}
    here, problem, found = f"{signed.base}/audit", None, []
    try:
        values = read_parameters(QueryParams(given), _FILTERS)
        before = number_of(values.get("cursor"))
        found = audit_entries(service, signed.office, values, before, _SHOWN + 1)
    except Problem as error:
        problem = error
    more = len(found) > _SHOWN
    return office_page(
        request,
        service,
        signed,
        "office/audit.html",
        200 if problem is None else problem.status,
        entries=[_shown(one, signed.base, signed.office) for one in found[:_SHOWN]],
        given=given,
        kinds=AUDIT_SUBJECTS,
        problem=problem,
        csv_href=address(f"{here}.csv", kept),
        next_href=address(here, {**kept, "cursor": str(found[_SHOWN - 1].id)}) if more else "",
        first_href=address(here, kept) if "cursor" in given else "",
    )


@router.get("/audit.csv")
@console
def as_csv(request: Request, service: ServiceOf, code: str) -> Response:
    signed = signed_in(service, request, code)
    return audit_csv(service, signed.office, read_parameters(request.query_params, _FILTERS))


def _shown(entry: AuditEntry, base: str, office: str) -> ShownEntry:
    kind, _, number = entry.subject.partition(" ")
    leads = kind == "feed" and number.isdigit() and entry.office == office
    who = entry.who if entry.actor_office in (None, office) else f"{entry.who} of {entry.actor_office}"
    if entry.office not in (None, office):
        who = f"{who}, on {entry.office}"
    return ShownEntry(
        at=f"{entry.at:%Y-%m-%d %H:%M:%S}",
        who=who,
        place=entry.place,
        action=entry.action,
        subject=entry.subject,
        href=f"{base}/feeds/{number}" if leads else "",
        detail=detail_words(entry.detail),
        is_refused=entry.outcome == "refused",
    )
