"""Parties as ST.66, ST.86 and ST.96 write them: an applicant, representative or designer with its addresses.

The older standards have one structure (`…AddressBook/FormattedNameAddress/{Name, Address}`) with free-format
lines or formatted parts, ST.96 another (`Contact/{Name, PostalAddressBag}`), and the offices shorten them: a
`FullName`, a plain `Name`, the address book without the party around it. What a leaf means does not depend on
where in the party it stands, so one walk over all leaves reads every form. Sources: ST.66 and ST.86 address
book types, ST.96 contact type; deliveries of IPAS, TM-Search, TSDR, DPMA, IPONZ, INPI, CIPO and JPO.
"""

import re
from collections.abc import Iterator
from typing import Literal

from lxml.etree import _Element

from ingest.draft import DraftParty, DraftText
from ingest.formats.local_names import LOCAL, ByTag, language_of

_Leaf = Literal[
    "line",
    "whole",
    "part",
    "person",
    "address",
    "region",
    "mixed",
    "legal",
    "country",
    "seat",
    "number",
    "role",
    "contact",
    "step",
]

_LEAVES: dict[str, _Leaf] = {
    "FreeFormatNameLine": "line",
    "OrganizationName": "whole",
    "OrganisationName": "whole",
    "CompanyName": "whole",
    "FullName": "whole",
    "PersonFullName": "whole",
    "Name": "whole",
    "ApplicantName": "whole",
    "HolderName": "whole",
    "RepresentativeName": "whole",
    "DesignerName": "whole",
    "EntityName": "whole",
    "OrganizationStandardName": "whole",
    "LegalEntityName": "legal",
    "FormattedName": "person",
    "PersonStructuredName": "person",
    "Contact": "contact",
    "PublicationContact": "contact",
    "FirstName": "part",
    "MiddleName": "part",
    "LastName": "part",
    "SecondLastName": "part",
    "NameSuffix": "part",
    "FreeFormatAddressLine": "address",
    "FreeFormatNameAddressLine": "mixed",
    "PostalAddress": "address",
    "AddressLine": "address",
    "AddressRoom": "address",
    "AddressFloor": "address",
    "AddressBuilding": "address",
    "AddressStreet": "address",
    "AddressPostOfficeBox": "address",
    "AddressCity": "address",
    "AddressCounty": "region",
    "AddressState": "region",
    "AddressPostcode": "address",
    "AddressLineText": "address",
    "CityName": "address",
    "GeographicRegionName": "address",
    "PostalCode": "address",
    "PostalAddressText": "address",
    "AddressCountryCode": "country",
    "FormattedAddressCountryCode": "country",
    "CountryCode": "country",
    "ApplicantIncorporationCountryCode": "seat",
    "RepresentativeIncorporationCountryCode": "seat",
    "IncorporationCountryCode": "seat",
    "NationalityCode": "seat",
    "ResidenceCountryCode": "seat",
    "ApplicantNationalityCode": "seat",
    "DesignerNationalityCode": "seat",
    "ApplicantIdentifier": "number",
    "HolderIdentifier": "number",
    "RepresentativeIdentifier": "number",
    "DesignerIdentifier": "number",
    "PartyIdentifier": "number",
    "Identifier": "number",
    "Id": "number",
    "PartyTypeDescriptionText": "role",
    "PartyTypeCode": "step",
    "Comment": "role",
    "CommentText": "role",
}
_LEAF_OF_TAG = ByTag(_LEAVES)
# TM-Search writes it for a representative that there is none of.
_NO_NUMBER = "-null"
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")


class _Found:
    """What a walk over a party collects."""

    __slots__ = (
        "address",
        "country",
        "language",
        "legal",
        "lines",
        "mixed",
        "number",
        "people",
        "region",
        "role",
        "seat",
        "step",
        "whole",
    )

    def __init__(self) -> None:
        self.lines: list[DraftText] = []
        self.whole: list[DraftText] = []
        self.people: list[tuple[str, list[str]]] = []
        self.address: list[str] = []
        self.mixed: list[str] = []
        self.language = ""
        self.legal = ""
        self.region = ""
        self.country = ""
        self.seat = ""
        self.number = ""
        self.role = ""
        self.step = ""


def party(element: _Element, country_in_region: bool = False) -> DraftParty:
    """The party that an element holds; its name is "" where only the office's number for it (a key) is
    delivered.

    `country_in_region`: the office writes the country code into the county or state (DPMA).
    """
    return _made(_collected(element), country_in_region, LOCAL[element.tag] == "Representative")


