"""What one office's words, codes and numbers mean, each distinct one worked out once."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from ingest.profile import NumberShape, Profile
from ingest.status_words import fold
from register.codes.kinds import mark_feature, mark_kind
from register.codes.languages import default_language, normalise_language, scripts_of
from register.codes.offices import normalise_st3
from register.model import RIGHTS, Plain, Right, Text


class Notes(Counter[tuple[str, str]]):
    """How often each value was not understood, as (what, value); `latest` are those of one record."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: list[tuple[str, str]] = []

    def add(self, key: tuple[str, str]) -> None:
        self[key] += 1
        self.latest.append(key)

    def of_record(self) -> tuple[tuple[str, str], ...]:
        """What was added since this was last asked."""
        told = tuple(self.latest)
        self.latest.clear()
        return told


# Distinct notes of a kind beyond which no new ones are kept, so that a broken feed cannot fill the memory.
_MOST_NOTES = 10_000
_MOST_CACHED = 50_000
_NOTE_LENGTH = 120
# Kana and Hangul make a text Japanese and Korean, whatever stands beside them.
_BY_LETTERS = ("Kana", "Hira", "Hang")
# What stands between the code and the sub-code of a transaction in a hint.
_BETWEEN = " / "
# The letters of a long text are known from its beginning.
_SAMPLE = 64

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Shape(NamedTuple):
    """What the shape of an application number tells."""

    right: Right
    international: str


