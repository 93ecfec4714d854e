"""A feed taken back as a whole: every record that it changed goes back to what was held before it.

Going back is a new version, like any other change, and the taking back is a feed of its own, of our own
format `jsonl`: its sources are the records as they were, so that its versions have a provenance like all
others. It goes batch by batch as the feed did, and on from its checkpoint after a kill.

What a later feed has changed since is left as it is and told, or nothing is taken back: the sender says
which.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from psycopg import Cursor
from sqlalchemy import Connection, func, select, text, update

from register.store import writing
from register.store.audit import SERVICE, Actor, note
from register.store.before import FIRST, Before, next_before, read_before
from register.store.counts import Counts, counted
from register.store.database import Database, driver
from register.store.feeds import (
    Feed,
    FeedStateError,
    NewFeed,
    create_feed,
    fail_feed,
    find_feed,
    finish_feed,
    lock_covered,
    move_feed,
    note_file,
)
from register.store.heads import fetch_heads
from register.store.locks import CHANGE_LOCK
from register.store.makers import makers_of
from register.store.quarantine import reopen
from register.store.schema import feed
from register.store.undo_batch import UndoneBatch, left_as_it_is, undo_name
from register.store.upsert import FeedMovedError, checkpoint

_FORMAT = "jsonl"
_DIGEST = b"\0" * 32
_TOLD_OF = 3


class _Touched(NamedTuple):
    """Everything that a feed touched: how many records, and of those touched in several batches how the last
    one left their standing.
    """

    records: int
    standings: dict[str, bytes]


def ask_undo(connection: Connection, feed_id: int, *, leaves_changed: bool, by: Actor = SERVICE) -> Feed:
    """Put the undoing of a feed into the queue; the feed that does it. `by` is who asks for it.

    Raises `FeedStateError` where the feed has not ended, changed nothing in earnest, is undone already, or is
    older than what is written down for undoing.
    """
    connection.execute(select(feed.c.id).where(feed.c.id == feed_id).with_for_update())
    held = find_feed(connection, feed_id)
    if held is None:
        raise FeedStateError(f"there is no feed {feed_id}")
    if held.state not in ("done", "failed", "cancelled"):
        raise FeedStateError(f"feed {feed_id} is {held.state}; only one that has ended can be undone")
    if held.dry_run:
        raise FeedStateError(f"feed {feed_id} was a dry run; there is nothing to undo")
    if held.undone_by is not None:
        raise FeedStateError(f"feed {feed_id} was undone by feed {held.undone_by}")
    if not held.keeps_before:
        raise FeedStateError(
            f"what was held before feed {feed_id} is not written down, so it cannot be undone"
        )
    waiting = select(feed.c.id).where(feed.c.undoes == feed_id, feed.c.state.in_(("queued", "reading")))
    going = connection.scalar(waiting.limit(1))
    if going is not None:
        raise FeedStateError(f"feed {feed_id} is being undone by feed {going}")
    return _queue(connection, held, leaves_changed, by)


def take_back_part(database: Database, feed_id: int) -> None:
    """Take back what is applied of a feed that this process has claimed and reads no further.

    Goes on where it was cut short before.
    """
    with database.writing() as connection:
        held = find_feed(connection, feed_id)
        assert held is not None
        waiting = select(feed.c.id).where(feed.c.undoes == feed_id, feed.c.state.in_(("queued", "reading")))
        going = connection.scalar(waiting.limit(1))
        undoing = _queue(connection, held, True, SERVICE) if going is None else find_feed(connection, going)
        assert undoing is not None
    # The feed is older and claimed, so nobody else takes its undoing from the queue.
    Undo(database, undoing).run()


def _queue(connection: Connection, held: Feed, leaves_changed: bool, by: Actor) -> Feed:
    undoing = create_feed(
        connection,
        NewFeed(
            office=held.office,
            name=undo_name(held.id),
            size=0,
            digest=_DIGEST,
            format=_FORMAT,
            undoes=held.id,
            leaves_changed=leaves_changed,
        ),
    )
    note(
        connection, by, "feed.undone", office=held.office, subject=f"feed {held.id}",
        undoing=undoing.id, changed="left" if leaves_changed else None,
    )  # fmt: skip
    return undoing


class Undo:
    """Does what `ask_undo` put into the queue, for who has claimed it.

    `is_interrupted` is asked before every batch; then `run` returns and the rest is left for later.
    `settle` is called when all is taken back, before the feed is called done.
    """

    def __init__(
        self,
        database: Database,
        undoing: Feed,
        is_interrupted: Callable[[], bool] = lambda: False,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        assert undoing.undoes is not None
        self._database = database
        self._id = undoing.id
        self._undone = undoing.undoes
        self._leaves = undoing.leaves_changed
        self._is_interrupted = is_interrupted
        self._settle = settle
        self._mine: set[int] = set()

    def run(self) -> None:
        """Take the feed back. Where records were changed since and are not to be left, it ends as failed."""
        undoing = self._begin()
        with self._database.reading() as connection:
            cursor = driver(connection).cursor()
            self._mine = _undoings(cursor, self._undone) | {self._undone}
            touched = _all_touched(cursor, self._undone)
            changed = self._changed(cursor) if not self._leaves and undoing.counts.read == 0 else {}
        if changed:
            self._refuse(changed)
            return
        reached = 0
        for before in self._batches():
            if self._is_interrupted():
                return
            reached += len(before.ids)
            if reached > undoing.counts.read:
                self._apply(before, reached, touched)
        self._settle()
        self._finish()

    def _begin(self) -> Feed:
        with self._database.writing() as connection:
            undoing = find_feed(connection, self._id)
            assert undoing is not None
            note_file(connection, self._id, undo_name(self._undone), format_name=_FORMAT)
            values = {
                "started_at": func.coalesce(feed.c.started_at, func.clock_timestamp()),
                "mapping": select(feed.c.mapping).where(feed.c.id == self._undone).scalar_subquery(),
                "origin": self._id,
                "keeps_before": True,
            }
            return move_feed(connection, self._id, "reading", values)

    def _batches(self) -> Iterator[Before]:
        """What the feed touched, each record once, as it was before the first batch that touched it."""
        seen: set[str] = set()
        position = FIRST
        while True:
            with self._database.reading() as connection:
                found = next_before(driver(connection).cursor(), self._undone, position)
            if found is None:
                return
            position, before = found
            first = Before(
                [head for head in before.touched if head.id not in seen],
                [identity for identity in before.created if identity not in seen],
            )
            seen.update(before.ids)
            if first.ids:
                yield first

    def _changed(self, cursor: Cursor[Any]) -> dict[str, int]:
        """Records that another feed has changed since, and which."""
        changed: dict[str, int] = {}
        for before in read_before(cursor, self._undone):
            heads = fetch_heads(cursor, before.ids, ("",))
            makers = makers_of(cursor, [head.timepoint for head in heads.values()])
            was = {head.id: head.timepoint for head in before.touched}
            for head in heads.values():
                maker = makers[head.timepoint]
                if maker not in self._mine and was.get(head.id) != head.timepoint:
                    changed[head.id] = maker
        return changed

    def _refuse(self, changed: Mapping[str, int]) -> None:
        """Nothing is taken back; each record that is in the way is told."""
        feeds = sorted(set(changed.values()))
        by = ", ".join(map(str, feeds[:_TOLD_OF])) + (" and others" if len(feeds) > _TOLD_OF else "")
        shown = ", ".join(list(changed)[:_TOLD_OF])
        with self._database.writing() as connection:
            cursor = driver(connection).cursor()
            checkpoint(cursor, self._id)
            left = [
                (number, left_as_it_is(undo_name(self._undone), number, identity, maker))
                for number, (identity, maker) in enumerate(changed.items(), 1)
            ]
            writing.insert_quarantined(cursor, self._id, left)
            writing.add_counts(cursor, self._id, Counts(read=len(left), quarantined=len(left)), (), None)
            fail_feed(
                connection,
                self._id,
                f"{len(changed):,} of the records that feed {self._undone} changed were changed since by "
                f"feed {by}, such as {shown}; nothing is undone; undo the later feed first, or ask with "
                "changed=leave to leave these records as they are",
            )

    def _apply(self, before: Before, reached: int, touched: _Touched) -> None:
        with self._database.writing() as connection:
            cursor = driver(connection).cursor()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (CHANGE_LOCK,))
            held = checkpoint(cursor, self._id)
            if held == reached:
                return
            if held != reached - len(before.ids):
                raise FeedMovedError(f"feed {self._id} is at record {held}, not at {reached}")
            batch = UndoneBatch(cursor, self._undone, self._mine, held, touched.standings)
            counts = counted(batch.take_back(before))
            batch.write(self._id)
            name = undo_name(self._undone)
            writing.add_file_counts(cursor, self._id, {name: counts}, {name: held + 1})
            writing.add_counts(cursor, self._id, counts, (), reached / max(1, touched.records))

    def _finish(self) -> None:
        with self._database.writing() as connection:
            finish_feed(connection, self._id)
            # What was undone by the feed that is undone now holds again.
            connection.execute(update(feed).where(feed.c.undone_by == self._undone).values(undone_by=None))
            connection.execute(update(feed).where(feed.c.id == self._undone).values(undone_by=self._id))
            reopen(connection, self._undone)
            connection.execute(_AS_OF, {"covered": lock_covered(connection, self._undone)})


def _all_touched(cursor: Cursor[Any], feed_id: int) -> _Touched:
    seen: set[str] = set()
    standings: dict[str, bytes] = {}
    for before in read_before(cursor, feed_id):
        standings.update((head.id, head.standing_after) for head in before.touched if head.id in seen)
        seen.update(before.ids)
    return _Touched(len(seen), standings)


def _undoings(cursor: Cursor[Any], feed_id: int) -> set[int]:
    """The feeds that undid this one, those that undid them, and so on."""
    cursor.execute(
        """
        WITH RECURSIVE undoing AS (
            SELECT id FROM feed WHERE undoes = %s
            UNION SELECT feed.id FROM feed JOIN undoing ON feed.undoes = undoing.id
        )
        SELECT id FROM undoing
        """,
        (feed_id,),
    )
    return {row[0] for row in cursor}


# What an office holds is again as of the newest delivery that was not taken back.
_AS_OF = text(
    """
    UPDATE office_right SET as_of = (
        SELECT max(earlier.received_at) FROM feed AS earlier
        WHERE earlier.state = 'done' AND NOT earlier.dry_run AND earlier.undone_by IS NULL
            AND earlier.task IS NULL
            AND office_right.office || ':' || office_right."right" = ANY (earlier.covers)
    )
    WHERE office_right.id = ANY (:covered)
    """
)
