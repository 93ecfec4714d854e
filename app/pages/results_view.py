"""Results and facets as the pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from app.pages.links import FILTER_OF_FACET, address, narrowed, toggled, without
from app.pages.words import (
    CLASSIFICATION_OF,
    FACET_WORDS,
    FIGURES_ALIKE,
    NO_TITLE,
    RIGHT_WORDS,
    RULE_WORDS,
    alike_words,
    counted,
)
from register.codes.classifications import Classification, classification
from register.codes.offices import office_name
from search.service import Answer, FacetValue, Hit, Reason
from search.short import Short, decode_short
from search.similarity.figures import SAME_RULES

_AT_ONCE = 8
# Rules whose score is no likeness of names.
_EXPERT = "expert query"
_NO_LIKENESS = ("number", "every word is in its text", _EXPERT)


class ShownText(NamedTuple):
    text: str
    language: str


class ShownParty(NamedTuple):
    name: str
    country: str
    href: str


class ShownReason(NamedTuple):
    """Why a result is there: the rule in words, and what it compared."""

    words: str
    compared: str


class ShownScore(NamedTuple):
    """A score of likeness: in whole per cent, and in words."""

    percent: int
    words: str


class ShownHit(NamedTuple):
    """A result in the words of the page."""

    id: str
    title: ShownText
    other_texts: list[ShownText]
    status: str
    since: str
    right: str
    office: str
    numbers: list[str]
    dates: list[str]
    classes: str
    applicants: list[ShownParty]
    score: ShownScore | None
    why: list[ShownReason]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ShownValue:
    label: str
    count: int
    href: str
    chosen: bool


class ShownFacet(NamedTuple):
    """`at_once` are the values shown straight away, `more` those behind a click; a chosen one never hides."""

    label: str
    at_once: list[ShownValue]
    more: list[ShownValue]


def shown_hit(hit: Hit, picture: str = "") -> ShownHit:
    short = decode_short(hit.short)
    first = short.texts[0].language if short.texts and short.texts[0].text == short.title else None
    others = [ShownText(text.text, text.language or "") for text in short.texts if text.text != short.title]
    return ShownHit(
        id=short.id,
        title=ShownText(short.title or NO_TITLE, first or ""),
        other_texts=others[:4],
        status=short.status.plain,
        since=str(short.status.date or ""),
        right=RIGHT_WORDS[short.right],
        office=office_name(short.office),
        numbers=_numbers(short),
        dates=_dates(short),
        classes=_classes(short),
        applicants=[
            ShownParty(
                party.name,
                party.country or "",
                f"/applicants/{quote(party.applicant)}" if party.applicant else "",
            )
            for party in short.applicants
        ],
        score=_score(hit),
        # That it answers the query says nothing of one result beside another.
        why=[_reason(reason) for reason in hit.why if reason.rule != _EXPERT],
        picture=picture,
    )


def _numbers(short: Short) -> list[str]:
    found = [short.application_number]
    if short.registration_number not in (None, short.application_number):
        found.append(f"registration {short.registration_number}")
    return found


def _dates(short: Short) -> list[str]:
    named = (
        ("filed", short.filing_date),
        ("registered", short.registration_date),
        ("expires", short.expiry_date),
    )
    return [f"{word} {day}" for word, day in named if day is not None]


def _classes(short: Short) -> str:
    if short.locarno:
        return _titled("Locarno", classification("locarno"), short.locarno)
    for name, codes in (("Nice", short.nice_classes), ("IPC", short.ipc)):
        if codes:
            more = f" and {len(codes) - 8} more" if len(codes) > 8 else ""
            return f"{name} " + ", ".join(map(str, codes[:8])) + more
    return ""


def _titled(name: str, of: Classification, codes: Sequence[str]) -> str:
    """The codes with the titles of the first two: there are mostly no more."""
    written = [of.normalise(code) or code for code in codes]
    shown = [of.labelled(code) for code in written[:2]] + written[2:8]
    return f"{name} " + ", ".join(shown)


def _score(hit: Hit) -> ShownScore | None:
    """The likeness; None where the score says something else, such as how well a text fits."""
    if hit.score is None or not hit.why or hit.why[0].rule in _NO_LIKENESS:
        return None
    words = FIGURES_ALIKE if hit.why[0].rule in SAME_RULES else alike_words(hit.score)
    return ShownScore(round(hit.score * 100), words)


def _reason(reason: Reason) -> ShownReason:
    return ShownReason(RULE_WORDS.get(reason.rule, reason.rule.capitalize()), reason.compared)


def shown_facets(facets: Mapping[str, Sequence[FacetValue]], values: Mapping[str, str]) -> list[ShownFacet]:
    """Facets that hold something, with links that put a value's filter in or take it out."""
    return [_facet(name, _values(name, found, values)) for name, found in facets.items() if found]


def _facet(name: str, values: list[ShownValue]) -> ShownFacet:
    chosen = [one for one in values[_AT_ONCE:] if one.chosen]
    more = [one for one in values[_AT_ONCE:] if not one.chosen]
    return ShownFacet(FACET_WORDS.get(name, name), [*values[:_AT_ONCE], *chosen], more)


def _values(facet: str, found: Iterable[FacetValue], values: Mapping[str, str]) -> list[ShownValue]:
    if facet == "filingYear":
        newest = sorted(found, key=lambda one: one.value, reverse=True)
        return [_year(values, one) for one in newest]
    name = FILTER_OF_FACET[facet]
    chosen = set(values.get(name, "").split(","))
    if facet in CLASSIFICATION_OF:
        of = classification(CLASSIFICATION_OF[facet])
        codes = {of.normalise(one) for one in chosen}
        return [
            ShownValue(one.label, one.count, narrowed(values, name, one.value, of), one.value in codes)
            for one in found
        ]
    return [
        ShownValue(one.label, one.count, toggled(values, name, one.value), one.value in chosen)
        for one in found
    ]


def _year(values: Mapping[str, str], one: FacetValue) -> ShownValue:
    """The search narrowed to a year of filing, or no longer where it is narrowed to that one."""
    days = {"filedFrom": f"{one.value}-01-01", "filedTo": f"{one.value}-12-31"}
    rest = without(values, *days)
    chosen = all(values.get(name) == day for name, day in days.items())
    return ShownValue(one.label, one.count, address("/search", rest if chosen else {**rest, **days}), chosen)


def value_names(facets: Mapping[str, Sequence[FacetValue]]) -> dict[tuple[str, str], str]:
    """What the answer calls the applicants, by filter and value."""
    return {("applicants", one.value): one.label for one in facets.get("applicants", ())}


def total_words(answer: Answer) -> str:
    words = counted(answer.total.value, "record", "records")
    return f"At least {words}" if answer.total.relation == "gte" else words
