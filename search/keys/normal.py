"""The normal form of a text: what is left when case, width, accents, punctuation and spacing are taken
away.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

MAX_KEY_CHARACTERS = 512
"""A whole-mark key is cut here, for records and queries alike: engines refuse terms of more than 32,766
bytes.
"""

# Latin letters that NFKD leaves whole, although an alphabet without them writes what stands here.
_LATIN = {
    "đ": "d",
    "ð": "d",
    "ɖ": "d",
    "ø": "o",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ı": "i",
    "ŋ": "ng",
    "ə": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ƴ": "y",
    "ƒ": "f",
    "ʼ": "",
    "ſ": "s",
}
# Arabic letters that one keyboard gives for another's (Persian and Urdu for Arabic, hamza carriers for alef).
_ARABIC = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ے": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
}
# Signs that say something about the mark, or hold a word together, without being part of its letters.
_DROPPED = "™®©℠℗'’‘ʹʾʿ`´՚＇\u00ad\u0640"
_COMBINING = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
_ARABIC_VOWELS = ((0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED))
_HEBREW_VOWELS = ((0x0591, 0x05C7),)
_PLAIN = re.compile(r"[a-z0-9 ]*")


class Normal(NamedTuple):
    """`words` in order; `key` is the words without anything between them."""

    words: tuple[str, ...]
    key: str


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _folded(character: str) -> str:
    code = ord(character)
    if character in _DROPPED or _within(code, _COMBINING + _ARABIC_VOWELS + _HEBREW_VOWELS):
        return ""
    if (mapped := _LATIN.get(character) or _ARABIC.get(character)) is not None:
        return mapped
    category = unicodedata.category(character)
    if category == "Cf":
        # A zero-width space separates words in Khmer, Lao, Thai and Burmese; joiners and marks of direction
        # do nothing.
        return " " if code == 0x200B else ""
    if category[0] not in "LNM":
        return " "
    if category[0] == "L":
        base = unicodedata.normalize("NFKD", character)
        # Accents are taken from Latin and Greek letters; a Cyrillic й or a kana with its voicing mark is
        # another letter.
        if len(base) > 1 and unicodedata.name(base[0], "").startswith(("LATIN", "GREEK")):
            stripped = "".join(letter for letter in base if not _within(ord(letter), _COMBINING))
            return "".join(_LATIN.get(letter, letter) for letter in stripped)
        if character == "ё":
            return "е"
    return character


class _Folding(dict[int, str]):
    """A translation table that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


_FOLDING = _Folding()
_SIGNS = str.maketrans(dict.fromkeys("™®©℠℗", ""))


def folded_text(text: str) -> str:
    """The text in one case and width, without accents; letters, digits and single spaces only."""
    if text.isascii():
        lowered = text.lower()
        if _PLAIN.fullmatch(lowered) is not None:
            return " ".join(lowered.split())
    else:
        # The sign for a trade mark would become the letters TM.
        lowered = unicodedata.normalize(
            "NFKC", unicodedata.normalize("NFKC", text.translate(_SIGNS)).casefold()
        )
    return " ".join(lowered.translate(_FOLDING).split())


@lru_cache(maxsize=1024)
def normal(text: str) -> Normal:
    """The normal form of a mark or title.

    A text without any letter or digit (`+++`, a lone emoji) keeps its signs, so that it can still be looked
    for.
    """
    folded = folded_text(text)
    if not folded:
        folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    words = tuple(folded.split(" ")) if folded else ()
    return Normal(words, "".join(words)[:MAX_KEY_CHARACTERS])
