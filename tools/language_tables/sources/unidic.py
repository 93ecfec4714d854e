"""UniDic 2.1.2 (PyPI `unidic-lite`): how Japanese nouns are read, and the foreign spelling of words in
katakana.

Its dictionary is a compiled one of MeCab: a header of ten 32-bit numbers and the name of the encoding, a
double array, tokens of 16 bytes, and the features as lines that end in a zero byte.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import folded_text, normal
from search.keys.scripts import script_of_character
from tools.language_tables.originals import Originals

PACKAGE = "unidic-lite-"
_HEADER = struct.Struct("<10I32x")
_TOKEN = struct.Struct("<HHHhII")
# Places in the features.
_KIND, _DETAIL, _PERSON, _READING, _LEMMA, _WRITTEN = 0, 1, 3, 6, 7, 8
_MOST = 2
_LONGEST = 8


def _words(originals: Originals) -> Iterator[tuple[int, list[str]]]:
    """(cost, features) of each word; a word of lower cost is more usual."""
    raw = originals.read(PACKAGE, "dicdir/sys.dic")
    _, _, _, _, _, _, double_array, tokens, features, _ = _HEADER.unpack_from(raw)
    start = _HEADER.size + double_array
    lines = raw[start + tokens : start + tokens + features]
    for _, _, _, cost, at, _ in _TOKEN.iter_unpack(raw[start : start + tokens]):
        yield cost, lines[at : lines.index(b"\0", at)].decode().split(",")


def _is_han(text: str) -> bool:
    return all(script_of_character(letter) == "Hani" for letter in text)


def _is_katakana(text: str) -> bool:
    return all("\u30a0" <= letter <= "\u30ff" for letter in text)


def readings(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (noun in kanji, its readings in katakana, the most usual first)."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for cost, features in _words(originals):
        written, reading = features[_WRITTEN], features[_READING]
        if features[_KIND] != "名詞" or not 1 <= len(written) <= _LONGEST:
            continue
        # Numerals; given names, of which every kanji has dozens.
        if features[_DETAIL] == "数詞" or features[_PERSON] == "名":
            continue
        if _is_han(written) and _is_katakana(reading):
            readings_of_word = found[normal(written).key]
            readings_of_word[reading] = min(cost, readings_of_word.get(reading, cost))
    for key, readings_of_word in found.items():
        usual = sorted(readings_of_word, key=lambda reading: (readings_of_word[reading], reading))
        yield key, "|".join(usual[:_MOST])


def foreign(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (word in katakana, its foreign spelling in normal form), the most usual spelling first."""
    found: dict[str, tuple[int, str]] = {}
    for cost, features in _words(originals):
        _, hyphen, spelling = features[_LEMMA].partition("-")
        written = features[_WRITTEN]
        folded = folded_text(spelling)
        if not hyphen or not folded.isascii() or not _is_katakana(written):
            continue
        key = normal(written).key
        if folded and (key not in found or (cost, folded) < found[key]):
            found[key] = (cost, folded)
    for key, (_, spelling) in found.items():
        yield key, spelling
