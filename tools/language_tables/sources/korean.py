"""Sino-Korean words: `hanja.txt` (Debian `libhangul-data`) names the Han letters of a word in Hangul; its
meaning is what CC-CEDICT and EDICT say alike of these.
"""

from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import normal
from search.language.english import frequency
from search.language.table import table
from tools.language_tables.glosses import value
from tools.language_tables.originals import Originals
from tools.language_tables.sources.edict import meanings

_FEWEST_SYLLABLES = 2
"""One syllable stands for dozens of Han letters."""
_MOST = 4


def _alike(chinese: str, japanese: str) -> list[str]:
    others = japanese.split("|")
    return [phrase for phrase in chinese.split("|") if phrase and phrase in others]


def korean(originals: Originals) -> Iterator[tuple[str, str]]:
    japanese = dict(meanings(originals, every=True))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in originals.read("libhangul-data_", "hanja/hanja.txt").decode().splitlines():
        if line.startswith("#") or line.count(":") < 2:
            continue
        hangul, han, _ = line.split(":", 2)
        key = normal(hangul).key
        if len(key) >= _FEWEST_SYLLABLES:
            written = normal(han).key
            for phrase in _alike(table("cedict/chinese").get(written) or "", japanese.get(written, "")):
                found[key].setdefault(phrase)
    for key, phrases in found.items():
        # Of words that are written alike, the one with the more usual meaning comes first.
        usual = sorted(phrases, key=lambda phrase: -min(frequency(word) for word in phrase.split()))
        yield key, value(usual[:_MOST])
