"""Rules of meaning: names are compared unit by unit, by what the units mean and, where they mean nothing, by
sound.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from search.forms import decode_units
from search.keys.sound import skeleton
from search.keys.units import Unit
from search.similarity.names import Asked, HeldNames, Points

_MEANT_FULL, _MIXED_FULL = 0.9, 0.93
# A unit that tells no name from another counts for so much of one that does.
_WEAK_SHARE = 0.3
_LEAST_HEARD = _LEAST_MEANT = 0.6
_LATER_SENSE = 0.06
"""How much is taken for each place that a meaning stands behind the most usual one."""


def means_the_same(one: Asked, held: HeldNames) -> Points:
    """Units that mean the same, by how rare what they mean is, and how much of both names they make up."""
    return _by_units(one, held, by_sound=False)


def means_and_sounds(one: Asked, held: HeldNames) -> Points:
    """Some units mean the same, others sound the same: NANYANG BANK and 南洋銀行."""
    return _by_units(one, held, by_sound=True)


def _by_units(one: Asked, held: HeldNames, *, by_sound: bool) -> Points:
    points = np.zeros(len(held), np.float32)
    for place in held.sharing(one.concepts):
        if held.keys[place] != one.key:
            points[place] = _compared(one, _units(held.columns.units[place]), by_sound)
    return points


@lru_cache(maxsize=4096)
def _units(encoded: str) -> tuple[Unit, ...]:
    return decode_units(encoded)


class _Pair(NamedTuple):
    """The unit held that is likest to one asked for: how alike, which it is, whether it means the same."""

    alike: float
    place: int
    meant: bool


_NONE = _Pair(0.0, -1, False)


def _likest(unit: Unit, others: Sequence[Unit], by_sound: bool) -> _Pair:
    best = _NONE
    for place, other in enumerate(others):
        meaning = _meaning(unit.concepts, other.concepts)
        if meaning > best.alike:
            best = _Pair(meaning, place, True)
        if by_sound and best.alike < 1.0 and (heard := _heard(unit.sound, other.sound)) > best.alike:
            best = _Pair(heard, place, False)
    return best


def _compared(one: Asked, others: Sequence[Unit], by_sound: bool) -> float:
    """What of both names is in common, weighed by rarity on the side asked for and by length on the other."""
    covered = [0.0] * len(others)
    ours = whole = meant = said = 0.0
    for unit, weight in zip(one.form.units, one.unit_weights, strict=True):
        share = weight * (_WEAK_SHARE if unit.weak else 1.0)
        whole += share
        pair = _likest(unit, others, by_sound)
        if pair is _NONE:
            continue
        ours += pair.alike * share
        covered[pair.place] = max(covered[pair.place], pair.alike)
        strength = _WEAK_SHARE if unit.weak and others[pair.place].weak else 1.0
        if pair.meant:
            meant += pair.alike * strength
        else:
            said += pair.alike * strength
    enough = meant > 0.0 and said > 0.0 if by_sound else meant >= _LEAST_MEANT
    if not enough or not whole:
        return 0.0
    lengths = [_length(other) for other in others]
    theirs = sum(part * length for part, length in zip(covered, lengths, strict=True)) / sum(lengths)
    return (_MIXED_FULL if by_sound else _MEANT_FULL) * ours / whole * math.sqrt(theirs)


def _length(unit: Unit) -> float:
    return math.sqrt(len(unit.text)) * (_WEAK_SHARE if unit.weak else 1.0)


def _meaning(ours: Sequence[str], theirs: Sequence[str]) -> float:
    best = 0.0
    for place, concept in enumerate(ours):
        if concept in theirs:
            best = max(best, 1.0 - _LATER_SENSE * max(place, theirs.index(concept)))
    return best


@lru_cache(maxsize=8192)
def _heard(ours: str, theirs: str) -> float:
    bones, others = skeleton(ours), skeleton(theirs)
    if len(bones) < 2 or len(others) < 2:
        return 1.0 if ours == theirs and len(ours) > 2 else 0.0
    consonants = Levenshtein.normalized_similarity(bones, others, score_cutoff=_LEAST_HEARD)
    if not consonants:
        return 0.0
    alike = 0.7 * consonants + 0.3 * Levenshtein.normalized_similarity(ours, theirs)
    return alike if alike >= _LEAST_HEARD else 0.0
