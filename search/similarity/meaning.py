"""Rules of meaning: names are compared unit by unit, by what the units mean and, where they mean nothing, by
sound.
"""

import math
from collections.abc import Mapping, Sequence
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
# One that names nothing at all, such as an article or a legal form.
_FORMAL_SHARE = 0.1
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


class _Meant(NamedTuple):
    """How far behind the most usual meaning of its unit a concept stands, and whether that unit is weak."""

    place: int
    weak: bool


@lru_cache(maxsize=4096)
def _meant_by(units: tuple[Unit, ...]) -> Mapping[str, _Meant]:
    """What the units may mean, concept by concept; of one that several mean, the most usual and strongest."""
    found: dict[str, _Meant] = {}
    for unit in units:
        for place, phrase in enumerate(unit.phrases):
            for concept in phrase.split(" "):
                held = found.get(concept)
                this = _Meant(place, unit.weak)
                found[concept] = (
                    this if held is None else min(held, this, key=lambda one: (one.weak, one.place))
                )
    return found


def _met(unit: Unit, others: Mapping[str, _Meant]) -> tuple[float, bool]:
    """How much of the meaning of a unit the others have, and whether what they have of it is weak.

    Of a meaning of several concepts each is a part: BLACKS means half of CHAT NOIR.
    """
    best, weak = 0.0, False
    for place, phrase in enumerate(unit.phrases):
        parts = phrase.split(" ")
        found = [others[part] for part in parts if part in others]
        met = sum(1.0 - _LATER_SENSE * max(place, other.place) for other in found) / len(parts)
        if met > best:
            best, weak = met, all(other.weak for other in found)
    return best, weak


def _likest(unit: Unit, others: Sequence[Unit]) -> tuple[float, int]:
    """How alike the unit held sounds that is said most alike, and which it is."""
    return max(
        ((_heard(unit.sound, other.sound), -place) for place, other in enumerate(others)), default=(0.0, 0)
    )


def _compared(one: Asked, others: tuple[Unit, ...], by_sound: bool) -> float:
    """What of both names is in common, weighed by rarity on the side asked for and by length on the other."""
    told, asked_for = _meant_by(others), _meant_by(one.form.units)
    covered = [_met(other, asked_for)[0] for other in others]
    ours = whole = meant = said = 0.0
    for unit, weight in zip(one.form.units, one.unit_weights, strict=True):
        share = weight * _share(unit)
        whole += share
        alike, weak = _met(unit, told)
        heard, place = _likest(unit, others) if by_sound and alike < 1.0 else (0.0, 0)
        if heard > alike:
            ours += heard * share
            covered[-place] = max(covered[-place], heard)
            said += heard * (_WEAK_SHARE if unit.weak and others[-place].weak else 1.0)
        else:
            ours += alike * share
            meant += alike * (_WEAK_SHARE if unit.weak and weak else 1.0)
    enough = meant > 0.0 and said > 0.0 if by_sound else meant >= _LEAST_MEANT
    if not enough or not whole:
        return 0.0
    lengths = [_length(other) for other in others]
    theirs = sum(part * length for part, length in zip(covered, lengths, strict=True)) / sum(lengths)
    return (_MIXED_FULL if by_sound else _MEANT_FULL) * ours / whole * math.sqrt(theirs)


def _length(unit: Unit) -> float:
    return math.sqrt(len(unit.text)) * _share(unit)


def _share(unit: Unit) -> float:
    if not unit.weak:
        return 1.0
    return _WEAK_SHARE if unit.phrases else _FORMAL_SHARE


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
