"""The rules of likeness. Each compares one name asked for with one name held and gives points from 0 to 1.

A rule is pure, works on forms computed before, and has a version: where what it does changes, its version
does. All figures of the rules stand in this file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from search.forms import Form
from search.keys.sound import skeleton
from search.similarity.lookalikes import lookalike

RULES_VERSION = "1"

_LOOKALIKE_EQUAL, _LOOKALIKE_NEAR = 0.98, 0.96
_OTHER_ORDER = 0.95
_EDITS_SHARE, _START_SHARE = 0.65, 0.35
_SAME_SOUND, _NEAR_SOUND = 0.93, 0.88
_ACROSS_FULL, _ACROSS_SHORT, _ACROSS_SHORT_VOWELS = 0.97, 0.72, 0.15
_BONES_SHARE, _VOWELS_SHARE, _ROMAN_SHARE = 0.6, 0.2, 0.2
_LONG_SKELETON, _SHORT_SKELETON = 3, 2
_HELD_BASE, _HELD_SHARE = 0.50, 0.42
_WHOLE_WORDS_BASE, _WHOLE_WORDS_SHARE = 0.72, 0.25
# A likeness r of letters counts as r to this power: an edit in five letters is much, one in ten is little.
_STEEPNESS = 1.5
_SHORTEST_HELD = 3
_PART_FULL = 0.9
_COMMON_FULL = 0.85
_TRANSLATED = 0.90


class Asked(NamedTuple):
    """The name asked for, with what is computed once for all comparisons. `weights` are its words by
    rarity, 1 in sum.
    """

    form: Form
    key: str
    words: tuple[str, ...]
    sorted_words: str
    lookalike: str
    skeleton: str
    weights: Mapping[str, float]


class Held(NamedTuple):
    """A name held, as it is compared."""

    form: Form
    key: str
    skeleton: str


class Reason(NamedTuple):
    """Why a result is there: the rule, what it compared, and its points."""

    rule: str
    compared: str
    points: float


@dataclass(frozen=True, slots=True)
class Rule:
    """`of_sound`: whether it counts where only sound is asked for."""

    name: str
    version: int
    of_sound: bool
    points: Callable[[Asked, Held], float]
    shown: Callable[[Form], str]


def held(form: Form) -> Held:
    return Held(form, form.key, skeleton(form.sound))


def asked(form: Form, weights: Mapping[str, float]) -> Asked:
    words = tuple(form.words.split(" ")) if form.words else ()
    return Asked(
        form, form.key, words, " ".join(sorted(words)), lookalike(form.key), skeleton(form.sound), weights
    )


def _identical(one: Asked, other: Held) -> float:
    return 1.0 if one.key == other.key else 0.0


def _looks_alike(one: Asked, other: Held) -> float:
    """The same once letters that look alike are made one, or nearly so."""
    folded = lookalike(other.key)
    if folded == one.lookalike:
        return _LOOKALIKE_EQUAL
    if folded == other.key and one.lookalike == one.key:
        return 0.0
    return float(
        _LOOKALIKE_NEAR * OSA.normalized_similarity(one.lookalike, folded, score_cutoff=0.4) ** _STEEPNESS
    )


def _edits(one: Asked, other: Held) -> float:
    """Few letters changed, and most of all not the first ones."""
    edits = OSA.normalized_similarity(one.key, other.key, score_cutoff=0.4)
    if not edits:
        return 0.0
    return float(
        _EDITS_SHARE * edits**_STEEPNESS
        + _START_SHARE * JaroWinkler.similarity(one.key, other.key) ** _STEEPNESS
    )


def _sound(one: Asked, other: Held) -> float:
    """The same sound within one script."""
    if one.form.script != other.form.script or not one.form.sound or not other.form.sound:
        return 0.0
    if one.form.sound == other.form.sound:
        return float(_SAME_SOUND * (0.75 + 0.25 * OSA.normalized_similarity(one.key, other.key)))
    bones = Levenshtein.normalized_similarity(one.skeleton, other.skeleton)
    return float(
        _NEAR_SOUND
        * (0.5 * bones + 0.5 * Levenshtein.normalized_similarity(one.form.sound, other.form.sound))
        ** _STEEPNESS
    )


def _sound_across(one: Asked, other: Held) -> float:
    """The same sound in two scripts: consonants first, for vowels are written least alike."""
    if one.form.script == other.form.script or not one.form.sound or not other.form.sound:
        return 0.0
    vowels = Levenshtein.normalized_similarity(one.form.sound, other.form.sound)
    if len(one.skeleton) < _SHORT_SKELETON:
        return _ACROSS_SHORT * vowels
    bones = Levenshtein.normalized_similarity(one.skeleton, other.skeleton, score_cutoff=0.4)
    if not bones:
        return 0.0
    full = (
        _ACROSS_FULL if len(one.skeleton) >= _LONG_SKELETON else _ACROSS_SHORT + _ACROSS_SHORT_VOWELS * vowels
    )
    letters = OSA.normalized_similarity(one.form.roman, other.form.roman)
    return float(full * (_BONES_SHARE * bones + _VOWELS_SHARE * vowels + _ROMAN_SHARE * letters))


def _contains(one: Asked, other: Held) -> float:
    """One name stands whole in the other: the more, the larger its part of it."""
    short, long = (one.key, other.key) if len(one.key) <= len(other.key) else (other.key, one.key)
    if len(short) < _shortest(one) or short == long or short not in long:
        return 0.0
    share = len(short) / len(long)
    few, many = sorted((one.form.words, other.form.words), key=len)
    if f" {few} " in f" {many} ":
        return _WHOLE_WORDS_BASE + _WHOLE_WORDS_SHARE * share
    return _HELD_BASE + _HELD_SHARE * share


def _shortest(one: Asked) -> int:
    return 2 if one.form.script in ("Hani", "Hang", "Kana") else _SHORTEST_HELD


def _part(one: Asked, other: Held) -> float:
    """One name stands nearly whole in the other."""
    short, long = sorted((len(one.key), len(other.key)))
    if short < _SHORTEST_HELD or short == long:
        return 0.0
    part = fuzz.partial_ratio(one.key, other.key) / 100
    return part * part * _PART_FULL * (0.55 + 0.45 * short / long)


def _common_words(one: Asked, other: Held) -> float:
    """Words in common, by how rare they are in the register, and how much of the other name they make up."""
    if " " not in other.form.words and len(one.words) < 2:
        return 0.0
    words = other.form.words.split(" ")
    shared = [word for word in dict.fromkeys(words) if word in one.weights]
    if not shared:
        return 0.0
    ours = sum(one.weights[word] for word in shared)
    theirs = sum(map(len, shared)) / max(1, len(other.key))
    return _COMMON_FULL * (0.65 * ours + 0.35 * min(1.0, theirs))


def _other_order(one: Asked, other: Held) -> float:
    """The same words in another order."""
    if len(one.words) < 2 or one.key == other.key or len(other.key) != len(one.key):
        return 0.0
    return _OTHER_ORDER if " ".join(sorted(other.form.words.split(" "))) == one.sorted_words else 0.0


def _words(form: Form) -> str:
    return form.words


def _said(form: Form) -> str:
    return f"{form.words} [{form.roman}]" if form.script != "Latn" else form.words


RULES: tuple[Rule, ...] = (
    Rule("identical", 1, True, _identical, _words),
    Rule("look-alike letters", 1, False, _looks_alike, _words),
    Rule("few letters changed", 1, False, _edits, _words),
    Rule("same sound", 1, True, _sound, _said),
    Rule("sound across scripts", 1, True, _sound_across, _said),
    Rule("one holds the other", 1, False, _contains, _words),
    Rule("part nearly the same", 1, False, _part, _words),
    Rule("words in common", 1, False, _common_words, _words),
    Rule("words in another order", 1, False, _other_order, _words),
)
