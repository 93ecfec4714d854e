"""Sound codes: one code space for all scripts, so that K, ก, 가 and か agree where they sound alike.

A code is made of the romanised form. Capitals are classes of consonants that the scripts of the region do
not keep apart when they write one another's brands (Korean writes F as P and V as B, Japanese L as R, Thai
Z as S); small letters are three classes of vowels. `steiger` is `STiKi`.

K: k g c q x(KS); P: b p f v; T: t d th; S: s z c j ch sh x; M; N: n ng; R: l r. Left out: h, w, y, and an r
that is followed by no vowel, for Japanese, Korean and Khmer do not write it and Thai marks it as silent.
"""

import re
from functools import lru_cache

from search.keys.roman import is_latin, other_reading, roman_word

# English letter names as they are heard, for what is spelled out: K Car is ケイカー, LG is 엘지.
_LETTER_NAMES = {
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
_DIGIT_NAMES = {
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
_MOST_SPELLED = 4
MOST_SOUNDS = 4
MAX_SOUND_CHARACTERS = 128

# English spelling first: the longest spelling that begins here wins.
_ENGLISH = {
    "tion": "Sun",
    "sion": "Sun",
    "cian": "San",
    "ture": "Su",
    "ought": "ut",
    "aught": "ut",
    "eigh": "i",
    "igh": "i",
    "tch": "S",
    "sch": "S",
    "dge": "S",
    "dj": "S",
    "ch": "S",
    "sh": "S",
    "zh": "S",
    "ph": "P",
    "th": "T",
    "gh": "K",
    "kh": "K",
    "bh": "P",
    "dh": "T",
    "ck": "K",
    "cq": "K",
    "qu": "K",
    "ce": "Si",
    "ci": "Si",
    "cy": "Si",
    "cz": "S",
    "ts": "S",
    "tz": "S",
    "ge": "Si",
    "gi": "Si",
    "gy": "Si",
    "gge": "Ki",
    "ggi": "Ki",
    "ggy": "Ki",
    "get": "Kit",
    "gir": "Kir",
    "gif": "Kif",
    "gue": "K",
    "gu": "Ku",
    "tech": "TiK",
    "chem": "KiM",
    "chr": "Kr",
    "chl": "Kl",
    "x": "KS",
    "ng": "N",
    "ll": "l",
    "rr": "r",
}
_ENGLISH_START = {
    "kn": "N",
    "gn": "N",
    "ps": "S",
    "pn": "N",
    "wr": "r",
    "xa": "Sa",
    "xe": "Si",
    "xi": "Si",
    "xo": "Su",
    "xu": "Su",
    "xy": "Si",
    "rh": "r",
    "wh": "",
    "pt": "T",
    "mc": "MaK",
}
_ENGLISH_PATTERN = re.compile("|".join(sorted(_ENGLISH, key=len, reverse=True)))
_ENGLISH_START_PATTERN = re.compile("|".join(sorted(_ENGLISH_START, key=len, reverse=True)))
# Romanised words are read letter by letter: their g is always hard, their c (in ch) never.
_ROMANISED = {
    "tch": "S",
    "ch": "S",
    "sh": "S",
    "zh": "S",
    "ph": "P",
    "th": "T",
    "kh": "K",
    "gh": "K",
    "bh": "P",
    "dh": "T",
    "jh": "S",
    "ng": "N",
    "ts": "S",
}
_ROMANISED_PATTERN = re.compile("|".join(sorted(_ROMANISED, key=len, reverse=True)))
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("kgcq", "K"),
        **dict.fromkeys("bpfv", "P"),
        **dict.fromkeys("td", "T"),
        **dict.fromkeys("szj", "S"),
        "m": "M",
        "n": "N",
        **dict.fromkeys("lr", "R"),
        "x": "KS",
        "a": "a",
        **dict.fromkeys("eiy", "i"),
        **dict.fromkeys("ou", "u"),
        "w": "",
        "h": "",
    }
)
_SILENT_R = re.compile(r"(?<=[aeiouy])r(?![aeiouyr])")
# Tiger, burger, Steiger: behind a vowel or r, -ger at the end is hard more often than not.
_HARD_GER = re.compile(r"(?<=[aeiouyrn])ger(?=s?$)")
_UNSPOKEN_END = re.compile(r"(?<=..[^aeiouycg])e$|(?<=..m)b$")
_SOFT_END = re.compile(r"(?<=.[aeiouynrl])[cg]e(?=s?$)")
_RUN = re.compile(r"[aiu]{2,}|([A-Z])\1+")
_SMALL = re.compile(r"[a-z]+")


