"""WikDict (Debian `dict-freedict-eng-spa` and so on, of Debian 13): English to Spanish, Indonesian and
Chinese, read backwards; French, German, Portuguese and Italian by way of Spanish.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import folded_text, normal
from search.language.english import frequency
from tools.language_tables.glosses import phrase, value, with_languages
from tools.language_tables.originals import Originals

Meanings = dict[str, list[str]]

_HEAD = re.compile(r"^(\S[^/<]*?) (?:/.*/ ?)?<([^>]*)>$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERED = re.compile(r"\d+\. ")
_SENSE = re.compile(r"^\d+\. |\s+\d+\.$")
_MOST = 4
_THROUGH = 2
_LONGEST = 3
"""Words of a translation; a longer one describes, and is not looked up."""


def entries(originals: Originals, pair: str) -> Iterator[tuple[str, list[str]]]:
    """(headword, translations in the order of its senses) of a dictionary such as `eng-spa`."""
    raw = originals.read(f"dict-freedict-{pair}_", f"freedict-{pair}.dict.dz")
    head: str | None = None
    found: list[str] = []
    behind_head = False
    for line in gzip.decompress(raw).decode().splitlines():
        if (match := _HEAD.match(line)) is not None:
            if head is not None:
                yield head, found
            # Endings are no words.
            head = None if "fix" in match[2] else match[1]
            found, behind_head = [], True
        elif head is not None and (behind_head or _NUMBERED.match(line)):
            # Translations stand right behind the headword or a number; the other lines explain a sense, whose
            # number may end the line before.
            text = _SENSE.sub("", _BRACKETS.sub(" ", line).replace("\\", ""))
            found += [part for piece in text.split(",") if (part := piece.strip())]
            behind_head = False
    if head is not None:
        yield head, found


def _key(word: str, spaced: bool) -> str | None:
    folded = folded_text(word)
    if len(folded.split()) > _LONGEST:
        return None
    return folded if spaced else normal(word).key


def backwards(originals: Originals, pair: str, spaced: bool = True) -> Meanings:
    """English phrases by the foreign word; first those that name it first, the most usual of them first."""
    ranked: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for head, translations in entries(originals, pair):
        made = phrase(head)
        if made is None:
            continue
        for position, translation in enumerate(translations):
            key = _key(translation, spaced)
            if not key:
                continue
            usual = min(frequency(word) for word in made.split())
            rank = (position, -usual)
            if made not in ranked[key] or rank < ranked[key][made]:
                ranked[key][made] = rank
    return {key: sorted(found, key=lambda made: found[made])[:_MOST] for key, found in ranked.items()}


def chinese(originals: Originals) -> Iterator[tuple[str, str]]:
    for key, found in backwards(originals, "eng-zho", spaced=False).items():
        yield key, value(found)


def _through_spanish(originals: Originals, pair: str, spanish: Meanings) -> Meanings:
    """English by way of the first two Spanish words, and the first two meanings of each."""
    merged: dict[str, dict[str, None]] = defaultdict(dict)
    for head, translations in entries(originals, pair):
        key = _key(head, spaced=True)
        if not key:
            continue
        for translation in translations[:_THROUGH]:
            for made in spanish.get(folded_text(translation), [])[:_THROUGH]:
                merged[key].setdefault(made)
    return {key: list(found)[:_MOST] for key, found in merged.items()}


def latin(originals: Originals) -> Iterator[tuple[str, str]]:
    """The six languages in Latin letters as one table."""
    spanish = backwards(originals, "eng-spa")
    languages = {"es": spanish, "id": backwards(originals, "eng-ind")}
    for language, pair in (("fr", "fra-spa"), ("de", "deu-spa"), ("pt", "por-spa"), ("it", "ita-spa")):
        languages[language] = _through_spanish(originals, pair, spanish)
    yield from with_languages(languages)
