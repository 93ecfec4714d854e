"""One ST.96 patent document or record as a draft: publications, grants, register records, JPO gazettes.

A published document says what the patent was as of its date, so it is a patch; a `PatentRecord` states the
whole. Sources: WIPO ST.96 patent components, its conversion tables for ST.36; JPO's gazettes (`jppat:`);
the USPTO's examination data (`uspat:`).
"""

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftPublication, DraftText
from ingest.formats.field_table import FieldTable, Handler, fill
from ingest.formats.local_names import LOCAL, ByTag, language_of
from ingest.formats.patches import stated
from ingest.formats.patent_symbols import once
from ingest.formats.st96_parts import (
    operation_of,
    parties,
    put_application_number,
    put_designations,
    put_parties,
    put_priorities,
)
from ingest.formats.st96_patent_parts import (
    put_citations,
    put_classifications,
    put_ipc,
    put_national,
)
from ingest.formats.tmxml_parts import put_text, value_of, values_of
from ingest.xml_text import each, whole_text

# A register's record of a patent; every other element that is read here is a published document.
RECORD = "PatentRecord"
_GRANTED = (
    "RegisteredPatentPublication",
    "RegisteredUtilityModelPublication",
    "PatentGrant",
    "PatentGrantPublication",
)
_AGENTS = ("RegisteredPractitioner", "AttorneyAgent", "Agent", "Representative", "PatentAttorney")
_OWNERS = ("Applicant", "Assignee", "PatentOwner", "Holder", "Grantee", "Owner")


def patent_draft(document: _Element, context: _Element) -> Draft:
    """The draft of a patent document or record; `context` stands where it stood in its delivery."""
    kind = LOCAL[document.tag]
    draft = Draft(right="utility-model" if "UtilityModel" in kind else "patent")
    draft.operation = operation_of(document, context)
    bibliography = _bibliography(document)
    if bibliography is not document:
        draft.office = _office_of(bibliography) or _office_of(document)
        fill(draft, document, _TABLE)
    fill(draft, bibliography, _TABLE)
    if not draft.applicants and not draft.inventors:
        _put_parties(draft, bibliography)
    draft.ipc, draft.cpc = once(draft.ipc), once(draft.cpc)
    if kind != RECORD:
        _put_standing(draft, kind)
        if draft.operation == "upsert":
            draft.operation, draft.given = "patch", stated(draft)
    return draft


def _bibliography(document: _Element) -> _Element:
    """The bibliographic data of a document, which offices call by names of their own; else the document
    itself.
    """
    for child in document:
        name = LOCAL[child.tag]
        if name.endswith("BibliographicData") or name == "PatentCaseMetadata":
            return child
    return document


def _office_of(element: _Element) -> str:
    return next((str(value) for name, value in element.items() if LOCAL[name] == "officeCode"), "")


def _put_standing(draft: Draft, kind: str) -> None:
    """What a document says of the right by being published: granted, or applied for."""
    published = draft.publications[0] if draft.publications else DraftPublication()
    draft.stamp = published.date if published.date[4:5] == "-" else ""
    draft.publication_number = draft.publication_number or published.number
    draft.publication_date = draft.publication_date or published.date
    granted = kind in _GRANTED or draft.registration_number != "" or published.kind[:1] in ("B", "C")
    if not granted:
        if draft.status_code == "":
            draft.status_plain, draft.status_date = "pending", draft.publication_date
        return
    draft.registration_number = draft.registration_number or published.number
    if draft.status_code == "":
        draft.status_plain = "registered"
        draft.status_date = draft.registration_date or published.date


def _put_published(draft: Draft, identification: _Element) -> None:
    values = values_of(identification)
    made = DraftPublication(
        country=values.get("IPOfficeCode", ""),
        number=values.get("PublicationNumber", ""),
        kind=values.get("PatentDocumentKindCode", ""),
        date=values.get("PublicationDate", ""),
    )
    if made.number:
        draft.publications.append(made)
        draft.office = draft.office or made.country
        draft.publication_number = draft.publication_number or made.number
        draft.publication_date = draft.publication_date or made.date


def _put_granted(draft: Draft, identification: _Element) -> None:
    values = values_of(identification)
    made = DraftPublication(
        country=values.get("IPOfficeCode", ""),
        number=values.get("PatentNumber", ""),
        kind=values.get("PatentDocumentKindCode", ""),
        date=values.get("GrantDate", ""),
    )
    if made.number:
        draft.publications.append(made)
        draft.office = draft.office or made.country
        draft.registration_number = draft.registration_number or made.number
        draft.registration_date = draft.registration_date or made.date


def _put_application(draft: Draft, identification: _Element) -> None:
    for group in each(identification, "ApplicationNumber"):
        put_application_number(draft, group)
    values = values_of(identification)
    draft.application_number = draft.application_number or values.get("ApplicationNumberText", "")
    draft.office = draft.office or values.get("IPOfficeCode", "")
    draft.filing_date = draft.filing_date or values.get("FilingDate", "")
    _put_category(
        draft, values.get("InventionSubjectMatterCategory") or values.get("ApplicationTypeCategory", "")
    )


