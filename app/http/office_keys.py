"""Who may send the feeds of an office, see what became of them, and look after its keys."""

from typing import Final

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from app.http.problems import Problem, problem_response
from app.http.service import Service
from register.store.audit import Actor, note_refusal
from register.store.database import Database
from register.store.keys import ApiKey, check_key

_LONGEST_KEY = 200
UNKNOWN: Final = "unknown key"
"""Who comes with a key that is none."""


class KeyRefusal(Problem):  # a problem document of its own kind
    """A key that does not open what is asked for. Whoever answers with it writes it down (`noted_refusal`).

    `office` is the office that was asked for.
    """

    def __init__(self, status: int, code: str, detail: str, *, office: str | None, mend: str) -> None:
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        field = "Authorization" if status == 401 else None
        super().__init__(status, code, detail, field=field, mend=mend, headers=headers)
        self.office = office


def key_of(service: Service, request: Request) -> ApiKey:
    """The office's key that the request came with. Raises `Problem` (401)."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    given = given.strip()
    if scheme.lower() != "bearer" or not given:
        raise Problem(
            401,
            "key-missing",
            "feeds are sent and seen with the key of their office",
            field="Authorization",
            mend=_MEND,
            headers={"WWW-Authenticate": "Bearer"},
        )
    key = known_key(service.database, given)
    if key is None:
        raise KeyRefusal(
            401, "key-unknown", "the key is unknown, revoked, or has expired", office=None, mend=_MEND
        )
    request.state.actor = actor_with(key, request)
    return key


def known_key(database: Database, given: str) -> ApiKey | None:
    """The key that this text is, None where it is unknown, revoked or expired."""
    if len(given) > _LONGEST_KEY or not given.isascii():
        return None
    with database.writing() as connection:
        return check_key(connection, given)


def require_office(key: ApiKey, office: str, *, acts: bool) -> None:
    """Raises `Problem` (403) where the key is that of another office, or only reads and is to act."""
    if key.office != office:
        raise KeyRefusal(
            403,
            "other-office",
            f"the key is that of the office {key.office}, not of {office}",
            office=office,
            mend=f"use a key of {office}",
        )
    if acts and key.purpose == "read":
        raise KeyRefusal(
            403,
            "key-read-only",
            "the key shows what became of feeds; it sends and changes none",
            office=office,
            mend="use a key of the purpose `upload` or `admin`",
        )


def require_admin(key: ApiKey) -> None:
    """Raises `Problem` (403) where the key does not look after the keys of its office."""
    if key.purpose != "admin":
        raise KeyRefusal(
            403,
            "key-not-admin",
            f"the key is one to {key.purpose}; it does not make or revoke keys",
            office=key.office,
            mend="use a key of the purpose `admin`, which `ipregister key create --purpose admin` makes",
        )


def actor_with(key: ApiKey, request: Request) -> Actor:
    """Who acts with this key, as the audit log tells."""
    return Actor(who=f"key {key.id}", place=place_of(request), office=key.office)


def acting(request: Request) -> Actor:
    """Who acts in a request whose key was looked at before."""
    actor: Actor = request.state.actor
    return actor


def place_of(request: Request) -> str:
    """The address that a request came from and, where a proxy says so, for whom: that is not proved."""
    address = request.client.host if request.client is not None else "unknown"
    behind = request.headers.get("x-forwarded-for", "").partition(",")[0].strip()
    told = behind[:45] if behind.isascii() and behind.isprintable() else ""
    return f"{address} for {told}" if told else address


def noted_refusal(service: Service, request: Request, refusal: KeyRefusal) -> None:
    """Write down that a key did not open what was asked for."""
    actor: Actor | None = getattr(request.state, "actor", None)
    by = actor or Actor(who=UNKNOWN, place=place_of(request))
    with service.database.writing() as connection:
        note_refusal(
            connection,
            by,
            "key.refused",
            office=refusal.office,
            subject=by.who,
            code=refusal.code,
            request=f"{request.method} {request.url.path}",
        )


def install(app: FastAPI) -> None:
    """Have every refusal of a key written down."""

    @app.exception_handler(KeyRefusal)
    async def refused(request: Request, refusal: KeyRefusal) -> Response:
        await run_in_threadpool(noted_refusal, app.state.service, request, refusal)
        return problem_response(refusal)


_MEND: Final = "send `Authorization: Bearer` with a key made by `ipregister key create --office`"