def _coded(letters: str) -> str:
    return _RUN.sub(lambda run: run[0][0], letters.translate(_CLASSES))


@lru_cache(maxsize=16384)
def sound_of_reading(letters: str) -> str:
    """The sound code of the letters in which a word of another script is read: each stands for its own
    sound.
    """
    return _coded(_ROMANISED_PATTERN.sub(lambda found: _ROMANISED[found[0]], _SILENT_R.sub("", letters)))


@lru_cache(maxsize=32768)
def sound_of_word(word: str) -> str:
    """The sound code of one word of a normal form; empty where it has no sound."""
    letters = roman_word(word)
    if not is_latin(word):
        return sound_of_reading(letters)
    if len(letters) == 1 or (len(letters) <= _MOST_SPELLED and _VOWELS.search(letters) is None):
        return spelled(letters)
    begun = _ENGLISH_START_PATTERN.match(letters)
    rest = letters if begun is None else letters[begun.end() :]
    rest = _SOFT_END.sub("S", _UNSPOKEN_END.sub("", _HARD_GER.sub("Ki", rest)))
    rest = _SILENT_R.sub("", rest)
    rest = _ENGLISH_PATTERN.sub(lambda found: _ENGLISH[found[0]], rest)
    return _coded((_ENGLISH_START[begun[0]] if begun is not None else "") + rest)


def spelled(word: str) -> str:
    """The sound code of a Latin word said letter by letter."""
    return _coded("".join(_LETTER_NAMES.get(letter, letter) for letter in word))


def _with_digits_said(word: str) -> str:
    """Single digits by their English names, as brands with one are said: B2EN is 비투엔."""
    return _ONE_DIGIT.sub(lambda found: _DIGIT_NAMES[found[0]], word)


@lru_cache(maxsize=16384)
def sounds_of_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """The ways in which a name may be said, the likeliest first, at most `MOST_SOUNDS`.

    Words as they are read; a short Latin word letter by letter too (PIE is 피아이이); digits by their names.
    """
    read = joined([sound_of_word(word) for word in words])
    found = [read]
    if len(words) == 1 and len(words[0]) <= _MOST_SPELLED and words[0].isascii() and words[0].isalpha():
        found.append(spelled(words[0]))
    if any(map(other_reading, words)):
        found.append(joined([sound_of_reading(other_reading(word) or roman_word(word)) for word in words]))
    if any(map(_ONE_DIGIT.search, words)):
        found.append(joined([sound_of_word(_with_digits_said(word)) for word in words]))
    return tuple(dict.fromkeys(sound[:MAX_SOUND_CHARACTERS] for sound in found if sound))[:MOST_SOUNDS]


def joined(sounds: list[str]) -> str:
    """The sound of words said one after another: a consonant that ends one and begins the next is said
    once.
    """
    return (
        _RUN.sub(lambda run: run[0][0] if run[1] is not None else run[0], "".join(sounds))
        if len(sounds) > 1
        else "".join(sounds)
    )


@lru_cache(maxsize=16384)
def skeleton(sound: str) -> str:
    """The consonants (and digits) of a sound code; the code itself where it has none."""
    return _SMALL.sub("", sound) or sound
