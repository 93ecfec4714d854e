"""One ST.86 `DesignApplication` as drafts, one for each of its designs.

Application and design are two levels, and what is said of the application holds for each of its designs that
does not say it itself. Sources: WIPO ST.86 version 1.0, DS-XML, the extension of DPMA (`de:`).
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftMedia, DraftParty
from ingest.formats.address_books import named, party
from ingest.formats.deferment import put_deferment, put_deferment_end
from ingest.formats.design_numbers import put_design_number, taken_over
from ingest.formats.field_table import FieldTable, Handler, fill
from ingest.formats.local_names import LOCAL, ByTag
from ingest.formats.tmxml_parts import (
    operation_of,
    put_designations,
    put_first_publication,
    put_plain_party,
    put_priorities,
    put_publications,
    put_text,
    record_events,
    value_of,
    values_of,
)
from ingest.xml_text import each, text

_LOCARNO = ("", "locarno", "loc")
# The office whose address books have the country code in the place of the county or state.
_COUNTRY_IN_REGION = "DE"


def application_draft(application: _Element) -> Draft:
    """What an application says of all its designs."""
    draft = Draft(right="design", operation=operation_of(application))
    fill(draft, application, _TABLE)
    return draft


def design_draft(application: Draft, design: _Element, place: int, several: bool | None) -> Draft:
    """The draft of one design. `place` counts the designs of the application from 1; `several` says
    whether the application holds more than one, None where it does not tell."""
    draft = Draft(right="design", operation=operation_of(design), office=application.office)
    fill(draft, design, _TABLE)
    if application.operation == "delete":
        draft.operation = "delete"
    taken_over(draft, application)
    identifier = text(design, "DesignIdentifier") or text(design, "DesignReference")
    if draft.application_number == "" and identifier:  # IPONZ has one number for application and design
        draft.application_number = identifier
    else:
        put_design_number(draft, identifier, place, several)
    put_first_publication(draft)
    return draft


def _put_titles(draft: Draft, element: _Element) -> None:
    put_text(draft.titles, element)


def _put_descriptions(draft: Draft, element: _Element) -> None:
    """A description or statement of novelty, or a group of them."""
    for part in element if len(element) else (element,):
        put_text(draft.descriptions, part)


def _put_indications(draft: Draft, details: _Element) -> None:
    """The products of an `IndicationProductDetails`, with their classes: Locarno, or national ones."""
    for indication in each(details, "IndicationProduct"):
        kind = text(indication, "ClassificationKindCode").lower()
        classes = draft.locarno if kind in _LOCARNO else draft.national_classes
        for leaf in indication.iter():
            name = LOCAL[leaf.tag]
            if name == "ClassDescription":
                symbol = _symbol(values_of(leaf))
                if symbol and symbol not in classes:
                    classes.append(symbol)
            elif name in ("ProductDescription", "IndicationProductDescription", "ProductIndicationText"):
                put_text(draft.products, leaf)


def _symbol(values: dict[str, str]) -> str:
    """A class with its subclass, whether in one element (`06-01`) or in two."""
    number = values.get("ClassNumber", "")
    below = values.get("SubClassNumber") or values.get("SubclassNumber") or values.get("ClassSubNumber", "")
    return f"{number}-{below}" if number and below else number


def _put_views(draft: Draft, details: _Element) -> None:
    """The views of a `DesignRepresentationSheetDetails`; a sheet without views is one."""
    for sheet in each(details, "DesignRepresentationSheet"):
        views = [values_of(view) for view in sheet.iter("{*}View")]
        found = [
            DraftMedia(
                "view", view["ViewFilename"], view.get("ViewFileFormat", ""), view.get("ViewTitle", "")
            )
            for view in views
            if "ViewFilename" in view
        ]
        of_sheet = values_of(sheet)
        if not found and "RepresentationSheetFilename" in of_sheet:
            form = of_sheet.get("RepresentationSheetFileFormat", "")
            found = [DraftMedia("view", of_sheet["RepresentationSheetFilename"], form)]
        draft.media.extend(one for one in found if one not in draft.media)


def _put_class(draft: Draft, element: _Element) -> None:
    """A Locarno class alone, as the flattened notices of INPI have it."""
    symbol = value_of(element)
    if symbol and symbol not in draft.locarno:
        draft.locarno.append(symbol)


def _put_view(draft: Draft, element: _Element) -> None:
    """The address of a view alone, as the flattened notices of INPI have it."""
    address = value_of(element)
    if address:
        draft.media.append(DraftMedia("view", address))


def _put_articles(draft: Draft, details: _Element) -> None:
    """The articles to which a design is applied (IPONZ)."""
    for leaf in details.iter("{*}ArticleTitle"):
        put_text(draft.products, leaf)


def _put_records(draft: Draft, element: _Element) -> None:
    for name, basic in (("DesignRecord", "DesignBasicRecord"), ("DesignApplicationRecord", "BasicRecord")):
        draft.events.extend(record_events(element, name, basic))


def _put_events(draft: Draft, element: _Element) -> None:
    for event in element:
        values = values_of(event)
        made = DraftEvent(
            date=values.get("DesignEventDate") or values.get("DesignApplicationEventDate", ""),
            code=values.get("DesignEventCode") or values.get("DesignApplicationEventCode", ""),
            text=values.get("DesignEventText") or values.get("OfficeSpecificDesignEventName", ""),
        )
        if any(made):
            draft.events.append(made)


def _put_extension(draft: Draft, extension: _Element) -> None:
    """`DE_ST86Extension`: state, day of cancellation and recordals as DPMA adds them."""
    values = values_of(extension)
    draft.status_code = draft.status_code or values.get("DesignStatus", "")
    draft.termination_date = draft.termination_date or values.get("CancellationDate", "")
    for details in each(extension, "DesignRecordDetails"):
        _put_records(draft, details)


def _parties(role: str, country_in_region: bool, details: _Element) -> Iterator[DraftParty]:
    for element in each(details, role):
        yield party(element, country_in_region)


def _put_parties(field: str, role: str) -> Handler:
    def put(draft: Draft, details: _Element) -> None:
        kept: list[DraftParty] = getattr(draft, field)
        found = named(_parties(role, draft.office == _COUNTRY_IN_REGION, details))
        for one in found:
            if role == "Holder":
                one.role = one.role or "holder"
            if one not in kept:
                kept.append(one)

    return put


# Leaves that are one field of the draft; the first that says something counts.
_FIELDS: dict[str, str] = {
    "RegistrationOfficeCode": "office",
    "DesignApplicationNumber": "application_number",
    "ApplicationNumber": "application_number",
    "RegistrationNumber": "registration_number",
    "DesignRegistrationNumber": "registration_number",
    "InternationalRegistrationNumber": "international_number",
    "HagueRegistrationNumber": "international_number",
    "DesignApplicationDate": "filing_date",
    "DesignApplicationDateTime": "filing_date",
    "ApplicationDate": "filing_date",
    "RegistrationDate": "registration_date",
    "DesignRegistrationDate": "registration_date",
    "PublicationDate": "publication_date",
    "ExpiryDate": "expiry_date",
    "TerminationDate": "termination_date",
    "DesignApplicationLanguageCode": "language",
    "DesignCurrentStatusCode": "status_code",
    "DesignApplicationCurrentStatusCode": "status_code",
    "DesignCurrentStatusDate": "status_date",
    "DesignApplicationCurrentStatusDate": "status_date",
    "DesignKind": "kind",
    "DesignApplicationKind": "kind",
}

_HANDLERS: dict[str, Handler] = {
    "DesignTitle": _put_titles,
    "DesignDescription": _put_descriptions,
    "DesignDescriptionDetails": _put_descriptions,
    "NoveltyStatement": _put_descriptions,
    "NoveltyStatementDetails": _put_descriptions,
    "IndicationProductDetails": _put_indications,
    "DesignRepresentationSheetDetails": _put_views,
    "DefermentExpiryDate": put_deferment_end,
    "PublicationDefermentExpiryDate": put_deferment_end,
    "PublicationDefermentIndicator": put_deferment,
    "PriorityDetails": put_priorities,
    "PublicationDetails": put_publications,
    "DesignatedCountryDetails": put_designations,
    "DesignRecordDetails": _put_records,
    "DesignEventDetails": _put_events,
    "DesignApplicationEventDetails": _put_events,
    "DE_ST86Extension": _put_extension,
    "ApplicantDetails": _put_parties("applicants", "Applicant"),
    "HolderDetails": _put_parties("applicants", "Holder"),
    "RepresentativeDetails": _put_parties("representatives", "Representative"),
    "DesignerDetails": _put_parties("designers", "Designer"),
    "DesignArticleDetails": _put_articles,
    "ClassNumber": _put_class,
    "DesignRepresentationSheetURIs": _put_view,
    "DesignRepresentationSheetURI": _put_view,
    "ApplicantName": put_plain_party("applicants", "applicant"),
    "HolderName": put_plain_party("applicants", "holder"),
    "RepresentativeName": put_plain_party("representatives"),
    "DesignerName": put_plain_party("designers"),
}

_TABLE: FieldTable = ByTag({**_FIELDS, **_HANDLERS})
