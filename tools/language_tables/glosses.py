"""Meanings as a dictionary words them, cut down to concept keys: `to ride (a horse)` becomes `ride`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.keys.normal import folded_text
from search.language.english import is_content, lemma

MAX_WORDS = 3
"""A gloss of more content words describes and does not translate; behind the first one, already a third word
does.
"""

MAX_PHRASES = 6

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|\{[^{}]*\}")
_SEPARATORS = re.compile(r"[;,/|]|\bor\b|\bi\.e\.|\be\.g\.")
_POINTERS = re.compile(
    r"^(CL:|see\b|also\b|same as|variant of|old variant|erhua|abbr\.|abbreviation|surname\b|"
    r"used (in|as|to|for)\b|"
    r"particle|classifier|suffix|prefix|interjection|onomat|\(?unc\)?|literally|lit\.|fig\.|"
    r"Japanese variant|nonstandard|archaic|obsolete|Kangxi|given name|place name|erroneous)",
    re.IGNORECASE,
)


def _content(text: str) -> list[str] | None:
    """The content words of a gloss, each by the form that stands for it; None where it describes."""
    words = folded_text(text).split()
    if not words or len(words) > MAX_WORDS + 3:
        return None
    if words[0] in ("to", "be"):
        words = words[1:]
    # A word without letters a to z is no English: a cross-reference in another script.
    if any(not word.isascii() for word in words):
        return None
    return list(dict.fromkeys(lemma(word) or word for word in words if is_content(word)))


def phrase(text: str) -> str | None:
    """One translation as concept keys in their order; None where it names nothing or describes."""
    kept = _content(text)
    if not kept or len(kept) > MAX_WORDS or all(len(word) < 2 for word in kept):
        return None
    return " ".join(kept)


def _parts(glosses: Iterable[str]) -> Iterator[str]:
    for gloss in glosses:
        plain = gloss
        while (shorter := _BRACKETS.sub(" ", plain)) != plain:
            plain = shorter
        plain = plain.strip()
        if not _POINTERS.match(plain):
            yield from _SEPARATORS.split(plain)


def phrases(glosses: Iterable[str]) -> list[str]:
    """The first few different translations, in the order of the dictionary."""
    made = (phrase(part) for part in _parts(glosses))
    found = list(dict.fromkeys(one for one in made if one is not None))
    return [one for one in found if one is found[0] or one.count(" ") < MAX_WORDS - 1][:MAX_PHRASES]


def value(found: Iterable[str]) -> str:
    return "|".join(found)


def row(glosses: Sequence[str]) -> str | None:
    """The value for a word: its translations; empty where all it names is a legal form or nothing (公司);
    None where the dictionary only describes it.
    """
    if made := phrases(glosses):
        return value(made)
    return "" if any(_content(part) == [] for part in _parts(glosses)) else None


def with_languages(languages: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Rows of several languages in the same letters: each meaning with the languages that have it."""
    merged: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for language, meanings in languages.items():
        for key, found in meanings.items():
            for made in found:
                merged[key][made].append(language)
    for key, phrases_of_key in merged.items():
        # What more languages say is surer; a word that says itself says nothing new.
        ordered = sorted(phrases_of_key.items(), key=lambda item: -len(item[1]))
        yield key, value(f"{made}={','.join(names)}" for made, names in ordered[:MAX_PHRASES])
