"""One ST.96 `Trademark` as a draft: USPTO TSDR in the old and new namespaces, CIPO, Korea, and whoever
follows the standard.

Sources: WIPO ST.96 trademark components; TSDR replies; CIPO's trademarks data dictionary; the elements that
WIPO's transformation for its Global Brand Database reads from Korean deliveries.
"""

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftMedia, DraftParty
from ingest.formats.address_books import party
from ingest.formats.field_table import FieldTable, Handler, fill
from ingest.formats.local_names import LOCAL, ByTag
from ingest.formats.st66_words import put_vienna_code, put_words
from ingest.formats.st96_goods import put_goods
from ingest.formats.st96_parts import (
    operation_of,
    parties,
    put_application_number,
    put_designations,
    put_parties,
    put_parties_of,
    put_priorities,
    put_publications,
    put_st13,
    put_texts,
    standard_name,
)
from ingest.formats.tmxml_parts import put_first_publication, put_text, value_of, values_of
from ingest.xml_text import each, whole_text

_NO_COLOUR = "color is not claimed"
_FILES = ("FileName", "ImageFileName", "SoundFileName", "MultimediaFileName", "DocumentLocationURI")


def trademark_draft(element: _Element, context: _Element) -> Draft:
    """The draft of a `Trademark` element; `context` stands where it stood in its delivery."""
    draft = Draft(right="trademark", operation=operation_of(element, context))
    fill(draft, element, _TABLE)
    if draft.application_number == "":
        for related in element.iterdescendants("{*}KRDocumentRelated"):
            fill(draft, related, _TABLE)
    put_first_publication(draft)
    return draft


def _put_representation(draft: Draft, representation: _Element) -> None:
    for part in representation:
        name = standard_name(LOCAL[part.tag])
        if name == "MarkFeatureCategory":
            draft.feature = draft.feature or value_of(part)
        elif name == "MarkReproduction":
            _put_reproduction(draft, part)
        elif name == "MarkDescriptionBag":
            _put_descriptions(draft, part)


def _put_reproduction(draft: Draft, reproduction: _Element) -> None:
    for part in reproduction:
        name = standard_name(LOCAL[part.tag])
        if name == "WordMarkSpecification":
            put_words(draft, part)
        elif name == "MarkImageBag":
            for image in each(part, "MarkImage"):
                _put_image(draft, image)
        elif name == "MarkSoundBag":
            _put_files(draft, part, "sound")
        elif name in ("MarkMultimediaBag", "MarkVideoBag"):
            _put_files(draft, part, "video")


def _put_image(draft: Draft, image: _Element) -> None:
    values = values_of(image)
    file = next((values[name] for name in _FILES if name in values), "")
    # TSDR says in words where there is none.
    if file and not file.lower().startswith("no image"):
        form = values.get("ImageFormatCategory") or values.get("ImageFileFormatCategory", "")
        draft.media.append(DraftMedia("image", file, form))
    for leaf in image.iter():
        name = LOCAL[leaf.tag]
        if name in ("MarkImageColourClaimedText", "MarkImageColourPartClaimedText"):
            if not whole_text(leaf).lower().startswith(_NO_COLOUR):
                put_text(draft.colours, leaf)
        elif name == "ViennaClassification":
            _put_vienna(draft, values_of(leaf))
        elif name == "CategoryCode":
            put_vienna_code(draft, leaf)
        elif name == "NationalDesignCode":
            code = value_of(leaf)
            if code and code not in draft.national_classes:
                draft.national_classes.append(code)


def _put_vienna(draft: Draft, values: dict[str, str]) -> None:
    """A Vienna symbol, as one code or of its three parts."""
    parts = [values.get(name, "") for name in ("ViennaCategory", "ViennaDivision", "ViennaSection")]
    code = values.get("ViennaCode") or ".".join(filter(None, parts))
    if code and code not in draft.vienna_codes:
        draft.vienna_codes.append(code)


def _put_files(draft: Draft, bag: _Element, kind: str) -> None:
    for entry in bag:
        values = values_of(entry)
        file = next((values[name] for name in _FILES if name in values), "")
        if file:
            form = next((value for name, value in values.items() if name.endswith("FormatCategory")), "")
            draft.media.append(DraftMedia("sound" if kind == "sound" else "video", file, form))


def _put_descriptions(draft: Draft, bag: _Element) -> None:
    for part in bag:
        name = LOCAL[part.tag]
        if name == "MarkDescriptionText":
            put_text(draft.descriptions, part)
        elif name == "NationalMarkDescription":
            draft.feature = draft.feature or values_of(part).get("MarkFeatureCode", "")


def _put_disclaimers(draft: Draft, bag: _Element) -> None:
    put_texts(draft.disclaimers, bag)


def _put_international(draft: Draft, element: _Element) -> None:
    """The international registration, alone or in a bag; further ones stand among the numbers."""
    leaves = [element] if len(element) == 0 else list(element.iter("{*}InternationalMarkIdentifier"))
    for number in filter(None, (value_of(leaf) for leaf in leaves)):
        if draft.international_number == "":
            draft.international_number = number
        elif number != draft.international_number:
            draft.numbers.append(("international", number))


