"""The feeds of an office: listed, sent by a form, told one by one, and acted on."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from app.feeds.acting import FeedAct, act_on_feed
from app.http.feed_access import number_of, spool_of
from app.http.feed_errors import error_rows
from app.http.feed_sending import delivery_name, queue_delivery, require_format
from app.http.form_files import SentForm, spool_form
from app.http.office_keys import KeyRefusal
from app.http.parameters import PARAMETERS, read_parameters, table
from app.http.problems import Problem, bad_parameter, not_found
from app.http.refusals import refusals_noted
from app.http.service import Service, ServiceOf
from app.pages.links import address
from app.pages.office.access import (
    TOKEN,
    FormOf,
    Signed,
    SignInNeeded,
    console,
    office_page,
    see,
    signed_in,
    told_instead,
    unproved,
)
from app.pages.office.feed_view import acts_of, can_be_replayed, shown_error, shown_feed, shown_file
from register.store.feeds import Feed, FeedStateError, find_feed, list_feeds, list_files
from register.store.quarantine import list_quarantine, quarantine_codes

_LISTING = table("cursor")
_SHOWN = 25
_FILES_SHOWN = 100

router = APIRouter(prefix="/office/{code}", include_in_schema=False, default_response_class=HTMLResponse)


@router.get("")
@console
def home(request: Request, service: ServiceOf, code: str) -> Response:
    values = read_parameters(request.query_params, _LISTING)
    return _listed(request, service, signed_in(service, request, code), values.get("cursor"))


@router.get("/send")
@console
def sending(request: Request, service: ServiceOf, code: str) -> Response:
    signed = signed_in(service, request, code, needs="upload")
    return office_page(request, service, signed, "office/send.html", problem=None, sent={})


@router.post("/feeds")
async def send(request: Request, service: ServiceOf, code: str) -> Response:
    try:
        signed = await run_in_threadpool(signed_in, service, request, code, needs="upload")
    except (SignInNeeded, Problem) as why:
        return await run_in_threadpool(told_instead, request, service, why)

    def admit(fields: Any) -> None:
        if fields.get(TOKEN) != signed.token:
            raise unproved(signed.office)

    try:
        async with refusals_noted(service, signed.actor, "feed.received", signed.office):
            form = await spool_form(request, spool_of(service), service.settings, admit)
        feed = await run_in_threadpool(_queued, request, service, signed, form)
    except KeyRefusal as refusal:
        return await run_in_threadpool(told_instead, request, service, refusal)
    except Problem as problem:
        return await run_in_threadpool(
            office_page,
            request,
            service,
            signed,
            "office/send.html",
            problem.status,
            problem=problem,
            sent={},
        )
    return see(f"{signed.base}/feeds/{feed.id}")


@router.get("/feeds/{identity}")
@console
def feed(request: Request, service: ServiceOf, code: str, identity: str) -> Response:
    values = read_parameters(request.query_params, _LISTING)
    signed = signed_in(service, request, code)
    held = opened(service, signed, identity)
    after = number_of(values.get("cursor")) or 0

    def read(connection: Connection) -> Any:
        return (
            list_quarantine(connection, held.id, after=after, limit=_SHOWN + 1),
            quarantine_codes(connection, held.id),
            list_files(connection, held.id)[:_FILES_SHOWN],
        )

    errors, codes, files = service.database.read(read)
    here = f"{signed.base}/feeds/{held.id}"
    return office_page(
        request,
        service,
        signed,
        "office/feed.html",
        feed=shown_feed(held),
        here=here,
        acts=acts_of(held) if signed.acts else [],
        errors=[shown_error(one, can_be_corrected=can_be_replayed(held)) for one in errors[:_SHOWN]],
        can_be_replayed=can_be_replayed(held) and any(one.resolved_at is None for one in errors),
        codes=codes,
        files=[shown_file(one) for one in files],
        next_href=address(here, {"cursor": str(errors[_SHOWN - 1].id)}) if len(errors) > _SHOWN else "",
        first_href=here if after else "",
    )


@router.get("/feeds/{identity}/errors.csv")
@console
def errors_csv(request: Request, service: ServiceOf, code: str, identity: str) -> Response:
    signed = signed_in(service, request, code)
    held = opened(service, signed, identity)
    head = {"Content-Disposition": f'attachment; filename="feed-{held.id}-errors.csv"'}
    return StreamingResponse(error_rows(service, held.id), 200, head, "text/csv; charset=utf-8")


def _act(act: FeedAct) -> Any:
    @console
    def acted(request: Request, service: ServiceOf, code: str, identity: str, form: FormOf) -> Response:
        signed = signed_in(service, request, code, needs="upload", form=form)
        held = opened(service, signed, identity)
        try:
            changed = act_on_feed(
                service.database,
                spool_of(service),
                held,
                act,
                signed.actor,
                leaves_changed=form.get("changed") == "leave",
            )
        except FeedStateError as error:
            mend = "go back to its page and see how it stands now"
            raise Problem(409, "wrong-state", str(error), mend=mend) from None
        return see(f"{signed.base}/feeds/{changed.id}")

    return acted


_ACTS: tuple[FeedAct, ...] = ("cancel", "confirm", "retry", "undo")
for _name in _ACTS:
    router.add_api_route(f"/feeds/{{identity}}/{_name}", _act(_name), methods=["POST"])


def _listed(request: Request, service: Service, signed: Signed, cursor: str | None) -> Response:
    before = number_of(cursor)
    found = service.database.read(
        lambda connection: list_feeds(connection, office=signed.office, before=before, limit=_SHOWN + 1)
    )
    shown = [shown_feed(one) for one in found[:_SHOWN]]
    return office_page(
        request,
        service,
        signed,
        "office/home.html",
        feeds=shown,
        is_running=any(one.is_running for one in shown),
        held=[one for one in found[:_SHOWN] if one.state == "held"],
        problem=None,
        sent={},
        next_href=address(signed.base, {"cursor": str(shown[-1].id)}) if len(found) > _SHOWN else "",
        first_href=signed.base if before is not None else "",
    )


def _queued(request: Request, service: Service, signed: Signed, form: SentForm) -> Feed:
    """The feed of a file that was sent. Raises `Problem` (400), with the file gone."""
    try:
        given = form.fields.get("format", "").strip()
        try:
            format_name = PARAMETERS["format"].read(given) if given else None
        except ValueError as error:
            raise bad_parameter(
                "format", str(error), "leave it empty, and the content is looked at"
            ) from None
        require_format(format_name, signed.office)
    except Problem:
        spool_of(service).drop(form.file.name)
        raise
    name = delivery_name(form.name, request)
    dry_run = form.fields.get("dryRun") == "true"
    return queue_delivery(service, signed.office, name, form.file, format_name, dry_run, signed.actor)


def opened(service: Service, signed: Signed, identity: str) -> Feed:
    """A feed of the office. Raises `Problem` (404)."""
    held = None
    if identity.isascii() and identity.isdigit() and len(identity) <= 9:
        held = service.database.read(lambda connection: find_feed(connection, int(identity)))
    if held is None or held.office != signed.office:
        raise not_found(f"there is no feed {identity[:20]!r} of this office")
    return held
