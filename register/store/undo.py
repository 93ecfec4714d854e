"""A feed taken back as a whole: every record that it changed goes back to what was held before it.

Going back is a new version, like any other change, and the taking back is a feed of its own, of our own
format `jsonl`: its sources are the records as they were, so that its versions have a provenance like all
others. It goes batch by batch as the feed did, and on from its checkpoint after a kill.

What a later feed has changed since is left as it is and told, or nothing is taken back: the sender says
which.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from psycopg import Cursor
from sqlalchemy import Connection, func, select, text, update

from register.model import Plain, Record, decode_record
from register.statement import Operation, Rejected, Statement
from register.store import writing
from register.store.audit import SERVICE, Actor, note
from register.store.before import Before, HeadBefore, head_before, insert_before, next_before, read_before
from register.store.blocks import BlockBuilder
from register.store.copying import copy_changes, update_heads
from register.store.counts import Counts, Outcome, counted
from register.store.database import Database, driver
from register.store.decide import ChangeRow
from register.store.feeds import (
    Feed,
    FeedStateError,
    NewFeed,
    create_feed,
    fail_feed,
    find_feed,
    finish_feed,
    move_feed,
    note_file,
)
from register.store.finding import batch_time, last_of
from register.store.heads import Head, fetch_bodies, fetch_heads
from register.store.locks import CHANGE_LOCK
from register.store.packing import unpack
from register.store.schema import feed
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
            name=_name(held.id),
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
            note_file(connection, self._id, _name(self._undone), format_name=_FORMAT)
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
        position = -1
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
            makers = _makers(cursor, [head.timepoint for head in heads.values()])
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
                (number, _left(_name(self._undone), number, identity, maker))
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
            batch = _Batch(cursor, self._undone, self._mine, held, touched.standings)
            counts = counted(batch.take_back(before))
            batch.write(self._id)
            name = _name(self._undone)
            writing.add_file_counts(cursor, self._id, {name: counts}, {name: held + 1})
            writing.add_counts(cursor, self._id, counts, (), reached / max(1, touched.records))

    def _finish(self) -> None:
        with self._database.writing() as connection:
            finish_feed(connection, self._id)
            # What was undone by the feed that is undone now holds again.
            connection.execute(update(feed).where(feed.c.undone_by == self._undone).values(undone_by=None))
            connection.execute(update(feed).where(feed.c.id == self._undone).values(undone_by=self._id))
            connection.execute(_AS_OF, {"id": self._undone})


class _Batch:
    """Takes back the records of one batch of feed `undone`.

    `mine` are the feeds whose versions are taken back, `position` how many records were before the batch.
    """

    def __init__(
        self,
        cursor: Cursor[Any],
        undone: int,
        mine: Collection[int],
        position: int,
        standings: Mapping[str, bytes],
    ) -> None:
        self._cursor = cursor
        self._file = _name(undone)
        self._mine = mine
        self._began = self._position = position
        self._standings = standings
        self._timepoint = last_of(cursor, "change", "timepoint")
        self._blocks = BlockBuilder(last_of(cursor, "source_block", "id") + 1)
        self._heads: dict[str, Head] = {}
        self._bodies: Mapping[int, bytes] = {}
        self._makers: dict[int, int] = {}
        self._before: list[HeadBefore] = []
        self._changes: list[ChangeRow] = []
        self._left: list[tuple[int, Rejected]] = []
        self._tallies: Counter[tuple[int, Plain]] = Counter()

    def take_back(self, before: Before) -> list[Outcome]:
        """Decide what becomes of each record, in the order of `Before.ids`."""
        self._heads = fetch_heads(self._cursor, before.ids, ("",))
        newest = {head.timepoint for head in self._heads.values()}
        self._makers = _makers(self._cursor, newest)
        wanted = newest | {was.timepoint for was in before.touched}
        self._bodies = fetch_bodies(self._cursor, wanted, ("",))
        outcomes = [self._one(self._heads[was.id], was) for was in before.touched]
        return outcomes + [self._one(self._heads[identity], None) for identity in before.created]

    def write(self, feed_id: int) -> None:
        """Write everything that `take_back` decided."""
        cursor = self._cursor
        first = self._changes[0].timepoint if self._changes else None
        copy_changes(cursor, self._changes)
        update_heads(cursor, [self._heads[was.id] for was in self._before])
        writing.insert_blocks(cursor, self._blocks.finish(), feed_id, batch_time(cursor), first)
        writing.insert_quarantined(cursor, feed_id, self._left)
        writing.add_tallies(cursor, self._tallies)
        touched = [
            msgspec.structs.replace(was, standing_after=self._heads[was.id].standing_bytes)
            for was in self._before
        ]
        insert_before(cursor, feed_id, self._began, Before(touched, []))

    def _one(self, head: Head, was: HeadBefore | None) -> Outcome:
        self._position += 1
        if was is not None and head.timepoint == was.timepoint:
            return self._forget(head, was)
        maker = self._makers[head.timepoint]
        if maker not in self._mine:
            self._left.append((self._position, _left(self._file, self._position, head.id, maker)))
            return "quarantined"
        self._before.append(head_before(head))
        deleted = was is None or was.deleted
        is_same = head.deleted == deleted and (
            deleted or was is None or head.content_hash == was.content_hash
        )
        if not head.deleted:
            self._tallies[head.office_right_id, head.status] -= 1
        previous, body = head.timepoint, self._bodies[head.timepoint if was is None else was.timepoint]
        _put_back(head, was)
        if not head.deleted:
            self._tallies[head.office_right_id, head.status] += 1
        if is_same:
            return "unchanged"
        self._change(head, previous, body)
        return "deleted" if deleted else "updated"

    def _forget(self, head: Head, was: HeadBefore) -> Outcome:
        """The feed said nothing new of the record, but maybe how new it is."""
        if head.standing_bytes == self._standings.get(head.id, was.standing_after):
            self._before.append(head_before(head))
            _put_back(head, was)
        return "unchanged"

    def _change(self, head: Head, previous: int, body: bytes) -> None:
        """A new version with this content."""
        content = unpack(body)
        record = decode_record(content)
        operation: Operation = "delete" if head.deleted else "upsert"
        source = _deletion(record) if head.deleted else content
        block, entry = self._blocks.add(
            Statement(operation, record, None, "", self._file, self._position, None, None, source)
        )
        self._timepoint += 1
        head.timepoint = self._timepoint
        head.version += 1
        logged = "delete" if head.deleted else "update"
        self._changes.append(
            ChangeRow(
                head.timepoint, previous, block, entry, head.version, logged, head.id, head.standing_bytes,
                body,
            )
        )  # fmt: skip


def _put_back(head: Head, was: HeadBefore | None) -> None:
    """The head as it was, but for its version; of a record that was never held: as deleted by nobody."""
    if was is None:
        head.origin = head.position = head.source_hash = 0
        head.deleted, head.standing_bytes = True, b""
        return
    head.content_hash, head.source_hash = was.content_hash, was.source_hash
    head.origin, head.position = was.origin, was.position
    head.status, head.filed, head.deleted = was.status, was.filed, was.deleted
    head.standing_bytes = was.standing


def _deletion(record: Record) -> bytes:
    """The delete of a record as our own format has it."""
    told = {"office": record.office, "right": record.right, "applicationNumber": record.application_number}
    if record.design_number:
        told["designNumber"] = record.design_number
    return msgspec.json.encode({**told, "operation": "delete"})


def _name(undone: int) -> str:
    return f"undo of feed {undone}"


def _left(file: str, number: int, identity: str, maker: int) -> Rejected:
    return Rejected(
        "changed-since",
        f"{identity} was changed since by feed {maker}, and is left as that one has it",
        f"undo feed {maker} first where that is not wanted",
        file,
        number,
        None,
        None,
        identity.encode(),
    )


def _all_touched(cursor: Cursor[Any], feed_id: int) -> _Touched:
    seen: set[str] = set()
    standings: dict[str, bytes] = {}
    for before in read_before(cursor, feed_id):
        standings.update((head.id, head.standing_after) for head in before.touched if head.id in seen)
        seen.update(before.ids)
    return _Touched(len(seen), standings)


def _makers(cursor: Cursor[Any], timepoints: Collection[int]) -> dict[int, int]:
    """The feeds that made these versions."""
    cursor.execute(
        "SELECT change.timepoint, source_block.feed_id FROM change"
        " JOIN source_block ON source_block.id = change.block_id WHERE change.timepoint = ANY(%s)",
        (list(timepoints),),
    )
    return dict(cursor)


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
            AND office_right.office || ':' || office_right."right" = ANY (earlier.covers)
    )
    FROM feed
    WHERE feed.id = :id AND office_right.office || ':' || office_right."right" = ANY (feed.covers)
    """
)
