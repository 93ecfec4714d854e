"""Bibliographic data in the manner of WIPO ST.36 from any office, whatever the office calls the elements
around it.

Taken are full texts (`fulltext-document` of the EPO's deliveries, `xx-patent-document` of the offices, with
`bibliographic-data` or with the ST.32 tags of the EPO's own full texts) and any other element that holds a
`bibliographic-data` with an application's number. A document states the bibliography of its application as
far as it goes, so it is a patch. Sources: WIPO ST.36; EPO fulltext-documents 1.2.3 and ep-patent-document
1.5.

The right follows the kind of document (WIPO ST.16): U and Y utility model, S design, else patent.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, DraftParty, DraftPublication, NotAFeedError
from ingest.envelope import peeked
from ingest.formats import st32_parts as st32
from ingest.formats.partial import whole_records
from ingest.formats.patches import iso_date, stated
from ingest.formats.patent_symbols import cpc_symbols, ipc_symbols, locarno_symbols, national_classes
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.sgml_entities import SGML_ENTITIES
from ingest.formats.st36_parties import parties
from ingest.formats.st36_parts import (
    Application,
    abstracts,
    application,
    citations,
    designations,
    document_ids,
    drawings,
    preferred,
    priorities,
    publications,
    titles,
)
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import each, first, local, text
from register.model import Right

_DOCUMENT = re.compile(r"(?:[a-z]{2}-)?patent-document|fulltext-document")
_BIBLIO = re.compile(r"(?:[a-z]{2}-)?bibliographic-data(?:-\w+)?")
_CHECK_DIGIT = re.compile(r"^(\d{8})\.\d$")
_TAKEN = "taken are documents with an application's bibliographic data in the manner of WIPO ST.36"


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if any(_DOCUMENT.fullmatch(tag) for tag in head.tag_set):
        return 60
    return 40 if any(_BIBLIO.fullmatch(tag) for tag in head.tag_set) and "document-id" in head.tag_set else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The documents of a delivery, or a single one."""
    head, opened = peeked(opened)
    yield from whole_records(
        xml_records(opened, (opened.again or _record_tag(head),), SGML_ENTITIES),
        _draft_of,
        "no number of an application",
        _refusal,
    )


def _refusal() -> NotAFeedError:
    return NotAFeedError("patent documents without the bibliographic data of an application", _TAKEN)


