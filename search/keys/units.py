"""The units of a name: what is said of each, what it means, and whether it tells names apart at all.

BANGKOK BANK has two units, and 盤谷銀行 has two: the first are heard alike, the second mean the same, and say
little, for a hundred names hold them.
"""

from functools import lru_cache
from typing import NamedTuple

from search.keys.saying import said_word
from search.keys.sound import joined
from search.language.meanings import ARTICLES, Element, elements
from search.language.trade import is_formal, is_trade_word

MOST_UNITS, MOST_CONCEPTS = 12, 6


class Unit(NamedTuple):
    """A part of a name. `text` is it as it stands in the normal form, `sound` its sound code, `phrases`
    what it may mean, the most usual first, each one concept or several that only together are the meaning
    (`black cat`, with a space between). `weak`: it says what is sold or who sells, and tells no name from
    another.
    """

    text: str
    sound: str
    phrases: tuple[str, ...]
    weak: bool

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts of all meanings, each once."""
        if not self.phrases:
            return ()
        return tuple(dict.fromkeys(concept for phrase in self.phrases for concept in phrase.split(" ")))


@lru_cache(maxsize=1024)
def units_of(words: tuple[str, ...], script: str) -> tuple[Unit, ...]:
    """The units of the words of a normal form, in their order."""
    units: list[Unit] = []
    waiting = list(elements(words, script))
    position = 0
    while position < len(words) and len(units) < MOST_UNITS:
        word = words[position]
        if waiting and " " in waiting[0].word:
            many = waiting[0].word.count(" ") + 1
            if " ".join(words[position : position + many]) == waiting[0].word:
                units.append(_meaning(waiting.pop(0)))
                position += many
                continue
        units += _of_word(word, waiting)
        position += 1
    return tuple(units[:MOST_UNITS])


def _of_word(word: str, waiting: list[Element]) -> list[Unit]:
    """The units of one word; takes the elements that are found in it."""
    found: list[Unit] = []
    rest = word
    while waiting and (at := rest.find(waiting[0].word)) >= 0:
        if at:
            found.append(_name(rest[:at]))
        element = waiting.pop(0)
        found.append(_meaning(element))
        rest = rest[at + len(element.word) :]
    if rest:
        found.append(_name(rest))
    return found


def _name(text: str) -> Unit:
    return Unit(text, said_word(text), (), is_formal(text) or text in ARTICLES)


def _meaning(element: Element) -> Unit:
    phrases: list[str] = []
    concepts = 0
    for phrase in element.phrases:
        concepts += phrase.count(" ") + 1
        if concepts > MOST_CONCEPTS:
            break
        phrases.append(phrase)
    sound = joined([said_word(word) for word in element.word.split(" ")])
    return Unit(element.word, sound, tuple(phrases), is_trade_word(element))


def core_words(words: tuple[str, ...], units: tuple[Unit, ...]) -> tuple[str, ...]:
    """What of a name tells it from others: the words without the weak units; all of them where nothing else
    is left.
    """
    strong = [part for unit in units if not unit.weak for part in unit.text.split(" ")]
    return tuple(strong) if strong else words
