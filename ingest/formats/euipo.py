"""EUIPO search services: EU trade marks and registered Community designs (JSON).

A page is `{trademarks[] | designs[], totalElements, totalPages, size, page}`; the reply for one number is
the record alone, with more members (goods by language, product indications, publications). International
registrations that designate the Union are numbered `W` and the number of the registration. A design's
number is that of its application and its own within it (`004247823-0007`). Source: EUIPO's API
descriptions, versions 1.0 and 1.1.
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftGoods,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import each, first_text, text, words

# A mark's own members; of a single one with long goods only the first stand in the head. Others
# too have goods under this name (Finland's office, whose records have a `dossierStatus`).
_MARK = frozenset(("markFeature", "markBasis", "wordMarkSpecification", "markKind", "goodsAndServices"))
_OF_OTHERS = frozenset(("dossierId", "dossierStatus"))
_DESIGN = frozenset(("locarnoClasses", "productIndications", "applicationDate"))
_REPRODUCTIONS = ("markImage", "markVideo", "markModel")
_INTERNATIONAL = re.compile(r"W0*(\d+[A-Z]?)")
_TAKEN = "taken are trade marks (markFeature) and designs (designNumber) of the search services"


def _is_mark(names: frozenset[str]) -> bool:
    return "applicationNumber" in names and bool(_MARK & names) and not _OF_OTHERS & names


def _is_design(names: frozenset[str]) -> bool:
    return "designNumber" in names and bool(_DESIGN & names)


def _is_record(names: frozenset[str]) -> bool:
    return _is_mark(names) or _is_design(names)


def _looks(head: Head) -> int:
    if head.kind != "json":
        return 0
    if _is_record(head.keys) and record_path(head.data, _is_record) is not None:
        return 90
    return 60 if _is_page(head) else 0


def _is_page(head: Head) -> bool:
    return "totalElements" in head.keys and bool(head.keys & {"trademarks", "designs"})


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_record, _draft, _without)


def _without(head: Head) -> None:
    if _is_page(head):
        raise NotAFeedError("an EUIPO reply to a search that found nothing", _TAKEN)
    raise NotAFeedError(describe(head), _TAKEN)


def _draft(record: dict[str, Any]) -> Draft:
    number = text(record, "applicationNumber")
    draft = Draft(
        right="trademark",
        application_number=number,
        filing_date=first_text(record, ("applicationDate", "designationDate")),
        publication_date=text(record, "publicationDate"),
        registration_date=text(record, "registrationDate"),
        expiry_date=text(record, "expiryDate"),
        status_code=text(record, "status"),
        status_date=text(record, "statusDate"),
        language=text(record, "applicationLanguage"),
        applicants=_parties(record, "applicants", "applicant"),
        representatives=_parties(record, "representatives", ""),
        publications=[
            DraftPublication(number=text(entry, "bulletinNumber"), date=text(entry, "publicationDate"))
            for entry in each(record, "publications")
        ],
        priorities=[
            DraftPriority(
                country=first_text(entry, ("country", "office", "countryCode")),
                number=first_text(entry, ("number", "priorityNumber", "applicationNumber")),
                date=first_text(entry, ("date", "priorityDate", "applicationDate")),
            )
            for entry in each(record, "priorities")
        ],
    )
    dates = sorted(publication.date for publication in draft.publications if publication.date)
    draft.publication_date = draft.publication_date or (dates[0] if dates else "")
    if "designNumber" in record:
        _put_design(draft, record)
    else:
        _put_mark(draft, record)
    reference = text(record, "applicantReference")
    if reference:
        draft.numbers.append(("applicant-reference", reference))
    return draft


def _put_mark(draft: Draft, record: dict[str, Any]) -> None:
    international = _INTERNATIONAL.fullmatch(draft.application_number)
    if international is not None:
        draft.international_number = international[1]
    draft.kind = text(record, "markKind")
    draft.feature = text(record, "markFeature")
    draft.texts = [DraftText(word) for word in words(record, "wordMarkSpecification", "verbalElement")]
    goods = each(record, "goodsAndServices")
    draft.nice_classes = words(record, "niceClasses") or [
        number for entry in goods if (number := text(entry, "classNumber"))
    ]
    draft.vienna_codes = words(record, "viennaClasses") + [
        code for name in _REPRODUCTIONS for code in words(record, name, "viennaClasses")
    ]
    draft.descriptions = _by_language(record, "description", draft.language)
    draft.disclaimers = _by_language(record, "disclaimer", draft.language)
    for entry in goods:
        number = text(entry, "classNumber")
        draft.goods += [
            DraftGoods(
                nice_class=number, text="; ".join(words(told, "terms")), language=text(told, "language")
            )
            for told in each(entry, "description")
            if words(told, "terms")
        ]


def _put_design(draft: Draft, record: dict[str, Any]) -> None:
    whole = text(record, "designNumber")
    application, _, design = whole.rpartition("-")
    draft.right = "design"
    draft.application_number = draft.application_number or application or whole
    draft.design_number = design if application else ""
    draft.registration_number = whole if draft.registration_date else ""
    draft.numbers = [("design", whole)]
    draft.locarno = words(record, "locarnoClasses")
    draft.titles = [DraftText(word) for word in words(record, "verbalElement")]
    draft.products = [
        DraftText(term, text(entry, "language"))
        for entry in each(record, "productIndications")
        for term in words(entry, "terms")
    ]
    draft.designers = _parties(record, "designers", "")


def _by_language(record: dict[str, Any], name: str, language: str) -> list[DraftText]:
    """Texts that are one string, or objects with a language."""
    plain = [DraftText(told, language) for told in words(record, name)]
    named = [
        DraftText(told, text(entry, "language") or language)
        for entry in each(record, name)
        if (told := first_text(entry, ("text", "value", "description")))
    ]
    return plain + named


def _parties(record: dict[str, Any], name: str, role: str) -> list[DraftParty]:
    """The parties of a record; in results of the design search they have the office's number only."""
    found = [
        DraftParty(
            name=text(entry, "name"),
            role=role,
            country=text(entry, "country"),
            number=text(entry, "identifier"),
        )
        for entry in each(record, name)
    ]
    return [party for party in found if party.name or party.number]


FORMAT = Format("euipo", "EUIPO search JSON (EU trade marks, Community designs)", _looks, _read)
