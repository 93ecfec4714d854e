"""USPTO application publications of 2001 to 2004 (PAP 1.5 and 1.6, root patent-application-publication).

A weekly file is many XML documents; the texts use character entities of a DTD that does not come along. A
publication states the bibliography of its application, so it is a patch. Source: PAP DTD 1.5 of 2001-01-31.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftCitation,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
)
from ingest.formats.patches import iso_date, stated
from ingest.formats.patent_symbols import once, symbols
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.sgml_entities import SGML_ENTITIES
from ingest.formats.uspto_sgml import as_xml
from ingest.xml_records import xml_records
from ingest.xml_text import each, first, local, text, whole_text

_PERSON = ("given-name", "middle-name", "family-name", "name-suffix")
_ADDRESS = ("military-address", "address-1", "address-2", "city", "state", "postalcode")


def _looks(head: Head) -> int:
    return 95 if head.kind == "xml" and "patent-application-publication" in head.tag_set else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The publications of a weekly file, or a single one."""
    for record in xml_records(opened, ("patent-application-publication",), SGML_ENTITIES, as_xml):
        if isinstance(record, Damage):
            yield record
        else:
            yield Delivered(draft_of(record.element), record.position, record.source)


def draft_of(document: _Element) -> Draft:
    """The draft of one publication."""
    biblio = first(document, "subdoc-bibliographic-information")
    if biblio is None:
        return Draft(right="patent", operation="patch", office="US")
    filing, technical = first(biblio, "domestic-filing-data"), first(biblio, "technical-information")
    own = _publication(first(biblio, "document-id"))
    inventors = _parties(first(biblio, "inventors"), ("first-named-inventor", "inventor"))
    draft = Draft(
        right="patent",
        operation="patch",
        stamp=iso_date(own.date),
        office="US",
        application_number=text(filing, "application-number", "doc-number"),
        filing_date=text(filing, "filing-date"),
        publication_number=own.number,
        publication_date=own.date,
        status_plain="pending",
        status_date=own.date,
        numbers=_numbers(biblio),
        # Until September 2012 the applicant for a US patent was the inventor (37 CFR 1.41), unless assigned.
        applicants=_parties(biblio, ("assignee",), "assignee") or _as_applicants(inventors),
        inventors=inventors,
        representatives=_correspondence(first(biblio, "correspondence-address")),
        priorities=_priorities(biblio),
        publications=list(dict.fromkeys([*_earlier(biblio), *([own] if own.number else [])])),
        titles=[DraftText(title, "en") for title in _texts(technical, "title-of-invention")],
        abstracts=_abstract(document),
        language="en",
        ipc=once(symbol for written in _ipc(technical) for symbol in symbols(written)),
        national_classes=_us_classes(technical),
        citations=_citations(technical),
        media=_drawings(document),
    )
    draft.given = stated(draft)
    return draft


def _publication(entry: _Element | None) -> DraftPublication:
    country = text(entry, "country-code") or "US"
    return DraftPublication(
        country, text(entry, "doc-number"), text(entry, "kind-code"), text(entry, "document-date")
    )


def _earlier(biblio: _Element) -> list[DraftPublication]:
    prior = first(biblio, "prior-publication")
    found = [] if prior is None else [_publication(entry) for entry in each(prior, "document-id")]
    return [entry for entry in found if entry.number]


def _texts(group: _Element | None, name: str) -> list[str]:
    return [] if group is None else [found for entry in each(group, name) if (found := whole_text(entry))]


def _numbers(biblio: _Element) -> list[tuple[str, str]]:
    conventions = first(biblio, "international-conventions")
    names = (("pct-application", "pct-application"), ("pct-publication", "pct-publication"))
    found = [(kind, text(conventions, name, "document-id", "doc-number")) for name, kind in names]
    return [(kind, number) for kind, number in found if number]


def _parties(group: _Element | None, items: tuple[str, ...], role: str = "") -> list[DraftParty]:
    if group is None:
        return []
    found = [_party(entry, role) for entry in group if local(entry) in items]
    return [party for party in found if party.name]


def _party(entry: _Element, role: str) -> DraftParty:
    person = first(entry, "name")
    name = text(entry, "organization-name")
    if not name and person is not None:
        name = " ".join(filter(None, (text(person, part) for part in _PERSON)))
    place, residence = first(entry, "address"), first(entry, "residence")
    country = (
        text(place, "country", "country-code")
        or text(residence, "residence-us", "country-code")
        or text(residence, "residence-non-us", "country-code")
    )
    return DraftParty(
        name=" ".join(name.split()),
        role=role,
        address=_address(place) or _address(_place(residence)),
        country=country,
    )


def _place(residence: _Element | None) -> _Element | None:
    return (
        None
        if residence is None
        else next((part for part in residence if local(part).startswith("residence-")), None)
    )


def _address(place: _Element | None) -> str:
    return (
        ""
        if place is None
        else ", ".join(filter(None, (" ".join(text(place, part).split()) for part in _ADDRESS)))
    )


def _as_applicants(inventors: list[DraftParty]) -> list[DraftParty]:
    return [
        DraftParty(name=one.name, role="applicant", address=one.address, country=one.country)
        for one in inventors
    ]


def _correspondence(entry: _Element | None) -> list[DraftParty]:
    if entry is None:
        return []
    place = first(entry, "address")
    name = " ".join(f"{text(entry, 'name-1')} {text(entry, 'name-2')}".split())
    country = text(place, "country", "country-code")
    return (
        [DraftParty(name=name, role="correspondence", address=_address(place), country=country)]
        if name
        else []
    )


def _priorities(biblio: _Element) -> list[DraftPriority]:
    return [
        DraftPriority(
            text(entry, "country-code"),
            text(entry, "priority-application-number", "doc-number"),
            text(entry, "filing-date"),
        )
        for entry in each(biblio, "foreign-priority-data")
    ]


def _abstract(document: _Element) -> list[DraftText]:
    found = (" ".join(_texts(entry, "paragraph")) for entry in each(document, "subdoc-abstract"))
    return [DraftText(abstract, "en") for abstract in found if abstract]


def _ipc(technical: _Element | None) -> list[str]:
    return [] if technical is None else [whole_text(entry) for entry in technical.iter("{*}ipc")]


def _us_classes(technical: _Element | None) -> list[str]:
    group = None if technical is None else first(technical, "classification-us")
    if group is None:
        return []
    return once(
        text(entry, "class") + text(entry, "subclass") if local(entry) == "uspc" else whole_text(entry)
        for entry in group.iter("{*}uspc", "{*}uspc-freeform")
    )


def _citations(technical: _Element | None) -> list[DraftCitation]:
    found = []
    for entry in () if technical is None else each(technical, "citation"):
        patent = first(entry, "cited-patent-literature")
        document = None if patent is None else _publication(first(patent, "document-id"))
        if document is not None and document.number:
            found.append(DraftCitation(document.country, document.number, document.kind))
        elif literature := whole_text(first(entry, "cited-non-patent-literature")):
            found.append(DraftCitation(text=literature))
    return found


def _drawings(document: _Element) -> list[DraftMedia]:
    return [
        DraftMedia("image", image.get("file", ""), image.get("imf", ""))
        for group in each(document, "subdoc-drawings")
        for image in group.iter("{*}image")
        if image.get("file")
    ]


FORMAT = Format(
    "uspto-pap", "USPTO application publications 2001 to 2004 (patent-application-publication)", _looks, read
)
