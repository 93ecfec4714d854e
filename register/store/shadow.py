"""A register beside the register, in temporary tables: what would be held if everything that an office
delivered were read now. It is empty at first, belongs to one connection, and ends with it.
"""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple

from psycopg import Cursor, sql
from sqlalchemy import Connection

from register.statement import Rejected, Statement
from register.store import writing
from register.store.blocks import Block, BlockBuilder
from register.store.copying import copy_changes, copy_heads
from register.store.database import Database, driver
from register.store.decide import Decision, usable
from register.store.finding import OfficeRights, find, office_rights_of
from register.store.heads import Head, fetch_heads
from register.store.packing import pack, storable

SHADOW = "pg_temp."
"""The prefix of its tables."""

_TABLES = ("record", "change", "publication")
_REFUSED = """
    CREATE TEMPORARY TABLE refused (
        position integer, file text, number integer, line integer, "offset" bigint, code text, reason text,
        mend text, source bytea, before integer, after integer, item bigint
    )
"""
_TAKEN = "CREATE TEMPORARY TABLE taken (item bigint)"
# Which feed was the last to bring the very same as one before it.
_SAID_AGAIN = """
    SELECT origin, max(id) FROM {}feed
    WHERE state = 'done' AND NOT dry_run AND undone_by IS NULL AND origin <> id GROUP BY origin
"""
_LEFT = 'CREATE TEMPORARY TABLE left_alone (id text COLLATE "C" PRIMARY KEY)'


class Told(NamedTuple):
    """What a source says now, where that source is (an entry of a block, or an item of the quarantine), and
    the feed that brought it.
    """

    said: Statement | Rejected
    block: int
    entry: int
    feed_id: int
    item: int | None = None
    is_readable: bool = True


def place_of_item(item: int) -> tuple[int, int]:
    """An item of the quarantine as block and entry, which no source of a block has."""
    return -1 - (item >> 31), item & 0x7FFFFFFF


def item_at(block: int, entry: int) -> int | None:
    """The item of the quarantine that such a place is, None where it is that of a block."""
    return (-1 - block) << 31 | entry if block < 0 else None


class _Places(BlockBuilder):
    """Keeps nothing, for the sources are kept; tells where."""

    here: tuple[int, int] = (0, 0)

    def add(self, item: Statement) -> tuple[int, int]:  # noqa: ARG002  # it is known where
        return self.here

    def finish(self) -> list[Block]:
        return []


