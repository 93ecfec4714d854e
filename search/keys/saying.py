"""The ways in which a name may be said, as sound codes.

A dictionary knows how English words are said and rules guess the rest; initials and single digits are said
by their English names; katakana may stand for a foreign word, Han letters may be read in Cantonese, and the
stops that close Burmese syllables are hardly heard.
"""

import re
from functools import lru_cache

from search.keys.roman import other_reading
from search.keys.scripts import runs
from search.keys.sound import coded, joined, sound_of_reading, sound_of_word
from search.language.readings import english_sound, han_readings, katakana_foreign

MOST_SOUNDS = 6
MAX_SOUND_CHARACTERS = 128
_MOST_SPELLED = 4
# English letter names as they are heard, for what is spelled out: K Car is ケイカー, LG is 엘지.
LETTER_NAMES = {
    "a": "ei",
    "b": "bi",
    "c": "si",
    "d": "di",
    "e": "i",
    "f": "ef",
    "g": "ji",
    "h": "eich",
    "i": "ai",
    "j": "jei",
    "k": "kei",
    "l": "el",
    "m": "em",
    "n": "en",
    "o": "o",
    "p": "pi",
    "q": "kyu",
    "r": "ar",
    "s": "es",
    "t": "ti",
    "u": "yu",
    "v": "vi",
    "w": "dablyu",
    "x": "eks",
    "y": "wai",
    "z": "zed",
}
DIGIT_NAMES = {
    "0": "siro",
    "1": "wan",
    "2": "tu",
    "3": "sri",
    "4": "for",
    "5": "faiv",
    "6": "siks",
    "7": "seven",
    "8": "eit",
    "9": "nain",
}
_ONE_DIGIT = re.compile(r"(?<![0-9])[0-9](?![0-9])")
_VOWELS = re.compile(r"[aeiouy]")
# ARPAbet phonemes by their codes: what is said before a vowel only (R) or not kept apart (HH, W, Y) is
# settled below.
_PHONEMES = {
    **dict.fromkeys(("B", "P", "V", "F"), "P"),
    **dict.fromkeys(("D", "T", "DH", "TH"), "T"),
    **dict.fromkeys(("S", "Z", "SH", "ZH", "CH", "JH"), "S"),
    **dict.fromkeys(("K", "G"), "K"),
    "M": "M",
    **dict.fromkeys(("N", "NG"), "N"),
    **dict.fromkeys(("L", "R"), "R"),
    **dict.fromkeys(("AA", "AE", "AH", "AW", "AY", "ER"), "a"),
    **dict.fromkeys(("EH", "EY", "IH", "IY"), "i"),
    **dict.fromkeys(("AO", "OW", "OY", "UH", "UW"), "u"),
}
_VOWEL_CODES = frozenset("aiu")


@lru_cache(maxsize=8192)
def _in_english(word: str) -> str | None:
    """The sound code of an English word as a dictionary has it."""
    phonemes = english_sound(word) if len(word) > 2 and word.isascii() else None
    if phonemes is None:
        return None
    codes = [_PHONEMES.get(phoneme, "") for phoneme in phonemes]
    said: list[str] = []
    for place, (phoneme, code) in enumerate(zip(phonemes, codes, strict=True)):
        following = next((one for one in codes[place + 1 :] if one), "")
        if phoneme == "ER" and following in _VOWEL_CODES:
            said.append("aR")
        elif phoneme != "R" or following in _VOWEL_CODES:
            said.append(code)
    return coded("".join(said).replace("TS", "S"))


def spelled(word: str) -> str:
    """The sound code of a Latin word said letter by letter."""
    return coded("".join(LETTER_NAMES.get(letter, letter if letter.isdigit() else "") for letter in word))


def is_spelled(word: str) -> bool:
    """Whether a Latin word is said letter by letter: one letter, or a few without a vowel."""
    return len(word) == 1 or (len(word) <= _MOST_SPELLED and _VOWELS.search(word) is None)


@lru_cache(maxsize=65536)
def said_word(word: str) -> str:
    """The sound code of a word as it is said most likely: initials by name, English as it is spoken."""
    if word.isascii():
        if is_spelled(word):
            return spelled(word)
        english = _in_english(word)
        if english is not None:
            return english
    return sound_of_word(word)


def _with_digits_said(word: str) -> str:
    """Single digits by their English names, as brands with one are said: B2EN is 비투엔."""
    return _ONE_DIGIT.sub(lambda found: DIGIT_NAMES[found[0]], word)


@lru_cache(maxsize=4096)
def _said_otherwise(word: str) -> str | None:
    """The sound code of another reading of a word in a script that allows of one."""
    reading = other_reading(word)
    if reading is not None:
        return sound_of_reading(reading)
    script = runs(word)[0][0]
    if script == "Kana":
        foreign = katakana_foreign(word)
        return None if foreign is None else said_word(foreign)
    if script == "Hani":
        cantonese = han_readings(word, "yue")
        return sound_of_reading(cantonese[0]) if cantonese else None
    return None


@lru_cache(maxsize=1024)
def sounds_of_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """The ways in which a name may be said, the likeliest first, at most `MOST_SOUNDS`."""
    found = [joined(list(map(said_word, words)))]
    if any(word.isascii() and len(word) > 1 for word in words):
        found.append(joined(list(map(sound_of_word, words))))
    if not all(map(str.isascii, words)):
        others = [_said_otherwise(word) for word in words]
        if any(others):
            found.append(
                joined([other or said_word(word) for other, word in zip(others, words, strict=True)])
            )
    if len(words) == 1 and len(words[0]) <= _MOST_SPELLED and words[0].isascii() and words[0].isalpha():
        found.append(spelled(words[0]))
    if any(map(_ONE_DIGIT.search, words)):
        found.append(joined([said_word(_with_digits_said(word)) for word in words]))
    return tuple(dict.fromkeys(sound[:MAX_SOUND_CHARACTERS] for sound in found if sound))[:MOST_SOUNDS]