def party_and_step(element: _Element, country_in_region: bool = False) -> tuple[DraftParty, str]:
    """A party, and the type of party by which TSDR counts the owners there have been ("" elsewhere)."""
    found = _collected(element)
    return _made(found, country_in_region, False), found.step


def _collected(element: _Element) -> _Found:
    found = _Found()
    for leaf in element.iter():
        kind = _LEAF_OF_TAG[leaf.tag]
        if kind is None:
            continue
        value = leaf.text
        value = "" if value is None else value.strip()
        if "\n" in value or "  " in value:
            value = " ".join(value.split())
        if value == "" or value == "-":
            if kind == "person":
                found.people.append((found.language, []))
            elif kind == "contact":
                found.language = language_of(leaf)
        elif kind == "line":
            found.lines.append(DraftText(value, language_of(leaf)))
        elif kind == "address":
            if value not in found.address:
                found.address.append(value)
        elif kind == "country":
            found.country = found.country or value
        else:
            _put(found, kind, value, leaf)
    return found


def _put(found: _Found, kind: _Leaf, value: str, leaf: _Element) -> None:
    """A leaf of the rarer kinds."""
    if kind in ("whole", "person"):
        found.whole.append(DraftText(value, language_of(leaf) or found.language))
    elif kind == "part":
        if not found.people:
            found.people.append((found.language, []))
        found.people[-1][1].append(value)
    elif kind == "region":
        found.region = value
        found.address.append(value)
    elif kind == "number":
        if not value.endswith(_NO_NUMBER):
            found.number = found.number or value
    elif kind == "seat":
        found.seat = found.seat or value
    elif kind == "mixed":
        found.mixed.append(value)
    elif kind == "legal":
        found.legal = found.legal or value
    elif kind == "step":
        found.step = value
    elif kind == "role":
        found.role = value


def _made(found: _Found, country_in_region: bool, lines_apart: bool) -> DraftParty:
    if len(found.lines) == 1 and not found.whole and not found.people:
        names = found.lines
    else:
        names = list(_names(found, lines_apart))
        if not names and found.legal:
            names = [DraftText(found.legal)]
        if not names and found.mixed:
            names = [DraftText(found.mixed[0])]
            found.address = found.address or found.mixed[1:]
    country = found.country
    if country == "" and country_in_region and _TWO_CAPITALS.fullmatch(found.region):
        country = found.region
        found.address.remove(country)
    return DraftParty(
        name=names[0].text if names else "",
        names=names[1:],
        role=found.role,
        address=", ".join(found.address),
        country=country or found.seat,
        number=found.number,
    )


def _names(found: _Found, lines_apart: bool) -> Iterator[DraftText]:
    """Every spelling once: names out of lines, names of organisations, those of people out of their parts."""
    people = (DraftText(" ".join(parts), language) for language, parts in found.people if parts)
    lines = found.lines if lines_apart or len(found.lines) < 2 else _of_lines(found.lines)
    seen: set[str] = set()
    for name in (*lines, *found.whole, *people):
        if name.text not in seen:
            seen.add(name.text)
            yield name


def _of_lines(lines: list[DraftText]) -> Iterator[DraftText]:
    """Lines of one language are one name, and lines in another language the same name in that language.

    Where a name has several lines the first may say it alone, so it is a spelling too. (Of a representative
    the lines are a person and the firm.)
    """
    by_language: dict[str, list[str]] = {}
    for line in lines:
        of_language = by_language.setdefault(line.language, [])
        if line.text not in of_language:
            of_language.append(line.text)
    for language, texts in by_language.items():
        yield DraftText(" ".join(texts), language)
    for language, texts in by_language.items():
        if len(texts) > 1:
            yield DraftText(texts[0], language)


def named(parties: Iterator[DraftParty]) -> list[DraftParty]:
    """The parties that have a name, each once."""
    kept: list[DraftParty] = []
    for one in parties:
        if one.name != "" and one not in kept:
            kept.append(one)
    return kept


def key_of(element: _Element) -> str:
    """The number in an `ApplicantKey` or the like; "" where the key is to be deleted or holds none."""
    if element.get("operationCode") == "Delete":
        return ""
    for leaf in element.iter():
        if _LEAF_OF_TAG[leaf.tag] == "number" and leaf.text:
            return leaf.text.strip()
    return (element.text or "").strip()
