"""What a feed would delete or end, found by reading it before anything is applied.

Only the heads of the records are looked at. A statement older than what is held counts for nothing; one that
gives a record back counts against the one that took it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from psycopg import Cursor

from register.statement import Statement
from register.store.database import Database, driver
from register.store.decide import OVER, names_publication_only, usable
from register.store.finding import Item
from register.store.guard import Ended, held_before
from register.store.heads import Head, fetch_heads
from register.store.packing import checksum
from register.store.publications import fetch_applications, publication_key


class Weighing:
    """Adds up a feed, batch by batch. `items` is how many records it was shown, `worst` how many of them
    deleted or ended a record that was held, `amending` how many said something else of one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held = database.read(held_before)
        self._over: dict[str, int] = {}
        self.items = 0
        self.worst = 0
        self.amending = 0

    @property
    def before(self) -> dict[int, Ended]:
        """What was held before the feed."""
        return dict(self._held)

    def add(self, items: Sequence[Item]) -> None:
        """Weigh the next source records."""
        statements = [item for item in items if isinstance(item, Statement)]
        heads, applications = self._database.read(
            lambda connection: _look(driver(connection).cursor(), statements)
        )
        for said in statements:
            identity: str | None = said.record.id
            if names_publication_only(said):
                identity = applications.get(publication_key(said.record.publications[0]))
            head = None if identity is None else heads.get(identity)
            if head is not None:
                self._weigh(head, said)
                self.amending += not head.deleted and checksum(said.source) != head.source_hash
        self.items += len(items)

    def ended(self) -> dict[int, Ended]:
        """What the feed, as far as it was shown, would end of what was held."""
        ended: dict[int, int] = {}
        for office_right in self._over.values():
            ended[office_right] = ended.get(office_right, 0) + 1
        return {
            identity: msgspec.structs.replace(one, ended=ended.get(identity, 0))
            for identity, one in self._held.items()
        }

    def _weigh(self, head: Head, said: Statement) -> None:
        if head.deleted or (said.stamp and said.stamp < head.standing.newest):
            return
        if said.operation == "patch" and "status" not in (said.given or ()):
            return
        deletes = said.operation == "delete"
        ends = said.record.status.plain in OVER and head.status not in OVER
        if deletes or ends:
            self._over[head.id] = head.office_right_id
            self.worst += 1
        else:
            self._over.pop(head.id, None)


def _look(
    cursor: Cursor[Any], statements: Sequence[Statement]
) -> tuple[Mapping[str, Head], Mapping[str, str]]:
    keys = {
        publication_key(said.record.publications[0]) for said in statements if names_publication_only(said)
    }
    keys = set(filter(usable, keys))
    applications = fetch_applications(cursor, keys, ("",)) if keys else {}
    ids = {said.record.id for said in statements if usable(said.record.id)}
    return fetch_heads(cursor, ids | set(applications.values()), ("",)), applications
