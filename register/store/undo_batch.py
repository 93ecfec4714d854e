"""One batch of a feed that is taken back: what becomes of each record, and how it is written down."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from psycopg import Cursor

from register.model import Plain, Record, decode_record
from register.statement import Operation, Rejected, Statement
from register.store import writing
from register.store.before import Before, HeadBefore, head_before, insert_before
from register.store.blocks import BlockBuilder
from register.store.copying import copy_changes, update_heads
from register.store.counts import Outcome
from register.store.decide import ChangeRow
from register.store.finding import batch_time, last_of
from register.store.heads import Head, fetch_bodies, fetch_heads
from register.store.makers import makers_of
from register.store.packing import unpack


class UndoneBatch:
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
        self._file = undo_name(undone)
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
        self._makers = makers_of(self._cursor, newest)
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
            self._left.append((self._position, left_as_it_is(self._file, self._position, head.id, maker)))
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


def undo_name(undone: int) -> str:
    return f"undo of feed {undone}"


def left_as_it_is(file: str, number: int, identity: str, maker: int) -> Rejected:
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
