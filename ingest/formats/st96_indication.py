"""ST.96 geographical indications as drafts (namespace `…/ST96/GeographicalIndication`, since version 4).

The component names grew from version 4 to 8 and offices add their own, so texts are told apart by what
their names say: a name, a transliteration, a translation, a product, an area. [U] No delivery of an office
was at hand. Source: WIPO ST.96 versions 4 and 8, geographical indication components (`GICategory`,
`GIData`, `GIName` …).
"""

from lxml.etree import _Element

from ingest.draft import Draft
from ingest.formats.field_table import Handler
from ingest.formats.local_names import LOCAL
from ingest.formats.st96_parts import (
    operation_of,
    parties,
    put_application_number,
    put_designations,
    put_parties,
    put_parties_of,
    put_priorities,
    put_publications,
)
from ingest.formats.tmxml_parts import put_first_publication, put_text, value_of
from ingest.xml_text import each

_NAME_STARTS = (
    "GIName",
    "GeographicalIndicationName",
    "IndicationName",
    "AppellationName",
    "AppellationOfOriginName",
)
_HOLDERS = ("Applicant", "Holder", "Owner", "Beneficiary", "GIHolder", "CompetentAuthority")
_HISTORY = ("Contact", "RecordData", "ChangeRecord", "ChangeRecordBag")
_AGENTS = ("Representative", "Agent", "AttorneyAgent")
# No component of the standard lies deeper; a file made to exhaust the reader may.
_DEEPEST = 12


def indication_draft(record: _Element, context: _Element) -> Draft:
    """The draft of a geographical indication; `context` stands where it stood in its delivery."""
    draft = Draft(right="geographical-indication", operation=operation_of(record, context))
    _read(draft, record)
    put_first_publication(draft)
    return draft


def _read(draft: Draft, element: _Element, depth: int = 0) -> None:
    """Read the fields among the children; groups that have no handler of their own are entered."""
    for child in element:
        name = LOCAL[child.tag]
        field = _FIELDS.get(name)
        handler = _HANDLERS.get(name)
        if field is not None:
            value = value_of(child)
            if value != "" and getattr(draft, field) == "":
                setattr(draft, field, value)
        elif handler is not None:
            handler(draft, child)
        elif len(child) > 0:
            if depth < _DEEPEST and not name.endswith(_HISTORY):
                _read(draft, child, depth + 1)
        else:
            _put_words(draft, name, child)


def _put_words(draft: Draft, name: str, leaf: _Element) -> None:
    if "Transliteration" in name:
        put_text(draft.transliterations, leaf)
    elif "Translation" in name:
        put_text(draft.translations, leaf)
    elif name.startswith(_NAME_STARTS):
        put_text(draft.texts, leaf)
    elif "Area" in name and "Indicator" not in name:
        put_text(draft.area, leaf)
    elif "Product" in name and name.endswith(("Text", "Name", "Description")):
        put_text(draft.products, leaf)
    elif name.endswith("DescriptionText"):
        put_text(draft.descriptions, leaf)


def _put_goods_class(draft: Draft, element: _Element) -> None:
    for leaf in element.iter("{*}ClassNumber"):
        number = value_of(leaf)
        if number and number not in draft.nice_classes:
            draft.nice_classes.append(number)
    for leaf in element.iter("{*}GoodsServicesDescriptionText"):
        put_text(draft.products, leaf)


def _put_reference(draft: Draft, element: _Element) -> None:
    value = value_of(element)
    if value:
        draft.numbers.append(("reference", value))


def _put_holders(draft: Draft, bag: _Element) -> None:
    name = LOCAL[bag.tag].removesuffix("Bag")
    role = "" if name == "Applicant" else name.removeprefix("GI").lower()
    found = parties(bag, name) if next(each(bag, name), None) is not None else parties(bag, LOCAL[bag.tag])
    put_parties(draft.applicants, found, role)


# Leaves that are one field of the draft; the first that says something counts.
_FIELDS: dict[str, str] = {
    "RegistrationOfficeCode": "office",
    "IPOfficeCode": "office",
    "RegistrationNumber": "registration_number",
    "InternationalRegistrationNumber": "international_number",
    "ApplicationDate": "filing_date",
    "FilingDate": "filing_date",
    "RegistrationDate": "registration_date",
    "InternationalRegistrationDate": "registration_date",
    "PublicationDate": "publication_date",
    "ExpiryDate": "expiry_date",
    "TerminationDate": "termination_date",
    "GICurrentStatusCategory": "status_code",
    "GICurrentStatusCode": "status_code",
    "GIStatusCategory": "status_code",
    "GIStatusCode": "status_code",
    "GICurrentStatusDate": "status_date",
    "GIStatusDate": "status_date",
    "GICategory": "kind",
    "ApplicationLanguageCode": "language",
    "FilingLanguageCode": "language",
}

_HANDLERS: dict[str, Handler] = {
    "ApplicationNumber": put_application_number,
    "GIReferenceIdentifier": _put_reference,
    "GIIdentifier": _put_reference,
    "GoodsServicesBag": _put_goods_class,
    "GoodsServicesClassificationBag": _put_goods_class,
    "PriorityBag": put_priorities,
    "PublicationBag": put_publications,
    "DesignatedCountryBag": put_designations,
    **{f"{name}Bag": _put_holders for name in _HOLDERS},
    **dict.fromkeys(_HOLDERS, _put_holders),
    **{f"{name}Bag": put_parties_of("representatives", *_AGENTS) for name in _AGENTS},
}
