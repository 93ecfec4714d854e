"""The quality of a feed beside that of the last one of the same office and right: what fell, and sharply."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Literal, NamedTuple

from register.model import Right
from register.quality.counting import RightCount
from register.quality.score import FieldShares, shares

WarningCode = Literal["field-emptied", "field-misread", "score-fell", "new-values"]

SHARP_FILL = 0.10
SHARP_READING = 0.05
SHARP_SCORE = 5.0
"""How much a share (0 to 1) or a score (0 to 100) falls before it is told."""

# A small feed differs by chance from a large one; what chance alone would do once in some hundred feeds is
# not told.
_DEVIATIONS = 3.0
_MOST_TOLD = 3


class Values(NamedTuple):
    """Values of a field that were not understood: how many different ones now and in the feed before, and
    those of now that are new, each with how often it came.
    """

    now: int
    before: int
    new: Sequence[tuple[str, int]]


class Compared(NamedTuple):
    """A field now and before; `before` is None where there is nothing to compare with."""

    now: FieldShares
    before: FieldShares | None
    values: Values

    @property
    def filled_change(self) -> float | None:
        """By how much the share that has it rose or fell."""
        return None if self.before is None else round(self.now.filled_share - self.before.filled_share, 4)

    @property
    def valid_change(self) -> float | None:
        """By how much the share that is understood rose or fell."""
        if self.before is None or self.before.valid_share is None or self.now.valid_share is None:
            return None
        return round(self.now.valid_share - self.before.valid_share, 4)


class QualityWarning(NamedTuple):
    """What fell: a stable code, the field ("" for the whole), the reason and the mend."""

    code: WarningCode
    field: str
    reason: str
    mend: str


def compare(
    right: Right, now: RightCount, before: RightCount | None, values: Mapping[str, Values]
) -> list[Compared]:
    """Every field of either, in the order of the table; `values` by field."""
    told = {one.field: one for one in shares(right, now)}
    was = {} if before is None else {one.field: one for one in shares(right, before)}
    for name, one in was.items():
        gone = one._replace(filled=0, filled_share=0.0, delivered=0, doubtful=0, valid_share=None)
        told.setdefault(name, gone)
    nothing = Values(0, 0, ())
    return [Compared(one, was.get(name), values.get(name, nothing)) for name, one in told.items()]


def warnings(
    fields: Sequence[Compared],
    records: int,
    records_before: int,
    score: float | None,
    score_before: float | None,
    last: int,
) -> list[QualityWarning]:
    """What an office should look at before it sends the feed in earnest, or after it did; `last` is the feed
    compared with.
    """
    found: list[QualityWarning] = []
    if score is not None and score_before is not None and score_before - score >= SHARP_SCORE:
        found.append(
            QualityWarning(
                "score-fell",
                "",
                f"the score is {score:.1f}; that of the last feed ({last}) was {score_before:.1f}",
                "look at the fields that fell and at what was refused",
            )
        )
    for one in fields:
        found += _emptied(one, records, records_before, last)
        found += _misread(one, last)
        found += _new(one)
    return found


def _emptied(one: Compared, records: int, records_before: int, last: int) -> list[QualityWarning]:
    if one.before is None:
        return []
    now, before = one.now.filled_share, one.before.filled_share
    if before - now < SHARP_FILL or not _is_no_chance(now, records, before, records_before):
        return []
    return [
        QualityWarning(
            "field-emptied",
            one.now.field,
            f"{one.now.field} is in {now:.1%} of the records; "
            f"in the last feed ({last}) it was in {before:.1%}",
            "look whether the export still writes it, and under the name that the office's table has",
        )
    ]


def _misread(one: Compared, last: int) -> list[QualityWarning]:
    if one.before is None or one.now.valid_share is None or one.before.valid_share is None:
        return []
    now, before = one.now.valid_share, one.before.valid_share
    delivered, delivered_before = one.now.delivered, one.before.delivered
    if before - now < SHARP_READING or not _is_no_chance(now, delivered, before, delivered_before):
        return []
    return [
        QualityWarning(
            "field-misread",
            one.now.field,
            f"{one.now.field} is understood in {now:.1%} of the records that have it; "
            f"in the last feed ({last}) it was in {before:.1%}",
            "look at its values that were not understood; correct them, or the office's table",
        )
    ]


def _new(one: Compared) -> list[QualityWarning]:
    if not one.values.new:
        return []
    shown = ", ".join(f"{value!r} ({count:,})" for value, count in one.values.new[:_MOST_TOLD])
    return [
        QualityWarning(
            "new-values",
            one.now.field,
            f"values of {one.now.field} that were not understood and are new: {shown}",
            "add them to the office's table, or correct them",
        )
    ]


def _is_no_chance(now: float, number: int, before: float, number_before: int) -> bool:
    """Whether two shares of so many differ by more than chance (the two-proportion z test)."""
    if not number or not number_before:
        return False
    pooled = (now * number + before * number_before) / (number + number_before)
    deviation = sqrt(pooled * (1 - pooled) * (1 / number + 1 / number_before))
    return before - now > _DEVIATIONS * deviation
