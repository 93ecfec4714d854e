"""Exchange documents of the EPO: DOCDB deliveries (back and front files), fragments cut out of them, and the
published-data replies of Open Patent Services.

An exchange document is one publication; it states the bibliography of its application as of its last
exchange, so it is a patch of the application's record, held by the office that published (`country`).
`status` is the operation of a front file: C create, A amend, D delete; a deleted publication often comes
without a body, and then only its number is known. Source: EPO exchange-documents schema 2.5.9 (DOCDB) and 2.4
(OPS 3.2).

The right follows the kind of document (WIPO ST.16): U and Y utility model, also where the application is of
kind U; S design; everything else patent, also where a country's own codes are doubtful.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, DraftPublication, NotAFeedError
from ingest.envelope import peeked
from ingest.formats.partial import whole_records
from ingest.formats.patches import iso_date, stated
from ingest.formats.patent_symbols import cpc_symbols, ipc_symbols
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.sgml_entities import SGML_ENTITIES
from ingest.formats.st36_parties import parties
from ingest.formats.st36_parts import (
    abstracts,
    application,
    citations,
    designations,
    priorities,
    publication_numbers,
    publications,
    titles,
)
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import each, first, text
from register.model import Right

_GRANTED = ("printed-with-grant", "not-printed-with-grant")
_TAKEN = "taken are DOCDB deliveries and OPS replies with bibliographic data (constituent biblio)"
# What an OPS reply without bibliography holds, by the element that tells.
_PARTS = (
    ("legal", "legal events only"),
    ("patent-family", "a patent family only"),
    ("claims", "claims only"),
    ("description", "a description only"),
    ("document-inquiry", "a list of images only"),
    ("abstract", "abstracts only"),
    ("equivalents-inquiry", "a list of equivalents only"),
    ("biblio-search", "a list of hits only"),
    ("standardization", "a converted number only"),
    ("classification-scheme", "a classification only"),
)


def _looks(head: Head) -> int:
    if head.kind != "xml" or "register-document" in head.tag_set:
        return 0
    if "exchange-document" in head.tag_set:
        return 92
    if head.root == "exchange-documents":
        return 90
    return 70 if head.root == "world-patent-data" else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The exchange documents of a delivery, a fragment or a reply."""
    head, opened = peeked(opened)
    yield from whole_records(
        xml_records(opened, ("exchange-document",), SGML_ENTITIES),
        _draft_of,
        "no number of an application",
        lambda: _refusal(head),
    )


def _refusal(head: Head) -> NotAFeedError:
    part = next((words for tag, words in _PARTS if tag in head.tag_set), "no exchange document")
    whole = "an OPS reply" if head.root == "world-patent-data" else "an EPO delivery"
    return NotAFeedError(
        f"{whole} that holds {part}, without the bibliographic data of an application", _TAKEN
    )


def _draft_of(record: XmlRecord) -> Draft | None:
    """The draft of an exchange document; None where it holds no bibliography of an application."""
    document = record.element
    biblio = first(document, "bibliographic-data")
    if document.get("status") == "D":
        return _deleted(document, biblio)
    if biblio is None:
        return None
    filed = application(biblio)
    if not filed.number:
        return None
    kind, country = document.get("kind", ""), document.get("country", "")
    right = _right(kind, filed.kind)
    inventors = parties(_lists(biblio, "inventors"), "inventor")
    draft = Draft(
        right=right,
        operation="patch",
        stamp=iso_date(document.get("date-of-last-exchange", "")),
        office=country or filed.country,
        application_number=filed.number,
        filing_date=filed.date,
        numbers=list(dict.fromkeys([*filed.others, *publication_numbers(biblio)])),
        applicants=parties(_lists(biblio, "applicants"), "applicant", role="applicant"),
        representatives=parties(_lists(biblio, "agents"), "agent", role="agent"),
        priorities=priorities(biblio),
        publications=publications(biblio) or _own(document),
        designations=designations(biblio),
        language=text(biblio, "language-of-filing") or text(biblio, "language-of-publication"),
        titles=titles(biblio),
        abstracts=abstracts(document),
        ipc=ipc_symbols(biblio),
        cpc=cpc_symbols(biblio),
        family=document.get("family-id", ""),
        citations=citations(biblio),
    )
    if right == "design":
        draft.designers, draft.products = inventors, draft.titles
    else:
        draft.inventors = inventors
    _read_publication(document, biblio, draft)
    draft.given = stated(draft)
    return draft


def _right(publication_kind: str, application_kind: str) -> Right:
    if publication_kind.startswith("S"):
        return "design"
    return "utility-model" if publication_kind.startswith(("U", "Y")) or application_kind == "U" else "patent"


def _deleted(document: _Element, biblio: _Element | None) -> Draft:
    filed = None if biblio is None else application(biblio)
    return Draft(
        right=_right(document.get("kind", ""), filed.kind if filed is not None else ""),
        operation="delete",
        stamp=iso_date(document.get("date-of-last-exchange", "")),
        office=document.get("country", ""),
        application_number=filed.number if filed is not None else "",
        publication_number=document.get("doc-number", ""),
        publications=_own(document),
    )


def _own(document: _Element) -> list[DraftPublication]:
    number = document.get("doc-number", "")
    own = DraftPublication(
        document.get("country", ""), number, document.get("kind", ""), document.get("date-publ", "")
    )
    return [own] if number else []


def _read_publication(document: _Element, biblio: _Element, draft: Draft) -> None:
    """The publication's number and date; they are those of the grant where the EPO says that it was one."""
    own = draft.publications[0] if draft.publications else DraftPublication()
    number, date = document.get("doc-number", own.number), document.get("date-publ") or own.date
    available = first(biblio, "dates-of-public-availability")
    if available is not None and any(first(available, name) is not None for name in _GRANTED):
        draft.registration_number, draft.registration_date = number, date
    else:
        draft.publication_number, draft.publication_date = number, date


def _lists(biblio: _Element, name: str) -> list[_Element]:
    return [found for group in each(biblio, "parties") for found in each(group, name)]


FORMAT = Format(
    "epo-docdb", "EPO exchange documents: DOCDB deliveries and OPS replies (exchange-document)", _looks, read
)
