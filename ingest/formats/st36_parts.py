"""The numbers, titles and texts that all bibliographic data in the manner of WIPO ST.36 share, whoever writes
them.

Offices differ in how they mark the several forms of one number (`docdb`, `epodoc`, `original`): DOCDB repeats
the reference with a `data-format`, OPS puts several `document-id` with a `document-id-type` into one
reference, the Red Book and the other offices write one without any mark. Source: WIPO ST.36 annex A
(document-id: country, doc-number, kind, date), EPO exchange-document schema 2.5, USPTO Red Book DTD 4.7.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.etree import _Element

from ingest.draft import DraftCitation, DraftMedia, DraftPriority, DraftPublication, DraftText
from ingest.formats.patent_symbols import once
from ingest.xml_text import each, first, local, text, whole_text

_NO_COUNTRY = frozenset(("unknown", "omitted", "not-provided", "not-available"))
_FORMS = ("docdb", "", "epodoc", "original")
_INACTIVE = frozenset(("N", "NO"))


class DocumentId(NamedTuple):
    """A number in one form. `form` is `docdb`, `epodoc`, `original`, or "" where none is stated."""

    country: str = ""
    number: str = ""
    kind: str = ""
    date: str = ""
    form: str = ""


class Application(NamedTuple):
    """The application of a record: its number, and the same in other forms as (kind, number)."""

    country: str
    number: str
    kind: str
    date: str
    others: list[tuple[str, str]]


def country_code(element: _Element | None, *path: str) -> str:
    """The country at the end of a path, "" also for the words that stand for none."""
    code = text(element, *path)
    return "" if code.lower() in _NO_COUNTRY else code


def ids_in(reference: _Element) -> list[DocumentId]:
    """The numbers of one reference; of a reference without `document-id`, its own parts."""
    form = reference.get("data-format", "")
    ids = [_document_id(entry, form) for entry in each(reference, "document-id")]
    if not ids and first(reference, "doc-number") is not None:
        ids = [_document_id(reference, form)]
    return [entry for entry in ids if entry.number]


def _document_id(entry: _Element, form: str) -> DocumentId:
    form = entry.get("document-id-type") or entry.get("data-format") or form
    country, number, kind, date = "", "", "", ""
    for part in entry:
        name, value = local(part), (part.text or "").strip()
        if name == "doc-number":
            number = value
        elif name == "country":
            country = "" if value.lower() in _NO_COUNTRY else value
        elif name == "kind":
            kind = value
        elif name == "date":
            date = value
    if form == "epodoc" and not country and number[:2].isalpha():
        country, number = number[:2], number[2:]
    return DocumentId(country, number, kind, date, form)


def document_ids(parent: _Element, name: str) -> list[DocumentId]:
    """The numbers of every reference of that name."""
    return [entry for reference in each(parent, name) for entry in ids_in(reference)]


def preferred(ids: Sequence[DocumentId]) -> DocumentId:
    """The number to go by: that of DOCDB, else the unmarked one, else epodoc, else the original; empty where
    none.

    A date that only another form carries is taken from there.
    """
    ordered = [entry for form in _FORMS for entry in ids if entry.form == form] or list(ids)
    if not ordered:
        return DocumentId()
    best = ordered[0]
    return (
        best if best.date else best._replace(date=next((entry.date for entry in ordered if entry.date), ""))
    )


def application(biblio: _Element) -> Application:
    """The application's number, date and further forms."""
    ids = document_ids(biblio, "application-reference")
    best = preferred(ids)
    others = once_pairs(
        (entry.form or "application", _whole(entry))
        for entry in ids
        if entry.form != best.form or entry.number != best.number
    )
    return Application(
        best.country, best.number, best.kind, best.date, [pair for pair in others if pair[1] != best.number]
    )


