"""Red Book: the USPTO's weekly files of patent grants and application publications since 2005 (DTD 4.0 to
4.7).

A weekly file is many XML documents, each with its own declaration and document type. Between them stand
sequence listings, which are attachments and no records. A publication states the bibliography of its
application as of its date, so it is a patch. Source: us-patent-grant DTD 4.7 of 2022-02-17 and its element
documentation.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, DraftEvent, DraftParty, DraftPublication, NotAFeedError
from ingest.formats.patches import iso_date, stated
from ingest.formats.patent_symbols import cpc_symbols, ipc_symbols, locarno_symbols, national_classes
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.st36_parties import parties, party_of
from ingest.formats.st36_parts import (
    abstracts,
    application,
    citations,
    document_ids,
    drawings,
    preferred,
    priorities,
    titles,
)
from ingest.xml_records import xml_records
from ingest.xml_text import each, first, local, text

_RECORDS = frozenset(("us-patent-grant", "us-patent-application"))
# Sequence listings can be larger than everything else; cut out, they are freed one by one.
_ATTACHMENTS = frozenset(("sequence-cwu", "us-sequence-listing", "ST26SequenceListing"))


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if _RECORDS & head.tag_set:
        return 95
    return 30 if head.root in _ATTACHMENTS else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The grants and application publications of a weekly file, or of a single one."""
    none = True
    for record in xml_records(opened, _RECORDS | _ATTACHMENTS):
        if isinstance(record, Damage):
            none = False
            yield record
        elif local(record.element) in _RECORDS:
            none = False
            yield Delivered(draft_of(record.element), record.position, record.source)
    if none:
        raise NotAFeedError(
            "sequence listings without a patent document, attachments and no register records",
            "taken are Red Book grants and applications",
        )


def draft_of(document: _Element) -> Draft:
    """The draft of one grant or application publication."""
    grant = local(document) == "us-patent-grant"
    biblio = next((part for part in document if local(part).startswith("us-bibliographic-data")), document)
    published = preferred(document_ids(biblio, "publication-reference"))
    filed = application(biblio)
    reference = first(biblio, "application-reference")
    design = published.kind.startswith("S") or (
        reference is not None and reference.get("appl-type") == "design"
    )
    language = (document.get("lang") or "").lower()
    date = published.date or document.get("date-publ", "")
    inventors, applicants = _inventors(biblio), _applicants(biblio)
    draft = Draft(
        right="design" if design else "patent",
        operation="patch",
        stamp=iso_date(date),
        office=published.country or document.get("country", ""),
        application_number=filed.number,
        filing_date=filed.date,
        numbers=_numbers(biblio),
        applicants=applicants
        or [
            DraftParty(name=p.name, role="applicant", address=p.address, country=p.country) for p in inventors
        ],
        representatives=parties(_lists(biblio, "agents"), "agent", role="agent") or _correspondence(biblio),
        priorities=priorities(biblio),
        publications=_publications(
            biblio, DraftPublication(published.country, published.number, published.kind, date)
        ),
        titles=titles(biblio, language),
        abstracts=abstracts(document, language),
        language=language,
        ipc=ipc_symbols(biblio),
        cpc=cpc_symbols(biblio),
        locarno=locarno_symbols(biblio),
        national_classes=national_classes(biblio),
        citations=citations(biblio),
        media=drawings(document, view=design),
    )
    if design:
        draft.designers, draft.products = inventors, draft.titles
    else:
        draft.inventors = inventors
    _read_hague(biblio, draft)
    _read_standing(draft, grant, published.number, published.kind, date)
    draft.given = stated(draft)
    return draft


def _read_standing(draft: Draft, grant: bool, number: str, kind: str, date: str) -> None:
    """What the document itself says of the right: granted as of its date, or applied for."""
    if not grant:
        draft.publication_number, draft.publication_date = number, date
        draft.status_plain, draft.status_date = "pending", date
        return
    draft.registration_number, draft.registration_date = number, date
    # A statutory invention registration (H) is published by the same DTD, and is no patent (35 U.S.C. 157).
    if not kind.startswith("H"):
        draft.status_plain, draft.status_date = "registered", date


def _lists(biblio: _Element, name: str) -> list[_Element]:
    """Lists of parties: in `us-parties` since 4.3, in `parties` before."""
    return [
        found for group in biblio if local(group) in ("us-parties", "parties") for found in each(group, name)
    ]


def _applicants(biblio: _Element) -> list[DraftParty]:
    """Applicants, and assignees where they are not among them."""
    found = parties(
        _lists(biblio, "us-applicants") + _lists(biblio, "applicants"),
        "us-applicant",
        "applicant",
        role="applicant",
    )
    named = {party.name.casefold() for party in found}
    assignees = parties(each(biblio, "assignees"), "assignee", role="assignee")
    return found + [party for party in assignees if party.name.casefold() not in named]


def _inventors(biblio: _Element) -> list[DraftParty]:
    """Inventors; until 4.2 they stand among the applicants as `applicant-inventor`."""
    found = parties(_lists(biblio, "inventors"), "inventor", "deceased-inventor")
    if found:
        return found
    return [
        party
        for group in _lists(biblio, "applicants") + _lists(biblio, "us-applicants")
        for entry in group
        if entry.get("app-type") == "applicant-inventor" and (party := party_of(entry)) is not None
    ]


def _correspondence(biblio: _Element) -> list[DraftParty]:
    found = (party_of(entry, "correspondence") for entry in _lists(biblio, "correspondence-address"))
    return [party for party in found if party is not None]


def _numbers(biblio: _Element) -> list[tuple[str, str]]:
    """The international application and publication of which this is the national phase."""
    names = (
        ("pct-or-regional-filing-data", "pct-application"),
        ("pct-or-regional-publishing-data", "pct-publication"),
    )
    return [(kind, entry.number) for name, kind in names for entry in document_ids(biblio, name)]


def _publications(biblio: _Element, own: DraftPublication) -> list[DraftPublication]:
    """The earlier publications of the same application, and the document itself."""
    related = first(biblio, "us-related-documents")
    earlier = [] if related is None else document_ids(related, "related-publication")
    found = [DraftPublication(entry.country, entry.number, entry.kind, entry.date) for entry in earlier]
    return list(dict.fromkeys([*found, own] if own.number else found))


def _read_hague(biblio: _Element, draft: Draft) -> None:
    """The international registration of a design that came through the Hague system (since 4.5)."""
    hague = first(biblio, "hague-agreement-data")
    if hague is None:
        return
    draft.international_number = text(hague, "international-registration-number")
    draft.events = [
        DraftEvent(date=date, text=local(part).replace("-", " ").removesuffix(" date"))
        for part in hague
        if (date := text(part, "date"))
    ]


FORMAT = Format(
    "uspto-redbook",
    "USPTO patent grants and applications, Red Book (us-patent-grant, us-patent-application)",
    _looks,
    read,
)
