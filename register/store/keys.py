"""Keys with which an office delivers: shown once, kept as a hash."""

import datetime as dt
import secrets
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, func, insert, or_, select, update

from register.store.schema import api_key

_PREFIX = "ipr_"
_USE_NOTED_EVERY = dt.timedelta(minutes=1)


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key; the key itself is not kept. One that is `read_only` shows what became of
    feeds, and sends none.
    """

    id: str
    office: str
    purpose: str
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None
    last_used_at: dt.datetime | None
    read_only: bool = False


class NewKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key just made, the only time that it is seen."""

    id: str
    key: str
    office: str
    expires_at: dt.datetime | None


def create_key(
    connection: Connection,
    office: str,
    *,
    purpose: str = "",
    expires_at: dt.datetime | None = None,
    read_only: bool = False,
) -> NewKey:
    """A new key for the feeds of one office (ST.3)."""
    identity = secrets.token_hex(6)
    key = _PREFIX + secrets.token_urlsafe(32)
    connection.execute(
        insert(api_key).values(
            id=identity, office=office, purpose=purpose, hash=_hash(key), created_at=func.clock_timestamp(),
            expires_at=expires_at, read_only=read_only,
        )
    )  # fmt: skip
    return NewKey(id=identity, key=key, office=office, expires_at=expires_at)


def list_keys(connection: Connection, office: str | None = None) -> list[ApiKey]:
    query = select(*_KNOWN).order_by(api_key.c.created_at, api_key.c.id)
    if office is not None:
        query = query.where(api_key.c.office == office)
    return [ApiKey(**row._mapping) for row in connection.execute(query)]


def revoke_key(connection: Connection, identity: str) -> bool:
    """End a key now; False where there is none of this id. A second time changes nothing."""
    revoked = connection.execute(
        update(api_key)
        .where(api_key.c.id == identity)
        .values(revoked_at=func.coalesce(api_key.c.revoked_at, func.clock_timestamp()))
    )
    return revoked.rowcount == 1


def check_key(connection: Connection, key: str) -> ApiKey | None:
    """The key that this is, None where it is unknown, revoked or expired. Its use is noted once a minute.

    The key is found by its hash in an index; a key of 256 random bits needs no slow hash.
    """
    now = dt.datetime.now(dt.UTC)
    query = select(*_KNOWN).where(
        api_key.c.hash == _hash(key),
        api_key.c.revoked_at.is_(None),
        or_(api_key.c.expires_at.is_(None), api_key.c.expires_at > now),
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.last_used_at is None or row.last_used_at < now - _USE_NOTED_EVERY:
        connection.execute(update(api_key).where(api_key.c.id == row.id).values(last_used_at=now))
    return ApiKey(**row._mapping)


_KNOWN = tuple(column for column in api_key.c if column.name != "hash")


def _hash(key: str) -> bytes:
    return sha256(key.encode()).digest()
