"""Sound codes: one code space for all scripts, so that K, ก, 가 and か agree where they sound alike.

A code is made of the romanised form. Capitals are classes of consonants that the scripts of the region do
not keep apart when they write one another's brands (Korean writes F as P and V as B, Japanese L as R, Thai
Z as S); small letters are three classes of vowels. `steiger` is `STiKi`.

K: k g c q x(KS); P: b p f v; T: t d th; S: s z c j ch sh x; M; N: n ng; R: l r. Left out: h, w, y, and an r
that is followed by no vowel, for Japanese, Korean and Khmer do not write it and Thai marks it as silent.
"""

import re
from functools import lru_cache

from search.keys.roman import is_latin, roman_word

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
_WITHOUT_VOWELS = str.maketrans("", "", "aiu")
# ㅓ is written for the vowel of CUT and BURGER, and ㅡ only to let a consonant be said.
_HANGUL_VOWEL = re.compile(r"e[ou]")


def _hangul_vowel(found: re.Match[str]) -> str:
    return "a" if found[0] == "eo" else ""


def coded(letters: str) -> str:
    """The code of letters that each stand for one sound; capitals in them are codes already."""
    return _RUN.sub(lambda run: run[0][0], letters.translate(_CLASSES))


@lru_cache(maxsize=4096)
def sound_of_reading(letters: str) -> str:
    """The sound code of the letters in which a word of another script is read: each stands for its own
    sound.
    """
    return coded(_ROMANISED_PATTERN.sub(lambda found: _ROMANISED[found[0]], _SILENT_R.sub("", letters)))


@lru_cache(maxsize=65536)
def sound_of_word(word: str) -> str:
    """The sound code of one word of a normal form, Latin ones by the rules of English spelling; empty where
    it has no sound.
    """
    letters = roman_word(word)
    if not is_latin(word):
        return sound_of_reading(
            _HANGUL_VOWEL.sub(_hangul_vowel, letters) if "가" <= word[0] <= "힣" else letters
        )
    begun = _ENGLISH_START_PATTERN.match(letters)
    rest = letters if begun is None else letters[begun.end() :]
    rest = _SOFT_END.sub("S", _UNSPOKEN_END.sub("", _HARD_GER.sub("Ki", rest)))
    rest = _SILENT_R.sub("", rest)
    rest = _ENGLISH_PATTERN.sub(lambda found: _ENGLISH[found[0]], rest)
    return coded((_ENGLISH_START[begun[0]] if begun is not None else "") + rest)


def joined(sounds: list[str]) -> str:
    """The sound of words said one after another: a consonant that ends one and begins the next is said
    once.
    """
    return (
        _RUN.sub(lambda run: run[0][0] if run[1] is not None else run[0], "".join(sounds))
        if len(sounds) > 1
        else "".join(sounds)
    )


def skeleton(sound: str) -> str:
    """The consonants (and digits) of a sound code; the code itself where it has none."""
    return sound.translate(_WITHOUT_VOWELS) or sound
