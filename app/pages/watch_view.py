"""Watches as their pages show them."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from app.http.addresses import page_address
from app.http.watch_answers import WatchedDeadline
from app.pages.words import DEADLINE_WORDS, NO_TITLE, days_left_words
from app.watches.events import read_event
from app.watches.looking import decode_query
from app.watches.signing import told_secret
from app.watches.words import deadline_sentence, event_title, reason_sentences
from register.codes.offices import office_name
from register.store.watch_events import Event, EventState
from register.store.watches import NewWatch, Watch

_STATE_WORDS: dict[EventState, str] = {
    "kept": "",
    "waiting": "on its way",
    "delivered": "delivered",
    "dead": "given up",
}


class ShownEvent(NamedTuple):
    title: str
    href: str
    found: str
    said: list[str]
    delivery: str


class ShownDeadline(NamedTuple):
    """`left` is the days left in words, empty where the day is not known."""

    what: str
    day: str
    left: str
    title: str
    href: str
    office: str
    basis: str


class ShownWatch(NamedTuple):
    name: str
    since: str
    looked: str
    search_href: str
    feed_href: str
    events: list[ShownEvent]
    deadlines: list[ShownDeadline]


class ShownMade(NamedTuple):
    """A watch just made with what is shown this once; addresses are whole."""

    id: str
    name: str
    key: str
    secret: str
    page_href: str
    feed_href: str


def shown_made(made: NewWatch, base: str) -> ShownMade:
    watch = made.watch
    return ShownMade(
        id=watch.id,
        name=watch.name,
        key=made.key,
        secret="" if watch.secret is None else told_secret(watch.secret),
        page_href=f"{base}/watches/{watch.id}?{urlencode({'token': made.token})}",
        feed_href=f"{base}/v1/watches/{watch.id}/feed.atom?{urlencode({'token': made.token})}",
    )


def shown_watch(
    watch: Watch, events: Sequence[Event], deadlines: Sequence[WatchedDeadline], token: str
) -> ShownWatch:
    """The watch with its newest events and the deadlines of its conflicts."""
    return ShownWatch(
        name=watch.name,
        since=f"{watch.created_at:%Y-%m-%d}",
        looked=f"{watch.looked_at:%Y-%m-%d %H:%M} UTC",
        search_href=page_address(decode_query(watch.query)),
        feed_href=f"/v1/watches/{watch.id}/feed.atom?{urlencode({'token': token})}" if token else "",
        events=[_event(event) for event in events],
        deadlines=[_deadline(one) for one in deadlines],
    )


def _event(event: Event) -> ShownEvent:
    body = read_event(event.body)
    delivery = _STATE_WORDS[event.state]
    return ShownEvent(
        title=event_title(body),
        href=f"/rights/{event.record_id}",
        found=f"{event.created_at:%Y-%m-%d %H:%M}",
        said=[*reason_sentences(body), *(deadline_sentence(one) for one in body.deadlines)],
        delivery=f"{delivery}: {event.problem}" if event.problem else delivery,
    )


def _deadline(one: WatchedDeadline) -> ShownDeadline:
    return ShownDeadline(
        what=DEADLINE_WORDS[one.kind],
        day="unknown" if one.date is None else one.date.isoformat(),
        left="" if one.days_left is None else days_left_words(one.days_left),
        title=one.record.get("title") or NO_TITLE,
        href=f"/rights/{one.record['id']}",
        office=office_name(one.record["office"]),
        basis="; ".join(filter(None, (one.basis, one.source and f"source: {one.source}"))),
    )
