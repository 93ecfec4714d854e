"""The quality of one right in a feed as shares and one score from 0 to 100.

The score is 100 × (share of the statements that could be taken) × (weighted mean over the fields of
`fields.csv`). A field that every record should have gives (share of the records that have it) × (share of
those delivered that are understood); one that is to be understood where it is delivered gives the latter,
and nothing, not even its weight, where it is not delivered.
"""

from typing import NamedTuple

from register.model import Right
from register.quality.counting import FieldCount, RightCount
from register.quality.fields import WEIGHTS

_NONE = FieldCount()
# They stand in many fields, so that every record may have delivered them.
_EVERYWHERE = ("countries", "languages")


class FieldShares(NamedTuple):
    """Of one field: the share of the records that have it, and of those that delivered it the share that was
    understood (None where nothing was delivered), 0 to 1. `weight` is 0 where it does not count.
    """

    field: str
    filled: int
    filled_share: float
    delivered: int
    doubtful: int
    valid_share: float | None
    weight: int
    every: bool


def shares(right: Right, count: RightCount) -> list[FieldShares]:
    """Every field that counts, in the order of the table, then every other one that a record has."""
    weights = {weight.field: weight for weight in WEIGHTS[right]}
    names = [*weights, *(name for name in count.fields if name not in weights and name not in _PLAIN)]
    found = []
    for name in names:
        one, weight = count.fields.get(name, _NONE), weights.get(name)
        delivered = count.records if name in _EVERYWHERE else one.filled + one.lost
        found.append(
            FieldShares(
                name,
                one.filled,
                one.filled / count.records if count.records else 0.0,
                delivered,
                one.doubtful,
                1 - one.doubtful / delivered if delivered else None,
                0 if weight is None else weight.weight,
                weight is not None and weight.every,
            )
        )
    return found


def score(right: Right, count: RightCount, unplaced: int) -> float | None:
    """0 to 100, with one decimal; None where no whole record was taken.

    `unplaced` is how many of the feed were refused before their right was known: they count against each.
    """
    if not count.records:
        return None
    points, weights = 0.0, 0
    for one in shares(right, count):
        valid = one.valid_share
        if one.every:
            points += one.weight * one.filled_share * (1.0 if valid is None else valid)
            weights += one.weight
        elif one.weight and valid is not None:
            points += one.weight * valid
            weights += one.weight
    return round(100 * accepted(count, unplaced) * points / weights, 1)


def accepted(count: RightCount, unplaced: int) -> float:
    """The share of the statements that could be taken."""
    told = count.statements + count.refused + unplaced
    return count.statements / told if told else 0.0


# What every record has by its nature says nothing.
_PLAIN = frozenset(("id", "office", "right"))
