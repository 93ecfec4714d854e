"""How names sound that their letters alone do not say: Han letters in four languages, foreign words in
katakana, English words.

Two things need no table: the Mandarin reading is that of the romanised form (`search/keys/roman.py`), and a
run of capitals is spelled by the names of its letters (KNS is 케이엔에스 in Korean and เคเอ็นเอส in Thai).
"""

from functools import lru_cache
from typing import Literal

from search.keys.roman import roman_word
from search.keys.scripts import script_of
from search.language.table import table

Language = Literal["yue", "ko", "ja", "vi"]
"""Cantonese, Korean, Japanese, Vietnamese (ISO 639)."""

_LONGEST_WORD = 8
_MOST_LETTERS = 24
"""A longer text is no name that anybody reads letter by letter."""


@lru_cache(maxsize=4096)
def _readings_of_letter(letter: str, language: Language) -> tuple[str, ...]:
    row = table("unihan/readings").get(letter)
    for part in row.split("|") if row else ():
        name, _, readings = part.partition("=")
        if name == language:
            return tuple(readings.split(","))
    return ()


def _by_letter(text: str, language: Language) -> tuple[str, ...]:
    """The usual reading of each letter in a row; () where one has none."""
    if len(text) == 1:
        return _readings_of_letter(text, language)
    found = [_readings_of_letter(letter, language) for letter in text]
    return ("".join(readings[0] for readings in found),) if all(found) else ()


def _japanese(text: str) -> tuple[str, ...]:
    """Word by word, the longest from the left; letters that begin no word by their Sino-Japanese reading."""
    if (whole := table("unidic/readings").get(text)) is not None:
        return tuple(dict.fromkeys(map(roman_word, whole.split("|"))))
    found: list[str] = []
    start = 0
    while start < len(text):
        for end in range(min(len(text), start + _LONGEST_WORD), start + 1, -1):
            if (row := table("unidic/readings").get(text[start:end])) is not None:
                found.append(roman_word(row.partition("|")[0]))
                start = end
                break
        else:
            readings = _readings_of_letter(text[start], "ja")
            if not readings:
                return ()
            found.append(readings[0])
            start += 1
    return ("".join(found),)


@lru_cache(maxsize=1024)
def han_readings(text: str, language: Language) -> tuple[str, ...]:
    """The readings of a run of Han letters in a language, romanised without tones, the most usual first;
    empty where a letter has none.

    Compare a language's reading with names in its own script or of its own offices only: five readings of
    every name link what nobody links.
    """
    if not text or len(text) > _MOST_LETTERS:
        return ()
    return _japanese(text) if language == "ja" else _by_letter(text, language)


_MOST_JAPANESE = 9
# The dictionary has the formal reading only.
_READ_BESIDES = {"日本": "nihon", "大阪": "oosaka"}


@lru_cache(maxsize=4096)
def japanese_readings(word: str) -> tuple[str, ...]:
    """How a Japanese word or name of Han letters and kana may be read, in letters a to z, the most usual way
    first; empty where a letter has no reading.
    """
    found: list[str] = [""]
    start = 0
    while start < len(word):
        end = next(
            (
                end
                for end in range(min(len(word), start + _LONGEST_WORD), start + 1, -1)
                if script_of(word[start:end]) == "Hani"
                and table("unidic/readings").get(word[start:end]) is not None
            ),
            start + 1,
        )
        readings = _japanese_piece(word[start:end])
        if not readings:
            return ()
        found = [before + reading for before in found for reading in readings][:_MOST_JAPANESE]
        start = end
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def _japanese_piece(piece: str) -> tuple[str, ...]:
    """The readings of a word of the dictionary, or of one letter: those that came from China come first, for
    they are what letters have in names that are no words.
    """
    if script_of(piece) != "Hani":
        return (roman_word(piece),)
    row = table("unidic/readings").get(piece)
    known = tuple(map(roman_word, row.split("|")[:2])) if row is not None else ()
    if len(piece) > 1:
        besides = _READ_BESIDES.get(piece)
        return (besides, *known) if besides is not None else known
    return tuple(dict.fromkeys((*_readings_of_letter(piece, "ja")[:1], *known)))[:3]


def katakana_foreign(word: str) -> str | None:
    """The foreign spelling of a word in katakana, in normal form (ミュラー is muller); None where the table
    has none.
    """
    return table("unidic/foreign").get(word)


def english_sound(word: str) -> tuple[str, ...] | None:
    """The phonemes of an English word in normal form, in ARPAbet without stress; None where the dictionary
    has not got it.
    """
    row = table("cmu/english").get(word)
    return None if row is None else tuple(row.split(" "))


@lru_cache(maxsize=8192)
def _simplified_letter(letter: str) -> str:
    return table("unihan/simplified").get(letter) or letter


def simplified(text: str) -> str:
    """A text with simplified Han letters for traditional ones, letter by letter."""
    return text if text.isascii() else "".join(map(_simplified_letter, text))
