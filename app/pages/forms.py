"""The search form as it was filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.pages.words import MATCH_WORDS, RIGHT_WORDS, SORT_WORDS, STATUS_WORDS

_SHOWN_FILTERS = (
    "offices",
    "territories",
    "status",
    "niceClasses",
    "viennaCodes",
    "applicant",
    "filedFrom",
    "filedTo",
    "sort",
)


@dataclass(frozen=True, slots=True)
class Form:
    """Values and choices of the form. Choices are (value, label) or (value, label, whether it is ticked)."""

    q: str
    right: str
    match: str
    sort: str
    territories: str
    nice_classes: str
    vienna_codes: str
    applicant: str
    filed_from: str
    filed_to: str
    filters_given: bool
    right_choices: list[tuple[str, str]]
    match_choices: list[tuple[str, str]]
    sort_choices: list[tuple[str, str]]
    offices: list[tuple[str, str, bool]]
    statuses: list[tuple[str, str, bool]]


def form_of(values: Mapping[str, str], offices: Iterable[tuple[str, str]]) -> Form:
    """The form for these parameters; `offices` are (ST.3 code, name) of those that hold something."""
    ticked = set(values.get("offices", "").split(","))
    statuses = set(values.get("status", "").split(","))
    return Form(
        q=values.get("q", ""),
        right=values.get("rights", ""),
        match=values.get("match", "similar"),
        sort=values.get("sort", "relevance"),
        territories=values.get("territories", ""),
        nice_classes=values.get("niceClasses", ""),
        vienna_codes=values.get("viennaCodes", ""),
        applicant=values.get("applicant", ""),
        filed_from=values.get("filedFrom", ""),
        filed_to=values.get("filedTo", ""),
        filters_given=any(values.get(name) for name in _SHOWN_FILTERS),
        right_choices=[("", "All rights"), *RIGHT_WORDS.items()],
        match_choices=list(MATCH_WORDS.items()),
        sort_choices=list(SORT_WORDS.items()),
        offices=[(code, name, code in ticked) for code, name in offices],
        statuses=[(status, words, status in statuses) for status, words in STATUS_WORDS.items()],
    )