def _put_applicants(draft: Draft, bag: _Element) -> None:
    put_parties(draft.applicants, _present_owners(bag))


def _present_owners(bag: _Element) -> list[DraftParty]:
    """The applicants of a bag.

    TSDR lists every owner there has been; the sequence number is then the party type of two digits, which
    counts up with each change (10 original applicant, 20 owner at publication, 30 original registrant, 31
    first owner after). The highest are the present owners, and only they are given.
    """
    applicants = list(each(bag, "Applicant"))
    steps = [_sequence(applicant) for applicant in applicants]
    is_history = bool(steps) and all(len(step) == 2 and step >= "10" for step in steps)
    if not is_history or next(bag.iter("{*}NationalLegalEntityCode"), None) is None:
        return parties(bag, "Applicant")
    present = max(steps)
    return [
        one
        for applicant, step in zip(applicants, steps, strict=True)
        if step == present
        for one in parties(applicant, "Applicant")
    ]


def _sequence(element: _Element) -> str:
    return next((str(value) for name, value in element.items() if LOCAL[name] == "sequenceNumber"), "")


def _put_registrant(draft: Draft, element: _Element) -> None:
    put_parties(draft.applicants, [party(element)], "registrant")


def _put_representatives(draft: Draft, element: _Element) -> None:
    put_parties(draft.representatives, parties(element, LOCAL[element.tag].removesuffix("Bag")))


def _put_events(draft: Draft, bag: _Element) -> None:
    for event in each(bag, "MarkEvent"):
        values = values_of(event)
        for national in each(event, "NationalMarkEvent"):
            values = {**values, **values_of(national)}
        words = values.get("MarkEventDescriptionText") or values.get("MarkEventText", "")
        made = DraftEvent(
            date=values.get("MarkEventDate", ""),
            code=values.get("MarkEventCode") or values.get("MarkEventCategory", ""),
            text=words or values.get("MarkEventCategory", ""),
        )
        if any(made):
            draft.events.append(made)


def _put_national(draft: Draft, information: _Element) -> None:
    """`NationalTrademarkInformation`: the words of the status."""
    for leaf in information.iter(
        "{*}MarkCurrentStatusExternalDescriptionText", "{*}MarkCurrentStatusInternalDescriptionText"
    ):
        draft.status_text = draft.status_text or whole_text(leaf)


# Leaves that are one field of the draft; the first that says something counts.
_FIELDS: dict[str, str] = {
    "RegistrationOfficeCode": "office",
    "IPOfficeCode": "office",
    "RegistrationNumber": "registration_number",
    "InternationalRegistrationNumber": "international_number",
    "ApplicationDate": "filing_date",
    "FilingDate": "filing_date",
    "RegistrationDate": "registration_date",
    "PublicationDate": "publication_date",
    "ExpiryDate": "expiry_date",
    "TerminationDate": "termination_date",
    "MarkCurrentStatusCode": "status_code",
    "MarkCurrentStatusDate": "status_date",
    "MarkCategory": "kind",
    "ApplicationLanguageCode": "language",
    "FilingLanguageCode": "language",
}


def _put_st13(draft: Draft, element: _Element) -> None:
    """An ST.13 number without a group of numbers around it."""
    put_st13(draft, value_of(element))


def _put_verbal_element(draft: Draft, element: _Element) -> None:
    """Words of the mark without a specification around them."""
    put_text(draft.texts, element)


_HANDLERS: dict[str, Handler] = {
    "ApplicationNumber": put_application_number,
    "ST13ApplicationNumber": _put_st13,
    "WordMarkSpecification": put_words,
    "MarkVerbalElementText": _put_verbal_element,
    "MarkSignificantVerbalElementText": _put_verbal_element,
    "InternationalMarkIdentifier": _put_international,
    "InternationalMarkIdentifierBag": _put_international,
    "MarkRepresentation": _put_representation,
    "MarkReproduction": _put_reproduction,
    "MarkDescriptionBag": _put_descriptions,
    "MarkDisclaimerBag": _put_disclaimers,
    "GoodsServicesBag": put_goods,
    "PriorityBag": put_priorities,
    "PublicationBag": put_publications,
    "DesignatedCountryBag": put_designations,
    "MadridDesignationBag": put_designations,
    "ApplicantBag": _put_applicants,
    "HolderBag": put_parties_of("applicants", "Holder", role="holder"),
    "Registrant": _put_registrant,
    "RepresentativeBag": _put_representatives,
    "NationalRepresentative": _put_representatives,
    "RecordAttorney": _put_representatives,
    "DomesticRepresentative": _put_representatives,
    "NationalCorrespondent": _put_representatives,
    "MarkEventBag": _put_events,
    "NationalTrademarkInformation": _put_national,
}

_TABLE: FieldTable = ByTag({**_FIELDS, **_HANDLERS}, standard_name)
