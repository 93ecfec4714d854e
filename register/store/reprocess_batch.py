"""Some records of an office as they are and as they would be by the tables of now: what changes, and that
written down.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from psycopg import Cursor

from register.merge import Standing
from register.model import Plain, Record, decode_record
from register.statement import Statement
from register.store import writing
from register.store.before import Before, HeadBefore, head_before, insert_before
from register.store.blocks import BlockBuilder
from register.store.copying import copy_changes, copy_heads, update_heads
from register.store.counts import Outcome
from register.store.decide import ChangeRow, usable
from register.store.finding import OfficeRights, batch_time, ensure_office_rights, last_of
from register.store.heads import Head, encode_standing, fetch_bodies, fetch_heads, filed_day
from register.store.packing import unpack
from register.store.publications import publication_key
from register.store.shadow import SHADOW

Place = tuple[int, int]
SourcesAt = Callable[[Sequence[Place]], Mapping[Place, Statement]]
"""The sources at these places, as statements without a record: where each stood, its bytes and envelope."""


class ReprocessedBatch:
    """Decides on the records of one batch; `left` are not touched. `heads`, `changes`, `items` and `outcomes`
    tell what comes of it: an item for each record, in their order.
    """

    def __init__(
        self, cursor: Cursor[Any], real: str, feed_id: int, position: int, *, is_rehearsal: bool
    ) -> None:
        self._is_rehearsal = is_rehearsal
        self.heads: dict[str, Head] = {}
        self.changes: list[ChangeRow] = []
        self.items: list[Statement] = []
        self.outcomes: list[Outcome] = []
        self._cursor = cursor
        self._real = real
        self._feed_id = feed_id
        self._position = position
        self._timepoint = last_of(cursor, f"{real}change", "timepoint")
        self._blocks = BlockBuilder(last_of(cursor, "source_block", "id") + 1)
        self._tallies: Counter[tuple[int, Plain]] = Counter()
        self._publications: dict[str, str] = {}
        self._before: list[HeadBefore] = []

    def decide(self, ids: Sequence[str], left: frozenset[str], sources: SourcesAt) -> None:
        """What becomes of each of these records."""
        self.heads = fetch_heads(self._cursor, ids, (self._real,))
        shadows = fetch_heads(self._cursor, ids, (SHADOW,))
        wanted: dict[str, Head | None] = {}
        for identity in ids:
            held, would = self.heads.get(identity), shadows.get(identity)
            if identity not in left and _differ(held, would):
                wanted[identity] = would
        new = [head.timepoint for head in wanted.values() if head is not None]
        ending = [identity for identity, would in wanted.items() if would is None or would.deleted]
        old = [self.heads[identity].timepoint for identity in ending]
        bodies = fetch_bodies(self._cursor, new, (SHADOW,))
        places = _places(self._cursor, new, SHADOW)
        last_bodies = fetch_bodies(self._cursor, old, (self._real,))
        last_places = _places(self._cursor, old, self._real)
        at = sources([*places.values(), *last_places.values()])
        rights: OfficeRights = {}
        records = {
            head.timepoint: decode_record(unpack(bodies[head.timepoint])) for head in wanted.values() if head
        }
        if self._is_rehearsal:
            rights = dict.fromkeys(((one.office, one.right) for one in records.values()), -1)
        else:
            ensure_office_rights(self._cursor, {(one.office, one.right) for one in records.values()}, rights)
        for place, identity in enumerate(ids, self._position + 1):
            if identity not in wanted:
                self.outcomes.append("unchanged")
                self.items.append(_NOTHING)
                continue
            held, would = self.heads.get(identity), wanted[identity]
            if would is None or would.deleted:
                assert held is not None
                # What the last of it was stays, with its source.
                self._end(held, would, last_bodies[held.timepoint], at[last_places[held.timepoint]])
                continue
            body, record = bodies[would.timepoint], records[would.timepoint]
            if held is None:
                held = self._new(identity, would, rights[record.office, record.right], place)
            source = at[places[would.timepoint]]
            self._state(held, would, body, source._replace(record=record))
            if record.publications and record.right in ("patent", "utility-model"):
                keys = map(publication_key, record.publications)
                self._publications.update((key, identity) for key in keys if usable(key))

    def write(self) -> None:
        """Write everything down that was decided."""
        cursor = self._cursor
        first = self.changes[0].timepoint if self.changes else None
        changed = {row.record_id for row in self.changes}
        created = [self.heads[identity] for identity in changed if self.heads[identity].is_new]
        copy_changes(cursor, self.changes)
        copy_heads(cursor, created)
        update_heads(cursor, [self.heads[was.id] for was in self._before])
        writing.insert_blocks(cursor, self._blocks.finish(), self._feed_id, batch_time(cursor), first)
        writing.upsert_publications(cursor, self._publications)
        writing.add_tallies(cursor, self._tallies)
        touched = [
            msgspec.structs.replace(was, standing_after=self.heads[was.id].standing_bytes)
            for was in self._before
        ]
        before = Before(touched, [head.id for head in created])
        insert_before(cursor, self._feed_id, self._position, before)

    def _new(self, identity: str, would: Head, office_right: int, place: int) -> Head:
        head = Head(
            identity, 0, 0, would.source_hash, self._feed_id, place, 0, "unknown", None, office_right, True,
            b"", is_new=True,
        )  # fmt: skip
        self.heads[identity] = head
        return head

    def _state(self, held: Head, would: Head, body: bytes, source: Statement) -> None:
        if not held.is_new:
            self._before.append(head_before(held))
        if not held.deleted:
            self._tallies[held.office_right_id, held.status] -= 1
        outcome: Outcome = "created" if held.is_new else "updated"
        standing = _raised(would.standing, held.standing)
        held.content_hash = would.content_hash
        held.status, held.filed, held.deleted = would.status, filed_day(source.record.filing_date), False
        held.standing, held.standing_bytes = standing, encode_standing(standing)
        held.record = source.record
        self._tallies[held.office_right_id, held.status] += 1
        self._change(held, outcome, body, source)

    def _end(self, held: Head, would: Head | None, body: bytes, source: Statement) -> None:
        self._before.append(head_before(held))
        self._tallies[held.office_right_id, held.status] -= 1
        held.deleted = True
        if would is not None:
            standing = _raised(would.standing, held.standing)
            held.standing, held.standing_bytes = standing, encode_standing(standing)
        record = decode_record(unpack(body))
        held.record = record
        self._change(held, "deleted", body, source._replace(record=record))

    def _change(self, head: Head, outcome: Outcome, body: bytes, source: Statement) -> None:
        previous = head.timepoint
        block, entry = self._blocks.add(source)
        self._timepoint += 1
        head.timepoint = self._timepoint
        head.version += 1
        self.changes.append(
            ChangeRow(
                head.timepoint, previous, block, entry, head.version, _OPERATIONS[outcome], head.id,
                head.standing_bytes, body,
            )
        )  # fmt: skip
        self.outcomes.append(outcome)
        self.items.append(source)


def _differ(held: Head | None, would: Head | None) -> bool:
    """Whether the record is to be changed. A mark of a delete is none of a right that is not held."""
    if would is None or would.deleted:
        return held is not None and not held.deleted
    return held is None or held.deleted or held.content_hash != would.content_hash


def _raised(would: Standing, held: Standing) -> Standing:
    """How new what is held is: what came again without saying anything new was not kept, its stamp was."""
    floor = max(would.floor, held.floor)
    fields = {
        name: stamp
        for name in {*would.fields, *held.fields}
        if (stamp := max(would.fields.get(name, ""), held.fields.get(name, ""))) > floor
    }
    parts = {
        name: newer
        for name, stamps in would.parts.items()
        if any(newer := [stamp if stamp > floor else "" for stamp in stamps])
    }
    gone = {
        key: stamp
        for key in {*would.gone, *held.gone}
        if (stamp := max(would.gone.get(key, ""), held.gone.get(key, ""))) > floor
    }
    return Standing(floor, fields, parts, gone)


def _places(cursor: Cursor[Any], timepoints: Sequence[int], schema: str) -> dict[int, Place]:
    cursor.execute(
        f"SELECT timepoint, block_id, entry FROM {schema}change WHERE timepoint = ANY(%s)",
        (list(timepoints),),
    )
    return {row[0]: (row[1], row[2]) for row in cursor}


_NO_RECORD = Record(id="", office="", right="trademark", application_number="")
_NOTHING = Statement("upsert", _NO_RECORD, None, "", "", 0, None, None, b"")
_OPERATIONS: dict[Outcome, str] = {"created": "insert", "updated": "update", "deleted": "delete"}
