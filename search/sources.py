"""Where candidates for likeness come from: each source is one way in which a similar mark can be found.

Sources are wide, for what they bring is scored in our own code; each is bounded, so that none fills the list.
"""

from bisect import bisect_right
from dataclasses import dataclass

from search.engine import All, Any, Clause, Fuzzy, Not, Order, Phrase, Ranked, Source, Term
from search.keys.grams import needle_bigrams
from search.keys.mark import NameKeys

SHORTEST_FIRST = Order("brevity", descending=False)
LONGEST_FIRST = Order("brevity")
BEST_FIRST = Order(None)

# How many candidates each source gives, and lengths from which a way of finding is selective enough to be
# worth it. Together some 250 to 300: fetching and scoring one takes about 20 microseconds.
_EXACT, _NEAR, _GRAM, _ROMAN_GRAM, _SKELETON_GRAM, _SOUND, _WORD, _PART = 40, 60, 90, 50, 50, 40, 50, 30
_RAREST_GRAMS, _MOST_GRAMS = 8, 96
_LEAST_FOR_ONE_EDIT, _LEAST_FOR_TWO_EDITS, _MOST_FOR_EDITS = 3, 8, 40
_SOUND_FOR_EDITS = (3, 8)
"""From how many sounds on one edit is allowed, and two."""
_MOST_SOUND, _LEAST_SKELETON = 32, 2
_MOST_SUBSTRINGS, _MOST_WORDS = 60, 12
_SHORTEST_PART = {"Latn": 4, "Hani": 2, "Hang": 2, "Kana": 3}
_SHORTEST_PART_ELSEWHERE = 4


@dataclass(frozen=True, slots=True)
class Grams:
    """3-grams of which only the rarest are asked for, as many as `most`."""

    field: str
    grams: tuple[str, ...]
    most: int = _RAREST_GRAMS


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source of candidates with its name, for the debugging of plans. `what` is a clause, or grams to
    choose from.
    """

    name: str
    what: Clause | Grams
    limit: int
    filters: tuple[Clause, ...] = ()
    order: Order = BEST_FIRST

    def source(self, chosen: Clause, filters: tuple[Clause, ...]) -> Source:
        return Source(All((chosen,), (*filters, *self.filters)), self.limit, self.order)


def look_sources(name: NameKeys) -> list[NamedSource]:
    """Names that look like this one: the same, few edits away, with rare pieces in common, with a word or
    part in common.
    """
    if not name.key:
        return []
    marks = (Term("right", ("trademark",)),)
    sources = [NamedSource("exact", Term("key", (name.key,)), _EXACT, marks, SHORTEST_FIRST)]
    length = len(name.roman)
    if _LEAST_FOR_ONE_EDIT <= length <= _MOST_FOR_EDITS:
        distance = 1 if length < _LEAST_FOR_TWO_EDITS else 2
        sources.append(NamedSource("edits", Fuzzy("roman", name.roman, distance), _NEAR, (), SHORTEST_FIRST))
    sources.append(NamedSource("grams", Grams("gram", name.grams[:_MOST_GRAMS]), _GRAM))
    words = name.words[:_MOST_WORDS]
    if words:
        sources.append(NamedSource("words", Ranked("word", words), _WORD))
    shortest = _SHORTEST_PART.get(name.script, _SHORTEST_PART_ELSEWHERE)
    if len(name.key) >= shortest:
        sources.append(
            NamedSource("holds it", Phrase("bigram", needle_bigrams(name.key)), _PART, marks, SHORTEST_FIRST)
        )
    parts = _parts(name, shortest)
    if parts:
        sources.append(NamedSource("part of it", Term("key", parts), _PART, marks, LONGEST_FIRST))
    return sources


def _parts(name: NameKeys, shortest: int) -> tuple[str, ...]:
    """Names that this one may hold: runs of its words, or of its letters where its script has no spaces."""
    key, words = name.key, name.words
    found: dict[str, None] = {}
    if len(words) > 1:
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                part = "".join(words[first:last])
                if len(part) >= min(shortest, 3) and part != key:
                    found[part] = None
    for length in range(len(key) - 1, shortest - 1, -1):
        if len(found) >= _MOST_SUBSTRINGS:
            break
        for start in range(len(key) - length + 1):
            found[key[start : start + length]] = None
    return tuple(found)[:_MOST_SUBSTRINGS]


def sound_sources(name: NameKeys, *, by_sound: bool = False) -> list[NamedSource]:
    """Names that sound like this one. Its own script and the others are asked for apart, so that neither
    fills the list. `by_sound`: only sound is asked for, so what is near in the own script has to come from
    here.
    """
    bones, sound = name.skeleton, name.sound
    if not sound:
        return []
    own = (Term("script", (name.script,)),)
    others = (Not(Term("script", (name.script,))),)
    distance = bisect_right(_SOUND_FOR_EDITS, len(sound))
    near: Clause = Fuzzy("sound", sound, distance) if distance else Term("sound", (sound,))
    same = Any((Term("sound", (sound,)), Term("skeleton", (bones,))))
    sources = [
        NamedSource("same sound", same, _SOUND, own, SHORTEST_FIRST),
        NamedSource("same sound, other scripts", same, _SOUND, others, SHORTEST_FIRST),
    ]
    if len(sound) <= _MOST_SOUND:
        sources.append(NamedSource("near sound, other scripts", near, _SOUND, others, SHORTEST_FIRST))
        if by_sound:
            sources.append(NamedSource("near sound", near, _SOUND, own, SHORTEST_FIRST))
    if len(bones) >= _LEAST_SKELETON:
        grams = Grams("skeleton_gram", name.skeleton_grams)
        sources.append(NamedSource("consonants, other scripts", grams, _SKELETON_GRAM, others))
    if name.word_sounds:
        words = Ranked("word_sound", name.word_sounds[:_MOST_WORDS])
        sources.append(NamedSource("sound of words", words, _SOUND))
    roman = (name.roman_grams or name.grams)[:_MOST_GRAMS]
    read = Grams("roman_gram", roman)
    sources.append(NamedSource("romanised, other scripts", read, _ROMAN_GRAM, others))
    if name.roman_grams:
        sources.append(NamedSource("romanised, Latin", Grams("gram", roman), _ROMAN_GRAM))
    return sources
