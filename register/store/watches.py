"""Watches: saved searches with what they know to match, and how far each has followed the register."""

import datetime as dt
import hmac
import secrets
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from register.store.schema import record, watch, watch_conflict

_KEY_PREFIX, _TOKEN_PREFIX, _SECRET_BYTES = "iprw_", "iprt_", 32


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """A watch as it is kept. `query` is the search as JSON; `secret` signs what is sent to `webhook`."""

    id: str
    name: str
    query: bytes
    least_score: float
    webhook: str | None
    secret: bytes | None
    reached: int
    created_at: dt.datetime
    looked_at: dt.datetime


class NewWatch(NamedTuple):
    """A watch just made, the only time that its key, token and secret are seen.

    The key is its owner's; the token only reads, so that a feed reader may have it.
    """

    watch: Watch
    key: str
    token: str


class Conflict(NamedTuple):
    """A record that matches a watch: the version and score that the watch knows."""

    id: str
    version: int
    score: float | None


def create_watch(
    connection: Connection,
    *,
    name: str,
    query: bytes,
    least_score: float,
    webhook: str | None,
    reached: int,
    conflicts: Sequence[Conflict],
) -> NewWatch:
    """A new watch: `conflicts` are what it matches at the timepoint `reached`, which is no news."""
    key = _KEY_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    token = _TOKEN_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    row = connection.execute(
        insert(watch)
        .values(
            id=f"wt-{secrets.token_hex(8)}",
            name=name,
            query=query,
            least_score=least_score,
            webhook=webhook,
            secret=None if webhook is None else secrets.token_bytes(_SECRET_BYTES),
            key_hash=_hash(key),
            token_hash=_hash(token),
            reached=reached,
            created_at=func.clock_timestamp(),
            looked_at=func.clock_timestamp(),
        )
        .returning(*_KNOWN)
    ).one()
    made = Watch(**row._mapping)
    keep_conflicts(connection, made.id, conflicts)
    return NewWatch(made, key, token)


def count_watches(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(watch)) or 0


def find_watch(connection: Connection, identity: str) -> Watch | None:
    row = connection.execute(select(*_KNOWN).where(watch.c.id == identity)).one_or_none()
    return None if row is None else Watch(**row._mapping)


def open_watch(
    connection: Connection, identity: str, key: str | None, token: str | None = None
) -> Watch | None:
    """The watch, for its owner's key or, where one is given, the token that only reads; None for others."""
    row = connection.execute(
        select(watch.c.key_hash, watch.c.token_hash).where(watch.c.id == identity)
    ).one_or_none()
    if row is None:
        return None
    owns = key is not None and hmac.compare_digest(row.key_hash, _hash(key))
    reads = token is not None and hmac.compare_digest(row.token_hash, _hash(token))
    return find_watch(connection, identity) if owns or reads else None


def delete_watch(connection: Connection, identity: str) -> None:
    """End a watch, with all that it has told."""
    connection.execute(delete(watch).where(watch.c.id == identity))


def watches_behind(connection: Connection, timepoint: int, limit: int) -> list[Watch]:
    """Watches that have not looked at every change up to the timepoint, those furthest behind first."""
    query = select(*_KNOWN).where(watch.c.reached < timepoint).order_by(watch.c.reached, watch.c.id)
    return [Watch(**row._mapping) for row in connection.execute(query.limit(limit))]


def hold(connection: Connection, held: Watch) -> bool:
    """Whether the watch is still where it was when it was read; nobody else moves it until the end of the
    transaction.
    """
    query = select(watch.c.id).where(watch.c.id == held.id, watch.c.reached == held.reached)
    return connection.scalar(query.with_for_update()) is not None


def mark_looked(connection: Connection, identity: str, timepoint: int) -> None:
    """The watch has looked at every change up to the timepoint."""
    connection.execute(
        update(watch)
        .where(watch.c.id == identity)
        .values(reached=timepoint, looked_at=func.clock_timestamp())
    )


def conflicts_of(connection: Connection, identity: str) -> dict[str, Conflict]:
    """What the watch knows to match, by the record's id."""
    query = select(watch_conflict.c.record_id, watch_conflict.c.version, watch_conflict.c.score).where(
        watch_conflict.c.watch_id == identity
    )
    return {row[0]: Conflict(*row) for row in connection.execute(query)}


def changed_between(connection: Connection, ids: Collection[str], after: int, to: int) -> Mapping[str, int]:
    """Those of these records whose newest change lies after the one timepoint and not after the other, with
    their versions.
    """
    query = select(record.c.id, record.c.version).where(
        record.c.id.in_(ids), record.c.timepoint > after, record.c.timepoint <= to
    )
    return {row.id: row.version for row in connection.execute(query)}


def keep_conflicts(connection: Connection, identity: str, conflicts: Sequence[Conflict]) -> None:
    """These records match the watch now."""
    if not conflicts:
        return
    statement = insert_or_update(watch_conflict)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["watch_id", "record_id"],
            set_={"version": statement.excluded.version, "score": statement.excluded.score},
        ),
        [
            {"watch_id": identity, "record_id": one.id, "version": one.version, "score": one.score}
            for one in conflicts
        ],
    )


def drop_conflicts(connection: Connection, identity: str, ids: Collection[str]) -> None:
    """These records do not match the watch any more."""
    if ids:
        connection.execute(
            delete(watch_conflict).where(
                watch_conflict.c.watch_id == identity, watch_conflict.c.record_id.in_(ids)
            )
        )


_KNOWN = tuple(column for column in watch.c if column.name not in ("key_hash", "token_hash"))


def _hash(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()
