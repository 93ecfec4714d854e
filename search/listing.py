"""A set of documents as a list of parts, one after another, each in an order that a cursor can go on in."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from search.engine import All, Any, Clause, EngineHit, Not, Order, Range, Reader
from search.keys.mark import name_keys
from search.orders import FIRST_KNOWN
from search.plan import EXPERT_RULE, IDENTICAL_RULE, NEWEST_FIRST, NUMBER_RULE, Listed, number_clause
from search.query import SearchQuery
from search.short import decode_short
from search.similarity.rules import Reason

# A BM25 score becomes a share of one: this many points are a half.
_HALF = 8.0
# An expert query may be long, and would stand beside each of a hundred results.
_MOST_ASKED = 200
_SURE_POINTS, _POSSIBLE_POINTS = 1.0, 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """Documents in an order. `points` scores one from 0 to 1, `rule` says why it is there, for `asked`."""

    clause: Clause
    order: Order
    points: Callable[[EngineHit], float] | None = None
    rule: str | None = None
    asked: str = ""

    def score(self, hit: EngineHit) -> float | None:
        return None if self.points is None else round(self.points(hit), 4)

    def why(self, hit: EngineHit) -> tuple[Reason, ...]:
        if self.rule is None:
            return ()
        shown = decode_short(hit.short)
        title = None if self.rule == NUMBER_RULE else shown.title
        asked = self.asked if len(self.asked) <= _MOST_ASKED else f"{self.asked[:_MOST_ASKED]}…"
        compared = f"{asked} ~ {title or shown.application_number}"
        return (Reason(self.rule, compared, self.score(hit) or 0.0),)


@dataclass(frozen=True, slots=True)
class Listing:
    """`parts` have no document in common; `whole` matches what they match together."""

    parts: tuple[Part, ...]
    whole: Clause


def listing_of(reader: Reader, query: SearchQuery, plan: Listed) -> Listing:
    """The parts of a plan: records that bear a number stand before names where it can hardly be a name."""
    asked = (query.text or "").strip()
    number = None if plan.number is None else number_clause(reader, plan.number)
    main = Part(plan.clause, plan.order, _points(query, plan), plan.rule, asked)
    if number is None or plan.number is None:
        return Listing(dated(main), plan.clause)
    whole = Any((number, plan.clause))
    if query.sort.key != "relevance":
        return Listing(dated(Part(whole, plan.order)), whole)
    if plan.number.sure:
        bearing = Part(number, NEWEST_FIRST, lambda _: _SURE_POINTS, NUMBER_RULE, asked)
        return Listing((bearing, replace(main, clause=All((main.clause,), (Not(number),)))), whole)
    rest = All((number,), (Not(main.clause),))
    return Listing((main, Part(rest, NEWEST_FIRST, lambda _: _POSSIBLE_POINTS, NUMBER_RULE, asked)), whole)


def dated(part: Part) -> tuple[Part, ...]:
    """Oldest first would begin with those that have no date: they come last in either direction."""
    field = part.order.field
    if field not in ("filed", "registered", "expiry") or part.order.descending:
        return (part,)
    known = All((part.clause,), (Range(field, low=FIRST_KNOWN),))
    unknown = All((part.clause,), (Range(field, high=FIRST_KNOWN - 1),))
    return (replace(part, clause=known), replace(part, clause=unknown))


def _points(query: SearchQuery, plan: Listed) -> Callable[[EngineHit], float] | None:
    if plan.rule is None:
        return None
    if plan.rule in (IDENTICAL_RULE, NUMBER_RULE, EXPERT_RULE):
        return lambda _: 1.0
    if plan.order.field is None:
        return lambda hit: hit.score / (hit.score + _HALF)
    needle = len(name_keys(query.text or "").key)
    return lambda hit: _share(needle, hit)


def _share(needle: int, hit: EngineHit) -> float:
    """How much of the name is what was asked for."""
    short = decode_short(hit.short)
    names = [name_keys(text.text).key for text in short.texts] + [name_keys(short.title or "").key]
    return max((min(1.0, needle / len(key)) for key in names if len(key) >= needle > 0), default=0.5)