class Shadow:
    """Takes what sources say, in their order. `refused` is how many were, by now."""

    def __init__(self, database: Database) -> None:
        self.refused = 0
        self._position = 0
        self._office_rights: OfficeRights = {}
        self.connection: Connection = database.engine.connect()
        with self.connection.begin():
            cursor = driver(self.connection).cursor()
            row = cursor.execute("SELECT quote_ident(current_schema())").fetchone()
            assert row is not None
            self.real = f"{row[0]}."
            for table in _TABLES:
                cursor.execute(
                    sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {} INCLUDING INDEXES)").format(
                        sql.Identifier(table), sql.SQL(f"{self.real}{table}")
                    )
                )
            cursor.execute(_REFUSED)
            cursor.execute(_TAKEN)
            cursor.execute(_SAID_AGAIN.format(self.real))
            self._said_again: dict[int, int] = dict(cursor.fetchall())
            cursor.execute(_LEFT)

    def fold(self, cursor: Cursor[Any], told: Sequence[Told]) -> None:
        """What holds after these, in a transaction of the connection."""
        statements = [one.said for one in told if isinstance(one.said, Statement)]
        for pair in office_rights_of(statements):
            self._office_rights.setdefault(pair, -1 - len(self._office_rights))
        decision = Decision(0, 0, find(cursor, statements, (SHADOW,), self._office_rights))
        decision.blocks = places = _Places(0)
        ids = [one.said.record.id for one in told if one.item is not None and isinstance(one.said, Statement)]
        held = fetch_heads(cursor, set(filter(usable, ids)), (self.real,)) if ids else {}
        refused: list[tuple[Rejected, int | None]] = []
        for one in told:
            if isinstance(one.said, Rejected):
                refused.append((one.said, one.item))
                continue
            if one.item is not None and self._is_overtaken(one, one.said, decision, held):
                continue
            places.here = (one.block, one.entry)
            self._position += 1
            decision.origin, decision.position = one.feed_id, self._position
            if decision.take(one.said) == "quarantined":
                refused.append((decision.quarantined[-1][1], one.item))
        heads = [*decision.new_heads(), *decision.touched_heads()]
        copy_changes(cursor, decision.changes)
        cursor.execute("DELETE FROM record WHERE id = ANY(%s)", ([head.id for head in heads],))
        copy_heads(cursor, heads)
        writing.upsert_publications(cursor, decision.publications)
        self._refuse(cursor, refused)
        items = {one.item for one in told if one.item is not None} - {item for _, item in refused}
        cursor.execute("INSERT INTO taken SELECT unnest(%s::bigint[])", (sorted(items),))
        self._leave(cursor, [one for one in told if not one.is_readable])

    def close(self) -> None:
        # The tables end with the connection; the pool gets no such one back.
        self.connection.invalidate()
        self.connection.close()

    def __enter__(self) -> "Shadow":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_overtaken(self, one: Told, said: Statement, decision: Decision, held: Mapping[str, Head]) -> bool:
        """Whether something that is not kept, for it said nothing new, has gone over an item of the
        quarantine since: a later stamp is known by the head of the record, the same delivery once more by its
        feed.
        """
        if said.stamp:
            head = held.get(said.record.id)
            return head is not None and said.stamp < head.standing.floor
        would = decision.head_of(said)
        return would is not None and self._said_again.get(would.origin, 0) > one.feed_id

    def _refuse(self, cursor: Cursor[Any], refused: Sequence[tuple[Rejected, int | None]]) -> None:
        rows = [
            (
                self.refused + n, storable(one.file), one.number, one.line, one.offset, one.code,
                storable(one.reason), storable(one.mend), pack(one.source), one.before, one.after, item,
            )
            for n, (one, item) in enumerate(refused, 1)
        ]  # fmt: skip
        self.refused += len(rows)
        cursor.executemany(
            "INSERT INTO refused VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", rows
        )

    def _leave(self, cursor: Cursor[Any], unreadable: Sequence[Told]) -> None:
        """Nobody can tell what these say of their records, so the records are left as they are."""
        places = [one for one in unreadable if one.block > 0]
        if places:
            cursor.execute(
                f"""
                INSERT INTO left_alone
                SELECT DISTINCT change.record_id FROM {self.real}change AS change
                JOIN unnest(%s::integer[], %s::integer[]) AS place (block, entry)
                    ON place.block = change.block_id AND place.entry = change.entry
                ON CONFLICT DO NOTHING
                """,
                ([one.block for one in places], [one.entry for one in places]),
            )


def settle_items(cursor: Cursor[Any], feed_id: int, after: int, *, resolves: bool) -> None:
    """Tell everything that was refused with the feed, after so many of its records. Items of the quarantine
    that were taken are resolved by the feed, and those that no longer are stand open again, if it `resolves`.
    """
    cursor.execute(
        """
        INSERT INTO quarantine (
            feed_id, position, file, number, line, "offset", code, reason, mend, source, before, after, item
        )
        SELECT %s, %s + position, file, number, line, "offset", code, reason, mend, source, before, after,
            item
        FROM pg_temp.refused ORDER BY position
        """,
        (feed_id, after),
    )
    if not resolves:
        return
    cursor.execute(
        """
        INSERT INTO replay_item (feed_id, number, item)
        SELECT %(feed)s, row_number() OVER (ORDER BY taken.item), taken.item
        FROM pg_temp.taken JOIN quarantine ON quarantine.id = taken.item WHERE quarantine.resolved_at IS NULL
        ON CONFLICT DO NOTHING
        """,
        {"feed": feed_id},
    )
    cursor.execute(
        """
        UPDATE quarantine SET resolved_at = clock_timestamp(), resolved_by = %s
        FROM pg_temp.taken WHERE quarantine.id = taken.item AND quarantine.resolved_at IS NULL
        """,
        (feed_id,),
    )
    cursor.execute(
        """
        UPDATE quarantine SET resolved_at = NULL, resolved_by = NULL
        FROM pg_temp.refused WHERE quarantine.id = refused.item AND quarantine.resolved_at IS NOT NULL
        """
    )
