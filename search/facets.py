"""Counts beside the results, with labels from the code lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from register.codes.ipc import ipc_title
from register.codes.locarno import locarno_title
from register.codes.nice import nice_title
from register.codes.offices import office_name
from register.codes.vienna import vienna_title
from search.engine import Clause, Reader
from search.people import names_of
from search.query import FacetName


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


def _titled(title: Callable[[str], str | None]) -> Callable[[str], str]:
    return lambda code: f"{code} {found}" if (found := title(code)) is not None else code


def _nice(number: str) -> str:
    title = nice_title(int(number))
    return number if title is None else f"{number} {title}"


def _same(value: str) -> str:
    return value


_FACETS: dict[FacetName, _Facet] = {
    "offices": _Facet("office", 300, office_name),
    "territories": _Facet("territory", 300, office_name),
    "rights": _Facet("right", 10, _words),
    "status": _Facet("status", 10, _words),
    "niceClasses": _Facet("nice", 45, _nice),
    "filingYear": _Facet("filing_year", 200, _same),
    "applicants": _Facet("applicant", 20, _same),
    "kinds": _Facet("kind", 30, _words),
    "features": _Facet("feature", 30, _words),
    "viennaCodes": _Facet("vienna_division", 40, _titled(vienna_title)),
    "locarno": _Facet("locarno_class", 40, _titled(locarno_title)),
    "ipc": _Facet("ipc_subclass", 40, _titled(ipc_title)),
}


def facets_of(
    reader: Reader, clause: Clause, names: Sequence[FacetName]
) -> Mapping[str, Sequence[FacetValue]]:
    """The facets asked for over what a clause matches, commonest value first."""
    if not names:
        return {}
    counted = reader.facet(
        clause, [(_FACETS[name].field, _FACETS[name].size) for name in dict.fromkeys(names)]
    )
    people = names_of(reader, [value for value, _ in counted.get("applicant", [])])
    return {
        name: [
            FacetValue(value, people.get(value) or _FACETS[name].label(value), count)
            for value, count in counted[_FACETS[name].field]
        ]
        for name in names
    }
