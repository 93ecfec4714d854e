"""All keys of one name, computed once for the index and in the same way for a query."""

from functools import lru_cache
from typing import NamedTuple

from search.keys.grams import fourgrams, trigrams
from search.keys.normal import MAX_KEY_CHARACTERS, normal
from search.keys.roman import roman_word
from search.keys.scripts import runs, script_of
from search.keys.sound import joined, skeleton, sound_of_word
from search.keys.words import MAX_TOKEN_CHARACTERS

MAX_SOUND_CHARACTERS = 128
MAX_NAME_CHARACTERS = 1000
"""A longer text is no name: the rest is not compared."""


class NameKeys(NamedTuple):
    """The keys of a name. `roman` and `sound` are without spaces; `word_sounds` are skeletons of words of
    two consonants or more.
    """

    script: str
    words: tuple[str, ...]
    key: str
    roman: str
    sound: str
    skeleton: str
    word_sounds: tuple[str, ...]

    @property
    def grams(self) -> tuple[str, ...]:
        return trigrams(self.key)

    @property
    def skeleton_grams(self) -> tuple[str, ...]:
        return fourgrams(self.skeleton)

    @property
    def roman_grams(self) -> tuple[str, ...]:
        """3-grams of the romanised form, for names that are not written in Latin letters."""
        return () if self.roman == self.key else trigrams(self.roman)


@lru_cache(maxsize=16384)
def _split(word: str) -> tuple[str, ...]:
    """A word cut where its script changes: SAMSUNG삼성 holds two."""
    if word.isascii():
        return (word[:MAX_TOKEN_CHARACTERS],)
    return tuple(run[:MAX_TOKEN_CHARACTERS] for _, run in runs(word))


@lru_cache(maxsize=4096)
def name_keys(text: str) -> NameKeys:
    """The keys of a mark, title or product name."""
    words, key = normal(text[:MAX_NAME_CHARACTERS])
    pieces = tuple([piece for word in words for piece in _split(word)])
    roman = "".join(map(roman_word, pieces))[:MAX_KEY_CHARACTERS]
    sounds = [sound_of_word(piece) for piece in pieces]
    sound = joined(sounds)[:MAX_SOUND_CHARACTERS]
    word_sounds = (
        tuple(dict.fromkeys(bones for code in sounds if len(bones := skeleton(code)) >= 2))
        if len(sounds) > 1
        else ()
    )
    return NameKeys(script_of(key), pieces, key, roman, sound, skeleton(sound), word_sounds)
