"""Where candidates for likeness come from: each source is one way in which a similar mark can be found.

Sources are wide, for what they bring is scored in our own code; each is bounded, so that none fills the list.
"""

from dataclasses import dataclass

from search.engine import All, Clause, Fuzzy, Not, Order, Phrase, Ranked, Source, Term
from search.keys.grams import needle_bigrams
from search.keys.mark import NameKeys
from search.keys.phones import HEARD_SCRIPTS, OTHER_SCRIPTS, phone_tokens

SHORTEST_FIRST = Order("brevity", descending=False)
LONGEST_FIRST = Order("brevity")
BEST_FIRST = Order(None)

# How many candidates each source gives, and lengths from which a way of finding is selective enough to be
# worth it.
_EXACT, _NEAR, _GRAM, _WORD, _PART = 40, 60, 90, 50, 30
_HEARD, _HEARD_IN_ANOTHER_SCRIPT, _HEARD_FROM_FAR, _MEANT = 60, 30, 12, 40
# Scripts of the region and its neighbours; names of others are few in its registers.
_NEAR_SCRIPTS = frozenset(
    ("Latn", "Hani", "Hang", "Kana", "Thai", "Laoo", "Mymr", "Khmr", "Taml", "Arab", "Deva")
)
_RAREST_GRAMS, _RAREST_PHONES, _MOST_GRAMS = 8, 8, 96
# Fields of which other rights hold nothing.
_OF_MARKS_ONLY = frozenset(("gram", "roman", "phone", "word", "concept"))
# Of a longer name, rare grams are left whatever one letter becomes.
_LEAST_FOR_EDITS, _MOST_FOR_EDITS = 3, 7
_MOST_SUBSTRINGS, _MOST_WORDS = 60, 12
_SHORTEST_PART = {"Latn": 4, "Hani": 2, "Hang": 2, "Kana": 3}
_SHORTEST_PART_ELSEWHERE = 4


@dataclass(frozen=True, slots=True)
class Grams:
    """Tokens of which only the rarest of each group are asked for, as many as `most`."""

    field: str
    groups: tuple[tuple[str, ...], ...]
    most: int = _RAREST_GRAMS

    @property
    def grams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(gram for group in self.groups for gram in group))


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source of candidates with its name, for the debugging of plans. `what` is a clause, or grams to
    choose from; `script` that of the names it looks among, where it looks among those of one only.
    """

    name: str
    what: Clause | Grams
    limit: int
    filters: tuple[Clause, ...] = ()
    order: Order = BEST_FIRST
    script: str | None = None

    def source(self, chosen: Clause, filters: tuple[Clause, ...]) -> Source:
        if isinstance(chosen, Ranked | Fuzzy) and chosen.field in _OF_MARKS_ONLY:
            filters = tuple(one for one in filters if not _lets_marks_through(one))
        asked = tuple(dict.fromkeys((*filters, *self.filters)))
        return Source(All((chosen,), asked), self.limit, self.order)


def _lets_marks_through(clause: Clause) -> bool:
    """Whether a filter is of rights, and marks are among them: it would be asked of each mark for nothing,
    and an engine could not pass over those that cannot be among the best.
    """
    return isinstance(clause, Term) and clause.field == "right" and "trademark" in clause.values


def look_sources(name: NameKeys) -> list[NamedSource]:
    """Names that look like this one: the same, few edits away, with rare pieces in common, with a word or
    part in common.
    """
    if not name.key:
        return []
    marks = (Term("right", ("trademark",)),)
    sources = [NamedSource("exact", Term("key", (name.key,)), _EXACT, marks, SHORTEST_FIRST)]
    if _LEAST_FOR_EDITS <= len(name.roman) <= _MOST_FOR_EDITS:
        sources.append(NamedSource("edits", Fuzzy("roman", name.roman, 1), _NEAR, (), SHORTEST_FIRST))
    sources.append(NamedSource("grams", Grams("gram", (name.grams[:_MOST_GRAMS],)), _GRAM))
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


def meaning_sources(name: NameKeys) -> list[NamedSource]:
    """Names that mean the same, those of its own script and others apart."""
    if not name.concepts:
        return []
    what = Grams("concept", (name.concepts,))
    own: Clause = Term("script", (name.script,))
    return [
        NamedSource("meaning", what, _MEANT, (own,)),
        NamedSource("meaning, other scripts", what, _MEANT, (Not(own),)),
    ]


def sound_sources(name: NameKeys) -> list[NamedSource]:
    """Names that sound like this one, those of each script apart, so that none fills the list."""
    return [
        NamedSource(
            f"heard, {script}",
            Grams("phone", tuple(phone_tokens(script, sound) for sound in name.sounds), _RAREST_PHONES),
            _most_heard(name.script, script),
            script=script,
        )
        for script in (*HEARD_SCRIPTS, OTHER_SCRIPTS)
        if name.sounds
    ]


def _most_heard(own: str, script: str) -> int:
    if script == own:
        return _HEARD
    return _HEARD_IN_ANOTHER_SCRIPT if script in _NEAR_SCRIPTS else _HEARD_FROM_FAR
