"""What a feed would change, found in a dry run: counted exactly, with the first records of every kind.

A record is kept as an example where it is among the first of its right in anything that it does: is new, is
deleted, changes a certain field, goes from one certain status to another. So examples are bounded whatever
the size of the feed, and there are some of every kind.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, Protocol, get_args

import msgspec
from psycopg import Cursor
from sqlalchemy import Connection, select

from register.model import Plain, Record, Right, decode_record
from register.quality.fields import NAMES
from register.statement import Statement
from register.store.counts import Outcome
from register.store.decide import ChangeRow
from register.store.finding import Item
from register.store.heads import Head
from register.store.packing import pack, storable, unpack
from register.store.schema import rehearsal, rehearsed_change

Kind = Literal["created", "updated", "returned", "deleted"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_BY_KIND: Final[Mapping[Kind, int]] = {
    "created": 200,
    "updated": 200,
    "returned": 200,
    "deleted": 1000,
}
"""Of each right so many records are kept as examples that are new, changed, come back, or are deleted."""
MOST_BY_STATUS: Final = 1000
MOST_BY_FIELD: Final = 100
_LONGEST_VALUE = 2000
_SHOWN_OF_LONG = 500

_NAMES = tuple(NAMES.values())
_VERSIONS = "SELECT timepoint, operation::text, body FROM {}change WHERE timepoint = ANY(%s)"


class RightEffects(msgspec.Struct):
    """Of one right how many records are new, changed, come back after a delete, and are deleted; of the
    changed ones how many change each field, and how many go from which plain status to which (`pending
    registered`).

    A number that comes several times in the feed counts each time that it changes something.
    """

    created: int = 0
    updated: int = 0
    returned: int = 0
    deleted: int = 0
    fields: dict[str, int] = {}
    statuses: dict[str, int] = {}

    def by_field(self) -> list[tuple[str, int]]:
        """How many change each field, the most first."""
        return Counter(self.fields).most_common()

    def by_status(self) -> list[tuple[Plain, Plain, int]]:
        """How many go from which plain status to which, the most first."""
        told = Counter(self.statuses).most_common()
        pairs = ((*flip.split(), count) for flip, count in told)
        return [msgspec.convert(pair, tuple[Plain, Plain, int]) for pair in pairs]


class FieldChange(msgspec.Struct, frozen=True, array_like=True):
    """A field before and after, as in the JSON of the record; None where it is absent. Long values are cut
    to a text that ends with an ellipsis.
    """

    field: str
    before: Any
    after: Any


class RehearsedChange(msgspec.Struct, frozen=True, kw_only=True):
    """A record that would change; `position` counts in the feed, `number` in the file, from 1."""

    position: int
    file: str
    number: int
    line: int | None
    offset: int | None
    right: Right
    kind: Kind
    record_id: str
    title: str | None
    status_before: Plain | None
    status_after: Plain | None
    changes: list[FieldChange]


class Rehearsal(msgspec.Struct, frozen=True):
    """What a dry run found: why the feed would be held (None: it would not), and its effects by right."""

    held: str | None
    rights: dict[Right, RightEffects]


class _Version(NamedTuple):
    record: Record
    deleted: bool


class _Detail(msgspec.Struct, frozen=True, array_like=True):
    title: str | None
    changes: list[FieldChange]


class Decided(Protocol):
    """What was decided on a batch: its changes, and the heads of its records as they are then."""

    @property
    def changes(self) -> Sequence[ChangeRow]: ...

    @property
    def heads(self) -> Mapping[str, Head]: ...


class Rehearsed:
    """Adds up a dry run; one goes with one `DryRun`."""

    def __init__(self) -> None:
        self._rights: dict[Right, RightEffects] = {}

    def add(
        self,
        cursor: Cursor[Any],
        feed_id: int,
        position: int,
        items: Sequence[Item],
        outcomes: Sequence[Outcome],
        decision: Decided,
        schemas: Sequence[str],
    ) -> None:
        """Write down what a batch does that begins after so many source records of the feed."""
        if not decision.changes:
            return
        doing = [
            (place, item)
            for place, (item, outcome) in enumerate(zip(items, outcomes, strict=True), position + 1)
            if outcome in _CHANGING and isinstance(item, Statement)
        ]
        before = _versions(cursor, decision.changes, schemas)
        kept = []
        for (place, item), row in zip(doing, decision.changes, strict=True):
            change = self._take(place, item, row, before.get(row.previous), _after(row, decision))
            if change is not None:
                kept.append(change)
        _insert(cursor, feed_id, kept)
        cursor.execute(
            """
            INSERT INTO rehearsal (feed_id, counts) VALUES (%s, %s)
            ON CONFLICT (feed_id) DO UPDATE SET counts = excluded.counts
            """,
            (feed_id, msgspec.json.encode(self._rights)),
        )

    def _take(
        self, place: int, item: Statement, row: ChangeRow, was: _Version | None, record: Record
    ) -> RehearsedChange | None:
        deletes, right = row.operation == "delete", record.right
        effects = self._rights.get(right)
        if effects is None:
            effects = self._rights[right] = RightEffects()
        changed: list[str] = []
        if deletes:
            kind: Kind = "deleted"
        elif was is None:
            kind = "created"
        elif was.deleted:
            kind = "returned"
        else:
            kind = "updated"
            changed = _changed(was.record, record)
        number = getattr(effects, kind)
        setattr(effects, kind, number + 1)
        wanted = number < MOST_BY_KIND[kind]
        for name in changed:
            number = effects.fields.get(name, 0)
            effects.fields[name] = number + 1
            wanted = wanted or number < MOST_BY_FIELD
        status_before = None if was is None or was.deleted else was.record.status.plain
        status_after = None if deletes else record.status.plain
        if kind == "updated" and status_before != status_after:
            flip = f"{status_before} {status_after}"
            number = effects.statuses.get(flip, 0)
            effects.statuses[flip] = number + 1
            wanted = wanted or number < MOST_BY_STATUS
        if not wanted:
            return None
        return RehearsedChange(
            position=place,
            file=item.file,
            number=item.number,
            line=item.line,
            offset=item.offset,
            right=right,
            kind=kind,
            record_id=row.record_id,
            title=(was.record if was is not None and deletes else record).title,
            status_before=status_before,
            status_after=status_after,
            changes=[] if was is None else [_change(name, was.record, record) for name in changed],
        )


_CHANGING: Final[frozenset[Outcome]] = frozenset(("created", "updated", "deleted"))


def note_held(cursor: Cursor[Any], feed_id: int, problem: str) -> None:
    """Write down why the feed would be held."""
    cursor.execute(
        """
        INSERT INTO rehearsal (feed_id, held, counts) VALUES (%s, %s, %s)
        ON CONFLICT (feed_id) DO UPDATE SET held = excluded.held
        """,
        (feed_id, storable(problem), b"{}"),
    )


def read_rehearsal(connection: Connection, feed_id: int) -> Rehearsal:
    """What was found so far."""
    row = connection.execute(select(rehearsal).where(rehearsal.c.feed_id == feed_id)).one_or_none()
    if row is None:
        return Rehearsal(None, {})
    return Rehearsal(row.held, msgspec.json.decode(row.counts, type=dict[Right, RightEffects]))


def list_rehearsed(
    connection: Connection,
    feed_id: int,
    *,
    kinds: Sequence[Kind] = (),
    right: Right | None = None,
    field: str | None = None,
    status_before: Plain | None = None,
    status_after: Plain | None = None,
    after: int = 0,
    limit: int = 20,
) -> list[RehearsedChange]:
    """The records that are kept as examples, in the order of the feed; `after` is the position of the last
    one seen. With `status_before` or `status_after` only those whose status changes.
    """
    table = rehearsed_change.c
    query = select(rehearsed_change).where(table.feed_id == feed_id, table.position > after)
    if kinds:
        query = query.where(table.kind.in_(kinds))
    if right is not None:
        query = query.where(table.right == right)
    if field is not None:
        query = query.where(table.fields.contains([field]))
    if status_before is not None or status_after is not None:
        query = query.where(table.status_before != table.status_after)
    if status_before is not None:
        query = query.where(table.status_before == status_before)
    if status_after is not None:
        query = query.where(table.status_after == status_after)
    found = []
    for row in connection.execute(query.order_by(table.position).limit(limit)):
        detail = msgspec.json.decode(unpack(row.detail), type=_Detail)
        found.append(
            RehearsedChange(
                position=row.position,
                file=row.file,
                number=row.number,
                line=row.line,
                offset=row.offset,
                right=row.right,
                kind=row.kind,
                record_id=row.record_id,
                title=detail.title,
                status_before=row.status_before,
                status_after=row.status_after,
                changes=detail.changes,
            )
        )
    return found


def _versions(cursor: Cursor[Any], rows: Iterable[ChangeRow], schemas: Sequence[str]) -> dict[int, _Version]:
    """The versions that these follow, by timepoint: some are of the batch itself."""
    of_batch = {row.timepoint: row for row in rows}
    wanted = {row.previous for row in of_batch.values() if row.previous}
    found = {
        timepoint: _version(of_batch[timepoint].operation, of_batch[timepoint].body)
        for timepoint in wanted
        if timepoint in of_batch
    }
    for schema in schemas:
        missing = [timepoint for timepoint in wanted if timepoint not in found]
        if not missing:
            break
        cursor.execute(_VERSIONS.format(schema), (missing,), binary=True)
        found.update((row[0], _version(row[1], row[2])) for row in cursor)
    return found


def _after(row: ChangeRow, decision: Decided) -> Record:
    """What holds after the change."""
    head = decision.heads[row.record_id]
    if head.timepoint == row.timepoint and head.record is not None:
        return head.record
    return decode_record(unpack(row.body))


def _version(operation: str, body: bytes) -> _Version:
    return _Version(decode_record(unpack(body)), operation == "delete")


def _changed(before: Record, after: Record) -> list[str]:
    """The names of the fields that differ."""
    pairs = zip(_NAMES, msgspec.structs.astuple(before), msgspec.structs.astuple(after), strict=True)
    return [name for name, was, now in pairs if was is not now and was != now]


_PYTHON_NAMES = {name: field for field, name in NAMES.items()}


def _change(name: str, before: Record, after: Record) -> FieldChange:
    field = _PYTHON_NAMES[name]
    return FieldChange(name, _shown(getattr(before, field)), _shown(getattr(after, field)))


def _shown(value: Any) -> Any:
    if value is None or value == ():
        return None
    told = msgspec.json.encode(value)
    if len(told) > _LONGEST_VALUE:
        return f"{told.decode()[:_SHOWN_OF_LONG]}…"
    return msgspec.json.decode(told)


def _insert(cursor: Cursor[Any], feed_id: int, kept: Sequence[RehearsedChange]) -> None:
    cursor.executemany(
        """
        INSERT INTO rehearsed_change (
            "offset", feed_id, position, number, line, file, "right", kind, record_id,
            status_before, status_after, fields, detail
        ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            (
                one.offset, feed_id, one.position, one.number, one.line, storable(one.file), one.right,
                one.kind, one.record_id, one.status_before, one.status_after,
                [change.field for change in one.changes],
                pack(msgspec.json.encode(_Detail(one.title, one.changes))),
            )
            for one in kept
        ],
    )  # fmt: skip
