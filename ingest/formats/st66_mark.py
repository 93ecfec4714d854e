"""One ST.66 `TradeMark` as a draft, whatever office wrote it: its elements are told apart by local names.

Sources: WIPO ST.66 version 1.2, the extensions of IPAS (`wo:`), USPTO (`…Ext`), DPMA (`de:`) and IPONZ as
their deliveries have them, and the flattened notices of INPI.
"""

import re

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftParty
from ingest.formats import st66_goods, st66_words
from ingest.formats.address_books import named, party, party_and_step
from ingest.formats.field_table import FieldTable, Handler, fill
from ingest.formats.local_names import ByTag
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
)
from ingest.xml_text import each, first, text, whole_text

# TH: a Madrid designation has its international number in the name of an event only.
_INTERNATIONAL_EVENT = re.compile(r"IRN\s*:\s*(\d{5,7}[A-Z]?)")
# The office whose address books have the country code in the place of the county or state.
_COUNTRY_IN_REGION = "DE"


def mark_draft(element: _Element) -> Draft:
    """The draft of a `TradeMark` element. Parties that stand outside it are not in it yet."""
    draft = Draft(right="trademark", operation=operation_of(element))
    fill(draft, element, _MEANINGS)
    put_first_publication(draft)
    if not draft.texts:
        for title in each(element, "MarkTitle"):
            put_text(draft.texts, title)
    return draft


def applicants(
    details: _Element, name: str = "Applicant", country_in_region: bool = False
) -> list[DraftParty]:
    """The applicants or owners of an `ApplicantDetails`.

    TSDR lists every owner there has been, told apart by a party type of two digits that counts up with
    each change (10 original applicant, 20 owner at publication, 30 original registrant, 31 first owner
    after): the highest are the present owners, and only they are given.
    """
    found = [party_and_step(element, country_in_region) for element in _elements(details, name)]
    present = max((step for _, step in found), default="")
    return named(one for one, step in found if step == present)


def _elements(details: _Element, name: str) -> list[_Element]:
    """The parties of a `…Details`; one whose address book stands there without a party around it counts
    too.
    """
    within = list(details.iterchildren("{*}" + name))
    return within or ([details] if first(details, f"{name}AddressBook") is not None else [])


def _put_applicants(draft: Draft, element: _Element) -> None:
    draft.applicants.extend(applicants(element, "Applicant", draft.office == _COUNTRY_IN_REGION))


def _put_holders(draft: Draft, element: _Element) -> None:
    for one in applicants(element, "Holder", draft.office == _COUNTRY_IN_REGION):
        one.role = one.role or "holder"
        draft.applicants.append(one)


def _put_representatives(draft: Draft, element: _Element) -> None:
    in_region = draft.office == _COUNTRY_IN_REGION
    found = (party(one, in_region) for one in _elements(element, "Representative"))
    draft.representatives.extend(one for one in named(found) if one not in draft.representatives)


def _put_public_status(draft: Draft, element: _Element) -> None:
    """The status that the office shows to the public goes before its inner one (UKIPO)."""
    draft.status_code = value_of(element) or draft.status_code


def _put_feature(draft: Draft, element: _Element) -> None:
    inner = first(element, "MarkFeature")
    draft.feature = value_of(element if inner is None else inner) or draft.feature


def _put_file_number(draft: Draft, element: _Element) -> None:
    value = value_of(element)
    if value:
        draft.numbers.append(("file", value))


def _put_seniorities(draft: Draft, element: _Element) -> None:
    """The older national marks whose seniority is claimed, so that their numbers lead to this record."""
    for claim in each(element, "Seniority"):
        number = text(claim, "SeniorityRegistrationNumber") or text(claim, "SeniorityApplicationNumber")
        if number:
            country = text(claim, "SeniorityCountryCode") or text(claim, "SeniorityOfficeCode")
            draft.numbers.append(("seniority", f"{country} {number}".strip()))


def _put_events(draft: Draft, element: _Element) -> None:
    """The events of a `MarkEventDetails`; those of IPAS have a general code and the office's own beside
    it.
    """
    for event in element.iterchildren("{*}MarkEvent"):
        date = given = own = name = said = ""
        for leaf in event.iter():
            kind = _EVENT_LEAF_OF_TAG[leaf.tag]
            if kind is None:
                continue
            value = leaf.text
            value = "" if value is None else value.strip()
            if value == "" or value == "-":
                continue
            if kind == "date":
                date = date or value
            elif kind == "given":
                given = given or value
            elif kind == "name":
                name = name or value
            elif kind == "own":
                own = own or value
            else:
                said = said or value
        words = said or name
        if own != "" and given != "" and given.casefold() not in (own.casefold(), words.casefold()):
            words = f"{given}: {words}" if words else given
        if "IRN" in name:
            international = _INTERNATIONAL_EVENT.search(name)
            if international is not None:
                draft.international_number = draft.international_number or international[1]
                words = name
        if date or own or given or words:
            draft.events.append(DraftEvent(date, own or given, words))


