"""What an event says: the body that a webhook, a feed and the API give alike."""

import datetime as dt
from hashlib import blake2b
from typing import Any

import msgspec

from register.deadlines import Deadline, deadlines_of
from register.model import Part
from register.store.versions import Version
from register.store.watch_events import EventKind, NewEvent
from register.store.watches import Conflict, Watch
from search.document import document_of
from search.service import Hit

_ID_BYTES = 12


class WatchNamed(Part, frozen=True):
    id: str
    name: str


class Known(Part, frozen=True):
    """What the watch knew of the record before: its version, and its score where it had one."""

    version: int
    score: float | None = None


class EventBody(Part, frozen=True, kw_only=True):
    """An event: a conflict is `new`, has `changed`, or is `gone` because its office has deleted it or it does
    not match any more.

    `id` is the same however often the event is sent: who has seen it may drop it. `record` is its short form,
    with score and reasons where it matches; `deadlines` are those known when the event was found.
    """

    id: str
    kind: EventKind
    watch: WatchNamed
    found_at: str
    version: int
    before: Known | None = None
    deleted: bool = False
    record: dict[str, Any]
    deadlines: tuple[Deadline, ...] = ()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(EventBody)


def event_identity(watch_id: str, record_id: str, version: int) -> str:
    """The id of an event: a hash of what makes it one, so that whoever finds it again gives it the same."""
    named = f"{watch_id}\0{record_id}\0{version}".encode()
    return f"ev-{blake2b(named, digest_size=_ID_BYTES, person=b'ipreg event').hexdigest()}"


def event_of(
    watch: Watch, kind: EventKind, version: Version, hit: Hit | None, before: Conflict | None
) -> NewEvent:
    """The event of a record's version; `hit` is how it matches, None where it does not any more."""
    identity = event_identity(watch.id, version.id, version.version)
    short = (
        document_of(version.record, version.version, version.timepoint).short if hit is None else hit.short
    )
    body = EventBody(
        id=identity,
        kind=kind,
        watch=WatchNamed(watch.id, watch.name),
        found_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        version=version.version,
        before=None if before is None else Known(before.version, _rounded(before.score)),
        deleted=version.deleted,
        record=_told(short, hit),
        deadlines=() if version.deleted else deadlines_of(version.record),
    )
    return NewEvent(identity, version.id, version.version, kind, _encoder.encode(body))


def read_event(body: bytes) -> EventBody:
    return _decoder.decode(body)


def _told(short: bytes, hit: Hit | None) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(short)
    told["status"] = {"plain": "unknown", **told.get("status", {})}
    if hit is not None and hit.score is not None:
        told["score"] = _rounded(hit.score)
    if hit is not None and hit.why:
        told["why"] = [
            {"rule": reason.rule, "compared": reason.compared, "points": round(reason.points, 4)}
            for reason in hit.why
        ]
    return told


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)
