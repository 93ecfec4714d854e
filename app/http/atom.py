"""Events of a watch as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from app.watches.events import EventBody, read_event
from app.watches.words import deadline_sentence, event_title, reason_sentences
from register.store.watch_events import Event
from register.store.watches import Watch

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"


def feed_of(watch: Watch, events: Sequence[Event], base: str) -> bytes:
    """The feed of these events, the newest first; `base` is the service's own address."""
    feed = etree.Element(etree.QName(_ATOM, "feed"), nsmap={None: _ATOM})  # type: ignore[dict-item]  # lxml's own way to say the default namespace
    updated = events[0].created_at if events else watch.created_at
    _add(feed, "id", f"urn:ipregister:watch:{watch.id}")
    _add(feed, "title", f"Watch: {watch.name}")
    _add(feed, "updated", updated.isoformat(timespec="seconds"))
    _add(_add(feed, "author"), "name", "ipregister")
    _add(feed, "link", rel="self", href=f"{base}/v1/watches/{watch.id}/feed.atom", type=MEDIA_TYPE)
    for event in events:
        _add_entry(feed, event, read_event(event.body), base)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def _add_entry(feed: Any, event: Event, body: EventBody, base: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:ipregister:event:{event.id}")
    _add(entry, "title", event_title(body))
    _add(entry, "updated", event.created_at.isoformat(timespec="seconds"))
    _add(entry, "link", rel="alternate", href=f"{base}/rights/{event.record_id}")
    _add(entry, "category", term=body.kind)
    said = [*reason_sentences(body), *(deadline_sentence(one) for one in body.deadlines)]
    _add(entry, "summary", "\n".join(said), type="text")


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    made = etree.SubElement(parent, etree.QName(_ATOM, name), attributes)
    made.text = None if text is None else "".join(one for one in text if one.isprintable() or one == "\n")
    return made
