"""From a query to what the engine is asked: either a set in an order, or sources of candidates to be
scored.
"""

from dataclasses import dataclass

from register.identity import number_key
from register.model import Right
from search.engine import All, Any, Clause, Everything, Not, Order, Phrase, Prefix, Reader, Term
from search.expert.compile import expert_clause
from search.filters import any_of, filter_clauses, words_clause
from search.keys.grams import needle_bigrams
from search.keys.mark import NameKeys, name_keys
from search.keys.numbers import NumberQuery, as_identity, number_query
from search.keys.words import phrase_words, query_words
from search.query import Match, SearchQuery, Sort
from search.sources import (
    BEST_FIRST,
    SHORTEST_FIRST,
    NamedSource,
    look_sources,
    meaning_sources,
    sound_sources,
)

NEWEST_FIRST = Order("filed")
NOTHING: Clause = Any(())
_MARK: Right = "trademark"
NUMBER_RULE, IDENTICAL_RULE, TEXT_RULE = "number", "identical", "every word is in its text"
EXPERT_RULE = "expert query"
_LISTED_RULES: dict[Match, str] = {
    "exact": IDENTICAL_RULE,
    "startsWith": "begins with it",
    "contains": "one holds the other",
    "similar": TEXT_RULE,
    "sound": TEXT_RULE,
    "expert": EXPERT_RULE,
}
_TEXT_CANDIDATES = 100
_TEXTS = ("text", "abstract")
_SORT_FIELDS = {
    "filingDate": "filed",
    "registrationDate": "registered",
    "expiryDate": "expiry",
    "changed": "timepoint",
}


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """The query as a number: `clause` finds the records that bear it; `sure` where they come before all
    names.
    """

    query: NumberQuery
    clause: Clause
    sure: bool


def number_clause(reader: Reader, plan: NumberPlan) -> Clause | None:
    """What finds the records that bear the number; None where there are none.

    The letters before a number are taken for an office where that office holds it, else for a part of the
    number.
    """
    if plan.query.office is not None:
        of_office = All((plan.clause,), (Term("office", (plan.query.office,)),))
        if reader.count(of_office):
            return of_office
    return plan.clause if reader.count(plan.clause) else None


@dataclass(frozen=True, slots=True)
class Listed:
    """A set of documents in an order of the engine. `rule` is why they are there, None where nothing was
    looked for. `number` is to come first or last, and once.
    """

    clause: Clause
    order: Order
    rule: str | None = None
    number: NumberPlan | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates to be scored in our own code. `by_sound`: only rules of sound count. `order` None is by
    score.
    """

    name: NameKeys
    text: str
    sources: tuple[NamedSource, ...]
    filters: tuple[Clause, ...]
    order: Order | None
    by_sound: bool
    number: NumberPlan | None = None
    without_rules: tuple[str, ...] = ()


def order_of(sort: Sort, relevance: Order) -> Order:
    field = _SORT_FIELDS.get(sort.key)
    return relevance if field is None else Order(field, sort.descending)


def plan_of(query: SearchQuery) -> Listed | Scored:
    """The plan of a query. Raises `InputError` for filters and expert queries that cannot be read."""
    filters = filter_clauses(query.filters)
    text = (query.text or "").strip()
    if not text:
        return Listed(All((Everything(),), filters), order_of(query.sort, NEWEST_FIRST))
    if query.match == "expert":
        asked = All((expert_clause(text),), filters)
        return Listed(asked, order_of(query.sort, NEWEST_FIRST), EXPERT_RULE)
    identity = as_identity(text)
    if identity is not None:
        # Some offices' own numbers look like our ids: KH-GI-2026-0001.
        named = any_of([Term("id", (identity,)), Term("number", (number_key(text),))])
        itself = All((named,), filters)
        return Listed(itself, order_of(query.sort, NEWEST_FIRST), NUMBER_RULE)
    number = _number_plan(text, filters)
    marks, rest = _rights(query.filters.rights)
    if query.match in ("similar", "sound") and marks:
        return _scored(query, text, filters, number, rest)
    name = name_keys(text)
    if query.match in ("similar", "sound"):
        clause, relevance = _words(text), BEST_FIRST
    else:
        clause, relevance = _literal(query.match, text, name, rest), SHORTEST_FIRST
    order = order_of(query.sort, relevance)
    return Listed(All((clause,), filters), order, _LISTED_RULES[query.match], number)


def _rights(rights: tuple[Right, ...]) -> tuple[bool, bool]:
    """Whether marks, and whether other rights, are among those asked for."""
    return not rights or _MARK in rights, not rights or any(right != _MARK for right in rights)


def _number_plan(text: str, filters: tuple[Clause, ...]) -> NumberPlan | None:
    query = number_query(text)
    if query is None:
        return None
    return NumberPlan(query, All((Term("number", query.keys),), filters), query.sure)


def _literal(match: str, text: str, name: NameKeys, rest: bool) -> Clause:
    """Names that are, begin with or hold the text; for titles, `exact` is the text as a phrase in it."""
    if not name.key:
        return NOTHING
    if match == "startsWith":
        return Prefix("key", name.key)
    if match == "contains":
        needle = needle_bigrams(name.key)
        return Prefix("bigram", needle[0]) if len(name.key) == 1 else Phrase("bigram", needle)
    whole: Clause = Term("key", (name.key,))
    phrase = phrase_words(text) if rest else None
    return whole if phrase is None else any_of([whole, *(words_clause(field, phrase) for field in _TEXTS)])


def _words(text: str) -> Clause:
    """Running text that holds every word and every quoted phrase, ranked."""
    words = query_words(text)
    if not words:
        return NOTHING
    return All(tuple(any_of([words_clause(field, one) for field in _TEXTS]) for one in words))


def _scored(
    query: SearchQuery, text: str, filters: tuple[Clause, ...], number: NumberPlan | None, rest: bool
) -> Scored:
    name = name_keys(text)
    by_sound = query.match == "sound"
    sources = (
        sound_sources(name)
        if by_sound
        else [*look_sources(name), *sound_sources(name), *meaning_sources(name)]
    )
    if rest and (words := _words(text)) is not NOTHING:
        sources.append(NamedSource("text", words, _TEXT_CANDIDATES, (Not(Term("right", (_MARK,))),)))
    order = None if query.sort.key == "relevance" else order_of(query.sort, BEST_FIRST)
    return Scored(name, text, tuple(sources), filters, order, by_sound, number, query.without_rules)
