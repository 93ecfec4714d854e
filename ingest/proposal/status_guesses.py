"""What status words of a new office probably mean, by the words of all other offices."""

import csv
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast

from rapidfuzz import fuzz, process

from ingest.profile import parse, profile
from ingest.profile_files import packaged_codes, packaged_text
from ingest.status_words import fold
from register.model import Plain, Right

_ALIKE: Final = 84
_LEAST_LETTERS: Final = 4

Ground = Literal["known", "same", "pattern", "alike", "none"]


class StatusGuess(NamedTuple):
    """A word of a right, how often it came, what it probably means and on what ground: `known` needs no
    table, `same` is the same word at other offices, `pattern` has the form of one, `alike` is written nearly
    the same; `beside` is that word and where it is from.
    """

    right: Right
    word: str
    times: int
    plain: Plain | None
    ground: Ground
    beside: str


class _Known(NamedTuple):
    plain: Plain
    word: str
    office: str


@cache
def _words() -> dict[str, _Known]:
    """Every exact word of every office that comes with the program, where all offices mean the same by it."""
    met: dict[str, list[_Known]] = {}
    for code in packaged_codes():
        for table in parse(packaged_text(code.lower()), f"{code}.toml").status:
            named: tuple[tuple[Plain, tuple[str, ...]], ...] = (
                ("pending", table.pending),
                ("registered", table.registered),
                ("expired", table.expired),
                ("ended", table.ended),
            )
            for plain, words in named:
                for word in words:
                    met.setdefault(fold(word), []).append(_Known(plain, word, code))
    return {
        key: found[0]
        for key, found in met.items()
        if len({known.plain for known in found}) == 1 and any(map(str.isalpha, key))
    }


def guess_status(office: str, format_name: str, seen: Mapping[Right, Counter[str]]) -> list[StatusGuess]:
    """A guess for each status word of a sample, by right, the most frequent first."""
    return [
        _guess(office, format_name, right, word, times)
        for right, words in seen.items()
        for word, times in words.most_common()
    ]


def _guess(office: str, format_name: str, right: Right, word: str, times: int) -> StatusGuess:
    known = profile(office).status.plain(word, right, format_name, True)
    if known is not None and known != "unknown":
        return StatusGuess(right, word, times, known, "known", "")
    key = fold(word)
    same = _words().get(key)
    if same is not None:
        return StatusGuess(right, word, times, same.plain, "same", f"{same.word} ({same.office})")
    by_pattern, by_stem = _by_patterns(word, right), _by_stems(word)
    if by_pattern is not None and by_stem in (None, by_pattern.plain):
        return StatusGuess(right, word, times, by_pattern.plain, "pattern", f"a word of {by_pattern.office}")
    if len(key) >= _LEAST_LETTERS:
        near = process.extractOne(key, list(_words()), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if near is not None:
            found = _words()[near[0]]
            return StatusGuess(right, word, times, found.plain, "alike", f"{found.word} ({found.office})")
    if by_stem is not None:
        return StatusGuess(right, word, times, by_stem, "alike", "a word of law in it")
    return StatusGuess(right, word, times, None, "none", "")


def _by_patterns(word: str, right: Right) -> _Known | None:
    """What the patterns of other offices make of it, where all that know it agree; those of Latin letters
    only where they hold for the whole of a word that is not short.
    """
    told: dict[Plain, str] = {}
    for code in packaged_codes():
        plain = profile(code).status.plain(word, right, "", True)
        if plain not in (None, "unknown"):
            told.setdefault(plain, code)
    return _Known(next(iter(told)), word, next(iter(told.values()))) if len(told) == 1 else None


@cache
def _stems() -> tuple[tuple[str, Plain], ...]:
    """Stems of words of law in the order in which they decide: a renewal that was refused is refused."""
    text = files(__package__).joinpath("status_stems.csv").read_text(encoding="utf-8")
    return tuple(
        (stem, cast("Plain", row["plain"]))
        for row in csv.DictReader(text.splitlines(), strict=True)
        for stem in row["stems"].split("|")
    )


def _by_stems(word: str) -> Plain | None:
    text = " ".join(word.casefold().split())
    return next((plain for stem, plain in _stems() if stem in text), None)
