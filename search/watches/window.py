"""What a saved search finds among the records that changed in a span of the register.

The search is the same as anybody's, with the span as a filter: what comes out has the same reasons, and
because only what has changed is looked at, no crowd of older records can take its place. A watch costs one
search for each advance of the index, however many records have changed.
"""

import dataclasses
from typing import NamedTuple

from search.query import SearchQuery, Sort
from search.service import Hit, SearchService

MOST_CONFLICTS = 1000
"""A search that finds more is too wide to be watched."""

_PAGE = 100


class TooWideError(Exception):
    """The search finds more than can be watched; the number says how many."""

    def __init__(self, total: int) -> None:
        super().__init__(f"the search finds {total} records")
        self.total = total


class Span(NamedTuple):
    """Changes after the timepoint `after`, and not after the timepoint `to`."""

    after: int
    to: int


def watched(query: SearchQuery) -> SearchQuery:
    """The search without what only a page needs."""
    return dataclasses.replace(query, sort=Sort(), limit=_PAGE, cursor=None, facets=())


def baseline(searching: SearchService, query: SearchQuery, least_score: float, to: int) -> list[Hit]:
    """What the search finds at a timepoint. Raises `TooWideError`."""
    hits, _ = _found(searching, _within(query, Span(0, to)), MOST_CONFLICTS)
    return _likely(hits, least_score)


def found_in(searching: SearchService, query: SearchQuery, least_score: float, span: Span) -> list[Hit]:
    """What the search finds among what has changed in the span.

    Where the span holds more than one search looks at, it is cut in halves, so that nothing is left out.
    """
    hits, whole = _found(searching, _within(query, span), None)
    if whole or span.to - span.after <= 1:
        return _likely(hits, least_score)
    middle = (span.after + span.to) // 2
    return [
        *found_in(searching, query, least_score, Span(span.after, middle)),
        *found_in(searching, query, least_score, Span(middle, span.to)),
    ]


def _within(query: SearchQuery, span: Span) -> SearchQuery:
    filters = dataclasses.replace(query.filters, changed_after=span.after, changed_to=span.to)
    return dataclasses.replace(watched(query), filters=filters)


def _found(searching: SearchService, query: SearchQuery, most: int | None) -> tuple[list[Hit], bool]:
    """Every page, and whether everything alike was looked at."""
    hits: list[Hit] = []
    while True:
        page = searching.search(query)
        if most is not None and page.total.value > most:
            raise TooWideError(page.total.value)
        hits += page.hits
        if page.next is None:
            return hits, page.total.relation == "eq"
        query = dataclasses.replace(query, cursor=page.next)


def _likely(hits: list[Hit], least_score: float) -> list[Hit]:
    return [hit for hit in hits if hit.score is None or hit.score >= least_score]
