"""The rules of likeness. Each compares the name asked for with names held and gives points from 0 to 1.

A rule is pure, works on forms computed before, and has a version: where what it does changes, its version
does. All figures of the rules stand in this file.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from search.forms import Form
from search.similarity.meaning import means_and_sounds, means_the_same
from search.similarity.names import Asked, HeldNames, Points, compared

RULES_VERSION = "2"

_LOOKALIKE_EQUAL, _LOOKALIKE_NEAR = 0.98, 0.96
_OTHER_ORDER = 0.95
_EDITS_SHARE, _START_SHARE = 0.65, 0.35
_SAME_SOUND, _NEAR_SOUND = 0.95, 0.9
_SOUND_SHARE, _SPELLING_SHARE = 0.5, 0.5
_ACROSS, _ACROSS_MOST, _UNSURE = 1.05, 0.97, 0.2
_BONES_SHARE, _VOWELS_SHARE, _ROMAN_SHARE = 0.4, 0.3, 0.3
_HELD_BASE, _HELD_SHARE = 0.50, 0.42
_WHOLE_WORDS_BASE, _WHOLE_WORDS_SHARE = 0.72, 0.25
# A likeness r of letters counts as r to this power: an edit in five letters is much, one in ten is little.
_STEEPNESS = 1.5
# Below this share of letters in common, two spellings are two words.
_LEAST_ALIKE = 0.4
_SHORTEST_HELD = 3
_PART_FULL = 0.9
_COMMON_FULL = 0.85


class Reason(NamedTuple):
    """Why a result is there: the rule and its version, what it compared, and its points."""

    rule: str
    compared: str
    points: float
    version: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """`of_sound`: whether it counts where only sound is asked for. `of_meaning`: whether it looks at
    meaning.
    """

    name: str
    version: int
    of_sound: bool
    points: Callable[[Asked, HeldNames], Points]
    shown: Callable[[Form], str]
    of_meaning: bool = False

    @property
    def code(self) -> str:
        """The rule as a parameter names it."""
        return self.name.replace(",", "").replace(" ", "-")


def _identical(one: Asked, held: HeldNames) -> Points:
    return np.fromiter([key == one.key for key in held.keys], np.float32, len(held))


def _looks_alike(one: Asked, held: HeldNames) -> Points:
    """The same once letters that look alike are made one, or nearly so."""
    near = compared(one.lookalike, held.lookalikes, OSA.normalized_similarity)
    points = np.where(
        near == 1.0,
        np.float32(_LOOKALIKE_EQUAL),
        np.where(near >= _LEAST_ALIKE, _LOOKALIKE_NEAR * near**_STEEPNESS, 0.0),
    )
    if one.lookalike == one.key:
        # Where nothing was folded on either side, the letters themselves were compared: that is another
        # rule's.
        folded = np.fromiter(
            [folded != key for folded, key in zip(held.lookalikes, held.keys, strict=True)],
            np.bool_,
            len(held),
        )
        points = np.where(folded | (near == 1.0), points, 0.0)
    return points.astype(np.float32)


def _edits(one: Asked, held: HeldNames) -> Points:
    """Few letters changed, and most of all not the first ones."""
    edits = compared(one.key, held.keys, OSA.normalized_similarity)
    start = compared(one.key, held.keys, JaroWinkler.similarity)
    points = _EDITS_SHARE * edits**_STEEPNESS + _START_SHARE * start**_STEEPNESS
    return np.where(edits >= _LEAST_ALIKE, points, 0.0).astype(np.float32)


def _sound(one: Asked, held: HeldNames) -> Points:
    """The same sound within one script. Sound codes do not keep B from P, so what the codes have in common
    counts by how near the spellings are.
    """
    heard = np.zeros(len(held.sounds), np.float32)
    for sound in one.form.sounds:
        consonants, whole = held.heard(sound)
        near = _NEAR_SOUND * (0.5 * consonants + 0.5 * whole) ** _STEEPNESS
        np.maximum(heard, np.where(whole == 1.0, _SAME_SOUND, near), out=heard)
    spelled = compared(one.spelling, held.spellings, OSA.normalized_similarity)
    points = held.best_of_sounds(heard) * (_SOUND_SHARE + _SPELLING_SHARE * spelled)
    return np.where(held.of_script(one.form.script), points, 0.0).astype(np.float32)


def _sound_across(one: Asked, held: HeldNames) -> Points:
    """The same sound in two scripts: consonants most, for vowels are written least alike; the more consonants
    agree, the surer.
    """
    best = np.zeros(len(held), np.float32)
    for sound, bones in zip(one.form.sounds, one.skeletons, strict=True):
        consonants, whole = held.heard(sound)
        many = np.maximum(held.skeleton_lengths, len(bones))
        heard = (_BONES_SHARE * consonants + _VOWELS_SHARE * whole) * many / (many + _UNSURE)
        np.maximum(best, held.best_of_sounds(heard), out=best)
    letters = compared(one.form.roman, held.romans, OSA.normalized_similarity)
    points = np.where(best > 0.0, _ACROSS * (best + _ROMAN_SHARE * letters), 0.0)
    points = np.where(held.of_script(one.form.script), 0.0, np.minimum(points, _ACROSS_MOST))
    return points.astype(np.float32)


def _contains(one: Asked, held: HeldNames) -> Points:
    """One name stands whole in the other: the more, the larger its part of it."""
    points = np.zeros(len(held), np.float32)
    asked = one.key
    for place, key in enumerate(held.keys):
        if asked in key or key in asked:
            points[place] = _containing(one, key, held.words[place])
    return points


def _containing(one: Asked, key: str, words: str) -> float:
    """Of two keys of which one is known to stand in the other."""
    short, long = (one.key, key) if len(one.key) <= len(key) else (key, one.key)
    if len(short) < _shortest(one) or short == long:
        return 0.0
    share = len(short) / len(long)
    few, many = sorted((one.form.words, words), key=len)
    if f" {few} " in f" {many} ":
        return _WHOLE_WORDS_BASE + _WHOLE_WORDS_SHARE * share
    return _HELD_BASE + _HELD_SHARE * share


def _shortest(one: Asked) -> int:
    return 2 if one.form.script in ("Hani", "Hang", "Kana") else _SHORTEST_HELD


def _part(one: Asked, held: HeldNames) -> Points:
    """One name stands nearly whole in the other."""
    length = len(one.key)
    short, long = np.minimum(held.lengths, length), np.maximum(held.lengths, length)
    part = compared(one.key, held.keys, fuzz.partial_ratio) / 100
    points = part * part * _PART_FULL * (0.55 + 0.45 * short / np.maximum(long, 1))
    return np.where((short < _SHORTEST_HELD) | (short == long), 0.0, points).astype(np.float32)


def _common_words(one: Asked, held: HeldNames) -> Points:
    """Words in common, by how rare they are in the register, and how much of the other name they make up."""
    points = np.zeros(len(held), np.float32)
    known, several = one.weights.keys(), len(one.words) > 1
    for place, held_words in enumerate(held.words):
        words = held_words.split(" ")
        if (several or len(words) > 1) and not known.isdisjoint(words):
            points[place] = _in_common(one, held_words, words)
    return points


def _in_common(one: Asked, held_words: str, words: Sequence[str]) -> float:
    """Of words of which one at least is asked for."""
    shared = [word for word in dict.fromkeys(words) if word in one.weights]
    ours = sum(one.weights[word] for word in shared)
    theirs = sum(map(len, shared)) / max(1, len(held_words) - len(words) + 1)
    return _COMMON_FULL * (0.65 * ours + 0.35 * min(1.0, theirs))


def _other_order(one: Asked, held: HeldNames) -> Points:
    """The same words in another order."""
    points = np.zeros(len(held), np.float32)
    if len(one.words) > 1:
        length = len(one.key)
        for place, key in enumerate(held.keys):
            if (
                len(key) == length
                and key != one.key
                and " ".join(sorted(held.words[place].split(" "))) == one.sorted_words
            ):
                points[place] = _OTHER_ORDER
    return points


def _words(form: Form) -> str:
    return form.words


def _said(form: Form) -> str:
    return f"{form.words} [{form.roman}]" if form.script != "Latn" else form.words


def _meant(form: Form) -> str:
    meanings = ", ".join(unit.phrases[0] for unit in form.units if unit.phrases)
    return f"{form.words} ({meanings})" if meanings and form.script != "Latn" else form.words


RULES: tuple[Rule, ...] = (
    Rule("identical", 1, True, _identical, _words),
    Rule("look-alike letters", 1, False, _looks_alike, _words),
    Rule("few letters changed", 1, False, _edits, _words),
    Rule("same sound", 2, True, _sound, _said),
    Rule("sound across scripts", 2, True, _sound_across, _said),
    Rule("one holds the other", 1, False, _contains, _words),
    Rule("part nearly the same", 1, False, _part, _words),
    Rule("words in common", 1, False, _common_words, _words),
    Rule("words in another order", 1, False, _other_order, _words),
    Rule("same meaning", 2, False, means_the_same, _meant, True),
    Rule("part by meaning, part by sound", 2, False, means_and_sounds, _meant, True),
)

RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)


def rules_without(codes: Collection[str], *, of_sound: bool) -> tuple[Rule, ...]:
    """The rules that are not switched off; only those of sound where only sound is asked for."""
    return tuple(rule for rule in RULES if rule.code not in codes and (rule.of_sound or not of_sound))
