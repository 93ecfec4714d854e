"""A feed rehearsed: the same finding and deciding as in earnest, over temporary tables that hide the real
ones.

The register is only read. What is written is the report: the counts of the feed and its quarantine.
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
from register.store.upsert import Applied, FeedMovedError, checkpoint, report

_OVERLAID = ("record", "change", "publication")


class DryRun:
    """Like `Upsert`, for a feed with `dry_run`. It starts anew after an error; close it in the end."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self.position = 0
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
            found = find(cursor, items, ("pg_temp.", self._real), self._office_rights)
            decision = Decision(self._feed.origin, self.position, found)
            outcomes = [decision.take(item) for item in items]
            self._overlay(cursor, decision)
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

    def _overlay(self, cursor: Cursor[Any], decision: Decision) -> None:
        heads = [*decision.new_heads(), *decision.touched_heads()]
        copy_changes(cursor, decision.changes)
        cursor.execute("DELETE FROM record WHERE id = ANY(%s)", ([head.id for head in heads],))
        copy_heads(cursor, heads)
        writing.upsert_publications(cursor, decision.publications)
