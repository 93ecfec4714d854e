"""Whether two spellings in one script are of one name: word by word.

What differs decides. Words that say nothing may be missing, a word may be mistyped or cut short; but where
each name has a word of its own, they are two names, however long the rest that they share.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search.applicants.name import Name
from search.applicants.wording import FUNCTION_WORDS, empty_words, is_trade, place_of
from search.keys.scripts import LATIN
from search.language.english import is_english

AGAINST = -1.0
"""The score of two names of which each has a word that the other has not."""

_LEAST_TYPO, _LEAST_SINGLE = 5, 8
_LEAST_UNSPACED = 8
_SHORTEST_CUT = 3
_SURE_WORDS = 3
_MOST_RARE = 3
"""A word is rare that no more names hold: then it may stand for all of them."""


class Judged(NamedTuple):
    """From 0.8 on it is taken for one name, by the evidence named; `AGAINST` where it is another."""

    score: float
    evidence: str


_UNKNOWN = Judged(0.0, "")
_OTHER = Judged(AGAINST, "")


def judge(one: Name, other: Name, same_country: bool, names_with: Callable[[str], int]) -> Judged:
    """Compare two names of one script whose cores differ. `names_with` says how many names hold a word."""
    if one.numbers != other.numbers:
        return _OTHER
    if one.script != LATIN:
        return _unspaced(one, other)
    if one.raw == other.raw:
        # Persons of one name that were not taken for the same are namesakes.
        return _UNKNOWN if one.is_person and other.is_person else Judged(0.99, "spacing")
    if one.is_person or other.is_person:
        same = sorted(one.words) == sorted(other.words) and len(one.words) > 1 and same_country
        return Judged(0.9, "order of words") if same else _UNKNOWN
    if sorted(one.words) == sorted(other.words):
        return Judged(0.93, "order of words")
    acronym = _acronym(one, other) or _acronym(other, one)
    if acronym:
        return Judged(0.82, "initials") if same_country else _UNKNOWN
    if (glued := _glued(one, other)) is not None:
        return glued
    left, right, pairs = _apart(one.words, other.words)
    if left and right:
        return _differing(left, right, pairs, same_country)
    return _missing(left or right, pairs, same_country, names_with)


class _Pair(NamedTuple):
    ours: str
    theirs: str


def _apart(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str], list[_Pair]]:
    """The words of each that the other has not, and those that both have."""
    right = [word for word in theirs if word not in FUNCTION_WORDS]
    left: list[str] = []
    pairs: list[_Pair] = []
    for word in ours:
        if word in FUNCTION_WORDS:
            continue
        if word in right:
            right.remove(word)
            pairs.append(_Pair(word, word))
        else:
            left.append(word)
    return left, right, pairs


def _glued(one: Name, other: Name) -> Judged | None:
    """Names that differ in a letter or in spacing and a letter, whole."""
    shorter = min(len(one.core), len(other.core))
    if shorter < _LEAST_SINGLE + 4 or _digits(one.core) != _digits(other.core):
        return None
    if OSA.distance(one.core, other.core, score_cutoff=1) > 1 or len(one.words) == len(other.words):
        return None
    at = next(
        (place for place, pair in enumerate(zip(one.core, other.core, strict=False)) if pair[0] != pair[1]),
        shorter,
    )
    if min(_length_at(one.words, at), _length_at(other.words, at)) < _LEAST_TYPO:
        return None
    return Judged(0.88, "spelling")


def _length_at(words: Sequence[str], at: int) -> int:
    """The length of the word in which a letter of the core stands."""
    for word in words:
        at -= len(word)
        if at < 0:
            return len(word)
    return len(words[-1])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _differing(left: list[str], right: list[str], pairs: list[_Pair], same_country: bool) -> Judged:
    """Each has words of its own: mistyped or cut short, or else it is another name."""
    if len(left) != len(right) or len(left) > 2:
        return _OTHER
    kinds: list[str] = []
    for ours, theirs in zip(left, right, strict=True):
        kind = _same_word(ours, theirs, alone=not pairs)
        if kind is None:
            return _OTHER
        kinds.append(kind)
    shared_names = [pair.ours for pair in pairs if not is_trade(pair.ours) and pair.ours not in empty_words()]
    if "spelling" in kinds:
        if len(kinds) > 1 or not (shared_names or len(left[0]) >= _LEAST_SINGLE):
            return _UNKNOWN
        return Judged(0.88 if same_country else 0.81, "spelling") if same_country or pairs else _UNKNOWN
    if not pairs:
        return _UNKNOWN
    return Judged(0.9, "word cut short") if same_country else _UNKNOWN


def _same_word(ours: str, theirs: str, *, alone: bool) -> str | None:
    """Whether two words are one that is mistyped (`spelling`) or cut short (`short`)."""
    if _digits(ours) or _digits(theirs) or place_of(ours) or place_of(theirs):
        return None
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter) and is_trade(longer) and not alone:
        return "short"
    if len(shorter) < (_LEAST_SINGLE if alone else _LEAST_TYPO):
        return None
    if is_english(ours) and is_english(theirs):
        return None
    edits = 1 if len(shorter) < 12 else 2
    distance = OSA.distance(ours, theirs, score_cutoff=edits)
    if distance > edits or ours[0] != theirs[0]:
        return None
    return "spelling"


def _missing(
    extra: list[str],
    pairs: list[_Pair],
    same_country: bool,
    names_with: Callable[[str], int],
) -> Judged:
    """One has words that the other has not."""
    if not pairs or not extra:
        return Judged(0.95, "order of words") if pairs else _UNKNOWN
    shared = [pair.ours for pair in pairs]
    tells = [
        word for word in shared if not is_trade(word) and word not in empty_words() and not place_of(word)
    ]
    places = [place_of(word) for word in extra]
    if any(places):
        # A company that has its country in its name is another one than its mother, unless both are there.
        return _OTHER
    if not tells or not same_country:
        return _UNKNOWN
    rare = min(map(names_with, tells)) <= _MOST_RARE or len(tells) > 1
    if all(word in empty_words() for word in extra):
        return Judged(0.86, "words that say nothing") if rare else _UNKNOWN
    if len(extra) == 1 and len(shared) >= _SURE_WORDS and rare and _is_code(extra[0]):
        return Judged(0.84, "a code within")
    return _UNKNOWN


def _is_code(word: str) -> bool:
    """CCPBG: letters of a division that are no word."""
    return len(word) >= 3 and not any(letter in "aeiouy" for letter in word)


def _acronym(short: Name, long: Name) -> bool:
    """One word, the first letters of four or more; three letters stand for too many names."""
    return (
        len(short.words) == 1
        and 4 <= len(short.core) <= 6
        and short.core == "".join(word[0] for word in long.words)
        and not is_english(short.core)
    )


def _unspaced(one: Name, other: Name) -> Judged:
    """Names in a script without spaces: the same letters otherwise spaced, or one letter more or less in a
    long one.
    """
    if one.core == other.core:
        return Judged(0.99, "spacing")
    if one.script in ("Hani", "Hang"):
        return _UNKNOWN
    shorter = min(len(one.core), len(other.core))
    if shorter < _LEAST_UNSPACED or _digits(one.core) != _digits(other.core):
        return _UNKNOWN
    edits = 1 if shorter < 14 else 2
    if OSA.distance(one.core, other.core, score_cutoff=edits) <= edits and one.core[0] == other.core[0]:
        return Judged(0.86, "spelling")
    return _UNKNOWN
