"""What the name of a column may say: words for the fields of a record in the languages of many offices."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from ingest.described.table import PARTIES
from register.codes.languages import normalise_language

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BREAKS = re.compile(r"[\W_]+")
# Latin letters that no decomposition takes apart.
_PLAIN: Final = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss"})
_LEAST_ALIKE = 86
_LEAST = 0.4
_SHORT = 3


class Named(NamedTuple):
    """A field that a name may mean, and how surely (0 to 1)."""

    field: str
    sureness: float


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, plain: `soDon` is `so`, `Don`."""
    parted = _BREAKS.sub(" ", _CAMEL.sub(" ", plain_letters(name)))
    return tuple(parted.split())


def plain_letters(name: str) -> str:
    """The name without the accents of Latin letters; marks of other scripts are letters of theirs."""
    kept: list[str] = []
    latin = False
    for character in unicodedata.normalize("NFD", name.translate(_PLAIN)):
        if unicodedata.category(character) == "Mn":
            if not latin:
                kept.append(character)
            continue
        latin = unicodedata.name(character, "").startswith("LATIN")
        kept.append(character)
    return _letters_only(unicodedata.normalize("NFC", "".join(kept)))


def _letters_only(name: str) -> str:
    """Vowel signs and tone marks of Asian scripts are no breaks between words."""
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in name)


def _key(name: str) -> str:
    parted = _CAMEL.sub(" ", plain_letters(name))
    return "".join(parted.split()).casefold()


def _table(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines(), strict=True))


@cache
def _field_words() -> dict[str, tuple[str, ...]]:
    return {row["field"]: tuple(map(_key, row["words"].split("|"))) for row in _table("field_words.csv")}


@cache
def _party_words(kind: str) -> dict[str, tuple[str, ...]]:
    return {
        row["of"]: tuple(map(_key, row["words"].split("|")))
        for row in _table("party_words.csv")
        if row["kind"] == kind
    }


def _likeness(name: str, words: tuple[str, ...]) -> float:
    """How much a name is like one of the words: 1 for the same; less where it holds the word and more."""
    best = 0.0
    for word in words:
        if word == name:
            return 1.0
        if not word or not name:
            continue
        if word in name and (len(word) >= _SHORT or not word.isascii()):
            best = max(best, 0.5 + 0.45 * len(word) / len(name))
        elif name in word and len(name) > _SHORT:
            best = max(best, 0.7 * len(name) / len(word))
        elif (alike := fuzz.ratio(word, name)) >= _LEAST_ALIKE:
            best = max(best, 0.9 * alike / 100)
    return best


def _best(name: str, table: dict[str, tuple[str, ...]]) -> Named | None:
    told = max((Named(field, _likeness(name, words)) for field, words in table.items()), key=lambda n: n[1])
    return told if told.sureness >= _LEAST else None


def fields_named(steps: tuple[str, ...]) -> list[Named]:
    """The fields that a column may mean by the names on the way to it, the surest first."""
    if language_alone(steps):
        return fields_named(steps[:-1])
    leaf = _key(_without_language(steps[-1]))
    above = [_key(step) for step in steps[:-1]]
    found = [Named(field, _likeness(leaf, words)) for field, words in _field_words().items()]
    joined = _key("".join(steps[-2:])) if above else leaf
    found += [Named(f, 0.95 * _likeness(joined, w)) for f, w in _field_words().items() if above]
    found += _of_groups(leaf, above)
    best: dict[str, float] = {}
    for field, sureness in found:
        if sureness >= _LEAST:
            best[field] = max(sureness, best.get(field, 0.0))
    return sorted((Named(*pair) for pair in best.items()), key=lambda named: -named.sureness)


def _of_groups(leaf: str, above: list[str]) -> Iterator[Named]:
    """Fields of parties and of parts that stand together (`owner/name`, `Owner country`)."""
    groups, parts = _party_words("group"), _party_words("part")
    for group, words in groups.items():
        beside = max((_likeness(step, words) for step in above), default=0.0)
        within = _likeness(leaf, words)
        allowed = _PARTS_OF.get(group, ("name", "country", "address", "number"))
        for part in allowed:
            said = _likeness(leaf, parts[part])
            if beside >= _SURE_GROUP and said:
                yield Named(f"{group}.{part}", 0.5 * beside + 0.5 * said)
            elif within >= _LEAST and said and group in PARTIES:
                yield Named(f"{group}.{part}", min(0.98, 0.55 * within + 0.5 * said))
        if group in PARTIES and within >= _LEAST:
            yield Named(f"{group}.name", within)
        elif group in PARTIES and beside >= _SURE_GROUP and not above[1:] and leaf in ("", "value"):
            yield Named(f"{group}.name", beside)
    yield Named("applicants.country", 0.8 * _likeness(leaf, parts["country"]))
    yield Named("applicants.address", 0.8 * _likeness(leaf, parts["address"]))


_SURE_GROUP = 0.6
_PARTS_OF = {"priorities": ("country", "number", "date"), "goods": ("class", "text")}


def language_named(name: str) -> str:
    """The language that the end of a name tells (`markEn`, `Title (English)`); "" where it tells none."""
    words = words_of(name)
    if len(words) < 2:
        return ""
    last = words[-1].casefold()
    if len(last) == 2:
        return last if last in _ENDINGS else ""
    return normalise_language(last) or "" if last.isascii() and len(last) > 4 else ""


def language_alone(steps: tuple[str, ...]) -> str:
    """The language where the last name on a way is its code (`title/en`); "" where it is none."""
    last = steps[-1].casefold()
    return last if len(steps) > 1 and last in _ENDINGS else ""


# Other codes of two letters end names for other reasons: number, identifier, of.
_ENDINGS = frozenset(
    ("ar", "de", "en", "es", "fr", "ja", "km", "ko", "lo", "ms", "pt", "ru", "th", "tl", "vi", "zh")
)


def _without_language(name: str) -> str:
    return " ".join(words_of(name)[:-1]) if language_named(name) else name
