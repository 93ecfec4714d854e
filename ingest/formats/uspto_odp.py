"""USPTO Open Data Portal: patent applications (JSON), and the trademark status of TSDR as JSON.

`{count, patentFileWrapperDataBag[]}` with `applicationMetaData` for each application; older replies have
`{count, patentBag[]}` with the same members at the top of each application. Replies with only assignments,
transactions, documents, addresses or continuity of an application are parts of a record and are refused.
Source: the portal's API description at data.uspto.gov.
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
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.uspto_tsdr_json import FORMAT as _TRADEMARKS
from ingest.json_values import at, each, first_text, text, words

_PARTS = {
    "assignmentBag": "assignments",
    "eventDataBag": "transactions",
    "transactionContentBag": "transactions",
    "documentBag": "documents",
    "patentTermAdjustmentData": "term adjustments",
    "recordAttorney": "attorneys",
    "parentContinuityBag": "continuity data",
    "childContinuityBag": "continuity data",
    "continuityBag": "continuity data",
    "foreignPriorityBag": "priorities",
    "grantDocumentMetaData": "document links",
    "pgpubDocumentMetaData": "document links",
}
_BAGS = frozenset(("patentFileWrapperDataBag", "patentBag"))
_TAKEN = "taken are applications with their metadata (title, filing date, status)"


_DESIGN = frozenset(("DES", "DSN", "Design"))
# Series 29 are designs, 35 those that came through the Hague system.
_DESIGN_SERIES = re.compile(r"(?:29|35)/?\d{6}")
_FLAT = frozenset(("applicationStatusCode", "applicationTypeCode"))


def _is_application(names: frozenset[str]) -> bool:
    """Whether these are members of an application; its number may stand behind 100 kB of addresses."""
    return "applicationMetaData" in names or names >= _FLAT


def _is_element(names: frozenset[str]) -> bool:
    """Whether these are members of an application or of a part of one: the metadata may come after so many
    events and addresses that they are not in the head."""
    return _is_application(names) or (bool(names & _PARTS.keys()) and not names & _BAGS)


def _is_bag(head: Head) -> bool:
    return bool(head.keys & _BAGS)


def _looks(head: Head) -> int:
    if head.kind != "json" or not ("applicationMetaData" in head.keys or _is_bag(head)):
        return 0
    return 95 if record_path(head.data, _is_application) is not None else 60


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_element, _application, _refuse)


def _application(value: dict[str, Any]) -> Draft | None:
    return _draft(value) if _is_application(frozenset(value)) else None


def _refuse(head: Head) -> None:
    held = sorted({words for name, words in _PARTS.items() if name in head.keys})
    if _is_bag(head) and held:
        raise NotAFeedError(f"a USPTO reply with only the {' and '.join(held)} of an application", _TAKEN)
    raise NotAFeedError(describe(head), _TAKEN)


def _draft(application: dict[str, Any]) -> Draft:
    inner = at(application, "applicationMetaData")
    meta = inner if isinstance(inner, dict) else application
    number = text(application, "applicationNumberText") or text(meta, "applicationNumberText")
    design = _is_design(meta, number)
    draft = Draft(
        right="design" if design else "patent",
        application_number=number,
        registration_number=text(meta, "patentNumber"),
        publication_number=text(meta, "earliestPublicationNumber"),
        international_number=_international(application),
        filing_date=first_text(meta, ("filingDate", "effectiveFilingDate")),
        publication_date=text(meta, "earliestPublicationDate"),
        registration_date=text(meta, "grantDate"),
        status_code=text(meta, "applicationStatusCode"),
        status_text=text(meta, "applicationStatusDescriptionText"),
        status_date=text(meta, "applicationStatusDate"),
        titles=[DraftText(title, "en") for title in words(meta, "inventionTitle")],
        cpc=words(meta, "cpcClassificationBag")
        + [
            symbol for entry in each(meta, "cpcClassificationBag") if (symbol := text(entry, "cpcSymbolText"))
        ],
        national_classes=words(meta, "uspcSymbolText") or words(meta, "class/subclass"),
        applicants=_applicants(meta),
        representatives=_correspondents(application),
        priorities=_priorities(application),
        publications=_publications(meta),
        events=_events(application),
    )
    people = _inventors(meta)
    if design:
        draft.designers = people
    else:
        draft.inventors = people
    docket = text(meta, "docketNumber")
    draft.numbers = [("docket", docket)] if docket else []
    return draft


def _is_design(meta: dict[str, Any], number: str) -> bool:
    """By the type of the application; a search may leave it out, then by the series of designs."""
    kinds = {text(meta, "applicationTypeCode"), text(meta, "applicationTypeLabelName")} - {""}
    return bool(kinds & _DESIGN) if kinds else _DESIGN_SERIES.fullmatch(number) is not None


def _applicants(meta: dict[str, Any]) -> list[DraftParty]:
    found = [
        _party(name, "applicant", entry)
        for entry in each(meta, "applicantBag")
        if (name := first_text(entry, ("applicantNameText", "applicant")))
    ]
    first = text(meta, "firstApplicantName")
    return found or ([DraftParty(name=first, role="applicant")] if first else [])


def _inventors(meta: dict[str, Any]) -> list[DraftParty]:
    found = []
    for entry in each(meta, "inventorBag"):
        given = (text(entry, part) for part in ("firstName", "middleName", "lastName"))
        name = text(entry, "inventorNameText") or " ".join(filter(None, given))
        if name:
            found.append(_party(name, "", entry))
    first = text(meta, "firstInventorName")
    return found or ([DraftParty(name=first)] if first else [])


def _party(name: str, role: str, entry: dict[str, Any]) -> DraftParty:
    place = next(iter(each(entry, "correspondenceAddressBag")), {})
    country = text(entry, "countryCode") or text(place, "countryCode")
    return DraftParty(name=name, role=role, address=_address(place), country=country)


def _correspondents(application: dict[str, Any]) -> list[DraftParty]:
    """Whom the office writes to: the firm; its attorneys are listed by the dozen and are left out."""
    return [
        DraftParty(
            name=name, role="correspondent", address=_address(place), country=text(place, "countryCode")
        )
        for place in each(application, "correspondenceAddressBag")
        if (name := text(place, "nameLineOneText"))
    ]


def _address(place: dict[str, Any]) -> str:
    names = (
        "addressLineOneText", "addressLineTwoText", "addressLineThreeText", "cityName",
        "geographicRegionName", "postalCode",
    )  # fmt: skip
    return ", ".join(part for name in names if (part := text(place, name)))


def _international(application: dict[str, Any]) -> str:
    """The number of the international application of which this is the national stage."""
    parents = each(application, "parentContinuityBag") + each(
        application, "continuityBag", "parentContinuityBag"
    )
    return next(
        (
            number
            for parent in parents
            if text(parent, "claimParentageTypeCode") == "NST"
            and (number := text(parent, "parentApplicationNumberText")).upper().startswith("PCT")
        ),
        "",
    )


def _priorities(application: dict[str, Any]) -> list[DraftPriority]:
    return [
        DraftPriority(
            country=first_text(claim, ("ipOfficeCode", "ipOfficeName", "countryCode", "countryName")),
            number=first_text(claim, ("applicationNumberText", "priorityNumberText")),
            date=text(claim, "filingDate"),
        )
        for claim in each(application, "foreignPriorityBag")
    ]


def _publications(meta: dict[str, Any]) -> list[DraftPublication]:
    found = [
        DraftPublication(
            "US", text(meta, "earliestPublicationNumber"), "", text(meta, "earliestPublicationDate")
        ),
        DraftPublication("US", text(meta, "patentNumber"), "", text(meta, "grantDate")),
        DraftPublication("WO", text(meta, "pctPublicationNumber"), "", text(meta, "pctPublicationDate")),
    ]
    return [publication for publication in found if publication.number]


def _events(application: dict[str, Any]) -> list[DraftEvent]:
    found = [
        DraftEvent(text(event, "eventDate"), text(event, "eventCode"), text(event, "eventDescriptionText"))
        for event in each(application, "eventDataBag")
    ]
    return found + [
        DraftEvent(
            date=text(event, "recordedDate"),
            code=text(event, "caseActionCode"),
            text=text(event, "caseActionDescriptionText"),
        )
        for event in each(application, "transactionContentBag")
    ]


FORMATS = (
    Format("uspto-odp", "USPTO Open Data Portal JSON (US patent applications)", _looks, _read),
    _TRADEMARKS,
)
