"""Annotations of the Common Locale Data Repository (npm `cldr-annotations-full`): the same signs named in
every language.
"""

import json
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import folded_text
from search.keys.scripts import LATIN, script_of
from tools.language_tables.glosses import phrase, value, with_languages
from tools.language_tables.originals import Originals

LANGUAGES = ("zh", "ja", "ko", "th", "lo", "km", "my", "ta", "hi", "ar", "ru")
"""Each has a table; those in Latin letters share one."""
LATIN_LANGUAGES = ("vi", "id", "ms", "fil", "es", "fr", "de", "pt", "it", "nl")
_LOCALES = {"zh": ("zh", "zh-Hant", "zh-Hant-HK", "yue")}
_ALIKE = 0.5
"""Dice overlap of the signs that two words stand for, from which one translates the other."""
_MOST = 3
_BEST = 0.9
"""Share of a word's best overlap that another translation must reach: matahari is the sun, and not BEHIND."""

Signs = dict[str, set[str]]


def _signs(originals: Originals, locale: str) -> tuple[Signs, Signs]:
    """By word: the signs that carry it as keyword or name, and those that carry it as their name."""
    data = json.loads(originals.read("cldr-annotations-full-", f"annotations/{locale}/annotations.json"))
    words: Signs = defaultdict(set)
    names: Signs = defaultdict(set)
    for sign, annotation in data["annotations"]["annotations"].items():
        for word in annotation.get("default", []) + annotation.get("tts", []):
            words[word].add(sign)
        for word in annotation.get("tts", []):
            names[word].add(sign)
    return words, names


def _dice(left: set[str], right: set[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _meanings(originals: Originals, language: str) -> dict[str, list[str]]:
    english, english_names = _signs(originals, "en")
    by_sign: dict[str, set[str]] = defaultdict(set)
    for word, signs in english.items():
        for sign in signs:
            by_sign[sign].add(word)
    merged: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for locale in _LOCALES.get(language, (language,)):
        words, names = _signs(originals, locale)
        for word, signs in words.items():
            folded = folded_text(word)
            key = folded if script_of(folded) == LATIN else folded.replace(" ", "")
            if not key or key.count(" ") > 2:
                continue
            candidates = {candidate for sign in signs for candidate in by_sign[sign]}
            for candidate in candidates:
                overlap = _dice(signs, english[candidate])
                if overlap < _ALIKE:
                    continue
                # A word of one sign only may be a synonym of anything said of it: name goes with name.
                if len(signs) == 1 and not (names.get(word, set()) & english_names.get(candidate, set())):
                    continue
                if (made := phrase(candidate)) is not None:
                    merged[key].append((-overlap, made))
    return {
        key: list(dict.fromkeys(made for overlap, made in sorted(found) if overlap <= _BEST * min(found)[0]))[
            :_MOST
        ]
        for key, found in merged.items()
    }


def annotations(originals: Originals, language: str) -> Iterator[tuple[str, str]]:
    for key, found in _meanings(originals, language).items():
        yield key, value(found)


def latin(originals: Originals) -> Iterator[tuple[str, str]]:
    yield from with_languages({language: _meanings(originals, language) for language in LATIN_LANGUAGES})
