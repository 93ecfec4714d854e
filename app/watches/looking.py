"""Watches follow the register: each new or changed conflict becomes an event, once.

How far a watch has looked stands in its row and moves in the same transaction that writes the events, and an
event is named by its watch, record and version: a kill at any point, or two workers at once, make neither a
gap nor a second event. What a record was between two looks is not told, only what it is.
"""

import logging
import time

import msgspec

from app.chores import Chore
from app.watches.events import event_of
from register.store.database import Database
from register.store.index_states import reached
from register.store.versions import Version, read_newest
from register.store.watch_events import EventKind, NewEvent, add_events
from register.store.watches import (
    Conflict,
    Watch,
    changed_between,
    conflicts_of,
    drop_conflicts,
    hold,
    keep_conflicts,
    mark_looked,
    watches_behind,
)
from search.engine import Engine
from search.query import SearchQuery
from search.service import Hit, SearchService
from search.watches.window import Span, found_in

log = logging.getLogger("ipregister.watches")

LOOKING_EVERY = 0.5
"""Seconds between two looks where nothing has changed."""

_AT_ONCE = 200
# While a large feed comes in, the index moves all the time: watches take half of one core at the most.
_REST = 1.0

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(SearchQuery)


def encode_query(query: SearchQuery) -> bytes:
    return _encoder.encode(query)


def decode_query(data: bytes) -> SearchQuery:
    return _decoder.decode(data)


def looking(database: Database, engine: Engine) -> Chore:
    """Look with every watch that is behind the index; True where there are more than were looked at."""
    searching = SearchService(engine.reader(), dict)

    def look() -> bool:
        live = engine.live()
        if live is None:
            return False
        to = database.read(lambda connection: reached(connection, live))
        behind = database.read(lambda connection: watches_behind(connection, to, _AT_ONCE))
        begun = time.monotonic()
        for watch in behind:
            try:
                look_with(database, searching, watch, to)
            except msgspec.MsgspecError:
                log.exception("the search of the watch %s cannot be read; it is passed over", watch.id)
                with database.writing() as connection:
                    mark_looked(connection, watch.id, to)
        if behind:
            time.sleep(min(_REST * (time.monotonic() - begun), 5.0))
        return len(behind) == _AT_ONCE

    return look


def look_with(database: Database, searching: SearchService, watch: Watch, to: int) -> int:
    """Look with one watch at every change up to a timepoint that the index has reached; how many events were
    found.
    """
    query = decode_query(watch.query)
    hits = {hit.id: hit for hit in found_in(searching, query, watch.least_score, Span(watch.reached, to))}
    with database.writing() as connection:
        if not hold(connection, watch):
            return 0
        known = conflicts_of(connection, watch.id)
        # Read after the search: what has changed again meanwhile is beyond the span, and comes next time.
        left = changed_between(connection, known.keys() - hits.keys(), watch.reached, to)
        news = {
            identity: hit.version
            for identity, hit in hits.items()
            if identity not in known or known[identity].version != hit.version
        }
        # What has changed again since the search is left to the next look, and known as before until then.
        wanted = {**news, **left}
        versions = [
            version
            for version in read_newest(connection, list(wanted))
            if version.version == wanted[version.id]
        ]
        events = [
            _event(watch, version, hits.get(version.id), known.get(version.id))
            for version in sorted(versions, key=lambda one: one.timepoint)
        ]
        told = {version.id for version in versions}
        add_events(connection, watch.id, events, deliver=watch.webhook is not None)
        kept = [hit for hit in hits.values() if hit.id in told]
        keep_conflicts(connection, watch.id, [Conflict(hit.id, hit.version, hit.score) for hit in kept])
        drop_conflicts(connection, watch.id, told & left.keys())
        mark_looked(connection, watch.id, to)
    return len(events)


def _event(watch: Watch, version: Version, hit: Hit | None, before: Conflict | None) -> NewEvent:
    kind: EventKind = "gone" if hit is None else "new" if before is None else "changed"
    return event_of(watch, kind, version, hit, before)
