"""WIPO ST.96, for all rights: USPTO TSDR (old draft and present namespaces), CIPO and Korean trademarks, JPO
patent gazettes, patents, designs with the Hague register, and geographical indications.

Source: WIPO ST.96 version 4.0 (June 2020) and its neighbours. Namespaces tell the right, local names the
rest, for each office puts elements of its own between those of the standard.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, NotAFeedError
from ingest.envelope import peeked
from ingest.formats.application_parts import alone
from ingest.formats.local_names import LOCAL
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.st96_design import design_drafts
from ingest.formats.st96_indication import indication_draft
from ingest.formats.st96_patent import patent_draft
from ingest.formats.st96_trademark import trademark_draft
from ingest.formats.tmxml_deliveries import speaks
from ingest.xml_envelope import envelope_of
from ingest.xml_records import XmlRecord, xml_records
from register.statement import NO_ENVELOPE

_STANDARD = "/standards/xmlschema/st96/"
# Before the standard was adopted its namespaces ended in the right and a version (TSDR of 2012).
_DRAFTS = tuple(f"/standards/xmlschema/{right}/1" for right in ("common", "trademark", "patent", "design"))
# Korea has its extension of the standard's mark in the place of that.
_MARKS = ("Trademark", "KRTrademark", "KRTrademarkDivision")
_PATENTS = (
    "PatentRecord",
    "PatentPublication",
    "PatentApplicationPublication",
    "PatentGrantPublication",
    "PatentGrant",
    "UtilityModelPublication",
    "UnexaminedPatentPublication",
    "InternationalPatentPublication",
    "RegisteredPatentPublication",
    "UnexaminedUtilityModelPublication",
    "InternationalUtilityModelPublication",
    "RegisteredUtilityModelPublication",
)
_DESIGNS = ("DesignApplication", "HagueExpressTransaction", "HagueRegistration", "Design")
_INDICATIONS = (
    "GeographicalIndication",
    "GeographicalIndicationApplication",
    "GeographicalIndicationRegistration",
    "GIApplication",
    "GIRegistration",
    "GIData",
)
_NUMBERS = frozenset(("ST13ApplicationNumber", "ApplicationNumberText"))
_RECORDS = (*_MARKS, *_PATENTS, *_DESIGNS, *_INDICATIONS)
_TAKEN = (
    "taken are Trademark, patent publications and PatentRecord, DesignApplication, HagueRegistration, "
    "GeographicalIndication"
)


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if speaks(head, _STANDARD, *_DRAFTS):
        return 95 if head.tag_set & set(_RECORDS) else 60
    # Cut out of its delivery a mark may have lost its namespaces; these numbers are the standard's alone.
    return 70 if head.tag_set & set(_MARKS) and head.tag_set & _NUMBERS else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    number = 0
    context: _Element | None = None
    envelope = NO_ENVELOPE
    for found in xml_records(opened, _records_of(head)):
        if isinstance(found, Damage):
            number += 1
            yield found._replace(position=found.position._replace(record=number))
            continue
        if found.context is not context:
            context, envelope = found.context, envelope_of(found.context)
        for draft, source in _drafts(found):
            number += 1
            yield Delivered(draft, found.position._replace(record=number), source, envelope)
    if number == 0:
        raise NotAFeedError(_without_records(head), _TAKEN)


def _records_of(head: Head) -> tuple[str, ...]:
    """The record elements of the delivery's rights: a word of one standard may be a part in another."""
    rights = (
        (("/trademark",), _MARKS),
        (("/patent", "/jppatent"), _PATENTS),
        (("/design",), _DESIGNS),
        (("/geographicalindication",), _INDICATIONS),
    )
    root = head.root
    for _, records in rights:
        if root in records:
            return records
    spoken = [records for names, records in rights if speaks(head, *names)]
    present = [records for records in spoken if head.tag_set & set(records)]
    return tuple(record for records in present or spoken for record in records) or _RECORDS


def _drafts(found: XmlRecord) -> Iterator[tuple[Draft, bytes]]:
    element, context = found.element, found.context
    name = LOCAL[element.tag]
    if name in _MARKS:
        yield trademark_draft(element, context), found.source
    elif name in _PATENTS:
        yield patent_draft(element, context), found.source
    elif name in _INDICATIONS:
        yield indication_draft(element, context), found.source
    else:
        yield from _designs(element, found)


def _designs(element: _Element, found: XmlRecord) -> Iterator[tuple[Draft, bytes]]:
    """The designs of an application, each with its bytes: of several, the application with this one alone."""
    drafts = list(design_drafts(element, found.context))
    if len(drafts) == 1:
        yield drafts[0][0], found.source
        return
    sources = alone(element, [design for _, design in drafts if design is not None])
    for (draft, _), source in zip(drafts, sources, strict=True):
        yield draft, source


def _without_records(head: Head) -> str:
    if any(tag.endswith("PublicationAmendment") for tag in head.tag_set):
        return "an amendment to a published patent application (ST.96), which is no record of its own"
    return f"ST.96 without a record, its root element is <{head.root}>"


FORMAT = Format("st96", "WIPO ST.96 (trademarks, patents, designs, geographical indications)", _looks, _read)
