"""What the API says of feeds."""

from typing import Any

from register.model import Part
from register.store.feeds import Feed, FeedFile, FeedState, Task
from register.store.quarantine import Quarantined

_SOURCE_SHOWN = 4000


class FeedCounts(Part, frozen=True, kw_only=True):
    """What became of the source records; `read` is the sum of the others."""

    read: int
    created: int
    updated: int
    unchanged: int
    deleted: int
    quarantined: int


class FeedLinks(Part, frozen=True):
    errors: str
    files: str
    events: str
    report: str


class FeedAnswer(Part, frozen=True, kw_only=True):
    """A feed: its delivery, its state, how far it is read (`progress`, 0 to 1), and what became of it.

    `problem` says why it is held or failed. `undoes` is the feed that this one takes back, `undoneBy` the one
    that took this one back. `task` is there where it is no delivery but reads again what was delivered:
    `replay` what stands in quarantine (of the feed `replays`), `reprocess` everything by a newer mapping.
    `ahead` are records that were taken before its turn, for they are new or end something.
    """

    id: int
    office: str
    name: str
    size: int
    sha256: str
    format: str | None = None
    dry_run: bool
    state: FeedState
    counts: FeedCounts
    progress: float
    problem: str | None = None
    received_at: str
    started_at: str | None = None
    finished_at: str | None = None
    confirmed_at: str | None = None
    undoes: int | None = None
    undone_by: int | None = None
    task: Task | None = None
    replays: int | None = None
    ahead: int | None = None
    links: FeedLinks


class FeedsPage(Part, frozen=True, kw_only=True):
    """Feeds of an office, the newest first."""

    results: list[FeedAnswer]
    next: str | None = None


class ErrorPosition(Part, frozen=True, kw_only=True):
    """Where a source record stood: the file, which record of it (from 1), the line (from 1), the byte (from
    0).
    """

    file: str
    record: int
    line: int | None = None
    offset: int | None = None


class FeedError(Part, frozen=True, kw_only=True):
    """A source record that was not taken, why, and how to mend it. `source` is how it came, cut after 4,000
    characters. `triedBy` is the last feed that read it again in vain, `resolvedBy` the one that took it in.
    """

    id: int
    feed: int
    position: ErrorPosition
    code: str
    reason: str
    mend: str
    source: str
    corrected_at: str | None = None
    tried_by: int | None = None
    resolved_at: str | None = None
    resolved_by: int | None = None


class WholeFeedError(FeedError, frozen=True, kw_only=True):
    """The same with the whole source: the record with what its reader needs around it, the `record` alone,
    and the source as its office corrected it.
    """

    record: str
    corrected: str | None = None


class FeedErrorsPage(Part, frozen=True, kw_only=True):
    """Source records that were not taken, in the order of the feed."""

    results: list[FeedError]
    next: str | None = None


class FeedFileAnswer(Part, frozen=True, kw_only=True):
    """A file of a feed; `problem` says why it is no record feed."""

    name: str
    format: str | None = None
    problem: str | None = None
    counts: FeedCounts


class FeedFilesPage(Part, frozen=True, kw_only=True):
    """The files of a feed in the order of the delivery."""

    results: list[FeedFileAnswer]


class UploadAnswer(Part, frozen=True, kw_only=True):
    """A delivery that comes in parts: how many of its bytes are here, and the feed once all are."""

    id: str
    office: str
    name: str
    length: int
    offset: int
    expires_at: str | None = None
    feed: str | None = None


def feed_answer(feed: Feed) -> FeedAnswer:
    base = f"/v1/feeds/{feed.id}"
    return FeedAnswer(
        id=feed.id,
        office=feed.office,
        name=feed.name,
        size=feed.size,
        sha256=feed.digest.hex(),
        format=feed.format,
        dry_run=feed.dry_run,
        state=feed.state,
        counts=_counts(feed),
        progress=1.0 if feed.state == "done" else round(min(0.999, feed.progress or 0.0), 3),
        problem=feed.problem,
        received_at=feed.received_at.isoformat(timespec="milliseconds"),
        started_at=_moment(feed.started_at),
        finished_at=_moment(feed.finished_at),
        confirmed_at=_moment(feed.confirmed_at),
        undoes=feed.undoes,
        undone_by=feed.undone_by,
        task=feed.task,
        replays=feed.replays,
        ahead=feed.ahead or None,
        links=FeedLinks(f"{base}/errors", f"{base}/files", f"{base}/events", f"{base}/report"),
    )


def error_answer(held: Quarantined) -> FeedError:
    shown = held.source[: 4 * _SOURCE_SHOWN].decode("utf-8", "replace")[:_SOURCE_SHOWN]
    return FeedError(**_told(held), source=shown)


def whole_error(held: Quarantined) -> WholeFeedError:
    corrected = None if held.corrected is None else held.corrected.decode("utf-8", "replace")
    source = held.source.decode("utf-8", "replace")
    record = held.record.decode("utf-8", "replace")
    return WholeFeedError(**_told(held), source=source, record=record, corrected=corrected)


def _told(held: Quarantined) -> dict[str, Any]:
    return {
        "id": held.id,
        "feed": held.feed_id,
        "position": ErrorPosition(file=held.file, record=held.number, line=held.line, offset=held.offset),
        "code": held.code,
        "reason": held.reason,
        "mend": held.mend,
        "corrected_at": _moment(held.corrected_at),
        "tried_by": held.tried_by,
        "resolved_at": _moment(held.resolved_at),
        "resolved_by": held.resolved_by,
    }


def file_answer(file: FeedFile) -> FeedFileAnswer:
    return FeedFileAnswer(name=file.name, format=file.format, problem=file.problem, counts=_counts(file))


def _counts(held: Feed | FeedFile) -> FeedCounts:
    return FeedCounts(**{name: getattr(held.counts, name) for name in FeedCounts.__struct_fields__})


def _moment(moment: Any) -> str | None:
    return None if moment is None else str(moment.isoformat(timespec="milliseconds"))
