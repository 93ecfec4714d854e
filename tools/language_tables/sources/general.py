"""Words written from general knowledge: common words of trademarks in seven languages that no open
dictionary to English covers (`general/words.csv`), and what companies say of themselves beside their own name
(`trade/words.csv`).
"""

import csv
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import folded_text, normal
from search.language.table import TABLES
from tools.language_tables.glosses import phrase, value, with_languages
from tools.language_tables.originals import Originals

LATIN_LANGUAGES = ("vi", "ms", "fil")
TRADE_LANGUAGES = ("zh", "ja", "ko", "th", "lo", "km", "my", "ta", "hi", "ar", "ru")
TRADE_LATIN_LANGUAGES = ("vi", "id", "es", "fr", "pt", "it")


def _meanings(language: str, spaced: bool, source: str = "general") -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with open(TABLES / source / "words.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            meaning = phrase(row["english"])
            for word in (row[language] or "").split("|"):
                key = folded_text(word) if spaced else normal(word).key
                if key and meaning is not None and meaning not in found[key]:
                    found[key].append(meaning)
    return found


def words(_: Originals, language: str) -> Iterator[tuple[str, str]]:
    for key, meanings in _meanings(language, spaced=False).items():
        yield key, value(meanings)


def latin(_: Originals) -> Iterator[tuple[str, str]]:
    yield from with_languages({language: _meanings(language, spaced=True) for language in LATIN_LANGUAGES})


def trade_words(_: Originals, language: str) -> Iterator[tuple[str, str]]:
    for key, meanings in _meanings(language, spaced=False, source="trade").items():
        yield key, value(meanings)


def trade_latin(_: Originals) -> Iterator[tuple[str, str]]:
    yield from with_languages(
        {language: _meanings(language, spaced=True, source="trade") for language in TRADE_LATIN_LANGUAGES}
    )


def trade_concepts(_: Originals) -> Iterator[tuple[str, str]]:
    """What trade words mean, as phrases of concepts: the other tables' words for these say as little."""
    with open(TABLES / "trade" / "words.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if (meaning := phrase(row["english"])) is not None:
                yield meaning, row["english"]
