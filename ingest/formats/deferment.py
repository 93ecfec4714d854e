"""Deferment of a design's publication, the same in ST.86 and ST.96."""

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent
from ingest.formats.tmxml_parts import value_of


def put_deferment_end(draft: Draft, element: _Element) -> None:
    """The day on which the deferment ends, as an event."""
    value = value_of(element)
    if value:
        draft.events.append(
            DraftEvent(date=value, code="deferment", text="end of the deferment of publication")
        )


def put_deferment(draft: Draft, element: _Element) -> None:
    """That the publication is deferred, as an event without a date."""
    if value_of(element).lower() in ("true", "1"):
        draft.events.append(DraftEvent(code="deferment", text="publication deferred"))
