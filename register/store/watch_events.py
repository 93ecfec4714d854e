"""What watches have told: events, and how far each has been delivered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from register.store.packing import pack, unpack
from register.store.schema import watch, watch_event

EventKind = Literal["new", "changed", "gone"]
# `kept` is an event of a watch without a webhook; `dead` one that was tried too often.
EventState = Literal["kept", "waiting", "delivered", "dead"]


class NewEvent(NamedTuple):
    """`id` is the same whoever finds the event; `body` is what is delivered, as JSON."""

    id: str
    record_id: str
    version: int
    kind: EventKind
    body: bytes


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event with its delivery. `tries` are those made so far, `problem` why the last one failed."""

    number: int
    id: str
    watch_id: str
    record_id: str
    version: int
    kind: EventKind
    state: EventState
    tries: int
    problem: str | None
    created_at: dt.datetime
    next_try_at: dt.datetime | None
    delivered_at: dt.datetime | None
    body: bytes


class Delivery(NamedTuple):
    """An event that is to be sent now. `tries` counts this one too."""

    id: str
    watch_id: str
    tries: int
    body: bytes
    webhook: str
    secret: bytes


def add_events(connection: Connection, watch_id: str, events: Sequence[NewEvent], *, deliver: bool) -> None:
    """Write events down, each version of a record once for a watch."""
    if not events:
        return
    now = connection.scalar(select(func.clock_timestamp()))
    connection.execute(
        insert(watch_event).on_conflict_do_nothing(),
        [
            {
                "id": one.id,
                "watch_id": watch_id,
                "record_id": one.record_id,
                "version": one.version,
                "kind": one.kind,
                "state": "waiting" if deliver else "kept",
                "body": pack(one.body),
                "created_at": now,
                "next_try_at": now if deliver else None,
            }
            for one in events
        ],
    )


def events_of(
    connection: Connection, watch_id: str, *, after: int = 0, limit: int = 100, newest: bool = False
) -> list[Event]:
    """Events of a watch in the order in which they were found, or the newest first; after this number."""
    order = watch_event.c.number.desc() if newest else watch_event.c.number
    query = (
        select(watch_event)
        .where(watch_event.c.watch_id == watch_id, watch_event.c.number > after)
        .order_by(order)
        .limit(limit)
    )
    return [_event(row._mapping) for row in connection.execute(query)]


def take_due(connection: Connection, limit: int, of_one: int, lease_seconds: float) -> list[Delivery]:
    """Events whose next try is due, for this process alone until the lease has run out; at most `of_one` of a
    watch, so that a receiver that does not answer leaves room for the others.

    Where the process dies while it sends, they are due again after the lease: an event may be sent twice, and
    is never lost.
    """
    turn = (watch_event.c.next_try_at, watch_event.c.number)
    ranked = (
        select(
            watch_event.c.id,
            watch_event.c.next_try_at,
            watch_event.c.number,
            func.row_number().over(partition_by=watch_event.c.watch_id, order_by=turn).label("place"),
        )
        .where(watch_event.c.state == "waiting", watch_event.c.next_try_at <= func.clock_timestamp())
        .subquery()
    )
    chosen = (
        select(ranked.c.id)
        .where(ranked.c.place <= of_one)
        .order_by(ranked.c.next_try_at, ranked.c.number)
        .limit(limit)
    )
    due = (
        select(watch_event.c.id)
        .where(
            watch_event.c.id.in_(chosen),
            watch_event.c.state == "waiting",
            watch_event.c.next_try_at <= func.clock_timestamp(),
        )
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(watch_event)
        .where(watch_event.c.id.in_(due), watch.c.id == watch_event.c.watch_id)
        .values(
            tries=watch_event.c.tries + 1,
            next_try_at=func.clock_timestamp() + dt.timedelta(seconds=lease_seconds),
        )
        .returning(
            watch_event.c.id,
            watch_event.c.watch_id,
            watch_event.c.tries,
            watch_event.c.body,
            watch.c.webhook,
            watch.c.secret,
            watch_event.c.number,
        )
    )
    rows = sorted(connection.execute(taken), key=lambda row: int(row.number))
    return [
        Delivery(row.id, row.watch_id, row.tries, unpack(row.body), row.webhook, row.secret) for row in rows
    ]


def mark_delivered(connection: Connection, identity: str) -> None:
    """The receiver has taken it."""
    connection.execute(
        update(watch_event)
        .where(watch_event.c.id == identity)
        .values(state="delivered", delivered_at=func.clock_timestamp(), next_try_at=None, problem=None)
    )


def mark_failed(connection: Connection, identity: str, problem: str, wait_seconds: float | None) -> None:
    """The receiver has not taken it; the next try after so many seconds, None where there is none."""
    values: dict[str, object] = {"problem": problem}
    if wait_seconds is None:
        values |= {"state": "dead", "next_try_at": None}
    else:
        values["next_try_at"] = func.clock_timestamp() + dt.timedelta(seconds=wait_seconds)
    connection.execute(
        update(watch_event)
        .where(watch_event.c.id == identity, watch_event.c.state == "waiting")
        .values(**values)
    )


def send_again(connection: Connection, watch_id: str, identity: str | None = None) -> int:
    """Give dead events of a watch, or one of them, their tries anew; how many they were."""
    dead = update(watch_event).where(watch_event.c.watch_id == watch_id, watch_event.c.state == "dead")
    if identity is not None:
        dead = dead.where(watch_event.c.id == identity)
    return connection.execute(
        dead.values(state="waiting", tries=0, next_try_at=func.clock_timestamp())
    ).rowcount


def count_by_state(connection: Connection, watch_id: str) -> dict[EventState, int]:
    query = (
        select(watch_event.c.state, func.count())
        .where(watch_event.c.watch_id == watch_id)
        .group_by(watch_event.c.state)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _event(row: Mapping[Any, Any]) -> Event:
    return Event(**{**row, "body": unpack(row["body"])})
