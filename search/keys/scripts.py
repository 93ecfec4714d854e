"""The script of letters, by Unicode ranges, as ISO 15924 codes."""

from bisect import bisect_right
from functools import lru_cache

# (first code point, last code point, script); kana are one script here, for a Japanese word mixes them
# freely.
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2E80, 0x2FDF, "Hani"),
    (0x3005, 0x3007, "Hani"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hang"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA9E0, 0xA9FF, "Mymr"),
    (0xAA60, 0xAA7F, "Mymr"),
    (0xAC00, 0xD7FF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0x20000, 0x3FFFF, "Hani"),
)
_FIRSTS = [first for first, _, _ in _RANGES]
LATIN = "Latn"
OTHER = "Zyyy"

UNSPACED = frozenset({"Hani", "Kana", "Thai", "Laoo", "Khmr", "Mymr"})
"""Scripts that put no space between words."""


@lru_cache(maxsize=4096)
def script_of_character(character: str) -> str:
    """The script of a letter; `Zyyy` for digits, signs and scripts that are not in the table."""
    code = ord(character)
    position = bisect_right(_FIRSTS, code) - 1
    return _RANGES[position][2] if position >= 0 and code <= _RANGES[position][1] else OTHER


def script_of(text: str) -> str:
    """The script of most letters of a text; `Zyyy` where it has none that is known."""
    if text.isascii():
        return LATIN if any(map(str.isalpha, text)) else OTHER
    counts: dict[str, int] = {}
    for character in text:
        script = script_of_character(character)
        if script != OTHER:
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return OTHER
    return max(counts, key=counts.__getitem__)


@lru_cache(maxsize=32768)
def runs(word: str) -> tuple[tuple[str, str], ...]:
    """A word cut where its script changes, as (script, run); digits and signs go with the run before them."""
    if word.isascii():
        return ((LATIN, word),)
    found: list[tuple[str, str]] = []
    start, current = 0, OTHER
    for position, character in enumerate(word):
        script = script_of_character(character)
        if script in (OTHER, current):
            continue
        if current != OTHER:
            found.append((current, word[start:position]))
            start = position
        current = script
    found.append((current, word[start:]))
    return tuple(found)