class OfficeValues:
    """The values of one office in our terms, with what could not be read counted in `notes`.

    `own_feed`: the feed is that of the office itself. Caches are emptied when they are full: offices use few
    words, but a broken feed may bring any number of them.
    """

    def __init__(self, profile: Profile, format_name: str, notes: Notes, own_feed: bool) -> None:
        self.profile = profile
        self.date: Callable[[str], dt.date | None] = profile.read_date
        self._office = profile.office
        self._format = format_name
        self._notes = notes
        # Other offices deliver numbers in forms of their own, such as that of DOCDB.
        self._notes_shapes = own_feed
        self._shapes = _by_right(profile)
        self._statuses: dict[tuple[Right, str, str, bool], Plain] = {}
        self._rights: dict[str, Right | None] = {}
        self._defaults: dict[str, str | None] = {}
        self._kinds: dict[tuple[str, str], tuple[str | None, str]] = {}
        self._features: dict[str, str | None] = {}
        self._countries: dict[str, str | None] = {}
        self._languages: dict[str, str | None] = {}

    def note(self, what: str, value: str) -> None:
        """Count something that was not understood but does not refuse the record."""
        key = (what, value[:_NOTE_LENGTH])
        if key not in self._notes and len(self._notes) >= _MOST_NOTES:
            key = (what, "…")
        self._notes.add(key)

    def status(self, right: Right, code: str, words: str, dated: bool) -> Plain:
        """The plain status of a code and its words; `unknown`, and a note, where the tables say nothing."""
        key = (right, code, words, dated)
        found = self._statuses.get(key)
        if found is None:
            found = self._status(right, code, words, dated)
            _kept(self._statuses, key, found)
        if found == "unknown" and (code or words):
            self.note("status", f"{right}: {code or words}")
        return found

    def _status(self, right: Right, code: str, words: str, dated: bool) -> Plain:
        tables = self.profile.status
        found = tables.plain(code, right, self._format, dated) if code else None
        if found in (None, "unknown") and words:
            found = tables.plain(words, right, self._format, dated) or found
        return found or "unknown"

    def kind(self, word: str, hint: str) -> tuple[str | None, str]:
        """Kind of a mark and the word that says it. The hint counts where the word says nothing or only
        `individual`.
        """
        key = (word, hint)
        found = self._kinds.get(key)
        if found is None:
            kind, hinted = self._kind(word), self._kind(hint)
            by_hint = hinted and (not kind or (kind == "individual" and hinted != kind))
            found = (hinted, hint) if by_hint else (kind, word or hint)
            _kept(self._kinds, key, found)
        if found[0] is None and word:
            self.note("kind", word)
        return found[0] or None, found[1]

    def _kind(self, words: str) -> str | None:
        """Our word for a kind; "" where the office's says nothing; None where it is not known."""
        known = [self._one_kind(word) for word in (words, *words.split(_BETWEEN)) if word]
        telling = [kind for kind in known if kind]
        if not telling:
            return "" if "" in known else None
        return next((kind for kind in telling if kind != "individual"), "individual")

    def _one_kind(self, word: str) -> str | None:
        own = self.profile.kinds.get(fold(word))
        return own if own is not None else mark_kind(word, self._office)

    def feature(self, word: str) -> str | None:
        """Our word for what a mark consists of, None where the office's word is not known or says nothing."""
        if word in self._features:
            found = self._features[word]
        else:
            own = self.profile.features.get(fold(word))
            found = _kept(self._features, word, own if own is not None else mark_feature(word, self._office))
        if found is None:
            self.note("feature", word)
        return found or None

    def right(self, hint: str, right: Right) -> Right:
        """The right that an office's word for the kind of application names; else the reader's own."""
        if hint in self._rights:
            found = self._rights[hint]
        else:
            rights = self.profile.rights
            told = (rights.get(fold(word)) for word in (hint, *hint.split(_BETWEEN)))
            found = _kept(self._rights, hint, next((named for named in told if named is not None), None))
        return right if found is None else found

    def country(self, value: str) -> str | None:
        """The ST.3 code of a country code or name of any kind; None, and a note, for what is none."""
        if value in self._countries:
            found = self._countries[value]
        else:
            found = _kept(self._countries, value, self._country(value))
        if found is None:
            self.note("country", value)
        return found

    def _country(self, value: str) -> str | None:
        own = self.profile.countries.get(fold(value))
        if own is not None:
            return own
        found = normalise_st3(value)
        suffix = self.profile.quirks.country_suffix
        if found is None and suffix and len(value) == 3 and value.endswith(suffix):
            return normalise_st3(value[:2])
        return found

    def language(self, code: str) -> str | None:
        """ISO 639-1 of the office's language code; None, and a note, for one that is not known."""
        if code in self._languages:
            return self._languages[code]
        found = normalise_language(code, self._office)
        if found is None:
            self.note("language", code)
        return _kept(self._languages, code, found)

    def text(self, text: str, code: str) -> Text:
        """A text with its language, as delivered or as its letters make likely, and its script."""
        scripts = scripts_of(text if len(text) <= _SAMPLE else text[:_SAMPLE])
        script = scripts[0] if scripts else None
        language = self.language(code) if code else None
        if language is None and script is not None:
            if len(scripts) > 1:
                script = next((told for told in _BY_LETTERS if told in scripts), script)
            language = self._default_language(script)
            script = scripts[0]
        return Text(text, language, script)

    def _default_language(self, script: str) -> str | None:
        if script in self._defaults:
            return self._defaults[script]
        own = self.profile.default_language.get(script)
        return _kept(self._defaults, script, own or default_language(script, self._office))

    def shape(self, number: str, right: Right, hint: str) -> Shape | None:
        """What the shape of an application number tells; None, and a note, where it is none of the office's.

        Only patents and utility models are told apart by it: of the other rights the reader is sure.
        """
        shapes = self._shapes.get(right, ())
        for shape in shapes:
            if shape.madrid and "madrid" not in hint.lower():
                continue
            found = shape.pattern.fullmatch(number)
            if found is not None:
                international = found["international"] if "international" in shape.pattern.groupindex else ""
                return Shape(shape.right, international or "")
        if shapes and self._notes_shapes:
            self.note("number-shape", right)
        return None


def _by_right(profile: Profile) -> dict[Right, tuple[NumberShape, ...]]:
    inventions: tuple[Right, ...] = ("patent", "utility-model")
    return {
        right: tuple(
            shape
            for shape in profile.numbers
            if shape.right == right or (right in inventions and shape.right in inventions)
        )
        for right in RIGHTS
    }


def _kept(cache: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    if len(cache) >= _MOST_CACHED:
        cache.clear()
    cache[key] = value
    return value
