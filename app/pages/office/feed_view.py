"""Feeds as the console shows them."""

import datetime as dt
from typing import Final, NamedTuple

from app.feeds.acting import FeedAct
from app.http.feed_answers import error_answer
from app.pages.words import counted
from register.store.feeds import Feed, FeedFile, FeedState
from register.store.quarantine import Quarantined
from register.store.replays import REPLAYED_STATES
from register.store.schema import COUNT_NAMES

STATE_WORDS: Final[dict[FeedState, str]] = {
    "queued": "waits",
    "reading": "is read",
    "held": "held: waits for you",
    "done": "done",
    "failed": "failed",
    "cancelled": "cancelled",
}
RUNNING: Final = ("queued", "reading")
"""States of a feed that changes by itself."""
# What is said where nothing stands in quarantine.
_UNTAKEN_WORDS: Final[dict[FeedState, str]] = {
    "queued": "Nothing of it is read yet.",
    "reading": "Nothing so far.",
    "held": "Nothing of it is applied yet.",
    "done": "Every record was taken.",
}
_TASK_WORDS: Final = {"replay": "reads quarantine again", "reprocess": "reads deliveries again"}
# The colours of statuses of rights, which pages have anyway.
_STATE_CLASSES: Final[dict[FeedState, str]] = {
    "queued": "pending",
    "reading": "pending",
    "held": "ended",
    "done": "registered",
    "failed": "ended",
    "cancelled": "unknown",
}
_MIB: Final = 1 << 20


class ShownFeed(NamedTuple):
    """A feed in a list. `percent` is how much of it is read; `counts` by name."""

    id: int
    name: str
    size: str
    state: str
    state_class: str
    percent: int
    is_running: bool
    counts: dict[str, int]
    received: str
    finished: str
    what: str
    problem: str
    untaken_words: str


class ShownAct(NamedTuple):
    """A button: what it does, its words, and what has to be known before it is pressed."""

    act: FeedAct
    label: str
    words: str


class ShownError(NamedTuple):
    """A record that was not taken: where it stood, why, how to mend it, and the record itself."""

    id: int
    feed: int
    place: str
    code: str
    reason: str
    mend: str
    source: str
    is_resolved: bool
    is_corrected: bool
    can_be_corrected: bool


class ShownFile(NamedTuple):
    name: str
    format: str
    problem: str
    read: int
    quarantined: int


def shown_feed(feed: Feed) -> ShownFeed:
    what = "dry run" if feed.dry_run else ""
    if feed.undoes is not None:
        what = f"takes back feed {feed.undoes}"
    elif feed.task is not None:
        what = _TASK_WORDS.get(feed.task, feed.task)
    if feed.undone_by is not None:
        what = f"taken back by feed {feed.undone_by}"
    return ShownFeed(
        id=feed.id,
        name=feed.name,
        size=_size(feed.size),
        state=STATE_WORDS[feed.state],
        state_class=_STATE_CLASSES[feed.state],
        percent=100 if feed.state == "done" else int(min(0.99, feed.progress or 0.0) * 100),
        is_running=feed.state in RUNNING,
        counts={name: getattr(feed.counts, name) for name in COUNT_NAMES},
        received=told_moment(feed.received_at),
        finished=told_moment(feed.finished_at),
        what=what,
        problem=feed.problem or "",
        untaken_words=_UNTAKEN_WORDS.get(feed.state, "No record of it was refused."),
    )


def acts_of(feed: Feed) -> list[ShownAct]:
    """What can be done with the feed in its state."""
    acts: list[ShownAct] = []
    if feed.state == "held":
        acts.append(ShownAct("confirm", "Confirm: it is meant so", "The feed is then taken in whole."))
    if feed.state == "failed" and feed.is_resumed:
        acts.append(ShownAct("retry", "Try again", "It is read on from where it was left."))
    if feed.state in (*RUNNING, "held"):
        acts.append(
            ShownAct("cancel", "Cancel", "What is applied of it stays until it is taken back.")
        )  # fmt: skip
    elif not feed.dry_run and feed.undone_by is None and feed.keeps_before:
        acts.append(ShownAct("undo", "Take back", "Every record that it changed goes back to what it was."))
    return acts


def can_be_replayed(feed: Feed) -> bool:
    """Whether what the feed left in quarantine can be corrected and read again."""
    is_delivery = not feed.dry_run and feed.undoes is None and feed.task is None
    return is_delivery and feed.undone_by is None and feed.state in REPLAYED_STATES


def shown_error(held: Quarantined, *, can_be_corrected: bool = True) -> ShownError:
    told = error_answer(held)
    place = f"{told.position.file}, record {told.position.record:,}"
    if told.position.line is not None:
        place += f", line {told.position.line:,}"
    return ShownError(
        id=held.id,
        feed=held.feed_id,
        place=place,
        code=told.code,
        reason=told.reason,
        mend=told.mend,
        source=told.source,
        is_resolved=held.resolved_at is not None,
        is_corrected=held.corrected is not None,
        can_be_corrected=can_be_corrected,
    )


def shown_file(file: FeedFile) -> ShownFile:
    return ShownFile(
        file.name, file.format or "", file.problem or "", file.counts.read, file.counts.quarantined
    )  # fmt: skip


def told_moment(moment: dt.datetime | None) -> str:
    """To the minute, in UTC."""
    return "" if moment is None else f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / _MIB:,.1f} MiB" if size >= _MIB else counted(size, "byte", "bytes")
