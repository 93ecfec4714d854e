"""How full the records of a feed are and what of them was not understood, added up batch by batch."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from register.model import Record, Right
from register.quality.fields import EITHER, NAMES, either, field_of
from register.statement import Rejected, Statement

_NAMES: Final = tuple(NAMES.values())
_PLACES: Final = {name: place for place, name in enumerate(_NAMES)}
_DEFAULTS: Final = Record.__struct_defaults__
_EMPTIES: Final = (None,) * (len(_NAMES) - len(_DEFAULTS)) + _DEFAULTS
_STATUS: Final = _PLACES["status"]
Row = tuple[Any, ...]


class FieldCount(msgspec.Struct, frozen=True, array_like=True):
    """Of a field: how many records have a value, in how many something of it was not understood, and how many
    of these have no value for that reason.
    """

    filled: int = 0
    doubtful: int = 0
    lost: int = 0

    def __add__(self, other: "FieldCount") -> "FieldCount":
        return FieldCount(self.filled + other.filled, self.doubtful + other.doubtful, self.lost + other.lost)


class RightCount(msgspec.Struct, frozen=True, array_like=True):
    """Of a right: how many statements were taken, how many of them state a whole record, how many were
    refused, and the fields of the whole ones by name; fields that none has are left out.
    """

    statements: int = 0
    records: int = 0
    refused: int = 0
    fields: dict[str, FieldCount] = {}

    def __add__(self, other: "RightCount") -> "RightCount":
        fields = dict(self.fields)
        for name, count in other.fields.items():
            before = fields.get(name)
            fields[name] = count if before is None else before + count
        return RightCount(
            self.statements + other.statements,
            self.records + other.records,
            self.refused + other.refused,
            fields,
        )


class QualityCounts(msgspec.Struct, frozen=True):
    """By right (None: what was refused before its right was known), and how often each value of each right
    was not understood, as (right, kind of value, value).
    """

    rights: dict[Right | None, RightCount]
    unread: Counter[tuple[Right, str, str]]


def add_counts(one: QualityCounts, other: QualityCounts) -> QualityCounts:
    """Both together."""
    rights = dict(one.rights)
    for right, count in other.rights.items():
        before = rights.get(right)
        rights[right] = count if before is None else before + count
    return QualityCounts(rights, one.unread + other.unread)


def count_quality(taken: Iterable[Statement], refused: Iterable[Rejected]) -> QualityCounts:
    """What a part of a feed is like. Fields are counted of statements of whole records only."""
    rows: dict[Right, list[Row]] = {}
    statements: Counter[Right] = Counter()
    unread: Counter[tuple[Right, str, str]] = Counter()
    doubts: dict[Right, Counter[str]] = {}
    losses: dict[Right, Counter[str]] = {}
    for said in taken:
        right = said.record.right
        statements[right] += 1
        if said.unread:
            unread.update((right, what, value) for what, value in said.unread)
        if said.operation == "upsert":
            row = msgspec.structs.astuple(said.record)
            rows.setdefault(right, []).append(row)
            if said.unread:
                doubtful = {field_of(what, value) for what, value in said.unread}
                doubts.setdefault(right, Counter()).update(doubtful)
                losses.setdefault(right, Counter()).update(_lost(row, doubtful))
    refusals = Counter(one.right for one in refused)
    return QualityCounts(
        {
            right: RightCount(
                0 if right is None else statements[right],
                0 if right is None else len(rows.get(right, ())),
                refusals[right],
                {} if right is None else _fields(right, rows, doubts, losses),
            )
            for right in {*statements, *refusals}
        },
        unread,
    )


def _fields(
    right: Right,
    rows: dict[Right, list[Row]],
    doubts: dict[Right, Counter[str]],
    losses: dict[Right, Counter[str]],
) -> dict[str, FieldCount]:
    columns = list(zip(*rows.get(right, ()), strict=True))
    filled: dict[str, int] = {}
    # `count` looks whether it is the very same object first, which it is where a field is absent.
    for name, empty, column in zip(_NAMES, _EMPTIES, columns, strict=False):
        number = len(column) - column.count(empty)
        if number:
            filled[name] = number
    if columns:
        filled["status"] = sum(status.plain != "unknown" for status in columns[_STATUS])
        pair = EITHER.get(right)
        if pair is not None:
            one, other = (columns[_PLACES[name]] for name in pair)
            both = zip(one, other, strict=True)
            filled[" or ".join(pair)] = sum(bool(first or second) for first, second in both)
    doubtful, lost = doubts.get(right, Counter()), losses.get(right, Counter())
    together = either(right)
    return {
        name: FieldCount(filled.get(name, 0), doubtful[name], lost[name])
        for name in (*_NAMES, together, "countries", "languages")
        if name is not None and (filled.get(name) or doubtful[name])
    }


def _lost(row: Row, doubtful: Iterable[str]) -> Iterable[str]:
    """The fields of these that have no value."""
    for name in doubtful:
        place = _PLACES.get(name)
        if place is None:
            continue
        if place == _STATUS:
            if row[place].plain == "unknown":
                yield name
        elif row[place] == _EMPTIES[place]:
            yield name
