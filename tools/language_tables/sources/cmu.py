"""CMU Pronouncing Dictionary (npm `cmu-pronouncing-dictionary`)."""

import re
from collections.abc import Iterator

from search.keys.normal import normal
from tools.language_tables.originals import Originals

_LINE = re.compile(r'^\s*"(.+)": "(.+)",?$')
_STRESS = re.compile(r"\d")


def english(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (word, its phonemes in ARPAbet without stress); the first pronunciation of each
    word. Without possessives and abbreviations."""
    for line in originals.read("cmu-pronouncing-dictionary-", "package/index.js").decode().splitlines():
        entry = _LINE.match(line)
        if entry is not None and entry[1].isalpha():
            yield normal(entry[1]).key, _STRESS.sub("", entry[2])
