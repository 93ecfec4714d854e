"""USPTO trademark applications, daily XML (TRTDXFAP) and its annual back file (TRTYRAP): record `case-file`.

A case file is a patch. An element that is absent leaves its field as it is, an empty one clears it, and a
list (statements, classifications, owners) replaces the one before. There is no delete. A day without data is
a file whose `data-available-code` is N: a valid feed of no records. Source: USPTO, U.S. Trademark
Applications XML documentation, DTD 2.0 of 2005-04-01.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Damage, Delivered
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.uspto_case_file import draft_of
from ingest.formats.uspto_events import PlainEvents
from ingest.xml_envelope import envelope_of
from ingest.xml_records import xml_records
from ingest.xml_text import text
from register.statement import NO_ENVELOPE

_ROOT, _RECORD = "trademark-applications-daily", "case-file"
_CREATION = "creation-datetime"
_CREATED = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if head.root == _ROOT:
        return 95
    return 80 if _RECORD in head.tag_set and "case-file-header" in head.tag_set else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The case files of a daily or annual file."""
    context: _Element | None = None
    created, envelope = "", NO_ENVELOPE
    events = PlainEvents()
    for record in xml_records(opened, (_RECORD,), running_text=False, shorten=events.take):
        if isinstance(record, Damage):
            yield record
            continue
        if record.context is not context:
            context = record.context
            created, envelope = _created(context), envelope_of(context, (_CREATION,))
        yield Delivered(
            draft_of(record.element, created, events.found), record.position, record.source, envelope
        )


def _created(context: _Element) -> str:
    """When the file was made, ISO 8601; "" where it does not say."""
    for parent in context.iterancestors():
        match = _CREATED.match(text(parent, _CREATION))
        if match is not None:
            day = f"{match[1]}-{match[2]}-{match[3]}"
            return f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}" if match[4] is not None else day
    return ""


FORMAT = Format(
    "uspto-daily",
    "USPTO trademark applications daily and annual XML (trademark-applications-daily)",
    _looks,
    read,
)
