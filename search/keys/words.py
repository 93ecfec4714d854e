"""Words of running text (titles, abstracts, products, names of applicants), for scripts with and without
spaces.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from search.keys.normal import folded_text
from search.keys.scripts import UNSPACED, runs

MAX_TEXT_CHARACTERS = 8000
"""Of a longer text, the rest is not indexed."""

MAX_TOKEN_CHARACTERS = 128
"""A longer run of letters is cut: no word is so long, and engines split or refuse it each in its own way."""

_QUOTED = re.compile(r'["“”„«»「」『』](.+?)["“”„«»「」『』]')


@lru_cache(maxsize=65536)
def _pieces(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word[:MAX_TOKEN_CHARACTERS],)
    found: list[str] = []
    for script, run in runs(word):
        if script in UNSPACED and len(run) > 1:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            found.append(run[-1])
        else:
            found.append(run[:MAX_TOKEN_CHARACTERS])
    return tuple(found)


def text_words(text: str) -> list[str]:
    """The tokens of a text in order.

    Letters of one script between spaces are a token; a run of Han, kana, Thai, Lao, Khmer or Burmese, which
    put no space between words, gives each two letters next to each other and its last letter, so that any
    part of it can be found as a phrase.
    """
    return [piece for word in folded_text(text[:MAX_TEXT_CHARACTERS]).split() for piece in _pieces(word)]


@dataclass(frozen=True, slots=True)
class Words:
    """What one word or quoted phrase of a query must match: tokens next to each other, or where `begins`,
    one token's start.
    """

    tokens: tuple[str, ...]
    begins: bool = False


def _wanted(word: str) -> list[Words]:
    wanted: list[Words] = []
    for script, run in runs(word):
        if script in UNSPACED:
            pairs = tuple(run[at : at + 2] for at in range(len(run) - 1))
            wanted.append(Words(pairs) if pairs else Words((run,), begins=True))
        else:
            wanted.append(Words((run[:MAX_TOKEN_CHARACTERS],)))
    return wanted


def phrase_words(text: str) -> Words | None:
    """A text as one phrase; None where it has no letter or digit."""
    parts = [part for word in folded_text(text).split() for part in _wanted(word)]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    # Behind an unspaced run comes its last letter, which is a token of its own.
    tokens: list[str] = []
    for position, part in enumerate(parts):
        tokens += part.tokens
        unspaced = any(script in UNSPACED for token in part.tokens for script, _ in runs(token))
        if unspaced and not part.begins and position < len(parts) - 1:
            tokens.append(part.tokens[-1][-1])
    return Words(tuple(tokens))


def query_words(text: str) -> list[Words]:
    """What a text must hold to be found by a query: each word of it, and each part in quotation marks as a
    phrase.
    """
    wanted: list[Words] = []
    rest = 0
    for quoted in _QUOTED.finditer(text):
        wanted += [
            part for word in folded_text(text[rest : quoted.start()]).split() for part in _wanted(word)
        ]
        if (phrase := phrase_words(quoted[1])) is not None:
            wanted.append(phrase)
        rest = quoted.end()
    wanted += [part for word in folded_text(text[rest:]).split() for part in _wanted(word)]
    return list(dict.fromkeys(wanted))
