"""All records of an office, or of one right of it, brought to what they would be had everything been read by
the tables of now, in batches from a checkpoint on.

What is to be is a `Shadow`. Others may change the register meanwhile: before each batch, what was taken in
since is folded into the shadow too, under the lock that all changes take.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from psycopg import Cursor

from register.identity import SHORT_RIGHTS
from register.model import Record
from register.statement import Envelope, Statement
from register.store import writing
from register.store.counts import Counts, counted
from register.store.database import driver
from register.store.decide import OVER
from register.store.delivered_files import formats_of
from register.store.feeds import Feed, note_file
from register.store.guard import Ended, held_before
from register.store.kept_sources import KeptBlock, Scope, kept_blocks, last_block, sources_at
from register.store.locks import CHANGE_LOCK
from register.store.quarantine import Quarantined, find_quarantined
from register.store.rehearsal import Rehearsed
from register.store.reprocess_batch import Place, ReprocessedBatch
from register.store.shadow import SHADOW, Shadow, Told, item_at, settle_items
from register.store.tasks import name_again
from register.store.upsert import checkpoint

_AT_ONCE = 1000
_BLOCKS_AT_ONCE = 4
_HALF = 0.5


class Reader(Protocol):
    """Reads sources again."""

    def read(self, blocks: Sequence[KeptBlock]) -> Iterable[Told]:
        """What the sources of these blocks say now, and before them what stands in quarantine of before."""
        ...

    def rest(self) -> Iterable[Told]:
        """What stands in quarantine after the last source."""
        ...


class Reprocessing:
    """One reprocessing that this process has claimed and begun. Not to be shared between threads; begin
    anew, with another shadow, after an error.
    """

    def __init__(self, shadow: Shadow, feed: Feed, scope: Scope, reader: Reader) -> None:
        self._feed = feed
        self._scope = scope
        self._reader = reader
        self._block = 0
        self._rehearsed = Rehearsed() if feed.dry_run else None
        self._noted: set[str] = set()
        self._handled = 0
        self._whole = 1
        self.shadow = shadow
        self._real = shadow.real
        prefix = "-".join(filter(None, (scope.office.lower(), scope.right and SHORT_RIGHTS[scope.right])))
        self._range = {"low": f"{prefix}-", "high": f"{prefix}."}

    def fold(self) -> bool:
        """Read some more of what was delivered; whether there is more. Raises `FeedStateError`."""
        with self.shadow.connection.begin():
            cursor = driver(self.shadow.connection).cursor()
            checkpoint(cursor, self._feed.id)
            if self._fold(cursor):
                share = _HALF * self._block / max(1, last_block(self.shadow.connection))
                cursor.execute("UPDATE feed SET progress = %s WHERE id = %s", (share, self._feed.id))
                return True
            self._take(cursor, self._reader.rest())
            cursor.execute("ANALYZE pg_temp.record")
            row = cursor.execute(_WHOLE.format(self._real), self._range).fetchone()
            self._whole = max(1, row[0] if row is not None else 1)
            return False

    def ended(self) -> dict[int, Ended]:
        """What of the records held would be deleted, or become expired or ended."""
        with self.shadow.connection.begin():
            held = held_before(self.shadow.connection)
            cursor = driver(self.shadow.connection).cursor()
            cursor.execute(_ENDED.format(self._real), {**self._range, "over": list(OVER)})
            ended = dict(cursor.fetchall())
        return {key: Ended(one.office, one.right, one.held, ended.get(key, 0)) for key, one in held.items()}

    def apply(self) -> bool:
        """Bring the next records to what they would be, all or none; whether there were any. Raises
        `FeedStateError`.
        """
        with self.shadow.connection.begin():
            cursor = driver(self.shadow.connection).cursor()
            if self._rehearsed is None:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (CHANGE_LOCK,))
            position = checkpoint(cursor, self._feed.id)
            while self._fold(cursor):
                pass
            # From here on what is not told to be the shadow's is the register's.
            cursor.execute(f"SET LOCAL search_path TO {self._real[:-1]}, pg_temp")
            counts = self._begin(cursor, position)
            after = self._reached(cursor)
            cursor.execute(_PAGE.format(self._real), {**self._range, "after": after, "limit": _AT_ONCE})
            ids = [row[0] for row in cursor]
            if ids:
                counts += self._apply(cursor, ids, position + counts.read)
            self._handled += len(ids)
            share = _HALF + _HALF * min(1.0, self._handled / self._whole)
            writing.add_counts(cursor, self._feed.id, counts, self._scope.covers if ids else (), share)
            reached = ids[-1] if ids else after
            cursor.execute("UPDATE feed SET reached = %s WHERE id = %s", (reached, self._feed.id))
        return bool(ids)

    def _fold(self, cursor: Cursor[Any]) -> bool:
        blocks = kept_blocks(self.shadow.connection, self._scope, self._block, _BLOCKS_AT_ONCE)
        if not blocks:
            return False
        self._take(cursor, self._reader.read(blocks))
        self._block = blocks[-1].id
        return True

    def _take(self, cursor: Cursor[Any], told: Iterable[Told]) -> None:
        coming = iter(told)
        while some := list(islice(coming, _AT_ONCE)):
            self.shadow.fold(cursor, some)

    def _reached(self, cursor: Cursor[Any]) -> str:
        row = cursor.execute("SELECT reached FROM feed WHERE id = %s", (self._feed.id,)).fetchone()
        return (row[0] if row is not None else None) or ""

    def _begin(self, cursor: Cursor[Any], position: int) -> Counts:
        """With the first batch, tell what was refused and what was taken of the quarantine."""
        row = cursor.execute("SELECT reached IS NULL FROM feed WHERE id = %s", (self._feed.id,)).fetchone()
        if row is None or not row[0]:
            return Counts()
        settle_items(cursor, self._feed.id, position, resolves=self._rehearsed is None)
        return Counts(read=self.shadow.refused, quarantined=self.shadow.refused)

    def _apply(self, cursor: Cursor[Any], ids: Sequence[str], position: int) -> Counts:
        cursor.execute("SELECT id FROM pg_temp.left_alone WHERE id = ANY(%s)", (ids,))
        left = frozenset(row[0] for row in cursor)
        is_rehearsal = self._rehearsed is not None
        batch = ReprocessedBatch(cursor, self._real, self._feed.id, position, is_rehearsal=is_rehearsal)
        batch.decide(ids, left, self._sources)
        if self._rehearsed is None:
            batch.write()
        else:
            self._rehearsed.add(
                cursor, self._feed.id, position, batch.items, batch.outcomes, batch, (self._real,)
            )
        return counted(batch.outcomes)

    def _sources(self, places: Sequence[Place]) -> Mapping[Place, Statement]:
        """The sources at these places, called by what they are called in this feed."""
        connection = self.shadow.connection
        found: dict[Place, Statement] = {}
        files: dict[str, tuple[int, str]] = {}
        for kept in sources_at(connection, [place for place in places if place[0] > 0]):
            file, number, line, offset = kept.source.place
            name = file if kept.is_again else name_again(kept.feed_id, file)
            files[name] = (kept.feed_id, file)
            found[kept.block, kept.entry] = _source(
                name, number, line, offset, kept.source.data, kept.source.envelope
            )
        for place in places:
            identity = item_at(*place)
            item = None if identity is None else find_quarantined(connection, identity)
            if item is not None:
                name = name_again(item.feed_id, item.file)
                files[name] = (item.feed_id, item.file)
                found[place] = _of_item(name, item)
        new = {name: file for name, file in files.items() if name not in self._noted}
        formats = formats_of(connection, new.values())
        for name, came_from in new.items():
            note_file(connection, self._feed.id, name, format_name=formats.get(came_from))
        self._noted.update(new)
        return found


def _source(
    file: str, number: int, line: int | None, offset: int | None, data: bytes, envelope: Envelope
) -> Statement:
    return Statement("upsert", _NO_RECORD, None, "", file, number, line, offset, data, envelope)


def _of_item(name: str, item: Quarantined) -> Statement:
    return _source(name, item.number, item.line, item.offset, item.record, Envelope(*item.around))


_NO_RECORD = Record(id="", office="", right="trademark", application_number="")
_PAGE = f"""
    SELECT id FROM (
        (SELECT id FROM {{}}record WHERE id > %(after)s AND id >= %(low)s AND id < %(high)s
            ORDER BY id LIMIT %(limit)s)
        UNION
        (SELECT id FROM {SHADOW}record WHERE id > %(after)s AND id >= %(low)s AND id < %(high)s
            ORDER BY id LIMIT %(limit)s)
    ) AS page ORDER BY id LIMIT %(limit)s
"""
_WHOLE = f"""
    SELECT (SELECT count(*) FROM {{0}}record WHERE id >= %(low)s AND id < %(high)s) + (
        SELECT count(*) FROM {SHADOW}record AS would
        WHERE would.id >= %(low)s AND would.id < %(high)s
            AND NOT EXISTS (SELECT FROM {{0}}record AS held WHERE held.id = would.id)
    )
"""
_ENDED = f"""
    SELECT held.office_right_id, count(*) FROM {{}}record AS held
    LEFT JOIN {SHADOW}record AS would ON would.id = held.id
    WHERE held.id >= %(low)s AND held.id < %(high)s AND NOT held.deleted
        AND NOT EXISTS (SELECT FROM pg_temp.left_alone WHERE left_alone.id = held.id)
        AND (
            would.id IS NULL OR would.deleted
            OR would.status::text = ANY(%(over)s) AND NOT held.status::text = ANY(%(over)s)
        )
    GROUP BY held.office_right_id
"""
