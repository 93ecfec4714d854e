"""The index follows the register: changes are drained into it in their order, new and deleted records first
where it is far behind, and it can be built anew at any time.

How far an index is stands in the register, written after the index's own commit. A kill between the two
replays some changes, which changes nothing: a document replaces the one with its id, and never one of a
later timepoint.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from sqlalchemy import text

from register.collector import patient_collector
from register.spelling import spelling_key
from register.store.applicants import last_move, moves_after
from register.store.changes import last_timepoint, newest_after, newest_of
from register.store.database import Database
from register.store.index_states import forget, mark_moves, mark_reached, moves_reached, reached
from register.store.locks import INDEX_LOCK
from search.engine import Engine, Everything, Order, Term, Writer, schema_of
from search.fields import SCHEMA_VERSION
from search.filling import BATCH, Filling

log = logging.getLogger("ipregister.index")

# Under load a commit costs readers a reload and the writer a segment; a user who waits for it sees it in
# two seconds.
_COMMIT_DOCUMENTS = 20_000
_COMMIT_SECONDS = 2.0
_KEPT_INDEXES = 2
_MOVES_AT_ONCE = 500
_OLDEST_FIRST = Order("timepoint", descending=False)


class Drained(NamedTuple):
    """How many changes went into the index, and up to which timepoint it now holds everything."""

    changes: int
    timepoint: int


class RebuildError(Exception):
    """The new index does not hold what the register holds; the live one is left as it is."""


@contextmanager
def leading(database: Database) -> Iterator[bool]:
    """Whether this process alone may write the index until the block ends, however the process ends."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lead = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": INDEX_LOCK}))
        try:
            yield lead
        finally:
            connection.invalidate()


def _unsaid(_: int) -> None:
    """Nobody wants to know how far it is."""


class Indexer:
    """Writes the live index; only for the process that leads (`leading`), and for one thread of it."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine
        self._writer: Writer | None = None
        self._name: str | None = None
        self._filling = Filling(database)

    def ensure_live(self) -> str:
        """The name of the live index, made where there is none, and anew where its fields are old."""
        live = self._engine.live()
        if live is None:
            if self._database.read(last_timepoint) == 0:
                live = self._engine.create()
                self._engine.make_live(live)
                return live
            return self.rebuild()
        if schema_of(live) != SCHEMA_VERSION:
            log.info("the index %s has the fields of another version; building it anew", live)
            return self.rebuild()
        return live

    def drain(self, stop: Callable[[], bool] = lambda: False) -> Drained:
        """Bring the live index up to the newest change, committing on the way, until `stop` says so."""
        name = self.ensure_live()
        writer = self._writer_of(name)
        start = position = self._database.read(lambda connection: reached(connection, name))
        count = pending = 0
        committed = time.monotonic()
        with patient_collector():
            for step in self._filling.follow(writer, position, stop, early=True):
                position = step.timepoint
                count += step.changes
                pending += step.documents
                if pending >= _COMMIT_DOCUMENTS or time.monotonic() - committed >= _COMMIT_SECONDS:
                    self._commit(writer, name, position)
                    pending, committed = 0, time.monotonic()
        if pending or position != start:
            self._commit(writer, name, position)
        return Drained(count + self._follow_moves(writer, name, stop), position)

    def _follow_moves(self, writer: Writer, name: str, stop: Callable[[], bool] = lambda: False) -> int:
        """Write those records anew of which a spelling has moved to another applicant; how many.

        All that was indexed before is committed, and what comes later knows the move.
        """
        reached_move = self._database.read(lambda connection: moves_reached(connection, name))
        count = 0
        while not stop():
            moves = self._database.read(partial(moves_after, number=reached_move, limit=_MOVES_AT_ONCE))
            if not moves:
                break
            count += self._write_moved(writer, name, [spelling for _, spelling in moves])
            reached_move = moves[-1][0]
            writer.commit()
            with self._database.writing() as connection:
                mark_moves(connection, name, reached_move)
        return count

    def _write_moved(self, writer: Writer, name: str, spellings: Sequence[int]) -> int:
        reader = self._engine.reader_of(name)
        clause = Term("spelling", tuple(map(spelling_key, dict.fromkeys(spellings))))
        count, after = 0, None
        while hits := reader.find(clause, _OLDEST_FIRST, BATCH, after).hits:
            found = self._database.read(partial(newest_of, ids=[hit.id for hit in hits]))
            self._filling.put(writer, found)
            count += len(found)
            after = hits[-1].after
        return count

    def rebuild(self, progress: Callable[[int], None] = _unsaid) -> str:
        """Build a new index beside the live one, catch up, compare the counts, and put it in its place in
        one step.

        Readers notice nothing. The index before is kept, older ones and half-made ones are dropped. Raises
        `RebuildError`.
        """
        self.close()
        self._drop_remains()
        name = self._engine.create()
        writer = self._engine.writer(name)
        position = count = 0
        moved = self._database.read(last_move)
        try:
            with patient_collector():
                for step in self._filling.follow(writer, position):
                    position = step.timepoint
                    count += step.changes
                    progress(count)
            writer.commit()
        finally:
            writer.close()
        self._compare_counts(name, position)
        with self._database.writing() as connection:
            mark_reached(connection, name, position)
            # What moved while it was built is followed from then on.
            mark_moves(connection, name, moved)
        self._engine.make_live(name)
        self._drop_remains()
        return name

    def close(self) -> None:
        """Let go of the index."""
        self._filling.close()
        if self._writer is not None:
            self._writer.close()
        self._writer = self._name = None

    def _writer_of(self, name: str) -> Writer:
        if self._writer is None or self._name != name:
            self.close()
            self._writer, self._name = self._engine.writer(name), name
        return self._writer

    def _commit(self, writer: Writer, name: str, position: int) -> None:
        writer.commit()
        with self._database.writing() as connection:
            mark_reached(connection, name, position)

    def _compare_counts(self, name: str, position: int) -> None:
        held = self._engine.reader_of(name).count(Everything())
        wanted = self._database.read(
            lambda connection: connection.scalar(
                text("SELECT count(*) FROM record WHERE NOT deleted AND timepoint <= :position"),
                {"position": position},
            )
        )
        changed = self._database.read(lambda connection: newest_after(connection, position, 1))
        if held != wanted and not changed:
            raise RebuildError(f"the new index holds {held} records, the register {wanted}")

    def _drop_remains(self) -> None:
        """Drop half-made indexes and all but the last ones that were live."""
        live = self._engine.live()
        older = [name for name in self._engine.names() if live is None or name < live]
        unfinished = [name for name in self._engine.names() if live is None or name > live]
        for name in (*older[: max(0, len(older) - _KEPT_INDEXES + 1)], *unfinished):
            self._engine.drop(name)
            with self._database.writing() as connection:
                forget(connection, name)


def is_caught_up(database: Database, engine: Engine, timepoint: int) -> bool:
    """Whether the live index holds every change up to a timepoint, with applicants as they are resolved."""
    live = engine.live()
    if live is None:
        return timepoint == 0
    return database.read(
        lambda connection: (
            reached(connection, live) >= timepoint
            and moves_reached(connection, live) >= last_move(connection)
        )
    )
