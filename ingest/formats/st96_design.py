"""ST.96 designs as drafts, one for each design: national applications (`DesignApplication`) and Hague
registrations.

What is said of the application or registration holds for each of its designs that does not say it itself.
Sources: WIPO ST.96 design components, its conversion tables for ST.86; WIPO's Hague Express data
(`HagueExpressTransaction/HagueCurrent/HagueRegistration`), in which the office is WIPO.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftMedia
from ingest.formats.application_parts import place_of
from ingest.formats.deferment import put_deferment, put_deferment_end
from ingest.formats.design_numbers import put_design_number, several_designs, taken_over
from ingest.formats.field_table import FieldTable, Handler, fill
from ingest.formats.local_names import LOCAL, ByTag
from ingest.formats.st96_parts import (
    operation_of,
    put_application_number,
    put_designations,
    put_parties_of,
    put_priorities,
    put_publications,
    put_texts,
)
from ingest.formats.tmxml_parts import put_first_publication, put_text, value_of, values_of
from ingest.xml_text import each, first, text

_DESIGNS = ("{*}Design", "{*}HagueDesign")


def design_drafts(record: _Element, context: _Element) -> Iterator[tuple[Draft, _Element | None]]:
    """The drafts of a `DesignApplication`, a `HagueRegistration` or its transaction, or a `Design` alone,
    each with its design's element (None where the record names no design)."""
    whole = _registration(record)
    base = Draft(right="design", operation=operation_of(record, context))
    fill(base, whole, _TABLE)
    if LOCAL[whole.tag] in ("Design", "HagueDesign"):
        put_design_number(base, _identifier(whole), 1, None)
        yield _ended(base, record), whole
        return
    if "Hague" in LOCAL[whole.tag]:
        base.office = base.office or "WO"
        base.registration_number = base.registration_number or base.international_number
    designs = [design for bag in whole.iterchildren("{*}DesignBag", "{*}HagueDesignBag") for design in bag]
    if not designs:
        yield _ended(base, record), None
        return
    first_place, present = place_of(designs[0]) if len(designs) == 1 else (1, len(designs))
    several = several_designs(present, text(whole, "DesignTotalQuantity"))
    for place, design in enumerate(designs, first_place):
        draft = Draft(right="design", operation=operation_of(design, context), office=base.office)
        if base.operation == "delete":
            draft.operation = "delete"
        fill(draft, design, _TABLE)
        taken_over(draft, base)
        put_design_number(draft, _identifier(design), place, several)
        yield _ended(draft, record), design


def _registration(record: _Element) -> _Element:
    """What a Hague transaction says of the present; history is not read for it."""
    current = first(record, "HagueCurrent")
    found = first(current, "HagueRegistration") if current is not None else None
    return record if found is None else found


def _identifier(design: _Element) -> str:
    return text(design, "DesignIdentifier") or text(design, "DesignReference")


def _ended(draft: Draft, record: _Element) -> Draft:
    put_first_publication(draft)
    for entry in each(record, "HagueHistory"):
        kinds = (LOCAL[part.tag] for part in entry if len(part) > 0)
        draft.events.append(
            DraftEvent(
                date=text(entry, "PublicationDate"),
                code=next(kinds, ""),
                text=f"Hague bulletin {text(entry, 'HagueBulletinNumber')}".strip(),
            )
        )
    return draft


def _put_titles(draft: Draft, element: _Element) -> None:
    put_texts(draft.titles, element)


def _put_descriptions(draft: Draft, element: _Element) -> None:
    put_texts(draft.descriptions, element)


def _put_products(draft: Draft, element: _Element) -> None:
    """Products, alone or in a bag, with Locarno classes where they stand there."""
    if len(element) == 0:
        put_text(draft.products, element)
        return
    for leaf in element.iter():
        name = LOCAL[leaf.tag]
        if name in ("ProductDescriptionText", "ProductIndicationText", "IndicationProductText"):
            put_text(draft.products, leaf)
        elif name == "LocarnoClassification":
            _put_locarno(draft, leaf)
        elif name in ("NationalClassification", "NationalDesignClassification"):
            _put_national(draft, leaf)


def _put_classifications(draft: Draft, element: _Element) -> None:
    for leaf in element.iter("{*}LocarnoClassification"):
        _put_locarno(draft, leaf)
    for leaf in element.iter("{*}NationalClassification", "{*}NationalDesignClassification"):
        _put_national(draft, leaf)


