"""USPTO patent grants of 2001 to 2004 under the tags of WIPO ST.32 (Red Book 2.4 SGML and 2.5 XML, root
PATDOC).

The texts use character entities of a DTD that does not come along, and the files of 2001 are SGML, in which
an empty element is written as a start tag alone. Source: USPTO Grant Red Book specification 1.9 and DTD 2.5.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Damage, Delivered, Draft, DraftMedia, DraftParty, DraftPublication, DraftText
from ingest.formats import st32_parts as st32
from ingest.formats.patches import iso_date, stated
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.sgml_entities import SGML_ENTITIES
from ingest.xml_records import xml_records
from ingest.xml_text import each, first, local, whole_text

_START_TAG = re.compile(rb"<([A-Za-z][\w.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_END_TAG = re.compile(rb"</([A-Za-z][\w.-]*)\s*>")
_BARE_VALUE = re.compile(rb"(=\s*)([^\s\"']+)")
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w[\w.-]*;)")


def _looks(head: Head) -> int:
    return (
        95
        if head.kind == "xml"
        and "PATDOC" in head.tag_set
        and ("SDOBI" in head.tag_set or head.root == "PATDOC")
        else 0
    )


def as_xml(record: bytes) -> bytes:
    """An SGML record as XML: what is opened and never closed is an empty element, a value without quotes gets
    them, a lone ampersand is a character."""
    closed = set(_END_TAG.findall(record))

    def mended(tag: re.Match[bytes]) -> bytes:
        attributes = tag[2]
        if b"=" in attributes and b'"' not in attributes and b"'" not in attributes:
            attributes = _BARE_VALUE.sub(rb'\1"\2"', attributes)
        end = tag[3] if tag[3] or tag[1] in closed else b"/"
        return b"<%b%b%b>" % (tag[1], attributes, end)

    return _BARE_AMPERSAND.sub(b"&amp;", _START_TAG.sub(mended, record))


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The grants of a weekly file, or a single one."""
    for record in xml_records(opened, ("PATDOC",), SGML_ENTITIES, as_xml):
        if isinstance(record, Damage):
            yield record
        else:
            yield Delivered(draft_of(record.element), record.position, record.source)


def draft_of(document: _Element) -> Draft:
    """The draft of one grant."""
    bibliography = first(document, "SDOBI")
    groups = {} if bibliography is None else st32.groups(bibliography)
    first_of = {tag: found[0] for tag, found in groups.items()}
    own = st32.published(first_of.get("B100"))
    filing, technical, persons = first_of.get("B200"), first_of.get("B500"), first_of.get("B700")
    design = own.kind.startswith("S") or own.number.startswith("D")
    written = st32.classes(technical)
    inventors = st32.parties(_under(persons, "B720"), "B721")
    assignees = st32.parties(_under(persons, "B730"), "B731", role="assignee")
    draft = Draft(
        right="design" if design else "patent",
        operation="patch",
        stamp=iso_date(own.date),
        office=own.country,
        application_number=st32.value(filing, "B210"),
        filing_date=st32.value(filing, "B220"),
        registration_number=own.number,
        registration_date=own.date,
        numbers=st32.numbers(first_of.get("B800")),
        status_plain="" if own.kind.startswith("H") else "registered",
        status_date="" if own.kind.startswith("H") else own.date,
        # Until September 2012 the applicant for a US patent was the inventor (37 CFR 1.41), unless assigned.
        applicants=assignees or [_as_applicant(party) for party in inventors],
        representatives=st32.parties(_under(persons, "B740"), "B741", role="agent"),
        priorities=st32.priorities(groups.get("B300", [])),
        publications=[DraftPublication(own.country, own.number, own.kind, own.date)] if own.number else [],
        titles=st32.titles(technical, "en"),
        abstracts=_abstracts(document),
        language="en",
        ipc=[] if design else st32.ipc(written),
        locarno=written if design else [],
        national_classes=_us_classes(technical),
        citations=st32.citations(technical),
        media=_drawings(document, design),
    )
    if design:
        draft.designers, draft.products = inventors, draft.titles
    else:
        draft.inventors = inventors
    draft.given = stated(draft)
    return draft


def _under(group: _Element | None, tag: str) -> list[_Element]:
    return [] if group is None else list(each(group, tag))


def _as_applicant(party: DraftParty) -> DraftParty:
    return DraftParty(name=party.name, role="applicant", address=party.address, country=party.country)


def _us_classes(technical: _Element | None) -> list[str]:
    return [
        whole_text(part)
        for group in _under(technical, "B520")
        for part in group
        if local(part) in ("B521", "B522")
    ]


def _abstracts(document: _Element) -> list[DraftText]:
    found = (
        " ".join(filter(None, (whole_text(paragraph) for paragraph in entry.iter("{*}PARA"))))
        or whole_text(entry)
        for entry in each(document, "SDOAB")
    )
    return [DraftText(abstract, "en") for abstract in found if abstract]


def _drawings(document: _Element, design: bool) -> list[DraftMedia]:
    return [
        DraftMedia("view" if design else "image", image.get("FILE", ""), image.get("IMF", ""))
        for group in each(document, "SDODR")
        for image in group.iter("{*}EMI")
        if image.get("FILE")
    ]


FORMAT = Format("uspto-sgml", "USPTO patent grants 2001 to 2004 (PATDOC, WIPO ST.32)", _looks, read)
