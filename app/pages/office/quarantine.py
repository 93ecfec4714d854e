"""Records in quarantine: listed, corrected where they stand, and read again."""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from app.http.feed_access import number_of
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, not_found
from app.http.service import Service, ServiceOf
from app.pages.links import address
from app.pages.office.access import FormOf, Signed, console, office_page, see, signed_in
from app.pages.office.feed_view import shown_error
from app.pages.office.feeds import opened
from ingest.correcting import correct_item
from register.statement import Rejected
from register.store.feeds import Feed, FeedStateError
from register.store.quarantine import Quarantined, find_quarantined, list_of_office
from register.store.replays import ask_replay

_LISTING = table("cursor")
_SHOWN: Final = 25
# What a browser can be asked to show and to send back in a form.
_LONGEST_SHOWN: Final = 200_000

router = APIRouter(prefix="/office/{code}", include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/quarantine")
@console
def quarantine(request: Request, service: ServiceOf, code: str) -> Response:
    values = read_parameters(request.query_params, _LISTING)
    signed = signed_in(service, request, code)
    after = number_of(values.get("cursor")) or 0
    found = service.database.read(
        lambda connection: list_of_office(connection, signed.office, after=after, limit=_SHOWN + 1)
    )
    here = f"{signed.base}/quarantine"
    return office_page(
        request,
        service,
        signed,
        "office/quarantine.html",
        errors=[shown_error(one) for one in found[:_SHOWN]],
        next_href=address(here, {"cursor": str(found[_SHOWN - 1].id)}) if len(found) > _SHOWN else "",
        first_href=here if after else "",
    )


@router.get("/quarantine/{identity}")
@console
def item(request: Request, service: ServiceOf, code: str, identity: str) -> Response:
    signed = signed_in(service, request, code)
    return _shown(request, service, signed, _found(service, signed, identity))


@router.post("/quarantine/{identity}")
@console
def correct(request: Request, service: ServiceOf, code: str, identity: str, form: FormOf) -> Response:
    signed = signed_in(service, request, code, needs="upload", form=form)
    held = _found(service, signed, identity)
    given = _as_it_came(form.get("record", ""), held)
    try:
        with service.database.writing() as connection:
            refused = correct_item(connection, signed.office, held, given.encode(), signed.actor)
            then = refused is None and form.get("then") == "replay"
            replaying = _asked(connection, signed, items=(held.id,)) if then else None
    except FeedStateError as error:
        raise _not_now(error) from None
    if refused is not None:
        return _shown(request, service, signed, held, refused, given)
    if replaying is not None:
        return see(f"{signed.base}/feeds/{replaying.id}")
    return see(f"{signed.base}/quarantine/{held.id}")


@router.post("/quarantine/{identity}/replay")
@console
def replay_item(request: Request, service: ServiceOf, code: str, identity: str, form: FormOf) -> Response:
    signed = signed_in(service, request, code, needs="upload", form=form)
    return _replayed(service, signed, items=(_found(service, signed, identity).id,))


@router.post("/feeds/{identity}/replay")
@console
def replay_feed(request: Request, service: ServiceOf, code: str, identity: str, form: FormOf) -> Response:
    signed = signed_in(service, request, code, needs="upload", form=form)
    return _replayed(service, signed, feed_id=opened(service, signed, identity).id)


@router.post("/replay")
@console
def replay_all(request: Request, service: ServiceOf, code: str, form: FormOf) -> Response:
    return _replayed(service, signed_in(service, request, code, needs="upload", form=form))


def _replayed(
    service: Service, signed: Signed, *, feed_id: int | None = None, items: Sequence[int] | None = None
) -> Response:
    try:
        with service.database.writing() as connection:
            feed = _asked(connection, signed, feed_id=feed_id, items=items)
    except FeedStateError as error:
        raise _not_now(error) from None
    return see(f"{signed.base}/feeds/{feed.id}")


def _asked(
    connection: Connection,
    signed: Signed,
    *,
    feed_id: int | None = None,
    items: Sequence[int] | None = None,
) -> Feed:
    return ask_replay(connection, signed.office, feed_id=feed_id, items=items, by=signed.actor)


def _shown(
    request: Request,
    service: Service,
    signed: Signed,
    held: Quarantined,
    refused: Rejected | None = None,
    given: str | None = None,
) -> Response:
    """The page of one record; `given` is a correction that was `refused`."""
    standing = held.record if held.corrected is None else held.corrected
    try:
        text = standing.decode() if len(standing) <= _LONGEST_SHOWN else None
    except UnicodeDecodeError:
        # A form would send it back as other bytes.
        text = None
    return office_page(
        request,
        service,
        signed,
        "office/item.html",
        200 if refused is None else 400,
        item=shown_error(held),
        text=text if given is None else given,
        is_corrected=held.corrected is not None,
        tried_by=held.tried_by,
        resolved_by=held.resolved_by,
        refused=refused,
        here=f"{signed.base}/quarantine/{held.id}",
    )


def _found(service: Service, signed: Signed, identity: str) -> Quarantined:
    held = None
    if identity.isascii() and identity.isdigit() and len(identity) <= 18:
        held = service.database.read(lambda connection: find_quarantined(connection, int(identity)))
    if held is None:
        raise not_found(f"there is no record {identity[:20]!r} in quarantine")
    # Of another office's it is not told that there is one.
    opened(service, signed, str(held.feed_id))
    return held


def _as_it_came(given: str, held: Quarantined) -> str:
    """A form ends every line with CR LF, whatever the lines of the record end with."""
    return given if b"\r\n" in held.record else given.replace("\r\n", "\n")


def _not_now(error: FeedStateError) -> Problem:
    return Problem(409, "wrong-state", str(error), mend="see how its feed stands now")
