"""Keys with which an office delivers: shown once, kept as a hash, each for a purpose."""

import datetime as dt
import secrets
from hashlib import sha256
from typing import Final, Literal, get_args

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from register.store.audit import SERVICE, Actor, note
from register.store.packing import storable
from register.store.schema import api_key

Purpose = Literal["read", "upload", "admin"]
"""What a key opens: `read` shows what became of feeds and sends none, `upload` also sends and changes them,
`admin` also makes and revokes the keys of its office.
"""
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)

_PREFIX = "ipr_"
_USE_NOTED_EVERY = dt.timedelta(minutes=1)


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key; the key itself is not kept. `note` says in words what it is for."""

    id: str
    office: str
    purpose: Purpose
    note: str
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None
    last_used_at: dt.datetime | None


class NewKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key just made, the only time that it is seen."""

    id: str
    key: str
    office: str
    purpose: Purpose
    expires_at: dt.datetime | None


def create_key(
    connection: Connection,
    office: str,
    *,
    purpose: Purpose = "upload",
    words: str = "",
    expires_at: dt.datetime | None = None,
    by: Actor = SERVICE,
) -> NewKey:
    """A new key of one office (ST.3)."""
    identity = secrets.token_hex(6)
    key = _PREFIX + secrets.token_urlsafe(32)
    connection.execute(
        insert(api_key).values(
            id=identity, office=office, purpose=purpose, note=storable(words), hash=_hash(key),
            created_at=func.clock_timestamp(), expires_at=expires_at,
        )
    )  # fmt: skip
    until = None if expires_at is None else expires_at.isoformat(timespec="seconds")
    note(
        connection, by, "key.created", office=office, subject=f"key {identity}",
        purpose=purpose, note=words or None, expires=until,
    )  # fmt: skip
    return NewKey(id=identity, key=key, office=office, purpose=purpose, expires_at=expires_at)


def list_keys(connection: Connection, office: str | None = None) -> list[ApiKey]:
    query = select(*KNOWN_OF_KEY).order_by(api_key.c.created_at, api_key.c.id)
    if office is not None:
        query = query.where(api_key.c.office == office)
    return [ApiKey(**row._mapping) for row in connection.execute(query)]


def revoke_key(
    connection: Connection, identity: str, *, office: str | None = None, by: Actor = SERVICE
) -> bool:
    """End a key now; False where there is none of this id, or not of this office. A second time changes
    nothing.
    """
    known = select(api_key.c.office, api_key.c.revoked_at).where(api_key.c.id == identity).with_for_update()
    row = connection.execute(known).one_or_none()
    if row is None or office not in (None, row.office):
        return False
    if row.revoked_at is None:
        ended = update(api_key).where(api_key.c.id == identity).values(revoked_at=func.clock_timestamp())
        connection.execute(ended)
        note(connection, by, "key.revoked", office=row.office, subject=f"key {identity}")
    return True


def check_key(connection: Connection, key: str) -> ApiKey | None:
    """The key that this is, None where it is unknown, revoked or expired. Its use is noted once a minute.

    The key is found by its hash in an index; a key of 256 random bits needs no slow hash.
    """
    row = connection.execute(select(*KNOWN_OF_KEY).where(api_key.c.hash == _hash(key), good())).one_or_none()
    if row is None:
        return None
    now = dt.datetime.now(dt.UTC)
    if row.last_used_at is None or row.last_used_at < now - _USE_NOTED_EVERY:
        connection.execute(update(api_key).where(api_key.c.id == row.id).values(last_used_at=now))
    return ApiKey(**row._mapping)


def good() -> ColumnElement[bool]:
    """Whether a key is neither revoked nor expired."""
    unended = or_(api_key.c.expires_at.is_(None), api_key.c.expires_at > func.clock_timestamp())
    return api_key.c.revoked_at.is_(None) & unended


KNOWN_OF_KEY = tuple(column for column in api_key.c if column.name != "hash")


def _hash(key: str) -> bytes:
    return sha256(key.encode()).digest()
