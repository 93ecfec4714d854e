"""A feed rehearsed: the same finding and deciding as in earnest, over temporary tables that hide the real
ones.

The register is only read. What is written is the report: the counts of the feed, its quarantine and quality,
what it would change, and whether it would be held.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from psycopg import Cursor, sql

from register.store import writing
from register.store.copying import copy_changes, copy_heads
from register.store.database import Database, driver
from register.store.decide import Decision
from register.store.feeds import Feed
from register.store.finding import Item, OfficeRights, find, office_rights_of
from register.store.guard import Guard, MassEndingError
from register.store.rehearsal import Rehearsed, note_held
from register.store.upsert import Applied, FeedMovedError, checkpoint, report

_OVERLAID = ("record", "change", "publication")
# Its versions are numbered from here, so that none is taken for one that is applied meanwhile.
_FAR = 1 << 62


class DryRun:
    """Like `Upsert`, for a feed with `dry_run`. It starts anew after an error; close it in the end.

    Where the guard refuses a batch, that is written down and the dry run goes on unguarded.
    """

    def __init__(self, database: Database, feed: Feed, guard: Guard | None = None) -> None:
        self.position = 0
        self._guard = guard
        self._rehearsed = Rehearsed()
        self._feed = feed
        self._office_rights: OfficeRights = {}
        # Temporary tables belong to a connection, so it is kept.
        self._connection = database.engine.connect()
        with self._connection.begin():
            cursor = driver(self._connection).cursor()
            real = cursor.execute("SELECT quote_ident(current_schema())").fetchone()
            assert real is not None
            self._real = f"{real[0]}."
            for table in _OVERLAID:
                cursor.execute(
                    sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {} INCLUDING INDEXES)").format(
                        sql.Identifier(table), sql.SQL(f"{self._real}{table}")
                    )
                )

    def apply(self, items: Sequence[Item], share: float | None = None) -> Applied:
        """What applying the next items would do. Raises as `Upsert.apply` does."""
        with self._connection.begin():
            cursor = driver(self._connection).cursor()
            held = checkpoint(cursor, self._feed.id)
            if held != self.position:
                raise FeedMovedError(f"feed {self._feed.id} is at record {held}, not at {self.position}")
            for pair in office_rights_of(items):
                self._office_rights.setdefault(pair, -1 - len(self._office_rights))
            schemas = ("pg_temp.", self._real)
            found = find(cursor, items, schemas, self._office_rights)
            found = found._replace(timepoint=max(found.timepoint, _FAR))
            decision = Decision(self._feed.origin, self.position, found)
            outcomes = [decision.take(item) for item in items]
            self._rehearsed.add(cursor, self._feed.id, held, items, outcomes, decision, schemas)
            self._overlay(cursor, decision)
            self._watch(cursor, decision)
            applied = report(cursor, self._feed.id, held, items, outcomes, decision, share)
        self.position += len(items)
        return applied

    def close(self) -> None:
        # The tables end with the connection; the pool gets no such one back.
        self._connection.invalidate()
        self._connection.close()

    def __enter__(self) -> "DryRun":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _watch(self, cursor: Cursor[Any], decision: Decision) -> None:
        if self._guard is None:
            return
        try:
            self._guard.add(cursor, self._feed.id, decision.ended)
        except MassEndingError as error:
            note_held(cursor, self._feed.id, str(error))
            self._guard = None

    def _overlay(self, cursor: Cursor[Any], decision: Decision) -> None:
        heads = [*decision.new_heads(), *decision.touched_heads()]
        copy_changes(cursor, decision.changes)
        if heads:
            cursor.execute("DELETE FROM record WHERE id = ANY(%s)", ([head.id for head in heads],))
        copy_heads(cursor, heads)
        writing.upsert_publications(cursor, decision.publications)
