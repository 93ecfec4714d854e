"""The words of applicants' names: one form for the ways in which a word is cut short, and which words say
little.

The tables beside are to be read and corrected by a person.
"""

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from search.keys.normal import folded_text
from search.language.english import is_english
from search.language.table import table

_TABLES = Path(__file__).parent / "tables"
FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "and",
        "und",
        "et",
        "y",
        "e",
        "dan",
        "de",
        "der",
        "die",
        "des",
        "du",
        "del",
        "di",
        "da",
        "la",
        "le",
        "el",
        "van",
        "von",
    ]
)
"""Words that join others, in the languages in which companies are named."""
_SHORTEST_PLURAL = 5


def _rows(name: str) -> Iterator[list[str]]:
    with (_TABLES / name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def _pairs(name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(name)}


@cache
def _spellings() -> dict[str, str]:
    return _pairs("words.csv")


@cache
def empty_words() -> frozenset[str]:
    """Words that a company adds to its name or leaves away: SKYBELL and SkyBell Technologies."""
    return frozenset(word for (word,) in _rows("empty.csv"))


@cache
def forms_read() -> frozenset[str]:
    """Corporation and Company in the letters of other scripts, in normal form."""
    return frozenset(folded_text(word) for (word,) in _rows("forms_read.csv"))


@cache
def japanese_trades() -> dict[str, str]:
    """What words of trade mean that stand at the end of a Japanese name as it is read."""
    return _pairs("japanese_trades.csv")


@cache
def _places() -> dict[str, tuple[str, str]]:
    return {written: (meant, country) for written, meant, country in _rows("places.csv")}


def place_of(word: str) -> tuple[str, str] | None:
    """The place that a word names, in one spelling, and the country (ST.3) that it is or lies in."""
    return _places().get(word)


@lru_cache(maxsize=65536)
def plain_word(word: str) -> str:
    """One form of a word of a normal form: `technology` for Tech, Technol and Technologies."""
    meant = _spellings().get(word)
    if meant is not None:
        return meant
    is_plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural and is_english(word[:-1]) else word


@lru_cache(maxsize=65536)
def is_trade(word: str) -> bool:
    """Whether an English word says what a company does: it tells no company from another in its trade."""
    return word in _spelled_trades() or word in _MORE_TRADES or table("trade/concepts").get(word) is not None


_MORE_TRADES = frozenset(
    [
        "paper",
        "pulp",
        "cable",
        "railway",
        "marine",
        "shipping",
        "newspaper",
        "petroleum",
        "metal",
        "mining",
        "spinning",
    ]
)


@cache
def _spelled_trades() -> frozenset[str]:
    return frozenset(_spellings().values())
