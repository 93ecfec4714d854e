"""The quality report of a feed: how full its records are, what was not understood, what was refused."""

from collections import Counter
from itertools import compress
from operator import is_not
from typing import Final

import msgspec

from ingest.office_values import Notes
from register.model import Part, Record, Right
from register.statement import Rejected, Statement

_FIELDS: Final = Record.__struct_fields__
_EMPTY: Final = tuple(
    default if default is not msgspec.NODEFAULT else None for default in Record.__struct_defaults__
)
_EMPTIES: Final = (None,) * (len(_FIELDS) - len(_EMPTY)) + _EMPTY
_MOST_SHOWN: Final = 200


class Fill(Part, frozen=True):
    """How many records of a right have a field, by its name in JSON, and what share of them (0 to 1)."""

    field: str
    records: int
    share: float


class Unread(Part, frozen=True):
    """A value that was not understood and how often it came; `what` is the kind of value (`status`,
    `country`).
    """

    what: str
    value: str
    count: int


class RightQuality(Part, frozen=True):
    """The records of one right: how many there were and which fields they fill, the fullest first."""

    right: Right
    records: int
    fields: tuple[Fill, ...]


class QualityReport(Part, frozen=True):
    """What a feed is like: statements taken and refused, fill rates by right, what was not understood (the
    most frequent first, at most 200 values of each kind), refusals by code.
    """

    taken: int
    refused: int
    rights: tuple[RightQuality, ...]
    unread: tuple[Unread, ...]
    refusals: dict[str, int]


class QualityCount:
    """Counts the quality of a feed while it is read; some microseconds a record."""

    def __init__(self) -> None:
        self._records: Counter[Right] = Counter()
        self._filled: dict[Right, Counter[str]] = {}
        self._refusals: Counter[str] = Counter()
        self._others = 0

    def add(self, said: Statement | Rejected) -> None:
        """Count what the mapping made of one record. Fill rates are of full statements only."""
        if isinstance(said, Rejected):
            self._refusals[said.code] += 1
        elif said.operation == "upsert":
            right = said.record.right
            filled = self._filled.get(right)
            if filled is None:
                filled = self._filled[right] = Counter()
            self._records[right] += 1
            # A record that leaves a field out has the default itself in it, so identity tells.
            if said.record.status.plain == "unknown":
                filled["status"] -= 1
            filled.update(compress(_FIELDS, map(is_not, msgspec.structs.astuple(said.record), _EMPTIES)))
        else:
            self._others += 1

    def report(self, notes: Notes) -> QualityReport:
        """The report so far; `notes` are those of the feed's `Mapper`."""
        return QualityReport(
            taken=self._records.total() + self._others,
            refused=self._refusals.total(),
            rights=tuple(
                RightQuality(right, records, _fills(self._filled[right], records))
                for right, records in self._records.most_common()
            ),
            unread=_unread(notes),
            refusals=dict(self._refusals.most_common()),
        )


def _fills(filled: Counter[str], records: int) -> tuple[Fill, ...]:
    names = dict(zip(_FIELDS, Record.__struct_encode_fields__, strict=True))
    ordered = sorted(names, key=lambda field: -filled[field])
    return tuple(Fill(names[field], filled[field], round(filled[field] / records, 4)) for field in ordered)


def _unread(notes: Notes) -> tuple[Unread, ...]:
    shown: Counter[str] = Counter()
    found = []
    for (what, value), count in notes.most_common():
        shown[what] += 1
        if shown[what] <= _MOST_SHOWN:
            found.append(Unread(what, value, count))
    return tuple(found)
