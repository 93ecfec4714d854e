"""WIPO ST.66 trademarks in all their dialects: IPAS exports (ID, KH, LA, MY, TH, VN, BN and others),
TM-Search deliveries of EU offices, USPTO TSDR, DPMA, IPONZ, and the flattened notices of INPI.

Source: WIPO ST.66 version 1.2 (2012), built on TM-XML; namespaces and prefixes differ from office to
office, so every element is matched by its local name.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, DraftParty, NotAFeedError
from ingest.envelope import peeked
from ingest.formats.application_parts import alone
from ingest.formats.local_names import LOCAL
from ingest.formats.patches import stated
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.st66_mark import applicants, mark_draft
from ingest.formats.tmxml_deliveries import (
    E_FILING,
    STAMPED,
    KeyedParties,
    has_keys,
    is_filing,
    parties_ahead,
    speaks,
    stamp_of,
)
from ingest.xml_envelope import envelope_of
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import each, text
from register.statement import NO_ENVELOPE

_BODY = "TradeMarkTransactionBody"
_NAMESPACES = (
    "/standards/xmlschema/trademarks",
    "/xmlschema/wo-trademarks",
    "oami.europa.eu/tm-search",
    "iponz.govt.nz/xmlschema/trademarks",
)
_TSDR = "urn:us:gov:doc:uspto:trademark"
_ITS_WORDS = frozenset(
    (
        "MarkVerbalElementText",
        "WordMarkSpecification",
        "MarkCurrentStatusCode",
        "KindMark",
        "MarkFeature",
        "Mark",
    )
)
_LISTS_OF_CHANGES = ("{*}TradeMarksUpdated", "{*}TradeMarksRegistered")
_ROLES = ("Applicant", "Representative")
_CONTENT_END = re.compile(rb"</(?:[\w.-]+:)?TransactionContentDetails\s*>")
_MARK = re.compile(rb"<(?:[\w.-]+:)?TradeMark[\s/>]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ERROR = re.compile(rb"<(?:[\w.-]+:)?TransactionErrorText[^>]*>([^<]{1,200})<")
_IDENTIFIERS_ONLY = re.compile(rb"<(?:[\w.-]+:)?TransactionCode>[^<]*Identifier List\s*<")
# What stands around the records and is read with them.
_AROUND = (*STAMPED, "TransactionCode", "TransactionSubCode")
_TAKEN = "taken are ST.66 transactions with TradeMark elements"


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if is_filing(head, _BODY):
        return 95  # The reader says why it is not taken.
    if speaks(head, *_NAMESPACES):
        return 95 if "TradeMark" in head.tag_set else 70
    if _BODY in head.tag_set:
        return 90
    if "TradeMark" in head.tag_set and "ApplicationNumber" in head.tag_set and head.tag_set & _ITS_WORDS:
        return 75 if head.root == "TradeMark" else 60
    return 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    if is_filing(head, _BODY):
        raise NotAFeedError(E_FILING, _TAKEN)
    if opened.again is None and _IDENTIFIERS_ONLY.search(head.data):
        raise NotAFeedError("an ST.66 list of identifiers without the records", _TAKEN)
    tag = opened.again or _record_element(head)
    number = 0
    with ExitStack() as held:
        parties = KeyedParties()
        if opened.again is not None or has_keys(head):
            parties, opened = held.enter_context(parties_ahead(opened, ("TradeMark",), _ROLES))
        context: _Element | None = None
        stamp, envelope = "", NO_ENVELOPE
        for found in xml_records(opened, (tag,), running_text=False):
            position = found.position
            if isinstance(found, Damage):
                number += 1
                yield found._replace(position=position._replace(record=number))
                continue
            if found.context is not context:
                context = found.context
                stamp, envelope = stamp_of(context), envelope_of(context, _AROUND)
            for mark, source in _marks(found):
                number += 1
                draft = _draft(mark, found, parties)
                draft.stamp = stamp
                place = position if position.record == number else position._replace(record=number)
                yield Delivered(draft, place, source, parties.beside(envelope, mark))
    if number == 0:
        raise NotAFeedError(_without_marks(head), _TAKEN)


def _record_element(head: Head) -> str:
    """Where to cut: at the transaction's content where each holds one mark (IPAS, TSDR), so that the code
    of the transaction and parties beside the mark stay with it; else at the marks."""
    end = _CONTENT_END.search(head.data)
    marks = len(_MARK.findall(_COMMENT.sub(b"", head.data[: end.end()] if end is not None else head.data)))
    if marks == 1 and (end is not None or speaks(head, _TSDR)):
        return "TransactionContentDetails"
    return "TradeMark"


def _marks(found: XmlRecord) -> Iterator[tuple[_Element, bytes]]:
    """The marks of a piece, without marks within marks (earlier marks of an opposition), each with its bytes:
    of several, the piece with this one alone."""
    element = found.element
    if LOCAL[element.tag] == "TradeMark":
        yield element, found.source
        return
    marks = list(element.iter("{*}TradeMark"))
    if len(marks) > 1:
        marks = [mark for mark in marks if next(mark.iterancestors("{*}TradeMark"), None) is None]
    if len(marks) < 2:
        yield from ((mark, found.source) for mark in marks)
    else:
        yield from zip(marks, alone(element, marks), strict=True)


def _draft(mark: _Element, found: XmlRecord, parties: KeyedParties) -> Draft:
    draft = mark_draft(mark)
    cut_at_mark = mark is found.element
    content = (
        next(found.context.iterancestors("{*}TransactionContentDetails"), None)
        if cut_at_mark
        else found.element
    )
    if content is not None:
        draft.kind_hint = _transaction_kind(content)
    if not draft.applicants:
        draft.applicants = parties.of(mark, "Applicant") or _beside(mark, "Applicant")
    if not draft.representatives:
        draft.representatives = parties.of(mark, "Representative") or _beside(mark, "Representative")
    if draft.operation == "upsert" and _is_listed(found):
        draft.operation = "patch"
        draft.given = stated(draft)
    return draft


def _is_listed(found: XmlRecord) -> bool:
    """Whether the mark stands in a list of what changed (IPONZ), which leaves out most of a record."""
    return next(found.context.iterancestors(*_LISTS_OF_CHANGES), None) is not None


def _transaction_kind(content: _Element) -> str:
    """Code and sub-code of the transaction, in which IPAS offices name the kind of mark."""
    code, sub = text(content, "TransactionCode"), text(content, "TransactionSubCode")
    return f"{code} / {sub}" if code and sub else code or sub


def _beside(mark: _Element, role: str) -> list[DraftParty]:
    """Parties that stand beside the details of the marks in the transaction's data, as TSDR has them."""
    data = next(mark.iterancestors("{*}TransactionData", "{*}TradeMarkApplication"), None)
    if data is None:
        return []
    return [one for details in each(data, f"{role}Details") for one in applicants(details, role)]


def _without_marks(head: Head) -> str:
    error = _ERROR.search(head.data)
    if error is not None:
        return f"an ST.66 error reply, which says {error[1].decode('utf-8', 'replace').strip()!r}"
    if head.tag_set & set(_ROLES):
        return (
            "an ST.66 list of parties without marks (they are joined where they are in the file of the marks)"
        )
    return "an ST.66 transaction without a TradeMark"


FORMAT = Format("st66", "WIPO ST.66 (trademarks)", _looks, _read)
