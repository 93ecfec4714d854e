"""Feeds: what an office delivered, how far it is taken in, and what became of it."""

import datetime as dt
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from register.store.audit import SERVICE, Actor, AuditAction, note
from register.store.counts import Counts
from register.store.packing import storable
from register.store.schema import (
    COUNT_NAMES,
    feed,
    feed_before,
    feed_file,
    feed_quality,
    feed_unread,
    quarantine,
    rehearsal,
    rehearsed_change,
)

FeedState = Literal["queued", "reading", "held", "done", "failed", "cancelled"]
Task = Literal["replay", "reprocess"]
_OPEN: tuple[FeedState, ...] = ("queued", "reading", "held")
# What is told of a feed while it is read.
_TOLD = (quarantine, feed_file, feed_quality, feed_unread, rehearsal, rehearsed_change)


class FeedStateError(Exception):
    """The feed is in a state in which this cannot be done; the message says which."""


class NewFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery: `office` ST.3, `name` the file's, `size` in bytes, `digest` the SHA-256 of the bytes.

    `spool` is the name of the file that keeps it until it is read, where it is not read at once.
    """

    office: str
    name: str
    size: int
    digest: bytes
    format: str | None = None
    dry_run: bool = False
    spool: str | None = None
    undoes: int | None = None
    leaves_changed: bool = False
    task: Task | None = None
    replays: int | None = None
    scope: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as the register knows it.

    `counts.read` is also the checkpoint: so many source records are applied, and reading goes on after them.
    `origin` is the first feed with the same bytes, office, format and mapping, or the feed itself.
    `progress` is the share read, 0 to 1, where it is known. `undoes` is the feed that this one takes back.
    `task` is set where it is no delivery but reads again what was delivered. `ahead` records were taken
    before its turn.
    """

    id: int
    office: str
    name: str
    size: int
    digest: bytes
    format: str | None
    mapping: str | None
    origin: int
    dry_run: bool
    state: FeedState
    problem: str | None
    counts: Counts
    received_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    spool: str | None = None
    progress: float | None = None
    confirmed_at: dt.datetime | None = None
    ended: str | None = None
    undoes: int | None = None
    undone_by: int | None = None
    leaves_changed: bool = False
    keeps_before: bool = False
    task: Task | None = None
    replays: int | None = None
    scope: str | None = None
    reached: str | None = None
    ahead: int | None = None

    @property
    def is_resumed(self) -> bool:
        """Whether a worker reads it on where it was left."""
        return self.spool is not None or self.undoes is not None or self.task is not None


class FeedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a feed; of one that is no record feed `problem` says why."""

    name: str
    format: str | None
    problem: str | None
    counts: Counts


def create_feed(connection: Connection, new: NewFeed, by: Actor = SERVICE) -> Feed:
    """Write down a delivery as queued; `by` is who brought it."""
    row = connection.execute(
        insert(feed)
        .values(
            **{**msgspec.structs.asdict(new), "name": storable(new.name)},
            state="queued",
            received_at=func.clock_timestamp(),
        )
        .returning(*feed.c)
    ).one()
    if new.undoes is None and new.task is None:
        note(
            connection, by, "feed.received", office=new.office, subject=f"feed {row.id}", name=new.name,
            bytes=new.size, sha256=new.digest.hex(), dryRun=new.dry_run or None,
        )  # fmt: skip
    return _feed(row)


def find_feed(connection: Connection, feed_id: int) -> Feed | None:
    row = connection.execute(select(feed).where(feed.c.id == feed_id)).one_or_none()
    return None if row is None else _feed(row)


def list_feeds(
    connection: Connection,
    *,
    office: str | None = None,
    states: Sequence[FeedState] | None = None,
    before: int | None = None,
    limit: int = 20,
) -> list[Feed]:
    """Feeds, newest first; `before` is the id of the last one seen."""
    query = select(feed).order_by(feed.c.id.desc()).limit(limit)
    if office is not None:
        query = query.where(feed.c.office == office)
    if states is not None:
        query = query.where(feed.c.state.in_(states))
    if before is not None:
        query = query.where(feed.c.id < before)
    return [_feed(row) for row in connection.execute(query)]


def list_files(connection: Connection, feed_id: int) -> list[FeedFile]:
    """The files of a feed in the order of the delivery."""
    query = (
        select(feed_file).where(feed_file.c.feed_id == feed_id).order_by(feed_file.c.place, feed_file.c.name)
    )
    return [
        FeedFile(name=row.name, format=row.format, problem=row.problem, counts=_counts(row))
        for row in connection.execute(query)
    ]


def begin_feed(connection: Connection, feed_id: int, format_name: str | None, mapping: str) -> Feed:
    """Start to read a feed, or go on with it: the first `counts.read` source records are applied already.

    `format_name` is None where its files have formats of their own, which `note_file` writes down;
    `mapping` is the version of the mapping. A dry run begins anew each time, for it leaves nothing to go on
    from. Raises `FeedStateError` where the feed has ended.
    """
    held = _locked(connection, feed_id)
    if held.state not in _OPEN:
        raise FeedStateError(f"feed {feed_id} is {held.state}; only an open one can be read")
    fingerprint: bytes | None = _fingerprint(held, format_name, mapping)
    before = connection.scalar(select(feed.c.fingerprint).where(feed.c.id == feed_id))
    if held.counts.read and before != fingerprint:
        # A part was read with another mapping: what it said then is not what it would say now.
        fingerprint = None
    origin = None if fingerprint is None else _first_with(connection, fingerprint)
    values: dict[str, Any] = {
        "state": "reading",
        "format": format_name,
        "mapping": mapping,
        "fingerprint": fingerprint,
        "origin": min(origin or feed_id, feed_id),
        "keeps_before": held.keeps_before or held.counts.read == 0,
        "started_at": func.coalesce(feed.c.started_at, func.clock_timestamp()),
    }
    if held.dry_run:
        clear_told(connection, feed_id)
        values |= {**dict.fromkeys(COUNT_NAMES, 0), "ended": None}
    row = connection.execute(update(feed).where(feed.c.id == feed_id).values(values).returning(*feed.c)).one()
    return _feed(row)


def clear_told(connection: Connection, feed_id: int) -> None:
    """Forget what was told of a feed that is read anew."""
    for table in _TOLD:
        connection.execute(table.delete().where(table.c.feed_id == feed_id))


def note_file(
    connection: Connection,
    feed_id: int,
    name: str,
    *,
    format_name: str | None = None,
    problem: str | None = None,
) -> None:
    """Write down a file of the feed: its format, or why it is no record feed."""
    place = select(feed.c.read + 1).where(feed.c.id == feed_id).scalar_subquery()
    statement = insert_or_update(feed_file).values(
        feed_id=feed_id, name=storable(name), place=place, format=format_name, problem=problem
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["feed_id", "name"],
            set_={"format": statement.excluded.format, "problem": statement.excluded.problem},
        )
    )


def finish_feed(connection: Connection, feed_id: int) -> Feed:
    """The whole feed is applied: what its office holds is as of its delivery."""
    held = _end(connection, feed_id, "done", None)
    if not held.dry_run and held.task is None:
        connection.execute(
            text(
                """
                UPDATE office_right SET as_of = greatest(as_of, feed.received_at)
                FROM feed WHERE feed.id = :id AND office_right.id = ANY (:covered)
                """
            ),
            {"id": feed_id, "covered": lock_covered(connection, feed_id)},
        )
    return held


def lock_covered(connection: Connection, feed_id: int) -> list[int]:
    """Lock the offices and rights that a feed covers, and give their ids. In the order in which a batch locks
    those it counts: two that lock the same rows in different orders would wait for each other.
    """
    found = connection.scalars(
        text(
            """
            SELECT office_right.id FROM office_right, feed
            WHERE feed.id = :id AND office_right.office || ':' || office_right."right" = ANY (feed.covers)
            ORDER BY office_right.id FOR NO KEY UPDATE OF office_right
            """
        ),
        {"id": feed_id},
    )
    return list(found)


def fail_feed(connection: Connection, feed_id: int, problem: str) -> Feed:
    """The feed cannot be taken, or not to its end; `problem` says why in a sentence."""
    return _end(connection, feed_id, "failed", storable(problem))


def cancel_feed(connection: Connection, feed_id: int, by: Actor = SERVICE) -> Feed:
    """Stop a feed; what is applied of it stays."""
    return noted_feed(connection, by, "feed.cancelled", _end(connection, feed_id, "cancelled", None))


def hold_feed(connection: Connection, feed_id: int, problem: str) -> Feed:
    """Hold a feed until its office confirms it; `problem` says why."""
    return move_feed(connection, feed_id, "held", {"problem": storable(problem)})


def hold_anew(connection: Connection, feed_id: int, problem: str) -> Feed:
    """Hold a feed of which nothing is applied any more, as if it had never been read."""
    for table in (*_TOLD, feed_before):
        connection.execute(table.delete().where(table.c.feed_id == feed_id))
    fresh = dict.fromkeys(COUNT_NAMES, 0)
    anew: dict[str, Any] = {
        "problem": storable(problem),
        "ended": None,
        "progress": 0.0,
        "undone_by": None,
        "covers": [],
        "reached": None,
        "ahead": None,
    }
    return move_feed(connection, feed_id, "held", {**fresh, **anew})


def release_feed(connection: Connection, feed_id: int, by: Actor = SERVICE) -> Feed:
    """Put a held feed back in the queue: its office says that it is meant so."""
    confirmed = {"problem": None, "confirmed_at": func.clock_timestamp()}
    released = move_feed(connection, feed_id, "queued", confirmed, allowed=("held",))
    return noted_feed(connection, by, "feed.confirmed", released)


def noted_feed(connection: Connection, by: Actor, action: AuditAction, held: Feed) -> Feed:
    """The feed, with what was done with it written into the audit log."""
    note(connection, by, action, office=held.office, subject=f"feed {held.id}")
    return held


def _end(connection: Connection, feed_id: int, state: FeedState, problem: str | None) -> Feed:
    return move_feed(connection, feed_id, state, {"problem": problem, "finished_at": func.clock_timestamp()})


def move_feed(
    connection: Connection,
    feed_id: int,
    state: FeedState,
    values: dict[str, Any],
    *,
    allowed: Sequence[FeedState] = _OPEN,
    if_kept: bool = False,
) -> Feed:
    """Put a feed into another state, from one of the allowed ones; `if_kept` only where its delivery is kept.

    Raises `FeedStateError`.
    """
    held = _locked(connection, feed_id)
    if held.state not in allowed:
        raise FeedStateError(f"feed {feed_id} is {held.state} and cannot become {state}")
    if if_kept and not held.is_resumed:
        raise FeedStateError(f"the delivery of feed {feed_id} is not kept any more")
    row = connection.execute(
        update(feed).where(feed.c.id == feed_id).values(state=state, **values).returning(*feed.c)
    ).one()
    return _feed(row)


def _locked(connection: Connection, feed_id: int) -> Feed:
    row = connection.execute(select(feed).where(feed.c.id == feed_id).with_for_update()).one_or_none()
    if row is None:
        raise FeedStateError(f"there is no feed {feed_id}")
    return _feed(row)


def _fingerprint(held: Feed, format_name: str | None, mapping: str) -> bytes:
    told = "\0".join((held.office, format_name or "", mapping)).encode()
    return blake2b(held.digest + told, digest_size=16).digest()


def _first_with(connection: Connection, fingerprint: bytes) -> int | None:
    """The first feed in earnest that said the same."""
    query = select(func.min(feed.c.id)).where(feed.c.fingerprint == fingerprint, feed.c.dry_run.is_(False))
    first: int | None = connection.scalar(query)
    return first


def _counts(row: Row[Any]) -> Counts:
    return Counts(*(row._mapping[name] for name in COUNT_NAMES))


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        office=row.office,
        name=row.name,
        size=row.size,
        digest=row.digest,
        format=row.format,
        mapping=row.mapping,
        origin=row.origin or row.id,
        dry_run=row.dry_run,
        state=row.state,
        problem=row.problem,
        counts=_counts(row),
        received_at=row.received_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        spool=row.spool,
        progress=row.progress,
        confirmed_at=row.confirmed_at,
        ended=row.ended,
        undoes=row.undoes,
        undone_by=row.undone_by,
        leaves_changed=row.leaves_changed,
        keeps_before=row.keeps_before,
        task=row.task,
        replays=row.replays,
        scope=row.scope,
        reached=row.reached,
        ahead=row.ahead,
    )
