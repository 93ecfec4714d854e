"""Who is signed in to the console of an office: by a secret that only the browser has, and for as long as the
key is good that it was begun with.
"""

import datetime as dt
import secrets
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from register.store.audit import Actor, note
from register.store.keys import KNOWN_OF_KEY, ApiKey, good
from register.store.schema import api_key, console_session

_SEEN_NOTED_EVERY = dt.timedelta(minutes=1)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session and its key; `secret` is what the browser has."""

    secret: str
    key: ApiKey
    expires_at: dt.datetime


def begin_session(connection: Connection, key: ApiKey, keep: dt.timedelta, by: Actor) -> Session:
    """Sign in with a key, for at most so long."""
    secret = secrets.token_urlsafe(32)
    ends = func.clock_timestamp() + keep
    begun = insert(console_session).values(
        hash=_hash(secret), key_id=key.id, begun_at=func.clock_timestamp(), seen_at=func.clock_timestamp(),
        expires_at=ends,
    )  # fmt: skip
    expires_at = connection.execute(begun.returning(console_session.c.expires_at)).scalar_one()
    note(connection, by, "session.begun", office=key.office, subject=f"key {key.id}")
    return Session(secret=secret, key=key, expires_at=expires_at)


def find_session(connection: Connection, secret: str, idle: dt.timedelta) -> Session | None:
    """The session with this secret; None where it has ended, its key is good no more, or nothing was seen of
    it for so long.
    """
    now = func.clock_timestamp()
    known = select(console_session.c.expires_at.label("ends"), console_session.c.seen_at, *KNOWN_OF_KEY)
    held = console_session.join(api_key, api_key.c.id == console_session.c.key_id)
    query = known.select_from(held).where(
        console_session.c.hash == _hash(secret),
        console_session.c.expires_at > now,
        console_session.c.seen_at > now - idle,
        good(),
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    seen = dt.datetime.now(dt.UTC)
    if row.seen_at < seen - _SEEN_NOTED_EVERY:
        noted = update(console_session).where(console_session.c.hash == _hash(secret)).values(seen_at=now)
        connection.execute(noted)
        connection.execute(update(api_key).where(api_key.c.id == row.id).values(last_used_at=seen))
    key = ApiKey(**{column.name: row._mapping[column.name] for column in KNOWN_OF_KEY})
    return Session(secret=secret, key=key, expires_at=row.ends)


def end_session(connection: Connection, session: Session, by: Actor) -> None:
    """Sign out."""
    gone = delete(console_session).where(console_session.c.hash == _hash(session.secret))
    if connection.execute(gone).rowcount:
        note(connection, by, "session.ended", office=session.key.office, subject=f"key {session.key.id}")


def forget_sessions(connection: Connection, idle: dt.timedelta) -> int:
    """Remove sessions that have ended; how many."""
    now = func.clock_timestamp()
    ended = (console_session.c.expires_at <= now) | (console_session.c.seen_at <= now - idle)
    return connection.execute(delete(console_session).where(ended)).rowcount


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
