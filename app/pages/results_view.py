"""Results and facets as the pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from app.pages.links import FILTER_OF_FACET, address, toggled
from app.pages.words import FACET_WORDS, NO_TITLE, RIGHT_WORDS, counted
from register.codes.offices import office_name
from search.service import Answer, FacetValue, Hit
from search.short import Short, decode_short


class ShownParty(NamedTuple):
    name: str
    country: str
    href: str


class ShownHit(NamedTuple):
    """A result in the words of the page."""

    id: str
    title: str
    other_texts: str
    status: str
    right: str
    office: str
    number: str
    filed: str
    classes: str
    applicants: list[ShownParty]
    why: list[str]


class ShownValue(NamedTuple):
    label: str
    count: int
    href: str
    chosen: bool


class ShownFacet(NamedTuple):
    label: str
    values_: list[ShownValue]


def shown_hit(hit: Hit) -> ShownHit:
    short = decode_short(hit.short)
    others = [text.text for text in short.texts if text.text != short.title]
    return ShownHit(
        id=short.id,
        title=short.title or NO_TITLE,
        other_texts=" · ".join(others[:4]),
        status=short.status.plain,
        right=RIGHT_WORDS[short.right],
        office=office_name(short.office),
        number=short.application_number,
        filed=str(short.filing_date or ""),
        classes=_classes(short),
        applicants=[
            ShownParty(
                party.name,
                party.country or "",
                f"/applicants/{quote(party.applicant)}" if party.applicant else "",
            )
            for party in short.applicants
        ],
        why=[_reason(reason) for reason in hit.why],
    )


def _classes(short: Short) -> str:
    for name, codes in (("Nice", short.nice_classes), ("Locarno", short.locarno), ("IPC", short.ipc)):
        if codes:
            return f"{name} " + ", ".join(map(str, codes[:8]))
    return ""


def _reason(reason: Any) -> str:
    return f"{reason.rule}: {reason.compared}"


def shown_facets(facets: Mapping[str, Sequence[FacetValue]], values: Mapping[str, str]) -> list[ShownFacet]:
    """Facets with links that put a value's filter in or take it out."""
    return [
        ShownFacet(FACET_WORDS.get(name, name), list(_values(name, found, values)))
        for name, found in facets.items()
    ]


def _values(facet: str, found: Iterable[FacetValue], values: Mapping[str, str]) -> Iterable[ShownValue]:
    name = FILTER_OF_FACET.get(facet)
    chosen = set(values.get(name or "", "").split(","))
    for one in list(found)[:12]:
        href = toggled(values, name, one.value) if name is not None else _year(values, one.value)
        yield ShownValue(one.label, one.count, href, one.value in chosen)


def _year(values: Mapping[str, str], year: str) -> str:
    """The search narrowed to a year of filing."""
    return address("/search", {**values, "filedFrom": f"{year}-01-01", "filedTo": f"{year}-12-31"})


def total_words(answer: Answer) -> str:
    words = counted(answer.total.value, "record", "records")
    return f"At least {words}" if answer.total.relation == "gte" else words
