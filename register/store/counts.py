"""What became of the source records of a feed, in numbers."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Outcome = Literal["created", "updated", "unchanged", "deleted", "quarantined"]


class Counts(msgspec.Struct, frozen=True):
    """`read` is always the sum of the others. A right that comes back after a delete counts as updated."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    quarantined: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


def counted(outcomes: Iterable[Outcome]) -> Counts:
    held = dict.fromkeys(Counts.__struct_fields__, 0)
    for outcome in outcomes:
        held[outcome] += 1
        held["read"] += 1
    return Counts(**held)
