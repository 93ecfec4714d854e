"""The family and the citations of a patent as sections of its page."""

from collections.abc import Sequence
from urllib.parse import quote

from app.http.problems import Problem
from app.http.relations import citing_search, family, records_held
from app.http.service import Service
from app.pages.record_view import Section, Value
from app.pages.words import NO_TITLE, counted
from register.codes.offices import office_name
from register.model import Citation, Record
from search.engine import EngineHit
from search.relations import Cited, CitedBy, Family, citations_of, cited_by
from search.short import decode_short

_RIGHTS = ("patent", "utility-model")
_SHOWN = 50
_BASES = {"delivered": "family id as delivered", "priorities": "same priorities"}


def relation_sections(service: Service, record: Record) -> list[Section]:
    """The sections; none for other rights, and where the index cannot be read just now."""
    if record.right not in _RIGHTS:
        return []
    reader = service.engine.reader()
    try:
        relatives = family(service, record)
        cites = service.asked(lambda: citations_of(reader, record, records_held(service)))
        citing = service.asked(lambda: cited_by(reader, record, _SHOWN))
    except Problem:
        return []
    rows = (
        ("Family", _family(record, relatives)),
        ("Cites", [_cited(one) for one in cites]),
        ("Cited by", _citing(citing)),
    )
    return [Section(title, [("Documents", values)]) for title, values in rows if values]


def _family(record: Record, found: Family) -> list[Value]:
    """The other members."""
    others = [one for one in found.members if one.hit.id != record.id]
    return [_held(one.hit, _BASES[one.basis]) for one in others[:_SHOWN]]


def _cited(one: Cited) -> Value:
    words = _written(one.citation)
    by = f"cited by {one.citation.by}" if one.citation.by else ""
    if not one.hits:
        return Value(words, note=by)
    short = decode_short(one.hits[0].short)
    note = "; ".join(filter(None, (short.title or NO_TITLE, by)))
    return Value(words, href=f"/rights/{quote(short.id)}", note=note)


def _written(citation: Citation) -> str:
    parts = (citation.country, citation.number, citation.kind, citation.text)
    return " ".join(filter(None, parts)) or "–"


def _citing(found: CitedBy) -> list[Value]:
    values = [_held(hit) for hit in found.hits]
    search = citing_search(found)
    if search is not None and found.total > len(values):
        values.append(Value(f"All {counted(found.total, 'record', 'records')}", href=_page_of(search)))
    return values


def _page_of(search: str) -> str:
    return "/search?" + search.partition("?")[2]


def _held(hit: EngineHit, note: str = "") -> Value:
    short = decode_short(hit.short)
    words = f"{short.office} {short.application_number}"
    notes: Sequence[str] = (
        short.title or NO_TITLE,
        office_name(short.office),
        f"filed {short.filing_date}" if short.filing_date else "",
        short.status.plain,
        note,
    )
    return Value(words, href=f"/rights/{quote(short.id)}", note="; ".join(filter(None, notes)))
