"""The search form as it was filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.pages.words import MATCH_WORDS, RIGHT_WORDS, STATUS_WORDS
from search.expert.tags import TAGS, Tag

# The fields of the form. Other filters in use go along as hidden fields, so that a new name keeps them.
_FIELDS = (
    "q",
    "rights",
    "match",
    "offices",
    "status",
    "territories",
    "niceClasses",
    "viennaCodes",
    "applicant",
    "filedFrom",
    "filedTo",
)
_DROPPED = ("cursor", "limit", "facets", "fields")


@dataclass(frozen=True, slots=True)
class Form:
    """Values and choices of the form. Choices are (value, label) or (value, label, whether it is ticked)."""

    q: str
    right: str
    match: str
    territories: str
    nice_classes: str
    vienna_codes: str
    applicant: str
    filed_from: str
    filed_to: str
    hidden: list[tuple[str, str]]
    right_choices: list[tuple[str, str]]
    match_choices: list[tuple[str, str]]
    offices: list[tuple[str, str, bool]]
    statuses: list[tuple[str, str, bool]]
    tags: tuple[Tag, ...] = TAGS


def form_of(values: Mapping[str, str], offices: Iterable[tuple[str, str]]) -> Form:
    """The form for these parameters; `offices` are (ST.3 code, name) of those that hold something."""
    ticked = set(values.get("offices", "").upper().split(","))
    statuses = set(values.get("status", "").split(","))
    right = values.get("rights", "")
    rights = [("", "All rights"), *RIGHT_WORDS.items()]
    if "," in right:
        rights.append((right, "Several rights"))
    return Form(
        q=values.get("q", ""),
        right=right,
        match=values.get("match", "similar"),
        territories=values.get("territories", ""),
        nice_classes=values.get("niceClasses", ""),
        vienna_codes=values.get("viennaCodes", ""),
        applicant=values.get("applicant", ""),
        filed_from=values.get("filedFrom", ""),
        filed_to=values.get("filedTo", ""),
        hidden=[(name, value) for name, value in values.items() if name not in (*_FIELDS, *_DROPPED)],
        right_choices=rights,
        match_choices=list(MATCH_WORDS.items()),
        offices=[(code, name, code in ticked) for code, name in offices],
        statuses=[(status, words, status in statuses) for status, words in STATUS_WORDS.items()],
    )