_EVENT_LEAVES = {
    "MarkEventDate": "date",
    "MarkEventCode": "given",
    "OfficeSpecificMarkEventCode": "own",
    "OfficeSpecificMarkEventName": "name",
    "OfficeSpecificMarkEventDescription": "words",
    "MarkEventInternalDescriptionText": "words",
    "MarkEventText": "words",
}
_EVENT_LEAF_OF_TAG = ByTag(_EVENT_LEAVES)


def _put_records(draft: Draft, element: _Element) -> None:
    draft.events.extend(record_events(element, "MarkRecord", "BasicRecord"))


def _put_extension(draft: Draft, element: _Element) -> None:
    """`TradeMarkExt` (USPTO): the words of the status, and the international registration where there is
    one.
    """
    for leaf in element.iter("{*}MarkCurrentStatusExternalDescriptionText"):
        draft.status_text = draft.status_text or whole_text(leaf)
    for leaf in element.iter("{*}InternationalRegistrationNumber"):
        draft.international_number = draft.international_number or value_of(leaf)


# Leaves that are one field of the draft; the first that says something counts.
_FIELDS: dict[str, str] = {
    "RegistrationOfficeCode": "office",
    "ApplicationNumber": "application_number",
    "RegistrationNumber": "registration_number",
    "InternationalRegistrationNumber": "international_number",
    "InternationalRegisterNumber": "international_number",
    "InternationalMarkIdentifier": "international_number",
    "MadridRegistrationNumber": "international_number",
    "ApplicationDate": "filing_date",
    "ApplicationDateTime": "filing_date",
    "FilingDate": "filing_date",
    "RegistrationDate": "registration_date",
    "PublicationDate": "publication_date",
    "ExpiryDate": "expiry_date",
    "TerminationDate": "termination_date",
    "MarkCurrentStatusCode": "status_code",
    "MarkCurrentStatusDate": "status_date",
    "ApplicationLanguageCode": "language",
    "KindMark": "kind",
}

_HANDLERS: dict[str, Handler] = {
    "IPOPublicMarkCurrentStatusCode": _put_public_status,
    "MarkFeature": _put_feature,
    "MarkFeatureDetails": _put_feature,
    "WordMarkSpecification": st66_words.put_words,
    "WordMarkDetails": st66_words.put_word_details,
    "Mark": st66_words.put_texts("texts"),
    "MarkVerbalElementText": st66_words.put_texts("texts"),
    "MarkTranslation": st66_words.put_texts("translations"),
    "MarkTransliteration": st66_words.put_texts("transliterations"),
    "MarkImageDetails": st66_words.put_images,
    "MarkImageURI": st66_words.put_image_address,
    "ViennaClass": st66_words.put_vienna_code,
    "MarkSoundDetails": st66_words.put_sounds,
    "MarkVideoDetails": st66_words.put_films,
    "MarkMultimediaDetails": st66_words.put_films,
    "MarkDescriptionDetails": st66_words.put_texts(
        "descriptions", "MarkDescription", "MarkVoluntaryDescription"
    ),
    "MarkDisclaimerDetails": st66_words.put_texts("disclaimers", "MarkDisclaimer"),
    "MarkConditionDetails": st66_words.put_texts("disclaimers", "MarkCondition"),
    "GoodsServicesDetails": st66_goods.put_goods,
    "ClassNumber": st66_goods.put_class_number,
    "PriorityDetails": put_priorities,
    "PublicationDetails": put_publications,
    "DesignatedCountryDetails": put_designations,
    "DesignationDetails": put_designations,
    "MadridDesignationDetails": put_designations,
    "SeniorityDetails": _put_seniorities,
    "MarkEventDetails": _put_events,
    "MarkRecordDetails": _put_records,
    "TradeMarkExt": _put_extension,
    "ApplicantDetails": _put_applicants,
    "HolderDetails": _put_holders,
    "RepresentativeDetails": _put_representatives,
    "ApplicantName": put_plain_party("applicants", "applicant"),
    "HolderName": put_plain_party("applicants", "holder"),
    "RepresentativeName": put_plain_party("representatives"),
    "FileNumber": _put_file_number,
}

_MEANINGS: FieldTable = ByTag({**_FIELDS, **_HANDLERS})
