"""Addresses of the pages with their filters: the same parameters as the API's, without empty ones."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

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
    "applicants": "applicants",
}
_UNFILTERED = ("q", "match", "sort")


def tidy(given: QueryParams) -> dict[str, str]:
    """The parameters of a form: repeated ones joined by commas, empty ones left out."""
    values: dict[str, list[str]] = {}
    for name, value in given.multi_items():
        if value.strip():
            values.setdefault(name, []).append(value.strip())
    return {name: ",".join(dict.fromkeys(several)) for name, several in values.items()}


def address(path: str, values: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(values)}" if values else path


def toggled(values: Mapping[str, str], name: str, value: str) -> str:
    """The search with a filter's value put in, or taken out where it was in; the first page of it."""
    kept = [one for one in values.get(name, "").split(",") if one]
    changed = [one for one in kept if one != value] if value in kept else [*kept, value]
    rest = {key: said for key, said in values.items() if key not in (name, "cursor")}
    return address("/search", {**rest, **({name: ",".join(changed)} if changed else {})})


def chips(values: Mapping[str, str], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each filter in use with the address of the search without it."""
    found = []
    for name, said in values.items():
        if name in _UNFILTERED or name in ("cursor", "limit", "facets", "fields"):
            continue
        if name in FILTER_OF_FACET.values():
            found += [
                (f"{labels.get(name, name)}: {value}", toggled(values, name, value))
                for value in said.split(",")
            ]
        else:
            rest = {key: value for key, value in values.items() if key not in (name, "cursor")}
            found.append((f"{name}: {said}", address("/search", rest)))
    return found


def wider(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Searches that may find something where this one finds nothing."""
    found = []
    if any(name not in (*_UNFILTERED, "cursor") for name in values):
        found.append(
            (
                "Search without filters",
                address("/search", {name: values[name] for name in _UNFILTERED if name in values}),
            )
        )
    if values.get("match", "similar") != "similar" and "q" in values:
        found.append(("Search by likeness", address("/search", {**values, "match": "similar"})))
    return found
