"""What a name means, in English concepts: 红牛, TORO ROJO and RED BULL all mean `bull` and `red`."""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from register.codes.legal_forms import forms_without_spaces
from search.keys.normal import normal
from search.keys.scripts import LATIN, runs, script_of_character
from search.language.english import COMMON, frequency, is_content, lemma
from search.language.table import Table, is_table, rows_of, table

MOST_PHRASES = 8
_MOST_OF_A_LETTER = 3
"""A single Han letter has many meanings; the first ones are the usual ones."""
_LONGEST_PHRASE = 3
"""Words in a row that are looked up as one in Latin letters: BUENOS DIAS."""

_TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "Hani": (
        ("trade/zh", "zh"),
        ("trade/ja", "ja"),
        ("cedict/chinese", "zh"),
        ("cldr/zh", "zh"),
        ("wikdict/chinese", "zh"),
        ("edict/japanese", "ja"),
    ),
    "Kana": (
        ("trade/ja", "ja"),
        ("trade/zh", "zh"),
        ("edict/japanese", "ja"),
        ("cldr/ja", "ja"),
        ("cedict/chinese", "zh"),
    ),
    "Hang": (("trade/ko", "ko"), ("general/ko", "ko"), ("cldr/ko", "ko"), ("korean/hanja", "ko")),
    "Thai": (("trade/th", "th"), ("cldr/th", "th"), ("thai_wordnet/thai", "th")),
    "Laoo": (("trade/lo", "lo"), ("cldr/lo", "lo"), ("laonlp/lao", "lo")),
    "Khmr": (("trade/km", "km"), ("general/km", "km"), ("cldr/km", "km")),
    "Mymr": (("trade/my", "my"), ("general/my", "my"), ("cldr/my", "my")),
    "Taml": (("trade/ta", "ta"), ("general/ta", "ta"), ("cldr/ta", "ta")),
    "Deva": (
        ("trade/hi", "hi"),
        ("cldr/hi", "hi"),
    ),
    "Arab": (
        ("trade/ar", "ar"),
        ("cldr/ar", "ar"),
    ),
    "Cyrl": (
        ("trade/ru", "ru"),
        ("cldr/ru", "ru"),
    ),
}
_ARTICLES = """
    el la los las lo le les il gli der das den des del della dello dei du de di da dos y e et und
"""
ARTICLES = frozenset(_ARTICLES.split())
"""Words of other languages in Latin letters that name nothing beside another word: LE CHIEN ROUGE is RED DOG.
DIE, DO and the like are English words too and are not here.
"""
_MOST_FOREIGN = 4
"""Meanings of a word in Latin letters in other languages than English."""
_ROMANCE = frozenset(("es", "pt", "it", "fr"))
_SHORTEST_INFLECTED = 4
_BY_SIGNS = "cldr/latin"
_LATIN = ("trade/latin", "general/latin", _BY_SIGNS, "wikdict/latin")
"""Their phrases end in the languages they come from: `bull=es,it`."""


class _Pieces(NamedTuple):
    """How words are cut out of a longer run: their fewest letters (a run as a whole may be shorter), and the
    fewest where the run holds other parts that no dictionary has: these are names or foreign words spelled by
    sound (タカラトミー), in which short words turn up by chance (タカ, hawk).
    """

    fewest: int
    sure: int


_PIECES = {
    "Hani": _Pieces(1, 1),
    "Hang": _Pieces(1, 2),
    "Kana": _Pieces(2, 4),
    "Thai": _Pieces(3, 5),
    "Laoo": _Pieces(3, 5),
    "Khmr": _Pieces(3, 5),
    "Mymr": _Pieces(3, 6),
}
_LONGEST_HAN = 8
_LONGEST_HANGUL = 8
_VOWELS_BEHIND = frozenset("ะาำๅະາຳ")
_ASAT = "\u103a"
_AL = "ال"


class Element(NamedTuple):
    """A part of a name that means something: the part as it stands in the normal form; its meanings, each as
    one or more concepts with a space between, the most usual first; and for each the languages it is read in,
    with a comma between.
    """

    word: str
    phrases: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(concept for phrase in self.phrases for concept in phrase.split(" ")))


@lru_cache(maxsize=1)
def legal_forms() -> frozenset[str]:
    """The legal forms of companies that are written without a space, as keys."""
    keys = (normal(form).key for form in forms_without_spaces())
    # The sign ㈱ becomes its letter, which alone is a word like others.
    return frozenset(key for key in keys if len(key) > 1)


