"""Searching: from a query to an answer, whichever engine holds the index."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, TypeVar

from register.codes.classifications import ClassificationName
from search.classifications import Tree, tree_of
from search.cursor import Place, read_cursor, write_cursor
from search.engine import Clause, Order, Reader, Term
from search.facets import FacetValue, facets_of
from search.figures import figure_ranking
from search.held_scripts import Scripts
from search.listing import Listing, Part, dated, listing_of
from search.people import Applicant, find_applicant, find_applicants
from search.plan import NUMBER_RULE, NumberPlan, Scored, number_clause, order_of, plan_of
from search.portfolio.compare import ComparisonAsked, comparison_of
from search.portfolio.figure import Figure
from search.portfolio.landscape import Landscape, landscape_of
from search.portfolio.portfolio import Portfolio, PortfolioAsked, portfolio_of
from search.query import SearchQuery
from search.ranking import Kept, order_of_kept, ranking
from search.similarity.rules import Reason
from search.sources import BEST_FIRST, SHORTEST_FIRST

__all__ = ["Answer", "Applicant", "FacetValue", "Hit", "Ranked", "Reason", "SearchService", "Total"]

RANKED_TOLD = 100
"""How much of a ranking an answer tells beside its page."""

_NUMBERS_LOOKED_AT = 50
_SURE_POINTS, _POSSIBLE_POINTS = 1.0, 0.6
_NO_NAME = -1


class Total(NamedTuple):
    """How many there are: exactly (`eq`), or at least (`gte`) where more may be alike than were looked at."""

    value: int
    relation: Literal["eq", "gte"]


class Hit(NamedTuple):
    """A result: its short form as JSON (`search.short`), its score from 0 to 1 where it has one, and why it
    is there.
    """

    id: str
    version: int
    score: float | None
    why: tuple[Reason, ...]
    short: bytes


class Ranked(NamedTuple):
    """A place in a ranking: the record, its version in the index, and its score from 0 to 1."""

    id: str
    version: int
    score: float


class Answer(NamedTuple):
    """One page. `next` is the cursor of the page after it; `as_of` is by office. `ranked` are the first 100
    of the whole ranking where the answer comes of one, whichever page this is; else it is empty.
    `left` names the ways of finding for which there was no time: an answer with any is not whole.
    """

    hits: Sequence[Hit]
    total: Total
    facets: Mapping[str, Sequence[FacetValue]]
    next: str | None
    as_of: Mapping[str, dt.datetime]
    ranked: Sequence[Ranked] = ()
    left: tuple[str, ...] = ()


class WholeResult(NamedTuple):
    """Everything that a query finds, as a clause: exactly (`eq`), or, of a ranking whose candidates were more
    than are looked at, only the best (`gte`).
    """

    clause: Clause
    relation: Literal["eq", "gte"]
    is_ranked: bool
    left: tuple[str, ...] = ()


class _Found(NamedTuple):
    """A page before its cursor is written."""

    hits: Sequence[Hit]
    total: Total
    facets: Mapping[str, Sequence[FacetValue]]
    next: Place | None
    ranked: Sequence[Ranked] = ()
    left: tuple[str, ...] = ()


class _Scored(Protocol):
    """What was scored in our own code. Of equal scores the smaller `length` comes first, then the id."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def score(self) -> float: ...

    @property
    def length(self) -> int: ...


ScoredT = TypeVar("ScoredT", bound=_Scored)


