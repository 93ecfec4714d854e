"""Who may send the feeds of an office, and see what became of them."""

from fastapi import Request

from app.http.problems import Problem
from app.http.service import Service
from register.store.keys import ApiKey, check_key

_LONGEST_KEY = 200


def key_of(service: Service, request: Request) -> ApiKey:
    """The office's key that the request came with. Raises `Problem` (401)."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    given = given.strip()
    if scheme.lower() != "bearer" or not given:
        raise _unknown("key-missing", "feeds are sent and seen with the key of their office")
    key = None
    if len(given) <= _LONGEST_KEY and given.isascii():
        with service.database.writing() as connection:
            key = check_key(connection, given)
    if key is None:
        raise _unknown("key-unknown", "the key is unknown, revoked, or has expired")
    return key


def require_office(key: ApiKey, office: str, *, acts: bool) -> None:
    """Raises `Problem` (403) where the key is that of another office, or only reads and is to act."""
    if key.office != office:
        raise Problem(
            403,
            "other-office",
            f"the key is that of the office {key.office}, not of {office}",
            mend=f"use a key of {office}",
        )
    if acts and key.read_only:
        raise Problem(
            403,
            "key-read-only",
            "the key shows what became of feeds; it sends and changes none",
            mend="use a key that was made without --read-only",
        )


def _unknown(code: str, detail: str) -> Problem:
    return Problem(
        401,
        code,
        detail,
        field="Authorization",
        mend="send `Authorization: Bearer` with a key made by `ipregister key create --office`",
        headers={"WWW-Authenticate": "Bearer"},
    )
