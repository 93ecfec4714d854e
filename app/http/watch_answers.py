"""The bodies of the answers about watches."""

from typing import Any

import msgspec

from app.http.answers import ToldDeadline
from app.watches.events import EventBody
from register.model import Part
from register.store.watch_events import EventState


class WatchLinks(Part, frozen=True):
    """Addresses of what belongs to a watch. A feed reader needs `?token=` with the token behind `feed`."""

    events: str
    deadlines: str
    feed: str
    page: str


class WatchAnswer(Part, frozen=True, kw_only=True):
    """A watch. `conflicts` is how many records match now, `events` how many events there are by delivery;
    every change of the register up to `timepoint` has been looked at.
    """

    id: str
    name: str
    search: dict[str, Any]
    least_score: float
    webhook: str | None = None
    created_at: str
    looked_at: str
    timepoint: int
    conflicts: int
    events: dict[EventState, int] = msgspec.field(default_factory=dict)
    links: WatchLinks


class WatchMade(WatchAnswer, frozen=True, kw_only=True):
    """A watch just made. `key`, `token` and `secret` are not shown again.

    `key` goes into `Authorization: Bearer`; `token` only reads and goes into addresses; with `secret` the
    receiver of the webhook checks signatures.
    """

    key: str
    token: str
    secret: str | None = None


class Delivered(Part, frozen=True, kw_only=True):
    """How far an event was delivered: `kept` without a webhook, `waiting`, `delivered`, or `dead` after too
    many tries, the last of which failed by `problem`.
    """

    state: EventState
    tries: int = 0
    problem: str | None = None
    next_try_at: str | None = None
    delivered_at: str | None = None


class EventAnswer(EventBody, frozen=True, kw_only=True):
    """An event as a webhook gets it, with its number in the order of events and its delivery."""

    number: int
    delivery: Delivered


class EventsPage(Part, frozen=True, kw_only=True):
    """Events after a number, the oldest first. `after` is where to go on from next time."""

    results: list[EventAnswer]
    after: int
    next: str | None = None


class WatchedDeadline(ToldDeadline, frozen=True, kw_only=True):
    """A deadline of a record that is in conflict, with the record's short form."""

    record: dict[str, Any]


class DeadlinesPage(Part, frozen=True, kw_only=True):
    """The deadlines of all conflicts of a watch: those to come by days left, then those that have passed, the
    latest first, then those of which the day is not known.
    """

    results: list[WatchedDeadline]
    total: int


class SentAgain(Part, frozen=True):
    """How many dead events were given their tries anew."""

    events: int