def once_pairs(pairs: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each pair once, in order."""
    return list(dict.fromkeys(pairs))


def _whole(entry: DocumentId) -> str:
    return entry.country + entry.number if entry.form == "epodoc" else entry.number


def publications(biblio: _Element) -> list[DraftPublication]:
    """The published documents that the references name, each once, in the form to go by."""
    found: list[DraftPublication] = []
    references = [ids_in(reference) for reference in each(biblio, "publication-reference")]
    marked = any(entry.form == "docdb" for ids in references for entry in ids)
    for ids in references:
        best = preferred(ids)
        if best.number and (not marked or best.form == "docdb"):
            found.append(DraftPublication(best.country, best.number, best.kind, best.date))
    return list(dict.fromkeys(found))


def publication_numbers(biblio: _Element) -> list[tuple[str, str]]:
    """The publication's number in the forms other than DOCDB's, for searching."""
    return once_pairs(
        (f"publication-{entry.form}", _whole(entry))
        for entry in document_ids(biblio, "publication-reference")
        if entry.form not in ("docdb", "")
    )


def priorities(biblio: _Element) -> list[DraftPriority]:
    """The priorities claimed, each once.

    DOCDB repeats every claim in each form; the `sequence` of the originals counts otherwise, so one form is
    read. What DOCDB marks as not active (the international application of a national phase) is no priority.
    """
    claims = [
        (claim, ids_in(claim))
        for group in each(biblio, "priority-claims")
        for claim in each(group, "priority-claim")
    ]
    forms = {entry.form for _, ids in claims for entry in ids}
    form = next((form for form in _FORMS if form in forms), None)
    found = [
        DraftPriority(best.country, best.number, best.date)
        for claim, ids in claims
        if (best := preferred(ids)).form == form
        and text(claim, "priority-active-indicator").upper() not in _INACTIVE
    ]
    return list(dict.fromkeys(found))


def titles(biblio: _Element, language: str = "") -> list[DraftText]:
    """The titles, each text once in each language."""
    return list(
        dict.fromkeys(
            DraftText(title, entry.get("lang") or language)
            for entry in each(biblio, "invention-title")
            if (title := whole_text(entry))
        )
    )


def abstracts(document: _Element, language: str = "") -> list[DraftText]:
    """The abstracts, each text once in each language, the paragraphs of one joined by a blank."""
    found = []
    for entry in each(document, "abstract"):
        straight = (entry.text or "").strip()
        abstract = whole_text(entry) if straight else " ".join(filter(None, map(whole_text, entry)))
        if abstract:
            found.append(DraftText(abstract, entry.get("lang") or language))
    return list(dict.fromkeys(found))


def citations(biblio: _Element) -> list[DraftCitation]:
    """The documents cited; `by` is who cited, else the phase in which it was cited (`SEA` search)."""
    found: list[DraftCitation] = []
    for name, item in (("references-cited", "citation"), ("us-references-cited", "us-citation")):
        for group in each(biblio, name):
            for entry in each(group, item):
                found.extend(_citation(entry))
    return list(dict.fromkeys(found))


def _citation(entry: _Element) -> Iterator[DraftCitation]:
    category = text(entry, "category")
    us_by = category.removeprefix("cited by ") if category.startswith("cited by ") else ""
    by = us_by or entry.get("cited-by") or entry.get("cited-phase") or ""
    patent = first(entry, "patcit")
    if patent is not None:
        best = preferred(ids_in(patent))
        number = best.number or patent.get("dnum") or ""
        if number:
            yield DraftCitation(best.country, number, best.kind, "", by)
            return
        literal = whole_text(first(patent, "text"))
        if literal:
            yield DraftCitation(text=literal, by=by)
        return
    literature = whole_text(first(entry, "nplcit"))
    if literature:
        yield DraftCitation(text=literature, by=by)


def designations(biblio: _Element) -> list[str]:
    """The countries designated, each once; the regions that group them (EP, AP) are left out."""
    return once(code for group in each(biblio, "designation-of-states") for code in states_in(group))


def states_in(group: _Element) -> Iterator[str]:
    """The countries in a designation, at any depth, without those that name a region."""
    for entry in group.iter("{*}country"):
        parent = entry.getparent()
        if parent is not None and local(parent) != "region" and entry.text:
            yield entry.text.strip()


def drawings(document: _Element, view: bool) -> list[DraftMedia]:
    """The files of the drawings: views of a design, images of an invention."""
    found = []
    for group in each(document, "drawings"):
        for image in group.iter("{*}img"):
            if image.get("file"):
                found.append(
                    DraftMedia(
                        "view" if view else "image", image.get("file", ""), image.get("img-format", "")
                    )
                )
    return found