class SearchService:
    """Answers queries from one reader; safe to share between threads.

    `as_of` tells by office of when the data is; after `seconds` a search by likeness tries no further way of
    finding.
    """

    def __init__(
        self, reader: Reader, as_of: Callable[[], Mapping[str, dt.datetime]], seconds: float | None = None
    ) -> None:
        self._reader = reader
        self._as_of = as_of
        self._seconds = seconds
        self._scripts = Scripts(reader)

    def search(self, query: SearchQuery) -> Answer:
        """Raises `InputError` for what cannot be asked, `IndexUnavailableError` where there is no index to
        ask.
        """
        place = read_cursor(query, self._reader.kind)
        if query.vienna_like:
            found = self._like_figures(query, place)
        elif isinstance(plan := plan_of(query), Scored):
            found = self._ranked(query, plan, place)
        else:
            found = self._listed(query, listing_of(self._reader, query, plan), place)
        cursor = None if found.next is None else write_cursor(query, self._reader.kind, found.next)
        as_of = self._as_of_what_was_asked(query)
        return Answer(found.hits, found.total, found.facets, cursor, as_of, found.ranked, found.left)

    def whole(self, query: SearchQuery) -> WholeResult:
        """What figures over the result of a query are counted over. Errors are those of `search`."""
        if query.vienna_like:
            alike = figure_ranking(self._reader, query)
            return _ranked_result([one.id for one in alike.kept], whole=alike.whole)
        plan = plan_of(query)
        if isinstance(plan, Scored):
            ranked = ranking(self._reader, plan, self._scripts.held(), self._seconds)
            kept = self._with_numbers(ranked.kept, plan.number)
            return _ranked_result([one.id for one in kept], whole=ranked.whole, left=ranked.left)
        return WholeResult(listing_of(self._reader, query, plan).whole, "eq", is_ranked=False)

    def comparison(self, asked: ComparisonAsked) -> tuple[Figure, ...]:
        """The figures of several applicants side by side."""
        return comparison_of(self._reader, asked)

    def landscape(self, clause: Clause, today: dt.date) -> Landscape:
        """The figures over what a clause matches."""
        return landscape_of(self._reader, clause, today)

    def applicants(self, name: str, limit: int, known: Sequence[str] = ()) -> list[Applicant]:
        """Applicants of whose name these are words, those with most records first."""
        return find_applicants(self._reader, name, limit, known)

    def applicant(self, identity: str) -> Applicant | None:
        return find_applicant(self._reader, identity)

    def portfolio(self, asked: PortfolioAsked) -> Portfolio:
        """The figures over the records of an applicant."""
        return portfolio_of(self._reader, asked)

    def tree(self, name: ClassificationName) -> Tree:
        """A classification with how many records have each of its codes."""
        return tree_of(self._reader, name)

    def _as_of_what_was_asked(self, query: SearchQuery) -> Mapping[str, dt.datetime]:
        known = self._as_of()
        offices = query.filters.offices
        return {office: known[office] for office in offices if office in known} if offices else known

    def _listed(self, query: SearchQuery, listing: Listing, place: Place | None) -> _Found:
        hits: list[Hit] = []
        total = 0
        following: Place | None = None
        for number, part in enumerate(listing.parts):
            if (place is not None and number < place.part) or len(hits) == query.limit:
                held = self._reader.count(part.clause)
                if held and len(hits) == query.limit and following is None:
                    following = Place(number, ())
                total += held
                continue
            after = place.after if place is not None and place.part == number and place.after else None
            room = query.limit - len(hits)
            # One more than is shown tells whether there is another page.
            page = self._reader.find(part.clause, part.order, room + 1, after)
            total += page.total
            hits += [
                Hit(one.id, one.version, part.score(one), part.why(one), one.short)
                for one in page.hits[:room]
            ]
            if len(page.hits) > room:
                following = Place(number, page.hits[room - 1].after)
        facets = facets_of(self._reader, listing.whole, query.facets, query.filters)
        return _Found(hits, Total(total, "eq"), facets, following)

    def _ranked(self, query: SearchQuery, plan: Scored, place: Place | None) -> _Found:
        ranked = ranking(self._reader, plan, self._scripts.held(), self._seconds)
        kept = self._with_numbers(ranked.kept, plan.number)
        found = self._scored(query, kept, ranked.whole, ranked.why, plan.order, place)
        return found._replace(left=ranked.left)

    def _like_figures(self, query: SearchQuery, place: Place | None) -> _Found:
        ranked = figure_ranking(self._reader, query)
        order = None if query.sort.key == "relevance" else order_of(query.sort, BEST_FIRST)
        return self._scored(query, ranked.kept, ranked.whole, ranked.why, order, place)

    def _scored(
        self,
        query: SearchQuery,
        kept: Sequence[ScoredT],
        whole: bool,
        why: Callable[[ScoredT], tuple[Reason, ...]],
        order: Order | None,
        place: Place | None,
    ) -> _Found:
        """A page of what was scored in our own code, best first, or in another order where one is given."""
        total = Total(len(kept), "eq" if whole else "gte")
        told = [Ranked(one.id, one.version, one.score) for one in kept[:RANKED_TOLD]]
        clause = Term("id", tuple(one.id for one in kept))
        facets = facets_of(self._reader, clause, query.facets, query.filters)
        if order is not None:
            by_id = {one.id: one for one in kept}
            listing = Listing(dated(Part(clause, order)), clause)
            shown = self._listed(dataclasses.replace(query, facets=()), listing, place)
            hits = [
                hit._replace(score=by_id[hit.id].score, why=why(by_id[hit.id]))
                for hit in shown.hits
                if hit.id in by_id
            ]
            return _Found(hits, total, facets, shown.next, told)
        start = 0 if place is None else _behind(kept, place)
        chosen = kept[start : start + query.limit]
        held = self._reader.fetch([one.id for one in chosen])
        hits = [
            Hit(one.id, held[one.id].version, one.score, why(one), held[one.id].short)
            for one in chosen
            if one.id in held
        ]
        following = _place_of(chosen[-1]) if start + query.limit < len(kept) else None
        return _Found(hits, total, facets, following, told)

    def _with_numbers(self, kept: Sequence[Kept], number: NumberPlan | None) -> Sequence[Kept]:
        """What is alike, with the records that bear the number: first where the query can hardly be a name,
        else last.
        """
        if number is None:
            return kept
        clause = number_clause(self._reader, number)
        found = [] if clause is None else self._reader.find(clause, SHORTEST_FIRST, _NUMBERS_LOOKED_AT).hits
        if not found:
            return kept
        points = _SURE_POINTS if number.sure else _POSSIBLE_POINTS
        known = {one.id for one in kept} if not number.sure else set()
        bearing = [
            Kept(hit.id, hit.version, points, 0, _NO_NAME, NUMBER_RULE)
            for hit in found
            if hit.id not in known
        ]
        ids = {one.id for one in bearing}
        return sorted([*bearing, *(one for one in kept if one.id not in ids)], key=order_of_kept)


def _ranked_result(ids: Sequence[str], *, whole: bool, left: tuple[str, ...] = ()) -> WholeResult:
    return WholeResult(Term("id", tuple(ids)), "eq" if whole else "gte", is_ranked=True, left=left)


def _place_of(kept: _Scored) -> Place:
    return Place(0, (kept.score, kept.length), kept.id)


def _behind(kept: Sequence[_Scored], place: Place) -> int:
    """The position of the first one that comes after a place."""
    last = (-place.after[0], place.after[1], place.id)
    places = ((-one.score, one.length, one.id) for one in kept)
    return next((position for position, one in enumerate(places) if one > last), len(kept))
