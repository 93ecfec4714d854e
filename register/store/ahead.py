"""New records and deletes of a feed taken before its turn.

Only what can be taken without knowing what stands before it in the queue: a whole record of a right that was
never held, and the delete of one that is held. The feed is read again, whole and in order, when its turn
comes, so what stands in the end is what the order of delivery says, whatever the feeds before it say of the
same records. When the turn comes such a record counts as what it did.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from register.statement import Statement
from register.store.counts import Outcome
from register.store.database import Database, driver
from register.store.decide import Decision, names_publication_only, usable
from register.store.feed_queue import looked_through
from register.store.feeds import Feed, FeedStateError
from register.store.finding import OfficeRights, ensure_office_rights, find, office_rights_of
from register.store.guard import Guard
from register.store.heads import Head, fetch_heads
from register.store.locks import CHANGE_LOCK
from register.store.upsert import write_decision

Placed = tuple[int, Statement]
"""A statement, and which source record of its feed it is."""


class AheadUpsert:
    """Takes what may go ahead of one feed that this process has claimed; `mapping` is the version by which it
    is read.
    """

    def __init__(self, database: Database, feed: Feed, mapping: str, guard: Guard | None = None) -> None:
        self._database = database
        self._feed = feed
        self._mapping = mapping
        self._guard = guard
        self._office_rights: OfficeRights = {}

    def take(self, placed: Sequence[Placed]) -> int:
        """Take those that may go ahead; how many did. Of each record the first statement of the feed only may
        be given.

        Raises `MassEndingError`, with nothing of them taken, and `FeedStateError` where the feed has ended.
        """
        ids = {said.record.id for _, said in placed if usable(said.record.id)}
        heads = self._database.read(lambda connection: fetch_heads(driver(connection).cursor(), ids, ("",)))
        ahead = [one for one in placed if _may_go_ahead(heads.get(one[1].record.id), one[1])]
        if not ahead:
            return 0
        try:
            with self._database.writing() as connection:
                return self._take(driver(connection).cursor(), ahead)
        except BaseException:
            # What it knew of may have been rolled back.
            self._office_rights.clear()
            raise

    def finish(self) -> None:
        """Write down that it was looked through."""
        with self._database.writing() as connection:
            looked_through(connection, self._feed.id)

    def _take(self, cursor: Cursor[Any], ahead: Sequence[Placed]) -> int:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (CHANGE_LOCK,))
        self._require_open(cursor)
        said = [statement for _, statement in ahead]
        ensure_office_rights(cursor, office_rights_of(said), self._office_rights)
        decision = Decision(self._feed.id, 0, find(cursor, said, ("",), self._office_rights))
        outcomes: list[Outcome] = []
        for place, statement in ahead:
            if _may_go_ahead(decision.head_of(statement), statement):
                decision.position = place - 1
                outcomes.append(decision.take(statement))
        taken = sum(outcome in ("created", "deleted") for outcome in outcomes)
        write_decision(cursor, self._feed.id, self._position(cursor), decision)
        if self._guard is not None:
            self._guard.add(cursor, self._feed.id, decision.ended)
        cursor.execute(
            "UPDATE feed SET ahead = coalesce(ahead, 0) + %s, keeps_before = true,"
            " mapping = coalesce(mapping, %s) WHERE id = %s",
            (taken, self._mapping, self._feed.id),
        )
        return taken

    def _require_open(self, cursor: Cursor[Any]) -> None:
        row = cursor.execute("SELECT state FROM feed WHERE id = %s FOR UPDATE", (self._feed.id,)).fetchone()
        if row is None or row[0] not in ("queued", "reading"):
            raise FeedStateError(f"feed {self._feed.id} is {'gone' if row is None else row[0]}")

    def _position(self, cursor: Cursor[Any]) -> int:
        """Where what was held before the batch is written down: before everything of the feed's own turn, in
        the order of the batches.
        """
        row = cursor.execute(
            "SELECT coalesce(max(position), -1 - (1 << 30)) FROM feed_before"
            " WHERE feed_id = %s AND position < 0",
            (self._feed.id,),
        ).fetchone()
        assert row is not None
        return int(row[0]) + 1


def _may_go_ahead(head: Head | None, said: Statement) -> bool:
    if said.operation == "upsert":
        return head is None
    return (
        said.operation == "delete"
        and not names_publication_only(said)
        and head is not None
        and not head.deleted
    )
