"""The quality report of a feed: how full its records are, what was not understood, what was refused."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from register.model import Part, Right
from register.quality.counting import QualityCounts, RightCount, add_counts, count_quality
from register.quality.fields import NAMES
from register.statement import Rejected, Statement

_MOST_SHOWN: Final = 200
_AT_ONCE: Final = 1000


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
    """Counts the quality of records that go nowhere else; some microseconds each."""

    def __init__(self) -> None:
        self._counts = QualityCounts({}, Counter())
        self._taken: list[Statement] = []
        self._refused: list[Rejected] = []
        self._refusals: Counter[str] = Counter()

    def add(self, said: Statement | Rejected) -> None:
        """Count what the mapping made of one record. Fill rates are of full statements only."""
        if isinstance(said, Rejected):
            self._refused.append(said)
            self._refusals[said.code] += 1
        else:
            self._taken.append(said)
        if len(self._taken) + len(self._refused) >= _AT_ONCE:
            self._settle()

    def report(self) -> QualityReport:
        """The report so far."""
        self._settle()
        return quality_report(self._counts, self._refusals)

    def _settle(self) -> None:
        self._counts = add_counts(self._counts, count_quality(self._taken, self._refused))
        self._taken, self._refused = [], []


def quality_report(counts: QualityCounts, refusals: Mapping[str, int]) -> QualityReport:
    """The report of what was counted; `refusals` by code."""
    rights = sorted(counts.rights.items(), key=lambda told: -told[1].records)
    return QualityReport(
        taken=sum(count.statements for count in counts.rights.values()),
        refused=sum(count.refused for count in counts.rights.values()),
        rights=tuple(
            RightQuality(right, count.records, _fills(count))
            for right, count in rights
            if right is not None and count.records
        ),
        unread=_unread(counts.unread.most_common()),
        refusals=dict(refusals),
    )


def _fills(count: RightCount) -> tuple[Fill, ...]:
    filled = {name: count.fields[name].filled if name in count.fields else 0 for name in NAMES.values()}
    ordered = sorted(filled, key=lambda name: -filled[name])
    return tuple(Fill(name, filled[name], round(filled[name] / count.records, 4)) for name in ordered)


def _unread(values: Iterable[tuple[tuple[Right, str, str], int]]) -> tuple[Unread, ...]:
    shown: Counter[str] = Counter()
    found = []
    for (_, what, value), count in values:
        shown[what] += 1
        if shown[what] <= _MOST_SHOWN:
            found.append(Unread(what, value, count))
    return tuple(found)
