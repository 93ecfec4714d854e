"""Addresses of the pages with their filters: the same parameters as the API's, without empty ones."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from app.pages.words import EXPORT_WORDS, FILTER_WORDS, value_words
from register.codes.classifications import Classification

# What a facet's value becomes as a filter.
FILTER_OF_FACET = {
    "offices": "offices",
    "territories": "territories",
    "rights": "rights",
    "status": "status",
    "niceClasses": "niceClasses",
    "viennaCodes": "viennaCodes",
    "locarno": "locarno",
    "ipc": "ipc",
    "cpc": "cpc",
    "applicants": "applicants",
}
_UNFILTERED = ("q", "match", "sort")
_OF_THE_PAGE = ("cursor", "limit", "facets", "fields")


def tidy(given: QueryParams) -> dict[str, str]:
    """The parameters of a form: repeated ones joined by commas, empty ones left out."""
    values: dict[str, list[str]] = {}
    for name, value in given.multi_items():
        if value.strip():
            values.setdefault(name, []).append(value.strip())
    return {name: ",".join(dict.fromkeys(several)) for name, several in values.items()}


def address(path: str, values: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(values)}" if values else path


def whole_files(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """The whole result as a file of each kind: its name, and the address of the API that gives it."""
    search = {name: value for name, value in values.items() if name not in _OF_THE_PAGE}
    return [
        (words, address("/v1/rights", {**search, "format": kind})) for kind, words in EXPORT_WORDS.items()
    ]


def without(values: Mapping[str, str], *names: str) -> dict[str, str]:
    """The search without these parameters, from its first page."""
    return {name: value for name, value in values.items() if name not in names and name != "cursor"}


def toggled(values: Mapping[str, str], name: str, value: str) -> str:
    """The search with a filter's value put in, or taken out where it was in; the first page of it."""
    kept = [one for one in values.get(name, "").split(",") if one]
    changed = [one for one in kept if one != value] if value in kept else [*kept, value]
    return address("/search", without(values, name) | ({name: ",".join(changed)} if changed else {}))


def narrowed(values: Mapping[str, str], name: str, value: str, of: Classification) -> str:
    """The search with a code put in for those above and below it, or taken out where it was in."""
    kept = [one for one in values.get(name, "").split(",") if one]
    codes = {one: of.normalise(one) or one for one in kept}
    if value in codes.values():
        left = [one for one in kept if codes[one] != value]
    else:
        near = of.parents(value)
        left = [one for one in kept if codes[one] not in near and value not in of.parents(codes[one])]
        left.append(value)
    return address("/search", without(values, name) | ({name: ",".join(left)} if left else {}))


def chips(values: Mapping[str, str], names: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """Each filter in use with the address of the search without it.

    `names` are the words for values that only the answer knows, such as an applicant's name, by filter and
    value.
    """
    found = []
    for name, said in values.items():
        if name in _UNFILTERED or name in _OF_THE_PAGE:
            continue
        label = FILTER_WORDS.get(name, name)
        if name in FILTER_OF_FACET.values():
            found += [
                (
                    f"{label}: {names.get((name, value)) or value_words(name, value)}",
                    toggled(values, name, value),
                )
                for value in said.split(",")
            ]
        else:
            found.append((f"{label}: {said}", address("/search", without(values, name))))
    return found


def chips_of(values: Mapping[str, str], path: str, kept: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Each filter in use, of a page other than the search, with the address of the page without it. What is
    `kept` is no filter.
    """
    return [
        (
            f"{FILTER_WORDS.get(name, name)}: "
            + ", ".join(value_words(name, one) for one in said.split(",")),
            address(path, without(values, name)),
        )
        for name, said in values.items()
        if name not in (*kept, *_UNFILTERED)
    ]


def orders(values: Mapping[str, str], words: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The orders of the results: words, address, and whether it is the one in use."""
    used = values.get("sort", "relevance")
    return [
        (label, address("/search", without(values, "sort") | {"sort": sort}), sort == used)
        for sort, label in words.items()
    ]


def wider(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Searches that may find something where this one finds nothing."""
    found = []
    if any(name not in (*_UNFILTERED, "viennaLike", "cursor") for name in values):
        kept = {name: values[name] for name in (*_UNFILTERED, "viennaLike") if name in values}
        found.append(("Search without filters", address("/search", kept)))
    if values.get("match", "similar") != "similar" and "q" in values:
        found.append(
            ("Search by likeness", address("/search", without(values, "match") | {"match": "similar"}))
        )
    return found
