"""JPO information API: one patent, design or trademark a reply, its progress or its registration (JSON).

`{result: {statusCode, errorMessage, remainAccessCount, data}}`; status code 100 is success. What the record
is, its content says: `inventionTitle`, `designArticle`, `trademarkForDisplay` or goods. Lists are often
objects with the keys 0, 1, …; empty ones are `{}` or `[]`. There is no status word: `erasureIdentifier`
(00: not erased; the meanings of the other codes do not come with the API) and the dates of expiry and
extinction are all. Source: the API's handbook at ip-data.jpo.go.jp.
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftGoods,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import at, codes, each, text, words
from register.model import Right

_PATENT = "inventionTitle"
_DESIGN = frozenset(("designArticle", "designClass"))
_MARK = frozenset(("trademarkForDisplay", "goodsServiceInformation", "viennaClass"))
_APPLICANT, _REPRESENTATIVE = "1", "2"
_SUCCESS = "100"
_NOT_ERASED = "00"
_TOLD = re.compile(rb'"(statusCode|errorMessage)"\s*:\s*"([^"\\]*)"')
_TAKEN = "taken are the replies with an application's progress or registration"


def _is_record(names: frozenset[str]) -> bool:
    return "applicationNumber" in names and (_PATENT in names or bool((_DESIGN | _MARK) & names))


def _looks(head: Head) -> int:
    if head.kind != "json" or not {"result", "statusCode"} <= head.keys:
        return 0
    return 90 if record_path(head.data, _is_record) is not None else 45


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_record, _draft, _refuse)


def _refuse(head: Head) -> None:
    told = {name: value.decode("utf-8", "replace") for name, value in _TOLD.findall(head.data)}
    code, message = told.get(b"statusCode", ""), told.get(b"errorMessage", "")
    if code not in ("", _SUCCESS):
        said = f", {message}" if message else ""
        raise NotAFeedError(f"an error reply of the JPO (status code {code}{said})", _TAKEN)
    if code == _SUCCESS:
        raise NotAFeedError("a JPO reply that is no application (numbers, citations or documents)", _TAKEN)
    raise NotAFeedError(describe(head), _TAKEN)


def _draft(data: dict[str, Any]) -> Draft:
    published = text(data, "publicationNumber")
    western = text(data, "ADPublicationNumber")
    draft = Draft(
        right=_right(data),
        application_number=text(data, "applicationNumber"),
        registration_number=text(data, "registrationNumber"),
        publication_number=western or published,
        international_number=text(data, "internationalApplicationNumber")
        or text(data, "internationalRegistrationNumber"),
        design_number=text(data, "designNumber"),
        numbers=_numbers(data),
        filing_date=text(data, "filingDate"),
        publication_date=text(data, "publicationDate"),
        registration_date=text(data, "registrationDate"),
        expiry_date=text(data, "expireDate"),
        termination_date=text(data, "disappearanceDate"),
        status_code=text(data, "erasureIdentifier"),
        applicants=_parties(data, _APPLICANT) + _holders(data),
        representatives=_parties(data, _REPRESENTATIVE),
        priorities=_priorities(data),
        publications=_publications(data, western or published),
        events=_events(data),
        language="ja",
    )
    if draft.right == "patent":
        draft.titles = _texts(data, _PATENT)
    elif draft.right == "design":
        draft.products = _texts(data, "designArticle")
        draft.national_classes = [code for value in _listed(at(data, "designClass")) for code in codes(value)]
    else:
        _put_mark(draft, data)
    _put_end(draft)
    return draft


def _put_end(draft: Draft) -> None:
    """A right with a day of extinction is at its end, whatever the code: by its term, or before it."""
    if draft.termination_date and draft.status_code != _NOT_ERASED:
        by_term = draft.expiry_date and draft.termination_date >= draft.expiry_date
        draft.status_plain = "expired" if by_term else "ended"
        draft.status_date = draft.termination_date


def _put_mark(draft: Draft, data: dict[str, Any]) -> None:
    goods = _each(data, "goodsServiceInformation")
    draft.texts = _texts(data, "trademarkForDisplay")
    draft.transliterations = [DraftText(reading, "ja") for reading in _listed(at(data, "transliteration"))]
    figures = [code for value in _listed(at(data, "viennaClass")) for code in codes(value)]
    # Japan adds a fourth level of its own to some sections (1.17.11.1).
    draft.vienna_codes = list(dict.fromkeys(".".join(code.split(".")[:3]) for code in figures))
    draft.nice_classes = [number for entry in goods if (number := text(entry, "goodsServiceClass"))]
    draft.goods = [
        DraftGoods(
            nice_class=text(entry, "goodsServiceClass"),
            text=text(entry, "goodsServiceName"),
            language="ja",
            groups=tuple(codes(text(entry, "similarCode"))),
        )
        for entry in goods
    ]


def _right(data: dict[str, Any]) -> Right:
    if _PATENT in data:
        return "patent"
    return "design" if _DESIGN & data.keys() else "trademark"


def _listed(value: Any) -> list[str]:
    """The texts of a list, of an object with the keys 0, 1, …, or of one text."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in _listed(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in _listed(inner)]
    return words(value)


