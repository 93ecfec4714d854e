"""Signing in to the console with a key of an office, and out again."""

import datetime as dt

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.http.office_keys import KeyRefusal, actor_with, known_key, noted_refusal
from app.http.service import Service, ServiceOf
from app.pages.office.access import (
    TOKEN,
    FormOf,
    console,
    see,
    session_of,
    set_cookie,
    token_of,
    unproved,
    wanted_page,
)
from app.pages.rendering import page
from register.store.sessions import begin_session, end_session

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/office")
@console
def sign_in_page(request: Request, service: ServiceOf) -> Response:
    session = session_of(service, request)
    wanted = wanted_page(request.query_params.get("next", ""))
    if session is not None and not wanted:
        return see(f"/office/{session.key.office}")
    return _asked(request, service, wanted)


@router.post("/office")
@console
def sign_in(request: Request, service: ServiceOf, form: FormOf) -> Response:
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise unproved(None)
    wanted = wanted_page(form.get("next", ""))
    key = known_key(service.database, form.get("key", "").strip())
    if key is None:
        refusal = KeyRefusal(
            401,
            "key-unknown",
            "this is no key, or one that has expired or was revoked",
            office=None,
            mend="take the whole key, as it was shown when it was made",
        )
        noted_refusal(service, request, refusal)
        response = _asked(request, service, wanted, refusal)
        response.headers.update(refusal.headers or {})
        return response
    keep = dt.timedelta(hours=service.settings.console_hours)
    with service.database.writing() as connection:
        session = begin_session(connection, key, keep, actor_with(key, request))
    # A page of another office would only be refused.
    home = f"/office/{key.office}"
    response = see(wanted if f"{wanted}/".startswith(f"{home}/") else home)
    set_cookie(request, response, session.secret, keep.total_seconds())
    return response


@router.post("/office/sign-out")
@console
def sign_out(request: Request, service: ServiceOf, form: FormOf) -> Response:
    session = session_of(service, request)
    if session is not None:
        request.state.actor = actor_with(session.key, request)
        if form.get(TOKEN) != token_of(session):
            raise unproved(session.key.office)
        with service.database.writing() as connection:
            end_session(connection, session, request.state.actor)
    response = see("/office")
    set_cookie(request, response, None)
    return response


def _asked(request: Request, service: Service, wanted: str, problem: KeyRefusal | None = None) -> Response:
    status = 200 if problem is None else problem.status
    return page(request, service, "office/sign_in.html", status, wanted=wanted, problem=problem)
