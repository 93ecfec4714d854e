"""Batches of statements into the register, each in one transaction, so that a kill leaves whole batches only.

Every batch takes one lock before it draws its timepoints and keeps it until it is committed. So a reader
that has seen a timepoint never meets a smaller one later, and no two batches decide on the same right at
once.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import psycopg
from psycopg import Cursor
from sqlalchemy.exc import DBAPIError

from register.quality.counting import count_quality
from register.statement import Statement
from register.store import writing
from register.store.before import insert_before
from register.store.copying import copy_changes, copy_heads, update_heads
from register.store.counts import Counts, Outcome, counted
from register.store.database import Database, driver, is_lost
from register.store.decide import Decision
from register.store.feeds import Feed, FeedStateError
from register.store.finding import (
    Item,
    OfficeRights,
    batch_time,
    ensure_office_rights,
    find,
    office_rights_of,
)
from register.store.guard import Guard
from register.store.locks import CHANGE_LOCK
from register.store.quality import add_quality

log = logging.getLogger("ipregister.store")

_PATIENCE_SECONDS = 120.0
_LONGEST_WAIT = 2.0


class Applied(NamedTuple):
    """What became of a batch: counts in all and by file, and the outcome of each item in its order."""

    counts: Counts
    files: dict[str, Counts]
    outcomes: list[Outcome]


class FeedMovedError(Exception):
    """Somebody else has applied a part of the feed meanwhile; read it again from its checkpoint."""


def in_batches(items: Iterable[Item], most: int = 1000, most_bytes: int = 8 << 20) -> Iterator[list[Item]]:
    """Cut a stream into batches of at most so many items, and little more than so many bytes of source."""
    batch: list[Item] = []
    held = 0
    for item in items:
        batch.append(item)
        held += len(item.source)
        if len(batch) >= most or held >= most_bytes:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


class Upsert:
    """Applies one feed, which `begin_feed` gave, from its checkpoint on. Not to be shared between threads.

    `guard` looks at what each batch ends, and may refuse it.
    """

    def __init__(self, database: Database, feed: Feed, guard: Guard | None = None) -> None:
        self._guard = guard
        self.position = feed.counts.read
        self._database = database
        self._feed = feed
        self._office_rights: OfficeRights = {}

    def apply(self, items: Sequence[Item], share: float | None = None) -> Applied:
        """Apply the next items of the feed, all or none; `share` is how much of it is read then, 0 to 1.

        Waits for a server that is lost and comes back. Raises `FeedStateError` where the feed is not being
        read any more, such as after it was cancelled, and `FeedMovedError`.
        """
        give_up = time.monotonic() + _PATIENCE_SECONDS
        wait = 0.05
        applied: Applied | None = None
        while True:
            try:
                with self._database.writing() as connection:
                    cursor = driver(connection).cursor()
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (CHANGE_LOCK,))
                    held = checkpoint(cursor, self._feed.id)
                    # Where the server was lost during the commit, the batch may be in.
                    if applied is None or held != self.position + len(items):
                        applied = self._apply(cursor, held, items, share)
                self.position += len(items)
                return applied
            except BaseException as error:
                # What it knew of may have been rolled back.
                self._office_rights.clear()
                lost = isinstance(error, DBAPIError | psycopg.Error) and is_lost(error)
                if not lost or time.monotonic() > give_up:
                    raise
                log.warning("the database is gone, trying again: %s", error)
            time.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    def close(self) -> None:
        """Nothing to give back: each batch returns its connection."""

    def _apply(self, cursor: Cursor[Any], held: int, items: Sequence[Item], share: float | None) -> Applied:
        if held != self.position:
            raise FeedMovedError(f"feed {self._feed.id} is at record {held}, not at {self.position}")
        ensure_office_rights(cursor, office_rights_of(items), self._office_rights)
        found = find(cursor, items, ("",), self._office_rights)
        decision = Decision(self._feed.origin, held, found, self._feed.id if self._feed.ahead else None)
        outcomes = self._decide(cursor, decision, items)
        write_decision(cursor, self._feed.id, held, decision)
        if self._guard is not None:
            self._guard.add(cursor, self._feed.id, decision.ended)
        applied = report(cursor, self._feed.id, held, items, outcomes, decision, share)
        self._note(cursor, held, outcomes)
        return applied

    def _decide(
        self,
        cursor: Cursor[Any],  # noqa: ARG002  # what reads again has to look further
        decision: Decision,
        items: Sequence[Item],
    ) -> list[Outcome]:
        """What becomes of each item."""
        return [decision.take(item) for item in items]

    def _note(self, cursor: Cursor[Any], position: int, outcomes: Sequence[Outcome]) -> None:
        """Write down what else comes of a batch that began after so many records; in its transaction."""


def write_decision(cursor: Cursor[Any], feed_id: int, position: int, decision: Decision) -> None:
    """Write down what a batch changes that began after so many records of the feed."""
    first = decision.changes[0].timepoint if decision.changes else None
    copy_changes(cursor, decision.changes)
    copy_heads(cursor, decision.new_heads())
    update_heads(cursor, decision.touched_heads())
    writing.insert_blocks(cursor, decision.blocks.finish(), feed_id, batch_time(cursor), first)
    writing.upsert_publications(cursor, decision.publications)
    writing.add_tallies(cursor, decision.tallies)
    insert_before(cursor, feed_id, position, decision.before())


def checkpoint(cursor: Cursor[Any], feed_id: int) -> int:
    """How many source records of the feed are applied; nobody else can apply more until this transaction
    ends.

    Raises `FeedStateError` where the feed is not being read.
    """
    row = cursor.execute('SELECT "read", state FROM feed WHERE id = %s FOR UPDATE', (feed_id,)).fetchone()
    if row is None or row[1] != "reading":
        raise FeedStateError(f"feed {feed_id} is {'gone' if row is None else row[1]} and not being read")
    return int(row[0])


def report(
    cursor: Cursor[Any],
    feed_id: int,
    position: int,
    items: Sequence[Item],
    outcomes: list[Outcome],
    decision: Decision,
    share: float | None,
) -> Applied:
    """Write the outcome of a batch down with its feed: quarantine, counts, counts by file, what it covers,
    what its records are like.
    """
    by_file: dict[str, list[Outcome]] = {}
    places: dict[str, int] = {}
    for n, (item, outcome) in enumerate(zip(items, outcomes, strict=True), position + 1):
        if item.file not in by_file:
            by_file[item.file] = []
            places[item.file] = n
        by_file[item.file].append(outcome)
    counts = counted(outcomes)
    files = {name: counted(held) for name, held in by_file.items()}
    covers = {f"{office}:{right}" for office, right in office_rights_of(items)}
    taken = [
        item
        for item, outcome in zip(items, outcomes, strict=True)
        if outcome != "quarantined" and isinstance(item, Statement)
    ]
    add_quality(cursor, feed_id, count_quality(taken, [refused for _, refused in decision.quarantined]))
    writing.insert_quarantined(cursor, feed_id, decision.quarantined)
    writing.add_file_counts(cursor, feed_id, files, places)
    writing.add_counts(cursor, feed_id, counts, covers, share)
    return Applied(counts, files, outcomes)
