"""The keys of an office: seen by who has one, made and revoked by who looks after them."""

import datetime as dt
from typing import Final, NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.http.key_answers import LONGEST_NOTE, MOST_DAYS
from app.http.problems import Problem, bad_parameter, not_found
from app.http.service import Service, ServiceOf
from app.pages.office.access import FormOf, Signed, console, office_page, see, signed_in
from app.pages.office.feed_view import told_moment
from register.store.keys import PURPOSES, ApiKey, Purpose, create_key, list_keys, revoke_key

_PURPOSE_WORDS: Final[dict[Purpose, str]] = {
    "read": "read: sees feeds, reports and this log",
    "upload": "upload: also sends, confirms and takes back",
    "admin": "admin: also makes and revokes keys",
}

router = APIRouter(prefix="/office/{code}/keys", include_in_schema=False, default_response_class=HTMLResponse)


class ShownKey(NamedTuple):
    """A key without what it is. `is_own` is the one that is signed in with."""

    id: str
    purpose: Purpose
    note: str
    made: str
    expires: str
    last_used: str
    standing: str
    is_good: bool
    is_own: bool


@router.get("")
@console
def keys(request: Request, service: ServiceOf, code: str) -> Response:
    return _listed(request, service, signed_in(service, request, code))


@router.post("")
@console
def make(request: Request, service: ServiceOf, code: str, form: FormOf) -> Response:
    signed = signed_in(service, request, code, needs="admin", form=form)
    try:
        purpose = next((one for one in PURPOSES if one == form.get("purpose")), None)
        if purpose is None:
            raise bad_parameter("purpose", "the purpose is missing", f"choose one of {', '.join(PURPOSES)}")
        days, words = _days(form.get("days", "")), form.get("note", "").strip()
        if len(words) > LONGEST_NOTE or not words.isprintable():
            raise bad_parameter("note", "the note cannot be used", f"up to {LONGEST_NOTE} characters")
    except Problem as problem:
        return _listed(request, service, signed, problem)
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    with service.database.writing() as connection:
        made = create_key(
            connection, signed.office, purpose=purpose, words=words, expires_at=expires, by=signed.actor
        )
    # The one page that shows it: it is not kept, so it can be on no page that is asked for by its address.
    return office_page(
        request, service, signed, "office/key_made.html", made=made, until=f"{expires:%Y-%m-%d}"
    )  # fmt: skip


@router.post("/{identity}/revoke")
@console
def revoke(request: Request, service: ServiceOf, code: str, identity: str, form: FormOf) -> Response:
    signed = signed_in(service, request, code, needs="admin", form=form)
    with service.database.writing() as connection:
        found = revoke_key(connection, identity, office=signed.office, by=signed.actor)
    if not found:
        raise not_found(f"there is no key {identity[:20]!r} of this office")
    return see(f"{signed.base}/keys")


def _listed(request: Request, service: Service, signed: Signed, problem: Problem | None = None) -> Response:
    held = service.database.read(lambda connection: list_keys(connection, signed.office))
    now = dt.datetime.now(dt.UTC)
    return office_page(
        request,
        service,
        signed,
        "office/keys.html",
        200 if problem is None else problem.status,
        keys=[_shown(one, now, signed) for one in reversed(held)],
        purposes=list(_PURPOSE_WORDS.items()),
        most_days=MOST_DAYS,
        problem=problem,
    )


def _shown(key: ApiKey, now: dt.datetime, signed: Signed) -> ShownKey:
    standing = "good"
    if key.revoked_at is not None:
        standing = f"revoked {told_moment(key.revoked_at)}"
    elif key.expires_at is not None and key.expires_at <= now:
        standing = "expired"
    return ShownKey(
        id=key.id,
        purpose=key.purpose,
        note=key.note,
        made=told_moment(key.created_at),
        expires=told_moment(key.expires_at),
        last_used=told_moment(key.last_used_at),
        standing=standing,
        is_good=standing == "good",
        is_own=key.id == signed.session.key.id,
    )


def _days(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= 4 and 1 <= int(given) <= MOST_DAYS):
        raise bad_parameter("days", "is no number of days", f"a whole number from 1 to {MOST_DAYS}")
    return int(given)
