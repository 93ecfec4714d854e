"""All keys of one name, computed once for the index and in the same way for a query."""

from functools import lru_cache
from typing import NamedTuple

from search.keys.grams import trigrams
from search.keys.normal import MAX_KEY_CHARACTERS, normal
from search.keys.phones import phone_tokens
from search.keys.roman import roman_word
from search.keys.saying import MOST_SOUNDS, sounds_of_name
from search.keys.scripts import runs, script_of
from search.keys.units import Unit, core_words, units_of
from search.keys.words import MAX_TOKEN_CHARACTERS
from search.language.readings import simplified

MAX_NAME_CHARACTERS = 1000
"""A longer text is no name: the rest is not compared."""


class NameKeys(NamedTuple):
    """The keys of a name. `roman` is without spaces; `sounds` are the ways it may be said, the likeliest
    first.
    """

    script: str
    words: tuple[str, ...]
    key: str
    roman: str
    sounds: tuple[str, ...]
    units: tuple[Unit, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        """What the name may mean, each once."""
        return tuple(dict.fromkeys(concept for unit in self.units for concept in unit.concepts))

    @property
    def grams(self) -> tuple[str, ...]:
        return trigrams(simplified(self.key))

    @property
    def phones(self) -> tuple[str, ...]:
        """What is heard of it, in pieces, under its script."""
        if len(self.sounds) == 1:
            return phone_tokens(self.script, self.sounds[0])
        found = (piece for sound in self.sounds for piece in phone_tokens(self.script, sound))
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=32768)
def _split(word: str) -> tuple[str, ...]:
    """A word cut where its script changes: SAMSUNG삼성 holds two."""
    if word.isascii():
        return (word[:MAX_TOKEN_CHARACTERS],)
    return tuple(run[:MAX_TOKEN_CHARACTERS] for _, run in runs(word))


def pieces_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a normal form, cut where their script changes."""
    return tuple([piece for word in words for piece in _split(word)])


@lru_cache(maxsize=1024)
def name_keys(text: str) -> NameKeys:
    """The keys of a mark, title or product name."""
    words, key = normal(text[:MAX_NAME_CHARACTERS])
    pieces = pieces_of(words)
    roman = "".join(map(roman_word, pieces))[:MAX_KEY_CHARACTERS]
    script = script_of(key)
    units = units_of(pieces, script)
    sounds = sounds_of_name(pieces)
    core = core_words(pieces, units)
    if core != pieces:
        # The name as it is read, what tells it from others, and then the rest.
        sounds = tuple(dict.fromkeys((*sounds[:1], *sounds_of_name(core)[:2], *sounds[1:])))[:MOST_SOUNDS]
    return NameKeys(script, pieces, key, roman, sounds, units)
