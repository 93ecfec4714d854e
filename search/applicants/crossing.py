"""Whether two spellings in two scripts are of one name: by what is heard, and by what the rest means.

The code of sounds is coarse, so that scripts agree in it; short names agree by chance, and need their finer
letters to agree as well.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from search.applicants.heard import Heard, Unit, Way, ways_of
from search.keys.sound import joined, skeleton
from search.language.english import frequency

_SHARE_OF_CONSONANTS = 0.6
# HUAWEI is all vowels to the sound code: its finer letters say how long it is.
_CODES_OF_A_LETTER = 0.7
_SAME_TRADE_HEARD = 0.8
# ELECTRIC, ELECTRICITY and ELECTRICAL are one trade.
_STEM = 7
_TRADES_THAT_SAY_NOTHING = frozenset(
    [
        "technology",
        "international",
        "industry",
        "enterprise",
        "system",
        "solution",
        "global",
        "company",
        "corporation",
        "group",
        "holding",
    ]
)


class Likeness(NamedTuple):
    """How alike two ways of saying are, in sound and in finer letters; `codes` is how long the shorter is."""

    sound: float
    fine: float
    codes: int

    @property
    def sum(self) -> float:
        return self.sound + 0.25 * self.fine

    @property
    def surplus(self) -> float:
        return self.sum - _least(self.codes)

    @property
    def is_enough(self) -> bool:
        return self.surplus >= 0


_SURE_LETTERS = 4
_LONG, _FINE_ENOUGH = 8, 0.85
_SHORT_HAN = 5
_FINE_OF_REST = 0.6
_REST_OF_LONG, _LONG_ALIKE = 0.9, 1.1
_SHORTEST_STRONG = 4


def _least(codes: int) -> float:
    """What sound and a quarter of the finer letters must come to: a short name is met by chance."""
    if codes <= 3:
        return 1.25
    return max(1.0, 1.21 - 0.025 * (codes - 4))


_NONE = Likeness(0.0, 0.0, 0)


def alike(ours: Sequence[Way], theirs: Sequence[Way]) -> Likeness:
    """The best of all ways of saying two names."""
    best = _NONE
    most = -9.0
    for one in ours:
        bones = skeleton(one.sound)
        for other in theirs:
            sound = _SHARE_OF_CONSONANTS * Levenshtein.normalized_similarity(bones, skeleton(other.sound)) + (
                1 - _SHARE_OF_CONSONANTS
            ) * Levenshtein.normalized_similarity(one.sound, other.sound)
            if sound < 0.55:
                continue
            if one.fine == other.fine and len(one.fine) >= _SURE_LETTERS:
                sound = 1.0
            found = Likeness(
                sound,
                Levenshtein.normalized_similarity(one.fine, other.fine),
                max(
                    min(len(one.sound), len(other.sound)),
                    int(_CODES_OF_A_LETTER * min(len(one.fine), len(other.fine))),
                ),
            )
            if found.surplus > most:
                best, most = found, found.surplus
    return best


class Trades(NamedTuple):
    """The words of trade of two names: how many are in both, how many in one only, and whether each has one
    that the other has not; `ours` and `theirs` are the units that are not words of trade in both.
    """

    shared: int
    missing: int
    contradict: bool
    ours: tuple[Unit, ...]
    theirs: tuple[Unit, ...]


def trades(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Trades:
    left = [unit for unit in theirs if unit.weak]
    rest: list[Unit] = []
    matched: list[Unit] = []
    missing_here = 0
    for unit in ours:
        match = next((other for other in left if _same_trade(unit, other)), None) if unit.weak else None
        if match is None:
            rest.append(unit)
            missing_here += _counts(unit) if unit.weak else 0
        else:
            left.remove(match)
            matched.append(match)
    missing_there = sum(map(_counts, left))
    rest_there = tuple(unit for unit in theirs if not any(unit is one for one in matched))
    return Trades(
        len(matched),
        missing_here + missing_there,
        missing_here > 0 and missing_there > 0,
        tuple(rest),
        rest_there,
    )


def _counts(unit: Unit) -> int:
    return 0 if not unit.concepts or not _TRADES_THAT_SAY_NOTHING.isdisjoint(unit.concepts[:1]) else 1


def _same_trade(one: Unit, other: Unit) -> bool:
    if not {meant[:_STEM] for meant in one.concepts[:3]}.isdisjoint(
        meant[:_STEM] for meant in other.concepts[:3]
    ):
        return True
    return bool(one.sound) and (
        Levenshtein.normalized_similarity(skeleton(one.sound), skeleton(other.sound)) >= _SAME_TRADE_HEARD
    )


class _Part(NamedTuple):
    """Two units of two names that agree: how much, and whether that tells the name (`named`)."""

    strength: float
    ours: int
    theirs: int
    named: bool


def _aligned(ours: Heard, theirs: Heard) -> float:
    """Unit by unit, in any order: some agree in sound, others in what they mean (NANYANG BANK, 南洋銀行)."""
    left, right = _joined_letters(ours.units), _joined_letters(theirs.units)
    if max(len(left), len(right)) > _MOST_UNITS:
        return 0.0
    if min(len(left), len(right)) < 2 and not any(
        _is_named(a, b) or _is_named(b, a) for a in left for b in right
    ):
        return 0.0
    parts = sorted(
        (
            part
            for here, unit in enumerate(left)
            for there, other in enumerate(right)
            if (part := _agree(unit, other, here, there, ours.reader, theirs.reader)) is not None
        ),
        reverse=True,
    )
    matched_left: dict[int, float] = {}
    matched_right: dict[int, float] = {}
    named = meant = 0
    for part in parts:
        # 重工業 is both words of HEAVY INDUSTRY, so one side may be matched again by what it means.
        again = part.ours in matched_left, part.theirs in matched_right
        if all(again) or (any(again) and part.named):
            continue
        matched_left[part.ours] = matched_right[part.theirs] = part.strength
        if not left[part.ours].weak or not right[part.theirs].weak:
            named += part.named
            meant += not part.named
    covered = min(_covered(left, matched_left), _covered(right, matched_right))
    if named and covered >= _LEAST_COVERED:
        return 0.8 + 0.15 * (covered - _LEAST_COVERED) / (1 - _LEAST_COVERED)
    if meant >= _LEAST_MEANT and covered >= _ALL_COVERED:
        return 0.82
    return 0.0


def _joined_letters(units: Sequence[Unit]) -> list[Unit]:
    """Single Han letters in a row are a name that no dictionary has."""
    found: list[Unit] = []
    for unit in units:
        before = found[-1] if found else None
        if (
            before is not None
            and len(unit.text) == 1
            and not unit.text.isascii()
            and not unit.weak
            and not before.weak
            and not before.text.isascii()
            and (len(before.text) == 1 or not before.concepts)
        ):
            found[-1] = Unit(before.text + unit.text, joined([before.sound, unit.sound]), (), False)
        else:
            found.append(unit)
    return found


def _weight(unit: Unit) -> float:
    if not unit.weak:
        return 1.0
    return 0.1 if not _counts(unit) else 0.4


def _covered(units: Sequence[Unit], matched: Mapping[int, float]) -> float:
    whole = sum(map(_weight, units))
    return (
        sum(_weight(units[place]) * strength for place, strength in matched.items()) / whole if whole else 0.0
    )


def _agree(one: Unit, other: Unit, here: int, there: int, reader: str, other_reader: str) -> _Part | None:
    if (named := _is_named(one, other) or _is_named(other, one)) or (
        (one.weak or other.weak) and _same_trade(one, other)
    ):
        return _Part(1.0, here, there, named)
    heard = alike(ways_of((one,), reader), ways_of((other,), other_reader))
    if heard.sum >= max(1.0, _least(heard.codes) - _EASIER) and heard.codes >= 2:
        tells = not (one.weak or other.weak) and heard.codes >= _SHORTEST_STRONG
        return _Part(min(1.0, heard.sum), here, there, tells)
    if not {meant[:_STEM] for meant in one.concepts[:2]}.isdisjoint(
        meant[:_STEM] for meant in other.concepts[:2]
    ):
        return _Part(0.95, here, there, False)
    return None


def _is_named(one: Unit, other: Unit) -> bool:
    """Whether a dictionary has one unit as the name that the other is: 华为 is huawei."""
    return (
        one.text.isascii()
        and not other.text.isascii()
        and one.text in other.concepts
        and len(one.text) > 2
        and not frequency(one.text)
    )


_MOST_UNITS = 10
_LEAST_COVERED, _ALL_COVERED = 0.8, 0.95
_LEAST_MEANT = 2
# A part of a name needs to be less alike than a whole one.
_EASIER = 0.06


def score(ours: Heard, theirs: Heard) -> float:
    """From 0 (no) to 1: how sure it is that both are spellings of one name; from 0.8 it is taken to be so."""
    told = trades(ours.units, theirs.units)
    if told.shared:
        # Names of one trade are alike in its word: what is left has to be alike.
        rest = alike(
            ways_of(told.ours, ours.reader) or ours.whole, ways_of(told.theirs, theirs.reader) or theirs.whole
        )
    else:
        rest = alike(ours.whole, theirs.whole)
    found = 0.0
    shortest = _SHORTEST_STRONG - min(told.shared, 1)
    if not told.shared and "Hani" in (ours.script, theirs.script):
        # Two Han letters are read like a hundred others.
        shortest = _SHORT_HAN + 1
    if rest.is_enough and rest.codes >= shortest:
        found = 0.85 + min(0.1, rest.surplus) + 0.03 * min(told.shared, 1)
    elif told.shared and rest.sum >= _REST_OF_LONG and rest.fine >= _FINE_OF_REST:
        whole = alike(ours.whole, theirs.whole)
        if whole.sum >= _LONG_ALIKE and whole.is_enough:
            found = 0.85
    if not told.contradict and (told.missing or not found):
        strong = alike(ours.strong, theirs.strong)
        if (
            strong.is_enough
            and strong.codes >= shortest
            and (strong.codes >= _LONG or not told.missing or strong.fine >= _FINE_ENOUGH)
        ):
            sure = 0.82 + min(0.1, strong.surplus) + 0.04 * min(told.shared, 1) - 0.02 * told.missing
            found = max(found, sure)
    if not found and not told.contradict:
        found = _aligned(ours, theirs)
    return min(found, 0.99)
