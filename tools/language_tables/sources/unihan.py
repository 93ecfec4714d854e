"""Unihan (Debian `unicode-data`): readings of single Han letters, and which simplified letter stands for
which traditional one.
"""

import bz2
import re
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import folded_text
from search.keys.roman import roman_word
from tools.language_tables.originals import Originals

PACKAGE = "unicode-data_"
_MOST = 2
"""Readings of a letter in a language; the first is the usual one."""
_TONE = re.compile(r"\d")


def _fields(originals: Originals, part: str) -> Iterator[tuple[str, str, str]]:
    """(letter, field, value)."""
    text = bz2.decompress(originals.read(PACKAGE, f"unicode/Unihan_{part}.txt.bz2")).decode()
    for line in text.splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            yield chr(int(code[2:], 16)), field, value


def _cantonese(value: str) -> list[str]:
    return [_TONE.sub("", reading) for reading in value.split()]


def _korean(value: str) -> list[str]:
    return [roman_word(reading.partition(":")[0]) for reading in value.split()]


def _japanese(value: str) -> list[str]:
    return [reading.lower() for reading in value.split()]


def _vietnamese(value: str) -> list[str]:
    return [folded_text(reading) for reading in value.split()]


_LANGUAGES = {
    "kCantonese": ("yue", _cantonese),
    "kHangul": ("ko", _korean),
    "kJapaneseOn": ("ja", _japanese),
    "kVietnamese": ("vi", _vietnamese),
}


def readings(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (letter, `yue=bou|ko=bo|ja=hou|vi=bao`), with a comma between two readings of a language."""
    found: dict[str, list[str]] = defaultdict(list)
    for letter, field, value in _fields(originals, "Readings"):
        if field in _LANGUAGES:
            language, read = _LANGUAGES[field]
            usual = list(dict.fromkeys(filter(None, read(value))))[:_MOST]
            if usual:
                found[letter].append(f"{language}={','.join(usual)}")
    for letter, languages in found.items():
        yield letter, "|".join(languages)


def simplified(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (traditional letter, simplified letter), where exactly one other letter stands for it."""
    for letter, field, value in _fields(originals, "Variants"):
        if field == "kSimplifiedVariant":
            letters = [chr(int(code[2:], 16)) for code in value.split()]
            if len(letters) == 1 and letters[0] != letter:
                yield letter, letters[0]