@cache
def _dictionaries(script: str) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The dictionaries of a script, and the language of each."""
    names, languages = zip(*_TABLES[script], strict=True)
    return tuple(map(table, names)), languages


@cache
def _latin_dictionaries(by_signs: bool) -> tuple[Table, ...]:
    return tuple(table(name) for name in _LATIN if by_signs or name != _BY_SIGNS)


@cache
def _lengths_of_forms() -> Mapping[str, frozenset[int]]:
    """How long the legal forms are that begin with one or two letters."""
    found: dict[str, set[int]] = {}
    for form in legal_forms():
        for start in (form[:1], form[:2]):
            found.setdefault(start, set()).add(len(form))
    return {start: frozenset(lengths) for start, lengths in found.items()}


@cache
def _tables_of_lengths(script: str) -> tuple[Table, ...]:
    """The tables of how long the words of a script are by their first letters."""
    names = (f"{name}_lengths" for name, _ in _TABLES[script])
    return tuple(table(name) for name in names if is_table(name))


# Names in scripts without spaces are looked through at every letter, and share most of their syllables.
@lru_cache(maxsize=65536)
def _entry(word: str, script: str) -> Element | None:
    """The word as the dictionaries of a script have it; without phrases where it is a legal form or names
    nothing; None where none has it.
    """
    if word in legal_forms():
        return Element(word, (), ())
    most = _MOST_OF_A_LETTER if len(word) == 1 else MOST_PHRASES
    found: dict[str, dict[str, None]] = {}
    known = False
    tables, languages = _dictionaries(script)
    for language, row in zip(languages, rows_of(tables, word), strict=True):
        if row is None:
            continue
        known = True
        for phrase in row.split("|") if row else ():
            if phrase in found or len(found) < most:
                found.setdefault(phrase, {})[language] = None
    if not known:
        return None
    return Element(word, tuple(found), tuple(map(",".join, found.values())))


def _ends_at(text: str, end: int) -> bool:
    """Whether a word may end here: no vowel, tone or final of its last syllable follows."""
    if end >= len(text):
        return True
    letter = text[end]
    if letter in _VOWELS_BEHIND or unicodedata.category(letter)[0] == "M":
        return False
    return not (end + 1 < len(text) and text[end + 1] == _ASAT)


@lru_cache(maxsize=32768)
def _lengths(start: str, script: str) -> tuple[int, ...]:
    """How long the words are that begin with two letters, the longest first."""
    if script == "Hani" or script_of_character(start[0]) == "Hani":
        return tuple(range(_LONGEST_HAN, 0, -1))
    found = set(_lengths_of_forms().get(start, ()))
    for row in rows_of(_tables_of_lengths(script), start):
        if row:
            found.update(map(int, row.split()))
    return tuple(sorted(found, reverse=True))


def _from_edges(found: list[tuple[int, Element]], length: int) -> list[tuple[int, Element]]:
    """The words in an unbroken row from the start or to the end of a run: a name stands before or behind what
    a company does, and a word in its middle is met by chance.
    """
    kept: list[tuple[int, Element]] = []
    edge = 0
    for at, element in found:
        if at != edge:
            break
        kept.append((at, element))
        edge += len(element.word)
    edge = length
    behind: list[tuple[int, Element]] = []
    for at, element in reversed(found[len(kept) :]):
        if at + len(element.word) != edge:
            break
        behind.append((at, element))
        edge = at
    return kept + behind[::-1]


def _from_left(run: str, script: str) -> list[tuple[int, Element]]:
    """The words of a run with where they begin, the longest match from the left."""
    fewest = _PIECES[script].fewest
    syllables = script not in ("Hani", "Kana", "Hang")
    found: list[tuple[int, Element]] = []
    start = 0
    while start < len(run):
        for length in _lengths(run[start : start + 2], script):
            end = start + length
            if length < fewest or end > len(run) or (syllables and not _ends_at(run, end)):
                continue
            element = _entry(run[start:end], script)
            if element is not None:
                found.append((start, element))
                start = end
                break
        else:
            start += 1
    return found


def _from_right(run: str, script: str) -> list[tuple[int, Element]]:
    """The same from the right, for Korean: what a company does stands at the end of its name, so that
    삼성전자 ends in 전자 and does not hold 성전.
    """
    found: list[tuple[int, Element]] = []
    end = len(run)
    while end > 0:
        for start in range(max(0, end - _LONGEST_HANGUL), end):
            if start < end - 1 and end - start not in _lengths(run[start : start + 2], script):
                continue
            element = _entry(run[start:end], script)
            if element is not None:
                found.append((start, element))
                end = start
                break
        else:
            end -= 1
    return found[::-1]


def _pieces(run: str, script: str) -> list[Element]:
    found = _from_right(run, script) if script == "Hang" else _from_left(run, script)
    sure = _PIECES[script].sure
    if script != "Hani" and sum(len(element.word) for _, element in found) < len(run):
        found = [(at, element) for at, element in found if len(element.word) >= sure]
        found = _from_edges(found, len(run))
    return [element for _, element in found if element.phrases]


@lru_cache(maxsize=1024)
def _of_run(run: str, script: str) -> tuple[Element, ...]:
    if script not in _TABLES:
        return ()
    whole = _entry(run, script)
    if whole is None and script == "Arab" and run.startswith(_AL):
        whole = _entry(run.removeprefix(_AL), script)
    if whole is not None:
        return (whole,) if whole.phrases else ()
    return tuple(_pieces(run, script)) if script in _PIECES else ()


def _romance_forms(word: str) -> tuple[str, ...]:
    """The form in the dictionary of a Romance word in the feminine or the plural: ROJA, ROJOS, ROJAS."""
    singular = word[:-1] if word.endswith("s") and len(word) >= _SHORTEST_INFLECTED else word
    forms = [singular, singular[:-1] + "o"] if singular.endswith("a") else [singular]
    if singular.endswith("e"):
        forms.append(singular[:-1])
    return tuple(form for form in forms if form != word and len(word) >= _SHORTEST_INFLECTED)


@lru_cache(maxsize=4096)
def _foreign(word: str, by_signs: bool = True) -> tuple[tuple[str, str], ...]:
    """(phrase, languages) of a word or words in Latin letters that another language than English has; without
    `by_signs`, from dictionaries only, for what CLDR says of an English word in another language is loose
    (PLAYBOY, a soulmate).
    """
    found: dict[str, str] = {}
    for form in (word, *_romance_forms(word)):
        for row in rows_of(_latin_dictionaries(by_signs), form):
            for meaning in row.split("|") if row else ():
                phrase, _, languages = meaning.partition("=")
                if form == word or _ROMANCE.intersection(languages.split(",")):
                    found.setdefault(phrase, languages)
    return tuple(found.items())[:_MOST_FOREIGN]


@lru_cache(maxsize=32768)
def _latin_word(word: str) -> Element | None:
    if not is_content(word) or len(word) < 2:
        return None
    found: dict[str, str] = {}
    english = lemma(word)
    if english is not None:
        found[english] = "en"
    if english is None or frequency(english) < COMMON:
        for phrase, languages in _foreign(word, english is None):
            found.setdefault(phrase, languages)
    if not found:
        return None
    return Element(word, tuple(found), tuple(found.values()))


def _of_latin(words: tuple[str, ...]) -> list[Element]:
    found: list[Element] = []
    start = 0
    while start < len(words):
        for many in range(min(_LONGEST_PHRASE, len(words) - start), 1, -1):
            phrase = " ".join(words[start : start + many])
            if meanings := _foreign(phrase):
                found.append(Element(phrase, *zip(*meanings, strict=True)))
                start += many
                break
        else:
            named = len(words) == 1 or words[start] not in ARTICLES
            if named and (element := _latin_word(words[start])) is not None:
                found.append(element)
            start += 1
    return found


def _joined_runs(word: str, script: str) -> list[tuple[str, str]]:
    """(script, run) of a word, Han and kana next to each other as one Japanese run."""
    joined: list[tuple[str, str]] = []
    for kind, run in runs(word):
        if joined and {kind, joined[-1][0]} == {"Hani", "Kana"}:
            joined[-1] = ("Kana", joined[-1][1] + run)
        else:
            joined.append((kind, run))
    if script == "Kana":
        return [("Kana" if kind == "Hani" else kind, run) for kind, run in joined]
    return joined


def elements(words: tuple[str, ...], script: str) -> tuple[Element, ...]:
    """What the parts of a name mean, in their order: the whole name where a dictionary has it, else word by
    word, in scripts without spaces by the longest match from the left.

    `words` and `script` are those of the normal form. Legal forms and words that name nothing are left out.
    """
    if script == LATIN and all(map(str.isascii, words)):
        return tuple(_of_latin(words))
    if len(words) > 1 and script in _TABLES:
        whole = _entry("".join(words), script)
        if whole is not None:
            return (whole,) if whole.phrases else ()
    found: list[Element] = []
    latin: list[str] = []
    for word in words:
        for kind, run in _joined_runs(word, script):
            if kind == LATIN:
                latin.append(run)
                continue
            found += _of_latin(tuple(latin))
            latin.clear()
            found += _of_run(run, kind)
    return tuple(found + _of_latin(tuple(latin)))


def concepts(words: tuple[str, ...], script: str) -> tuple[str, ...]:
    """The concept keys of a name, sorted, each once: the same whatever the order of its words."""
    return tuple(sorted({concept for element in elements(words, script) for concept in element.concepts}))
