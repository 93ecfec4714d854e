"""Goods and services cut into terms, and terms into the words that tell goods apart."""

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from search.keys.normal import folded_text
from search.keys.scripts import UNSPACED, runs

MAX_GOODS_CHARACTERS = 6000
"""Of a longer list of goods, the rest is not compared. The lists of whole classes are longer than that."""

_BETWEEN_TERMS = re.compile(r"[;,:.()\[\]/|•·、，；：。؛،\n]+")
_SHORTEST_WORD = 2
# Endings of the English plural, longest first, with what stands in their place, and the shortest word that
# has them.
_PLURALS = (("ies", "y", 5), ("sses", "ss", 6), ("shes", "sh", 6), ("ches", "ch", 6), ("xes", "x", 5))
_NO_PLURALS = ("ss", "us", "is")


class Term(NamedTuple):
    """One term of a list of goods: as written, and its words in normal form, weak ones left out."""

    shown: str
    words: frozenset[str]


@cache
def weak_words() -> frozenset[str]:
    """Words that goods of every class have in common (`weak_goods_words.csv`), in normal form."""
    text = files(__package__).joinpath("weak_goods_words.csv").read_text(encoding="utf-8")
    return frozenset(
        word for row in csv.DictReader(text.splitlines()) for word in folded_text(row["words"]).split()
    )


@lru_cache(maxsize=16384)
def _word(word: str) -> str:
    """A word without the ending of an English plural; words of other languages end so rarely."""
    for ending, instead, least in _PLURALS:
        if len(word) >= least and word.endswith(ending):
            return word[: -len(ending)] + instead
    if len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURALS):
        return word[:-1]
    return word


def _words(term: str) -> frozenset[str]:
    weak = weak_words()
    found: set[str] = set()
    for word in folded_text(term).split():
        if word not in weak:
            found.update(_word(run) for _, run in runs(word) if len(run) >= _SHORTEST_WORD)
    return frozenset(found - weak)


@lru_cache(maxsize=4096)
def goods_terms(text: str) -> tuple[Term, ...]:
    """The terms of a text, each set of words once.

    A run of Han, kana, Thai, Lao, Khmer or Burmese, which put no space between words, is one word here.
    """
    found: dict[frozenset[str], Term] = {}
    for part in _BETWEEN_TERMS.split(text[:MAX_GOODS_CHARACTERS]):
        words = _words(part)
        if words:
            found.setdefault(words, Term(" ".join(part.split()), words))
    return tuple(found.values())


def words_in_common(asked: Iterable[str], held: frozenset[str]) -> list[str]:
    """The words asked for that are among those held; a word of a script without spaces may also stand
    within one, or hold one.
    """
    found = []
    for word in asked:
        if word in held or (_is_unspaced(word) and any(_within(word, other) for other in held)):
            found.append(word)
    return found


@lru_cache(maxsize=16384)
def _is_unspaced(word: str) -> bool:
    return runs(word)[0][0] in UNSPACED


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    script = runs(short)[0][0]
    # Two Han letters are a word; in the alphabets without spaces it takes more.
    return len(short) >= (2 if script in ("Hani", "Kana") else 4) and short in long
