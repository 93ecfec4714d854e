"""The whole result of a search: every record of it, of one state of the index, however many there are."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.engine import Clause, Order, Reader, Snapshot
from search.listing import listing_of
from search.plan import NEWEST_FIRST, Scored, plan_of
from search.query import SearchQuery

BEST_FIRST_MOST = 10_000
"""So many of a result by relevance come best first, those after them newest first: a rank beyond says
nothing, and to hold all scores would take memory without a bound.
"""


class WholePart(NamedTuple):
    """Documents in an order; the parts of a result have none in common."""

    clause: Clause
    order: Order


def is_ranked(query: SearchQuery) -> bool:
    """Whether the result is a ranking of candidates, which is bounded, and not a set.

    Raises `InputError` for filters that cannot be read.
    """
    return bool(query.vienna_like) or isinstance(plan_of(query), Scored)


def whole_parts(reader: Reader, query: SearchQuery) -> list[WholePart]:
    """The parts of a result that is a set, in the order of its pages. Raises `InputError`."""
    plan = plan_of(query)
    assert not isinstance(plan, Scored), "a ranking has no parts"
    return [WholePart(part.clause, part.order) for part in listing_of(reader, query, plan).parts]


def total_of(snapshot: Snapshot, parts: Sequence[WholePart]) -> int:
    return sum(snapshot.count(part.clause) for part in parts)


def timepoints_of(snapshot: Snapshot, parts: Sequence[WholePart]) -> Iterator[Sequence[int]]:
    """The timepoints of the documents of all parts, a slice at a time, each once."""
    for part in parts:
        if part.order.field is not None:
            yield from snapshot.slices(part.clause, part.order)
            continue
        best = snapshot.best(part.clause, BEST_FIRST_MOST)
        yield best
        if len(best) == BEST_FIRST_MOST:
            told = frozenset(best)
            for some in snapshot.slices(part.clause, NEWEST_FIRST):
                yield [one for one in some if one not in told]
