"""How an applicant's name is said and what its parts mean: for spellings in two scripts."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from search.applicants.wording import forms_read, is_trade, japanese_trades, plain_word
from search.keys.mark import pieces_of
from search.keys.normal import normal
from search.keys.roman import roman_word
from search.keys.saying import DIGIT_NAMES, LETTER_NAMES, is_spelled, said_word
from search.keys.scripts import LATIN, runs, script_of, script_of_character
from search.keys.sound import joined, sound_of_reading, sound_of_word
from search.keys.units import MOST_CONCEPTS, MOST_UNITS, units_of
from search.language.english import is_content, lemma
from search.language.readings import (
    Language,
    english_sound,
    han_readings,
    japanese_readings,
    katakana_foreign,
)
from search.language.table import table
from search.language.trade import is_formal

MOST_WAYS = 12

_PHONEME_LETTERS = {
    "AA": "a", "AE": "a", "AH": "a", "AO": "o", "AW": "au", "AY": "ai", "B": "b", "CH": "ch", "D": "d",
    "DH": "d", "EH": "e", "ER": "a", "EY": "ei", "F": "f", "G": "g", "HH": "h", "IH": "i", "IY": "i",
    "JH": "j", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ng", "OW": "o", "OY": "oi", "P": "p", "R": "r",
    "S": "s", "SH": "sh", "T": "t", "TH": "t", "UH": "u", "UW": "u", "V": "v", "W": "w", "Y": "y", "Z": "z",
    "ZH": "j",
}  # fmt: skip
# Letters of a reading that the scripts of the region do not keep apart, finer than the classes of the sound
# code: a voiced consonant stays apart from its voiceless one.
_FINE = {
    "yeo": "yu", "eo": "u", "eu": "", "ou": "o", "oo": "u", "uu": "u", "ee": "i", "aa": "a", "ii": "i",
    "ie": "i", "ae": "a", "oe": "e", "ai": "e", "ay": "e", "ei": "e", "ey": "e", "wo": "o", "ow": "o",
    "au": "o", "aw": "o",
    "tch": "c", "ch": "c", "sh": "s", "ph": "p", "th": "t", "kh": "k", "gh": "g", "bh": "b", "dh": "d",
    "ng": "n", "ck": "k", "qu": "k", "q": "k", "c": "k", "x": "ks", "f": "p", "v": "b", "l": "r", "z": "j",
    "w": "u", "y": "i", "tsu": "tu", "shi": "si", "chi": "ci", "fu": "pu", "ji": "ji",
    # Small kana as they are romanised letter by letter.
    "chiy": "c", "shiy": "s", "jiy": "j",
}  # fmt: skip
_FINE_PATTERN = re.compile("|".join(sorted(_FINE, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_R = re.compile(r"(?<=[aeiou])r(?![aeiouyr])")
# Vowels that Japanese puts behind consonants which end a syllable elsewhere.
_PUT_IN = re.compile(r"(?<=[^aeiou])u|(?<=[td])o")
# Where ㅔ or ㅐ meets a vowel, the letters of both look like ㅡ or ㅓ.
_HANGUL_HIATUS = re.compile(
    "(?<=[{}])(?=[{}])".format(
        "".join(
            chr(0xAC00 + initial * 588 + vowel * 28)
            for initial in range(19)
            for vowel in (1, 3, 5, 7, 10, 11, 15)
        ),
        "".join(chr(0xAC00 + 11 * 588 + vowel * 28 + final) for vowel in (8, 13) for final in range(28)),
    )
)
# What closes a syllable is not told voiced from voiceless: ABKO is 앱코.
_CLOSING = re.compile(r"(?<=[aeiou])[bgd](?![aeiour])")
_VOICELESS = {"b": "p", "g": "k", "d": "t"}
_ONE_DIGIT = re.compile(r"(?<![0-9])[0-9](?![0-9])")


_READERS: dict[str, Language] = {"JP": "ja", "KR": "ko", "HK": "yue", "MO": "yue", "VN": "vi"}
_READ_IN_MANDARIN_TOO = ("HK", "MO", "VN")


class Unit(NamedTuple):
    """A part of a name, as `search.keys.units` has it, with its concepts told once."""

    text: str
    sound: str
    concepts: tuple[str, ...]
    weak: bool


class Way(NamedTuple):
    """One way of saying a name: its sound code, and its letters as finely as scripts keep them apart."""

    sound: str
    fine: str


class Heard(NamedTuple):
    """`reader` is the country in which it is read. `whole` are the ways in which all of it may be said,
    `strong` those without the words of trade; `units` are its parts.
    """

    script: str
    reader: str
    whole: tuple[Way, ...]
    strong: tuple[Way, ...]
    units: tuple[Unit, ...]


@lru_cache(maxsize=16384)
def fine(letters: str) -> str:
    """Letters of a reading, without those that scripts do not keep apart."""
    plain = _FINE_PATTERN.sub(lambda found: _FINE[found[0]], _SILENT_R.sub("", letters))
    return _DOUBLED.sub(r"\1", _CLOSING.sub(lambda found: _VOICELESS[found[0]], plain))


@lru_cache(maxsize=16384)
def heard(said: str, country: str | None) -> Heard:
    """Of the name proper of a party from a country (ST.3)."""
    name = normal(said)
    script = script_of(name.key)
    words = pieces_of(name.words)
    has_kana = script != LATIN and any(kind == "Kana" for word in words for kind, _ in runs(word))
    reader = "JP" if has_kana else country or ""
    if all(map(str.isascii, words)):
        units = tuple(map(_latin_unit, words[:MOST_UNITS]))
    else:
        units = tuple(
            part
            for unit in units_of(words, script)
            for part in _divided(Unit(unit.text, unit.sound, unit.concepts[:MOST_CONCEPTS], unit.weak))
        )
    units = tuple(unit for unit in units if not _is_form(unit)) or units
    whole = ways_of(tuple(units), reader)
    strong = ways_of(tuple(unit for unit in units if not unit.weak), reader)
    return Heard(script, reader, whole, strong or whole, units)


@lru_cache(maxsize=32768)
def _latin_unit(word: str) -> Unit:
    """A word in Latin letters by its English meaning alone: names of companies hold few others, and looking
    for them in all dictionaries took half of the time.
    """
    plain = plain_word(word)
    english = lemma(word)
    meant = tuple(dict.fromkeys((plain, english))) if english is not None and is_trade(plain) else ()
    concepts = meant or (() if english is None else (english,))
    weak = is_formal(word) or is_trade(plain) or (english is not None and is_trade(english))
    return Unit(word, said_word(word), concepts if is_content(word) else (), weak)


_FORMS = frozenset(("corporation", "company"))


def _is_form(unit: Unit) -> bool:
    """A word that stands for a legal form and is written in letters of the name: คอร์ปอเรชั่น."""
    return unit.text in forms_read() or (bool(unit.concepts) and unit.concepts[0] in _FORMS)


def _divided(unit: Unit) -> tuple[Unit, ...]:
    """A unit with the words of trade at its end apart, and each told as weak by our own lists too."""
    text = unit.text
    if text.isascii():
        word = plain_word(text)
        if not unit.weak and " " not in text and is_trade(word):
            return (unit._replace(concepts=(word, *unit.concepts), weak=True),)
        return (unit,)
    if not unit.weak and unit.concepts and is_trade(unit.concepts[0]):
        return (unit._replace(weak=True),)
    first = text[0]
    if script_of_character(first) == "Kana" and not unit.concepts:
        for length in range(min(6, len(text) - 2), 1, -1):
            meant = japanese_trades().get(text[-length:])
            if meant is not None:
                name, trade = text[:-length], text[-length:]
                return (Unit(name, said_word(name), (), False), Unit(trade, said_word(trade), (meant,), True))
    if script_of_character(first) == "Hani" and not unit.weak and len(text) > 3:
        trade = text[-2:]
        for name in ("trade/ja", "trade/zh"):
            meant = table(name).get(trade)
            if meant is not None:
                return (
                    Unit(text[:-2], said_word(text[:-2]), (), False),
                    Unit(trade, said_word(trade), tuple(meant.split("|")), True),
                )
    return (unit,)


@lru_cache(maxsize=32768)
def ways_of(units: tuple[Unit, ...], reader: str) -> tuple[Way, ...]:
    """The ways in which some units of a name are said. Words in Latin letters are all said in the same of
    their ways: as they are spoken, as they are spelled; of others any way of one goes with any of the next.
    """
    each = [_ways_of_word(word, reader) for unit in units for word in unit.text.split(" ")]
    if all(word.text.isascii() for word in units):
        most = max(map(len, each), default=0)
        chosen: Iterable[tuple[Way, ...]] = (
            tuple(ways[min(place, len(ways) - 1)] for ways in each) for place in range(most)
        )
    else:
        chosen = islice(product(*each), MOST_WAYS)
    found = (
        Way(joined([way.sound for way in ways]), _DOUBLED.sub(r"\1", "".join([way.fine for way in ways])))
        for ways in chosen
    )
    return tuple(way for way in dict.fromkeys(found) if way.sound)


@lru_cache(maxsize=32768)
def _ways_of_word(word: str, reader: str) -> tuple[Way, ...]:
    letters = roman_word(word)
    if _ONE_DIGIT.search(word):
        said = _ONE_DIGIT.sub(lambda found: DIGIT_NAMES[found[0]], word)
        return tuple(dict.fromkeys((Way(said_word(word), fine(letters)), *_ways_of_word(said, reader))))
    if word.isascii():
        if is_spelled(word):
            by_name = "".join(LETTER_NAMES.get(letter, letter) for letter in word)
            return (Way(said_word(word), fine(by_name)),)
        found = [Way(sound_of_reading(letters), fine(letters)), Way(sound_of_word(word), fine(letters))]
        phonemes = english_sound(word) if len(word) > 2 else None
        if phonemes is not None:
            spoken = "".join(_PHONEME_LETTERS.get(phoneme, "") for phoneme in phonemes)
            found.insert(0, Way(said_word(word), fine(spoken)))
        return tuple(dict.fromkeys(found))
    syllables = _HANGUL_HIATUS.sub(" ", word).split() if "가" <= word[0] <= "힣" else [word]
    if len(syllables) > 1:
        ways = [_ways_of_word(part, reader)[0] for part in syllables]
        return (Way(joined([way.sound for way in ways]), "".join(way.fine for way in ways)),)
    first = Way(said_word(word), fine(letters))
    if "ว" in word:
        # What is v in English is w in Thai.
        as_v = letters.replace("w", "v")
        return tuple(dict.fromkeys((first, Way(sound_of_reading(as_v), fine(as_v)))))
    scripts = {script for script, _ in runs(word)}
    if scripts == {"Kana"}:
        ways = [first, Way(_without_put_in(first.sound), _PUT_IN.sub("", first.fine))]
        if (foreign := katakana_foreign(word)) is not None:
            ways += _ways_of_word(foreign, "")
        return tuple(dict.fromkeys(ways))
    if "Hani" in scripts and reader in _READERS:
        readings = japanese_readings(word) if reader == "JP" else han_readings(word, _READERS[reader])
        read = tuple(dict.fromkeys(Way(sound_of_reading(one), fine(one)) for one in readings))
        # A Hong Kong company is as often read in Mandarin.
        return (*read, first) if reader in _READ_IN_MANDARIN_TOO else read or (first,)
    return (first,)


def _without_put_in(sound: str) -> str:
    """A sound code without the vowels that Japanese puts in."""
    return sound[:1] + sound[1:].replace("u", "")
