"""What an office's status words mean in our five plain ones: tables of exact words, and ordered patterns for
free text.
"""

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from register.model import Plain, Right

_MARKS = string.punctuation + string.whitespace + "\u200b\u200c\u200d\ufeff–—’‘“”·・　"
_IGNORED = dict.fromkeys(map(ord, _MARKS))


def fold(word: str) -> str:
    """A word for looking up: no case, no width, no spaces and no punctuation (`REMOVED_FROM_REGISTER`,
    `3-D`).
    """
    return unicodedata.normalize("NFKC", word).casefold().translate(_IGNORED)


def _spaced(word: str) -> str:
    """A text for patterns: no case, no width, underscores and every run of white space one space."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().replace("_", " ").split())


class StatusTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One `[[status]]` table of a profile.

    `rights` and `formats` say where it holds (absent: everywhere). The five lists are office words or codes
    by what they mean; `expired_where_dated` are words that mean `expired` where the record has an expiry date
    and `ended` where it has none. `patterns` are regular expressions, tried in order on the text in small
    letters, with their meaning. A table that is not `confirmed` is a proposal: nothing is read by it until a
    person says that it is right.
    """

    rights: tuple[Right, ...] = ()
    formats: tuple[str, ...] = ()
    confirmed: bool = True
    pending: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    expired_where_dated: tuple[str, ...] = ()
    patterns: tuple[tuple[str, Plain], ...] = ()


class _Meaning(NamedTuple):
    dated: Plain
    undated: Plain


class _Scope(NamedTuple):
    rights: frozenset[str]
    formats: frozenset[str]
    words: dict[str, _Meaning]
    patterns: tuple[tuple[re.Pattern[str], Plain], ...]

    def holds(self, right: str, format_name: str) -> bool:
        return (not self.rights or right in self.rights) and (not self.formats or format_name in self.formats)


def _words(table: StatusTable) -> Iterable[tuple[str, _Meaning]]:
    named: tuple[tuple[Plain, tuple[str, ...]], ...] = (
        ("pending", table.pending),
        ("registered", table.registered),
        ("expired", table.expired),
        ("ended", table.ended),
        ("unknown", table.unknown),
    )
    for plain, words in named:
        for word in words:
            yield word, _Meaning(plain, plain)
    for word in table.expired_where_dated:
        yield word, _Meaning("expired", "ended")


def _scope(table: StatusTable) -> _Scope:
    """The table ready for use. Raises ValueError for a word without letters, with two meanings, or a bad
    pattern.
    """
    words: dict[str, _Meaning] = {}
    for word, meaning in _words(table):
        key = fold(word)
        if not key:
            raise ValueError(f"{word!r} has no letter and no digit")
        if words.setdefault(key, meaning) != meaning:
            raise ValueError(f"{word!r} stands under two meanings, {words[key].dated} and {meaning.dated}")
    patterns = []
    for expression, plain in table.patterns:
        try:
            patterns.append((re.compile(expression), plain))
        except re.error as error:
            raise ValueError(f"{expression!r} is no regular expression: {error}") from None
    return _Scope(frozenset(table.rights), frozenset(table.formats), words, tuple(patterns))


class StatusWords:
    """The status words of an office: its own tables before the ones it inherits.

    Within a file the narrower table (by right, by format) wins. Exact words of all files come before any
    pattern. Raises ValueError, with the table's place, for a table that contradicts itself.
    """

    def __init__(self, files: Sequence[Sequence[StatusTable]], noise: str = "") -> None:
        self._scopes = tuple(scope for tables in files for scope in _scopes(tables))
        self._noise = re.compile(noise, re.IGNORECASE) if noise else None

    def plain(self, word: str, right: Right, format_name: str, dated: bool) -> Plain | None:
        """What a word or code means; None for one that no table knows. `dated`: the record has an expiry
        date.
        """
        if self._noise is not None:
            word = self._noise.sub("", word)
        key = fold(word)
        if not key:
            return None
        scopes = [scope for scope in self._scopes if scope.holds(right, format_name)]
        for scope in scopes:
            found = scope.words.get(key)
            if found is not None:
                return found.dated if dated else found.undated
        text = _spaced(word)
        for scope in scopes:
            for pattern, plain in scope.patterns:
                if pattern.search(text):
                    return plain
        return None

    def words(self) -> frozenset[str]:
        """Every exact word, folded."""
        return frozenset(key for scope in self._scopes for key in scope.words)


def _scopes(tables: Sequence[StatusTable]) -> list[_Scope]:
    found = []
    for place, table in enumerate(tables):
        try:
            scope = _scope(table)
        except ValueError as error:
            raise ValueError(f"status[{place}]: {error}") from None
        if table.confirmed:
            found.append(scope)
    return sorted(found, key=lambda scope: bool(scope.rights) + 2 * bool(scope.formats), reverse=True)
