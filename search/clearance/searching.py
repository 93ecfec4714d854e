"""The searches behind a report: one for all that is alike, and others where its end may hide conflicts."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from register.codes.nice import related_classes
from register.codes.offices import office_name
from register.model import Plain
from search.clearance.grades import LEAST_LIKENESS
from search.clearance.report import ClearanceAsked, ClearanceSearch
from search.plan import NUMBER_RULE
from search.query import Filters, SearchQuery
from search.service import Answer, Hit
from search.short import decode_short

DEPTH = 100
"""How many marks each search gives, best first."""

BUDGET_SECONDS = 0.6
"""After so long no further search is begun; the first is always made, and the report says that it was cut."""

_ENOUGH_FOR_A_PLACE = 10
_NOT_OVER: tuple[Plain, ...] = ("registered", "pending", "unknown")


class Cited(NamedTuple):
    """An answer with the id of its receipt."""

    answer: Answer
    receipt: str | None


Search = Callable[[SearchQuery], Cited]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything alike, each mark once, the most alike first. `cut`: a search was left out for time."""

    hits: tuple[Hit, ...]
    searches: tuple[ClearanceSearch, ...]
    cut: bool


def classes_to_search(asked: ClearanceAsked) -> tuple[int, ...]:
    """The classes asked for and those that they name as related."""
    found = dict.fromkeys(asked.nice_classes)
    for number in asked.nice_classes:
        found.update(dict.fromkeys(related_classes(number)))
    return tuple(sorted(found))


def find_alike(asked: ClearanceAsked, places: Sequence[str], by: str, search: Search) -> Found:
    """Search for all, then for the classes and those in force where there may be more, then for each place
    that has shown few. Errors are those of the search.
    """
    begun = time.monotonic()
    filters = Filters(
        rights=("trademark",),
        offices=asked.offices,
        territories=asked.territories,
        status=asked.statuses,
    )
    hits: dict[str, Hit] = {}
    made: list[ClearanceSearch] = []
    cut = False
    first = _look(asked.name, "every mark that is alike", filters, search, hits, made)
    if not _has_more(first):
        return Found(_ordered(hits.values()), tuple(made), cut)
    narrower, words = _narrower(asked, filters)
    second = _look(asked.name, words, narrower, search, hits, made)
    if _has_more(second):
        for place in _thin(places, by, hits.values()):
            if time.monotonic() - begun > BUDGET_SECONDS:
                cut = True
                break
            one = _of_place(narrower, by, place)
            _look(asked.name, f"{words}, in {office_name(place)}", one, search, hits, made)
    return Found(_ordered(hits.values()), tuple(made), cut)


def _look(
    name: str,
    what: str,
    filters: Filters,
    search: Search,
    hits: dict[str, Hit],
    made: list[ClearanceSearch],
) -> Answer:
    answer, receipt = search(SearchQuery(text=name, match="similar", filters=filters, limit=DEPTH))
    for hit in answer.hits:
        # A name such as 1664 also finds the records that bear this number.
        is_number = bool(hit.why) and hit.why[0].rule == NUMBER_RULE
        if not is_number and (hit.score or 0.0) >= LEAST_LIKENESS:
            hits.setdefault(hit.id, hit)
    relation = "gte" if _has_more(answer) else "eq"
    made.append(ClearanceSearch(what=what, found=len(answer.hits), relation=relation, receipt=receipt))
    return answer


def _has_more(answer: Answer) -> bool:
    return answer.next is not None or answer.total.relation == "gte"


def _narrower(asked: ClearanceAsked, filters: Filters) -> tuple[Filters, str]:
    """Where what is over, or is of other classes, may have crowded out what counts."""
    statuses = asked.statuses or _NOT_OVER
    classes = classes_to_search(asked)
    words = "those not over"
    if classes:
        words += " in the classes asked for and related ones"
    return replace(filters, status=statuses, nice_classes=classes), words


def _of_place(filters: Filters, by: str, place: str) -> Filters:
    if by == "territories":
        return replace(filters, territories=(place,))
    return replace(filters, offices=(place,))


def _thin(places: Sequence[str], by: str, hits: Iterable[Hit]) -> Iterator[str]:
    """The places that have shown few conflicts, where there is more than one place to tell apart."""
    if len(places) < 2:
        return
    shown = dict.fromkeys(places, 0)
    for hit in hits:
        for place in places_of(hit, by):
            if place in shown:
                shown[place] += 1
    yield from (
        place for place in sorted(places, key=lambda one: shown[one]) if shown[place] < _ENOUGH_FOR_A_PLACE
    )


def places_of(hit: Hit, by: str) -> tuple[str, ...]:
    short = decode_short(hit.short)
    if by == "offices":
        return (short.office,)
    return short.territories or (short.office,)


def _ordered(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (-(hit.score or 0.0), hit.id)))
