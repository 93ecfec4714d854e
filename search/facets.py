"""Counts beside the results, with labels from the code lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from register.codes.classifications import ClassificationName, classification
from register.codes.offices import office_name
from search.classifications import Levels, levels_wanted
from search.engine import Clause, Reader
from search.people import names_of
from search.query import FacetName, Filters


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value as the filter of the same field takes it, its words, and how many results have it."""

    value: str
    label: str
    count: int


class _Facet(NamedTuple):
    field: str
    size: int
    label: Callable[[str], str]


def _words(value: str) -> str:
    return value.replace("-", " ").capitalize()


def _same(value: str) -> str:
    return value


_FACETS: dict[FacetName, _Facet] = {
    "offices": _Facet("office", 300, office_name),
    "territories": _Facet("territory", 300, office_name),
    "rights": _Facet("right", 10, _words),
    "status": _Facet("status", 10, _words),
    "niceClasses": _Facet("nice", 45, classification("nice").labelled),
    "filingYear": _Facet("filing_year", 200, _same),
    "applicants": _Facet("applicant", 20, _same),
    "kinds": _Facet("kind", 30, _words),
    "features": _Facet("feature", 30, _words),
}


class _Levelled(NamedTuple):
    """A facet that follows its filter downwards; without one it begins at the level `first`."""

    name: ClassificationName
    first: int
    given: Callable[[Filters], tuple[str, ...]]


_LEVELLED: dict[FacetName, _Levelled] = {
    "viennaCodes": _Levelled("vienna", 0, lambda filters: filters.vienna_codes),
    "locarno": _Levelled("locarno", 0, lambda filters: filters.locarno),
    "ipc": _Levelled("ipc", 2, lambda filters: filters.ipc),
    "cpc": _Levelled("cpc", 2, lambda filters: filters.cpc),
}
_MOST_CODES = 40


def facets_of(
    reader: Reader, clause: Clause, names: Sequence[FacetName], filters: Filters
) -> Mapping[str, Sequence[FacetValue]]:
    """The facets asked for over what a clause matches, commonest value first."""
    if not names:
        return {}
    levels = {
        name: levels_wanted(levelled.name, levelled.given(filters), levelled.first)
        for name, levelled in _LEVELLED.items()
        if name in names
    }
    fields: dict[str, int] = {}
    for name in names:
        fields |= dict(levels[name].fields) if name in levels else {_FACETS[name].field: _FACETS[name].size}
    counted = reader.facet(clause, tuple(fields.items()))
    people = names_of(reader, [value for value, _ in counted.get("applicant", [])])
    return {
        name: _of_levels(levels[name], counted)
        if name in levels
        else [
            FacetValue(value, people.get(value) or _FACETS[name].label(value), count)
            for value, count in counted[_FACETS[name].field]
        ]
        for name in names
    }


def _of_levels(levels: Levels, counted: Mapping[str, Sequence[tuple[str, int]]]) -> list[FacetValue]:
    return [
        FacetValue(code, levels.of.labelled(code), count)
        for code, count in levels.wanted(counted)[:_MOST_CODES]
    ]