def _record_tag(head: Head) -> str:
    """The element that is one record: a document, else the parent of the first bibliographic data, unless
    that is a list of several."""
    document = next((tag for tag in head.tags if _DOCUMENT.fullmatch(tag)), None)
    if document is not None:
        return document
    parser = etree.XMLPullParser(
        events=("start",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    parser.feed(head.data)
    starts = [element for _, element in parser.read_events() if isinstance(element, etree._Element)]
    found = [element for element in starts if _BIBLIO.fullmatch(local(element))]
    if not found:
        return "bibliographic-data"
    parent = found[0].getparent()
    if parent is None or any(other.getparent() is parent for other in found[1:]):
        return local(found[0])
    return local(parent)


def _draft_of(record: XmlRecord) -> Draft | None:
    """The draft of one document; None where it holds no number of an application."""
    document = record.element
    bibliography = first(document, "SDOBI")
    draft = _of_biblio(document) if bibliography is None else _of_st32(document, bibliography)
    if draft is None or not draft.application_number:
        return None
    draft.application_number, full = _without_check_digit(draft.office, draft.application_number)
    if full:
        draft.numbers = [*draft.numbers, ("application", full)]
    draft.given = stated(draft)
    return draft


def _without_check_digit(office: str, number: str) -> tuple[str, str]:
    """The EPO writes its application numbers with a check digit in documents, without in data: `11702546.8`.

    Gives the number, and the form with the digit or "".
    """
    match = _CHECK_DIGIT.match(number) if office == "EP" else None
    return (match[1], number) if match is not None else (number, "")


def _right(kind: str) -> Right:
    return "design" if kind.startswith("S") else "utility-model" if kind.startswith(("U", "Y")) else "patent"


def _of_biblio(document: _Element) -> Draft | None:
    if _BIBLIO.fullmatch(local(document)):
        biblio = document
    else:
        found = next((part for part in document if _BIBLIO.fullmatch(local(part))), None)
        if found is None:
            return None
        biblio = found
    own, filed = preferred(document_ids(biblio, "publication-reference")), application(biblio)
    kind, date = own.kind or document.get("kind", ""), own.date or document.get("date-publ", "")
    language = (document.get("lang") or biblio.get("lang") or "").lower()
    draft = _draft(filed, own.country or document.get("country", "") or filed.country, kind, own.number, date)
    draft.numbers = filed.others
    draft.applicants = parties(_lists(biblio, "applicants"), "applicant", role="applicant")
    draft.applicants += parties(
        [*_lists(biblio, "assignees"), *each(biblio, "assignees")], "assignee", role="assignee"
    )
    draft.representatives = parties(_lists(biblio, "agents"), "agent", role="agent")
    draft.priorities = priorities(biblio)
    draft.publications = publications(biblio)
    draft.designations = designations(biblio)
    draft.language = text(biblio, "language-of-filing") or text(biblio, "language-of-publication") or language
    draft.titles = titles(biblio, language)
    draft.abstracts = abstracts(document, language) or abstracts(biblio, language)
    draft.ipc, draft.cpc = ipc_symbols(biblio), cpc_symbols(biblio)
    draft.locarno, draft.national_classes = locarno_symbols(biblio), national_classes(biblio)
    draft.citations = citations(biblio)
    draft.media = drawings(document, view=draft.right == "design")
    _set_makers(draft, parties(_lists(biblio, "inventors"), "inventor"))
    return draft


def _draft(filed: Application, office: str, kind: str, number: str, date: str) -> Draft:
    """A draft with the numbers and dates; a document of kind B or C is the grant (ST.16: second, third
    level)."""
    draft = Draft(
        right=_right(kind),
        operation="patch",
        stamp=iso_date(date),
        office=office,
        application_number=filed.number,
        filing_date=filed.date,
    )
    if kind.startswith(("B", "C")):
        draft.registration_number, draft.registration_date = number, date
    else:
        draft.publication_number, draft.publication_date = number, date
    return draft


def _set_makers(draft: Draft, makers: list[DraftParty]) -> None:
    if draft.right == "design":
        draft.designers, draft.products = makers, draft.titles
    else:
        draft.inventors = makers


def _lists(biblio: _Element, name: str) -> list[_Element]:
    return [found for group in each(biblio, "parties") for found in each(group, name)]


def _of_st32(document: _Element, bibliography: _Element) -> Draft:
    """The EPO's full texts: INID tags, lower-case names inside them."""
    groups = st32.groups(bibliography)
    first_of = {tag: found[0] for tag, found in groups.items()}
    own, filing = st32.published(first_of.get("B100")), first_of.get("B200")
    persons, technical = first_of.get("B700"), first_of.get("B500")
    filed = Application("", st32.value(filing, "B210"), "", st32.value(filing, "B220"), [])
    kind, date = own.kind or document.get("kind", ""), own.date or document.get("date-publ", "")
    language = (document.get("lang") or "").lower()
    draft = _draft(filed, own.country or document.get("country", ""), kind, own.number, date)
    draft.numbers = st32.numbers(first_of.get("B800"))
    draft.applicants = st32.parties(_under(persons, "B710"), "B711", role="applicant")
    draft.applicants += st32.parties(_under(persons, "B730"), "B731", role="proprietor")
    draft.representatives = st32.parties(_under(persons, "B740"), "B741", role="agent")
    draft.priorities = st32.priorities(groups.get("B300", []))
    draft.publications = [DraftPublication(own.country, own.number, kind, date)] if own.number else []
    draft.designations = st32.states(_under(first_of.get("B800"), "B840"))
    draft.language = st32.value(filing, "B250") or language
    draft.titles = st32.titles(technical, language)
    draft.abstracts = abstracts(document, language)
    draft.ipc = st32.ipc(st32.classes(technical))
    draft.citations = st32.citations(technical)
    if kind.startswith("B"):
        draft.status_plain, draft.status_date = "registered", date
    _set_makers(draft, st32.parties(_under(persons, "B720"), "B721"))
    return draft


def _under(group: _Element | None, tag: str) -> list[_Element]:
    return [] if group is None else list(each(group, tag))


FORMAT = Format("st36", "patent documents in the manner of WIPO ST.36 (bibliographic-data)", _looks, read)