def _each(value: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of a list, also of one written as an object with the keys 0, 1, …, or of one alone."""
    found = at(value, *path)
    numbered = isinstance(found, dict) and bool(found) and all(map(str.isdecimal, found))
    return each(list(found.values())) if numbered else each(found)


def _texts(data: dict[str, Any], name: str) -> list[DraftText]:
    return [DraftText(found, "ja") for found in words(data, name)]


def _numbers(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The publication number in years of an era beside that in western years, and numbers of related
    cases."""
    named = [("national-publication", text(data, "ADNationalPublicationNumber"))]
    if text(data, "ADPublicationNumber"):
        named.append(("publication", text(data, "publicationNumber")))
    named.append(("principal-design", text(data, "principalDesignApplicationNumber")))
    named.append(("parent", text(data, "parentApplicationInformation", "parentApplicationNumber")))
    return [(kind, number) for kind, number in named if number]


def _parties(data: dict[str, Any], role: str) -> list[DraftParty]:
    return [
        DraftParty(
            name=name,
            role="applicant" if role == _APPLICANT else "",
            number=text(entry, "applicantAttorneyCd"),
        )
        for entry in _each(data, "applicantAttorney")
        if text(entry, "applicantAttorneyClass") == role and (name := text(entry, "name"))
    ]


def _holders(data: dict[str, Any]) -> list[DraftParty]:
    return [
        DraftParty(name=name, role="holder", number=text(entry, "rightPersonCd"))
        for entry in _each(data, "rightPersonInformation")
        if (name := text(entry, "rightPersonName"))
    ]


def _priorities(data: dict[str, Any]) -> list[DraftPriority]:
    found = []
    for entry in _each(data, "priorityRightInformation"):
        foreign = text(entry, "parisPriorityApplicationNumber")
        national = text(entry, "nationalPriorityApplicationNumber")
        if foreign or text(entry, "parisPriorityDate"):
            country = text(entry, "parisPriorityCountryCd")
            found.append(DraftPriority(country, foreign, text(entry, "parisPriorityDate")))
        if national or text(entry, "nationalPriorityDate"):
            found.append(DraftPriority("JP", national, text(entry, "nationalPriorityDate")))
    return found


def _publications(data: dict[str, Any], number: str) -> list[DraftPublication]:
    own = DraftPublication(number=number, date=text(data, "publicationDate"))
    international = DraftPublication(
        country="WO",
        number=text(data, "internationalPublicationNumber"),
        date=text(data, "internationalPublicationDate"),
    )
    found = [own] if own.number or own.date else []
    return found + ([international] if international.number else [])


def _events(data: dict[str, Any]) -> list[DraftEvent]:
    """The documents of the file, each once."""
    found = [
        DraftEvent(
            text(document, "legalDate"), text(document, "documentCode"), text(document, "documentDescription")
        )
        for group in _each(data, "bibliographyInformation")
        for document in _each(group, "documentList")
    ]
    return list(dict.fromkeys(found))


FORMAT = Format("jpo", "JPO API JSON (JP patents, designs, trademarks)", _looks, _read)
