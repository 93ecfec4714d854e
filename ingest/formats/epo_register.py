"""European Patent Register records as Open Patent Services gives them (register biblio and register search).

The register keeps every change: each group (`applicants`, `invention-title`, `classifications-ipcr` …) comes
once for each change, with a `change-date`; the latest one is in force. A record states bibliography and
status and leaves out abstract and citations' texts, so it is a patch. Source: EPO register-documents DTD
1.3.3.
"""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, DraftEvent, DraftText, NotAFeedError
from ingest.formats.partial import whole_records
from ingest.formats.patches import iso_date, stated
from ingest.formats.patent_symbols import cpc_symbols, ipc_of_group, once
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.st36_parties import parties
from ingest.formats.st36_parts import DocumentId, citations, document_ids, priorities, publications, states_in
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import each, first, local, text, whole_text

_DATED = ("dates-rights-effective", "opposition-data")


def _looks(head: Head) -> int:
    return 93 if head.kind == "xml" and "register-document" in head.tag_set else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The register documents of a reply."""
    yield from whole_records(
        xml_records(opened, ("register-document",)), _draft_of, "no bibliographic data", _refusal
    )


def _refusal() -> NotAFeedError:
    return NotAFeedError(
        "a reply of the European Patent Register without bibliographic data (events or procedure only)",
        "taken are register replies with bibliographic data (constituent biblio)",
    )


def _draft_of(record: XmlRecord) -> Draft | None:
    """The draft of a register document; None where it holds no number of an application."""
    document = record.element
    biblio = first(document, "bibliographic-data")
    if biblio is None:
        return None
    filed = document_ids(biblio, "application-reference")
    own = next((entry for entry in filed if entry.country in ("EP", "")), None)
    if own is None:
        return None
    draft = Draft(
        right="patent",
        operation="patch",
        stamp=iso_date(document.get("date-produced", "")),
        office=own.country or "EP",
        application_number=own.number,
        filing_date=own.date,
        numbers=[("pct-application", entry.number) for entry in filed if entry.country == "WO"],
        applicants=parties(_latest(_lists(biblio, "applicants")), "applicant", role="applicant"),
        representatives=parties(_latest(_lists(biblio, "agents")), "agent", role="agent"),
        inventors=parties(_latest(_lists(biblio, "inventors")), "inventor"),
        priorities=priorities(biblio),
        publications=publications(biblio),
        designations=once(
            code for group in _latest(each(biblio, "designation-of-states")) for code in states_in(group)
        ),
        language=text(biblio, "language-of-filing"),
        titles=_titles(biblio),
        ipc=once(
            symbol
            for group in _latest(each(biblio, "classifications-ipcr"))
            for symbol in ipc_of_group(group)
        ),
        cpc=cpc_symbols(biblio),
        citations=citations(biblio),
        events=[*_statuses(document), *_events(document), *_dates(biblio)],
    )
    _read_status(document, biblio, draft)
    _read_publications(document_ids(biblio, "publication-reference"), draft)
    draft.given = stated(draft)
    return draft


def _latest(groups: Iterable[_Element]) -> list[_Element]:
    """The group of the latest change; the first where none is dated."""
    found = sorted(groups, key=lambda group: group.get("change-date") or "", reverse=True)
    return found[:1]


def _lists(biblio: _Element, name: str) -> list[_Element]:
    return [found for group in each(biblio, "parties") for found in each(group, name)]


def _titles(biblio: _Element) -> list[DraftText]:
    """The title in force in each language."""
    by_language: dict[str, list[_Element]] = {}
    for entry in each(biblio, "invention-title"):
        by_language.setdefault(entry.get("lang", ""), []).append(entry)
    found = (
        DraftText(whole_text(_latest(entries)[0]), language) for language, entries in by_language.items()
    )
    return [title for title in found if title.text]


def _read_status(document: _Element, biblio: _Element, draft: Draft) -> None:
    """The status in force: the latest of the list, else the words on the record."""
    group = first(document, "ep-patent-statuses")
    found = (
        []
        if group is None
        else [entry for entry in each(group, "ep-patent-status") if entry.get("status-code")]
    )
    latest = _latest(found)
    if latest:
        draft.status_code = latest[0].get("status-code", "")
        draft.status_text = whole_text(latest[0])
        draft.status_date = latest[0].get("change-date", "")
    else:
        draft.status_text = document.get("status") or biblio.get("status") or ""


def _read_publications(published: list[DocumentId], draft: Draft) -> None:
    """A document of kind B is the grant; the first other one of the EPO is the publication."""
    for entry in sorted(published, key=lambda entry: entry.date):
        if entry.country not in ("EP", ""):
            continue
        if entry.kind.startswith("B"):
            if not draft.registration_number:
                draft.registration_number, draft.registration_date = entry.number, entry.date
        elif not draft.publication_number:
            draft.publication_number, draft.publication_date = entry.number, entry.date


def _statuses(document: _Element) -> list[DraftEvent]:
    group = first(document, "ep-patent-statuses")
    return (
        []
        if group is None
        else [
            DraftEvent(entry.get("change-date", ""), entry.get("status-code", ""), whole_text(entry))
            for entry in each(group, "ep-patent-status")
            if entry.get("status-code")
        ]
    )


def _events(document: _Element) -> list[DraftEvent]:
    """The events where the reply has them beside the bibliography."""
    return [
        DraftEvent(
            text(entry, "event-date", "date"),
            text(entry, "event-code"),
            whole_text(first(entry, "event-text")),
        )
        for group in each(document, "events-data")
        for entry in each(group, "dossier-event")
    ]


def _dates(biblio: _Element) -> list[DraftEvent]:
    """Requests, reports and oppositions with their dates, and the states in which the patent has lapsed."""
    found = [
        DraftEvent(date=date, text=local(part).replace("-", " "))
        for name in _DATED
        for group in _latest(each(biblio, name))
        for part in group
        if (date := text(part, "date"))
    ]
    lapses = [
        DraftEvent(date=text(entry, "date"), text=f"lapsed in {text(entry, 'country')}")
        for group in _latest(each(biblio, "term-of-grant"))
        for entry in each(group, "lapsed-in-country")
    ]
    return [*found, *lapses]


FORMAT = Format("epo-register", "European Patent Register replies of OPS (register-document)", _looks, read)