def _put_locarno(draft: Draft, classification: _Element) -> None:
    """A Locarno class with its subclasses, in one element (`06-01`) or in two."""
    number = text(classification, "LocarnoClass")
    below = [value_of(leaf) for leaf in classification.iter("{*}LocarnoSubclass") if value_of(leaf)]
    for symbol in [f"{number}-{subclass}" for subclass in below] or [number]:
        if symbol and symbol not in draft.locarno:
            draft.locarno.append(symbol)


def _put_national(draft: Draft, classification: _Element) -> None:
    for leaf in classification.iter():
        value = value_of(leaf)
        if (
            len(leaf) == 0
            and value
            and LOCAL[leaf.tag].endswith(("Code", "Class", "Text"))
            and value not in draft.national_classes
        ):
            draft.national_classes.append(value)


def _put_views(draft: Draft, element: _Element) -> None:
    """The views of a `ViewBag` or what holds one, in the order of their identifiers where these are
    numbers.
    """
    views = [(values_of(view), view) for view in element.iter("{*}View")]
    views.sort(key=lambda entry: _rank(entry[0].get("ViewIdentifier", "")))
    for values, view in views:
        if "FileName" not in values:
            continue
        caption = values.get("ViewTypeCategory", "") or next(map(value_of, view.iter("{*}ViewTypeText")), "")
        form = values.get("ViewFileFormatCategory") or values.get("ImageFormatCategory", "")
        draft.media.append(DraftMedia("view", values["FileName"], form, caption))


def _rank(identifier: str) -> float:
    try:
        return float(identifier)
    except ValueError:
        return 0.0


# Leaves that are one field of the draft; the first that says something counts.
_FIELDS: dict[str, str] = {
    "RegistrationOfficeCode": "office",
    "IPOfficeCode": "office",
    "RegistrationNumber": "registration_number",
    "InternationalRegistrationNumber": "international_number",
    "ApplicationDate": "filing_date",
    "FilingDate": "filing_date",
    "InternationalFilingDate": "filing_date",
    "RegistrationDate": "registration_date",
    "InternationalRegistrationDate": "registration_date",
    "PublicationDate": "publication_date",
    "ExpiryDate": "expiry_date",
    "TerminationDate": "termination_date",
    "DesignCurrentStatusCategory": "status_code",
    "DesignCurrentStatusCode": "status_code",
    "DesignApplicationCurrentStatusCategory": "status_code",
    "DesignCurrentStatusDate": "status_date",
    "DesignApplicationCurrentStatusDate": "status_date",
    "ApplicationLanguageCode": "language",
    "FilingLanguageCode": "language",
}

_HANDLERS: dict[str, Handler] = {
    "ApplicationNumber": put_application_number,
    "DesignTitleText": _put_titles,
    "DesignTitle": _put_titles,
    "DesignTitleBag": _put_titles,
    "DesignTitleTextBag": _put_titles,
    "DesignDescriptionText": _put_descriptions,
    "DesignDescriptionBag": _put_descriptions,
    "DesignDescriptionTextBag": _put_descriptions,
    "NoveltyStatementText": _put_descriptions,
    "NoveltyStatementTextBag": _put_descriptions,
    "ProductDescriptionText": _put_products,
    "ProductDescriptionTextBag": _put_products,
    "ProductIndicationBag": _put_products,
    "IndicationProductBag": _put_products,
    "DesignClassificationBag": _put_classifications,
    "LocarnoClassificationBag": _put_classifications,
    "ClassificationBag": _put_classifications,
    "DesignRepresentationBag": _put_views,
    "DesignRepresentationSheetBag": _put_views,
    "ViewBag": _put_views,
    "DefermentExpiryDate": put_deferment_end,
    "PublicationDefermentIndicator": put_deferment,
    "PriorityBag": put_priorities,
    "PublicationBag": put_publications,
    "DesignatedCountryBag": put_designations,
    "ApplicantBag": put_parties_of("applicants", "Applicant"),
    "HolderBag": put_parties_of("applicants", "Holder", role="holder"),
    "RepresentativeBag": put_parties_of("representatives", "Representative"),
    "DesignerBag": put_parties_of("designers", "Designer"),
}

_TABLE: FieldTable = ByTag({**_FIELDS, **_HANDLERS})