def _put_category(draft: Draft, category: str) -> None:
    if "utility model" in category.lower().replace("-", " "):
        draft.right = "utility-model"


def _put_application_category(draft: Draft, element: _Element) -> None:
    _put_category(draft, value_of(element))


def _put_international(draft: Draft, element: _Element) -> None:
    """The application under the PCT, and its publication by WIPO."""
    for leaf in element.iter("{*}ApplicationNumberText", "{*}PCTInternationalApplicationNumber"):
        number = value_of(leaf)
        if number:
            draft.international_number = draft.international_number or number
            draft.numbers.append(("pct-application", number))
    for leaf in element.iter("{*}PublicationNumber"):
        number = value_of(leaf)
        if number:
            draft.numbers.append(("pct-publication", number))


def _put_titles(draft: Draft, element: _Element) -> None:
    """`InventionTitle`, whose text may hold markup, or a bag of them."""
    titles = list(each(element, "InventionTitle"))
    for title in titles or [element]:
        put_text(draft.titles, title)


def _put_abstracts(draft: Draft, element: _Element) -> None:
    inner = list(each(element, "Abstract"))
    for abstract in inner or [element]:
        value = " ".join(filter(None, (whole_text(part) for part in each(abstract, "P")))) or whole_text(
            abstract
        )
        if value:
            draft.abstracts.append(DraftText(value, language_of(abstract)))


def _put_parties(draft: Draft, bag: _Element) -> None:
    """A `PartyBag`, or a bag of parties of one role."""
    put_parties(draft.applicants, parties(bag, "Applicant"), "applicant")
    for name in _OWNERS[1:]:
        put_parties(draft.applicants, parties(bag, name), name.removeprefix("Patent").lower())
    put_parties(draft.inventors, parties(bag, "Inventor"))
    put_parties(draft.representatives, parties(bag, *_AGENTS))


def _put_events(draft: Draft, bag: _Element) -> None:
    """Events of a record: the office's own, or those of ST.27 (`StatusEventCode`)."""
    for event in bag:
        values = values_of(event)
        for group in event:
            values = {**values_of(group), **values}
        made = DraftEvent(
            date=next((value for name, value in values.items() if name.endswith("Date")), ""),
            code=values.get("EventCode") or values.get("NationalEventCode", ""),
            text=values.get("EventDescriptionText") or values.get("EventText", ""),
            wipo=values.get("StatusEventCode") or values.get("KeyEventCode", ""),
        )
        if any(made):
            draft.events.append(made)


# Leaves that are one field of the draft; the first that says something counts.
_FIELDS: dict[str, str] = {
    "IPOfficeCode": "office",
    "RegistrationOfficeCode": "office",
    "ApplicationNumberText": "application_number",
    "FilingDate": "filing_date",
    "GrantDate": "registration_date",
    "RegistrationDate": "registration_date",
    "ExpiryDate": "expiry_date",
    "TerminationDate": "termination_date",
    "ApplicationStatusCategory": "status_code",
    "PatentCurrentStatusCategory": "status_code",
    "PatentCurrentStatusCode": "status_code",
    "ApplicationStatusDate": "status_date",
    "PatentCurrentStatusDate": "status_date",
    "FilingLanguageCode": "language",
    "ApplicationLanguageCode": "language",
    "PatentFamilyIdentifier": "family",
}

_HANDLERS: dict[str, Handler] = {
    "PatentPublicationIdentification": _put_published,
    "PublicationIdentification": _put_published,
    "PatentGrantIdentification": _put_granted,
    "ApplicationIdentification": _put_application,
    "ApplicationNumber": put_application_number,
    "ApplicationTypeCategory": _put_application_category,
    "InventionSubjectMatterCategory": _put_application_category,
    "InternationalFilingData": _put_international,
    "PCTRegionalFilingData": _put_international,
    "InternationalPublishingData": _put_international,
    "PCTRegionalPublishingData": _put_international,
    "PriorityClaimBag": put_priorities,
    "PriorityBag": put_priorities,
    "InventionTitle": _put_titles,
    "InventionTitleBag": _put_titles,
    "Abstract": _put_abstracts,
    "AbstractBag": _put_abstracts,
    "PatentClassificationBag": put_classifications,
    "IPCClassification": put_ipc,
    "IPCRClassificationBag": put_classifications,
    "CPCClassificationBag": put_classifications,
    "NationalClassification": put_national,
    "LocarnoClassificationBag": put_classifications,
    "PartyBag": _put_parties,
    "ApplicantBag": _put_parties,
    "InventorBag": _put_parties,
    "AssigneeBag": _put_parties,
    "RegisteredPractitionerBag": _put_parties,
    "RepresentativeBag": _put_parties,
    "ReferenceCitationBag": put_citations,
    "DesignatedStateBag": put_designations,
    "DesignatedCountryBag": put_designations,
    "ProsecutionHistoryDataBag": _put_events,
    "LegalStatusEventBag": _put_events,
    "PatentEventBag": _put_events,
    "StatusEventBag": _put_events,
}

_TABLE: FieldTable = ByTag({**_FIELDS, **_HANDLERS})
