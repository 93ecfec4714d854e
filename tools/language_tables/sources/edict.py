"""EDICT (Debian `edict`)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import normal
from tools.language_tables.glosses import row
from tools.language_tables.originals import Originals

_ENTRY = re.compile(r"^(\S+) (?:\[([^\]]+)\] )?/(.*)/$")
_MARKS = re.compile(r"\([^()]*\)")
_LONGEST_RARE_KANJI = 2
"""Longer compounds are read word by word, unless they are common."""


def _is_katakana(letter: str) -> bool:
    return "\u30a0" <= letter <= "\u30ff"


def meanings(originals: Originals, every: bool) -> Iterator[tuple[str, str]]:
    """Rows (word in kanji or kana, meanings) of every word, or without rare long ones.

    A kanji word's kana is a row too where the dictionary says that it is usually written in kana.
    """
    found: dict[str, list[tuple[bool, list[str]]]] = defaultdict(list)
    for line in originals.read("edict_", "edict/edict.utf8").decode().splitlines()[1:]:
        entry = _ENTRY.match(line)
        if entry is None:
            continue
        written, kana, rest = entry.groups()
        common = "(P)" in rest
        glosses = [_MARKS.sub(" ", gloss) for gloss in rest.split("/")]
        short = len(written) <= _LONGEST_RARE_KANJI
        if every or common or short or all(map(_is_katakana, written)):
            found[normal(written).key].append((not common, glosses))
        if kana is not None and "(uk)" in rest and common:
            found[normal(kana).key].append((False, glosses))
    for key, entries in found.items():
        ordered = [gloss for _, glosses in sorted(entries, key=lambda pair: pair[0]) for gloss in glosses]
        if key and (made := row(ordered)) is not None:
            yield key, made


def japanese(originals: Originals) -> Iterator[tuple[str, str]]:
    """Every word in katakana, common words, and words of two letters."""
    return meanings(originals, every=False)
