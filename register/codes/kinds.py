"""Feature and kind of a mark: from the words of formats and offices to one small vocabulary of our own."""

import string
import unicodedata
from functools import cache, lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar, get_args

from register.codes.table import rows

Feature = Literal[
    "word",
    "stylized",
    "figurative",
    "combined",
    "three-dimensional",
    "colour",
    "sound",
    "hologram",
    "olfactory",
    "motion",
    "multimedia",
    "position",
    "pattern",
    "touch",
    "taste",
    "tracer",
    "other",
]
FEATURES: tuple[Feature, ...] = get_args(Feature)

Kind = Literal["individual", "collective", "certification", "defensive", "membership", "slogan", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_Concept = TypeVar("_Concept", bound=str)

_IGNORED = dict.fromkeys(map(ord, string.punctuation + string.whitespace + "\u200b\u200c\u200d·・–—’‘“”"))
_ENDINGS = ("trademark", "trademarks", "servicemark", "servicemarks", "marks", "mark")
_BETWEEN = str.maketrans(dict.fromkeys(",;|/&+", "\n"))


class _Vocabulary(NamedTuple, Generic[_Concept]):
    """What words mean: `words` by office ("" for every office) and key; `starts` by office and leading
    character.

    `elsewhere` holds the words of single offices that no other office uses otherwise. None as a meaning
    stands for a word that says nothing (`Undefined`).
    """

    words: dict[tuple[str, str], _Concept | None]
    starts: dict[tuple[str, str], _Concept | None]
    elsewhere: dict[str, _Concept | None]


def _key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().translate(_IGNORED)


def _vocabulary(dimension: str, concepts: tuple[_Concept, ...]) -> _Vocabulary[_Concept]:
    known = {str(concept): concept for concept in concepts}
    vocabulary: _Vocabulary[_Concept] = _Vocabulary({}, {}, {})
    meanings: dict[str, set[_Concept | None]] = {}
    for row_dimension, concept, office, value in rows(
        "mark_kinds.csv", "dimension", "concept", "office", "value"
    ):
        if row_dimension == dimension:
            place = vocabulary.starts if value.endswith("*") else vocabulary.words
            key = _key(value)
            place.setdefault((office, key), known.get(concept))
            # A letter or two is an office's own code, whatever other offices do.
            if len(key) > 2 and place is vocabulary.words:
                meanings.setdefault(key, set()).add(known.get(concept))
    for key, found in meanings.items():
        if len(found) == 1:
            vocabulary.elsewhere[key] = found.pop()
    return vocabulary


@cache
def _features() -> _Vocabulary[Feature]:
    return _vocabulary("feature", FEATURES)


@cache
def _kinds() -> _Vocabulary[Kind]:
    return _vocabulary("kind", KINDS)


def _look_up(word: str, office: str, vocabulary: _Vocabulary[_Concept]) -> _Concept | None:
    key = _key(word)
    for place in (office, "") if office else ("",):
        if (place, key) in vocabulary.words:
            return vocabulary.words[place, key]
        if (place, key[:1]) in vocabulary.starts:
            return vocabulary.starts[place, key[:1]]
    if key in vocabulary.elsewhere:
        return vocabulary.elsewhere[key]
    for ending in _ENDINGS:
        stem = key.removesuffix(ending)
        if stem != key and ("", stem) in vocabulary.words:
            return vocabulary.words["", stem]
    return None


def _of_parts(word: str, office: str, vocabulary: _Vocabulary[_Concept]) -> set[_Concept | None]:
    parts = word.translate(_BETWEEN).split("\n")
    return {_look_up(part, office, vocabulary) for part in parts} if len(parts) > 1 else set()


@lru_cache(maxsize=4096)
def mark_feature(word: str, office: str | None = None) -> Feature | None:
    """What a mark consists of, by the word of a format or an office (`MarkFeature`, `MarkFeatureCategory` and
    such).

    Case, spaces and punctuation do not count. `office` (ST.3) settles words that only one office uses in its
    way, such as the drawing codes of the USPTO (`4000`) or the letters of an office. Several words at once
    (`Word, Device`) are `combined` where they are words and a picture. None where the word is not known or
    says nothing (`Undefined`).
    """
    found = _look_up(word, office or "", _features())
    if found is not None:
        return found
    parts = _of_parts(word, office or "", _features())
    if len(parts) == 1:
        return parts.pop()
    return "combined" if parts and parts <= {"word", "stylized", "figurative", "combined"} else None


@lru_cache(maxsize=4096)
def mark_kind(word: str, office: str | None = None) -> Kind | None:
    """Whose mark it is, by the word of a format or an office (`KindMark`, `MarkCategory`, IPAS
    `TransactionCode`).

    Trade marks and service marks are both `individual`, guarantee marks are `certification`. Several words at
    once (`Trademark, Service Mark`) count where they mean the same. None where the word is not known or says
    nothing.
    """
    found = _look_up(word, office or "", _kinds())
    if found is not None:
        return found
    parts = _of_parts(word, office or "", _kinds())
    return parts.pop() if len(parts) == 1 else None
