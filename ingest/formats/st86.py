"""WIPO ST.86 designs: IPAS offices, EU offices (DS-XML), DPMA, CIPO, IPONZ, and flattened notices of INPI.

An application holds one design or many, and each is a record of its own. Source: WIPO ST.86 version 1.0
(2008); namespaces differ from office to office, so every element is matched by its local name.
"""

from collections.abc import Iterator
from contextlib import ExitStack

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, NotAFeedError
from ingest.envelope import peeked
from ingest.formats.application_parts import alone, place_of
from ingest.formats.design_numbers import several_designs
from ingest.formats.local_names import LOCAL
from ingest.formats.patches import stated
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.st86_design import application_draft, design_draft
from ingest.formats.tmxml_deliveries import (
    E_FILING,
    PARTY_ROLES,
    STAMPED,
    KeyedParties,
    has_keys,
    is_filing,
    parties_ahead,
    speaks,
    stamp_of,
)
from ingest.xml_envelope import EVERYTHING, envelope_of
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import each, text

_BODY = "DesignTransactionBody"
_RECORDS = ("DesignApplication", "Design")
_NAMESPACES = (
    "/standards/xmlschema/designs",
    "oami.europa.eu/schemas/design",
    "oami.europa.eu/ds-search",
    "iponz.govt.nz/xmlschema/designs",
)
_ITS_WORDS = frozenset(("DesignTitle", "DesignReference", "DesignIdentifier", "DesignCurrentStatusCode"))
_LISTS_OF_CHANGES = ("{*}DesignsUpdated", "{*}DesignsRegistered")
_TAKEN = "taken are ST.86 transactions with DesignApplication or Design elements"


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if is_filing(head, _BODY):
        return 95  # The reader says why it is not taken.
    if speaks(head, *_NAMESPACES):
        return 95 if head.tag_set & set(_RECORDS) else 70
    if _BODY in head.tag_set:
        return 90
    if "DesignApplicationNumber" not in head.tag_set:
        return 0
    flat = "Design" in head.tag_set and head.tag_set & _ITS_WORDS
    return 60 if flat or "DesignDetails" in head.tag_set else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    if is_filing(head, _BODY):
        raise NotAFeedError(E_FILING, _TAKEN)
    number = 0
    with ExitStack() as held:
        parties = KeyedParties()
        if opened.again is not None or has_keys(head):
            parties, opened = held.enter_context(parties_ahead(opened, _RECORDS, PARTY_ROLES))
        for found in xml_records(opened, _RECORDS, running_text=False):
            if isinstance(found, Damage):
                number += 1
                yield found._replace(position=found.position._replace(record=number))
                continue
            envelope = envelope_of(found.context, STAMPED, _beside(found.element))
            for draft, source, levels in _designs(found):
                number += 1
                _finish(draft, found, levels, parties)
                place = found.position._replace(record=number)
                yield Delivered(draft, place, source, parties.beside(envelope, *levels))
    if number == 0:
        raise NotAFeedError("an ST.86 transaction without a design", _TAKEN)


def _designs(found: XmlRecord) -> Iterator[tuple[Draft, bytes, tuple[_Element, ...]]]:
    """The designs of an application, each with its bytes (of several, the application with this one alone)
    and the elements that may name its parties, nearest first."""
    application = found.element
    if LOCAL[application.tag] == "Design":
        yield design_draft(_around(found), application, 1, None), found.source, (application,)
        return
    base = application_draft(application)
    designs = [design for details in each(application, "DesignDetails") for design in each(details, "Design")]
    if not designs:
        # A delete may name the application alone.
        yield base, found.source, (application,)
        return
    total = text(application, "TotalDesign")
    if len(designs) == 1:
        place, present = place_of(designs[0])
        draft = design_draft(base, designs[0], place, several_designs(present, total))
        yield draft, found.source, (designs[0], application)
        return
    several = several_designs(len(designs), total)
    sources = alone(application, designs)
    for place, (design, source) in enumerate(zip(designs, sources, strict=True), 1):
        yield design_draft(base, design, place, several), source, (design, application)


def _beside(element: _Element) -> frozenset[str]:
    """What is read of the elements beside a record: of those beside a design that stands in no application,
    everything."""
    return EVERYTHING if LOCAL[element.tag] == "Design" else frozenset()


def _around(found: XmlRecord) -> Draft:
    """What the elements around a design that stands in no application say."""
    parent = found.context.getparent()
    return application_draft(parent) if parent is not None else Draft(right="design")


def _finish(draft: Draft, found: XmlRecord, levels: tuple[_Element, ...], parties: KeyedParties) -> None:
    for level in levels:
        draft.applicants = draft.applicants or parties.of(level, "Applicant")
        draft.representatives = draft.representatives or parties.of(level, "Representative")
        draft.designers = draft.designers or parties.of(level, "Designer")
    draft.stamp = stamp_of(found.context)
    listed = next(found.context.iterancestors(*_LISTS_OF_CHANGES), None) is not None
    if listed and draft.operation == "upsert":  # IPONZ: it says the status and leaves out the rest
        draft.operation, draft.given = "patch", stated(draft)


FORMAT = Format("st86", "WIPO ST.86 (designs)", _looks, _read)
