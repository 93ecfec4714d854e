"""What stands in quarantine, put into the queue to be read again as a feed of its own."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, text

from register.store.audit import SERVICE, Actor, note
from register.store.feeds import Feed, FeedStateError, NewFeed, create_feed, find_feed

REPLAYED_STATES = ("done", "failed", "cancelled")


def ask_replay(
    connection: Connection,
    office: str,
    *,
    feed_id: int | None = None,
    items: Sequence[int] | None = None,
    by: Actor = SERVICE,
) -> Feed:
    """Queue what is open in quarantine of an office (ST.3): all of it, that of one feed, or these items; the
    feed that reads it.

    Raises `FeedStateError` where nothing can be read again, with what is in the way.
    """
    if feed_id is not None:
        require_replayable(connection, feed_id)
    # One at a time asks, so that no two queue the same item.
    connection.execute(text("LOCK TABLE replay_item IN SHARE ROW EXCLUSIVE MODE"))
    asked = {"office": office, "feed": feed_id, "items": None if items is None else list(items)}
    found = [row.id for row in connection.execute(_OPEN_ITEMS, asked)]
    if items is not None and (missing := sorted(set(items) - set(found))):
        raise FeedStateError(
            f"{_named(missing)} cannot be read again: resolved, already in the queue, of a feed that has not "
            "ended or was undone, or none of this office"
        )
    if not found:
        raise FeedStateError(f"nothing of {_whose(office, feed_id)} in quarantine can be read again")
    new = NewFeed(
        office=office,
        name=f"replay of {_whose(office, feed_id)}",
        size=0,
        digest=sha256(" ".join(map(str, found)).encode()).digest(),
        task="replay",
        replays=feed_id,
    )
    feed = create_feed(connection, new)
    connection.execute(_KEEP, {"feed": feed.id, "items": found})
    subject = f"office {office}" if feed_id is None else f"feed {feed_id}"
    note(
        connection, by, "quarantine.replayed", office=office, subject=subject, feed=feed.id, items=len(found)
    )
    return feed


def require_replayable(connection: Connection, feed_id: int) -> None:
    """Raises `FeedStateError` where nothing that the feed left can be read again."""
    feed = find_feed(connection, feed_id)
    if feed is None:
        raise FeedStateError(f"there is no feed {feed_id}")
    if feed.state not in REPLAYED_STATES:
        raise FeedStateError(
            f"feed {feed_id} is {feed.state}; what it left can be replayed when it has ended"
        )
    if feed.dry_run:
        raise FeedStateError(f"feed {feed_id} was a dry run; send it in earnest")
    if feed.undoes is not None or feed.task is not None:
        raise FeedStateError(
            f"feed {feed_id} is no delivery; replay what it read by the feed that brought it"
        )
    if feed.undone_by is not None:
        raise FeedStateError(f"feed {feed_id} was undone by feed {feed.undone_by}; send it again")


def _whose(office: str, feed_id: int | None) -> str:
    return f"the feeds of {office}" if feed_id is None else f"feed {feed_id}"


def _named(items: Sequence[int]) -> str:
    told = ", ".join(map(str, items[:5])) + (" and others" if len(items) > 5 else "")
    return f"quarantine item{'s' if len(items) > 1 else ''} {told}"


_OPEN_ITEMS = text(
    """
    SELECT item.id FROM quarantine AS item JOIN feed ON feed.id = item.feed_id
    WHERE feed.office = :office AND item.resolved_at IS NULL AND item.item IS NULL
        AND NOT feed.dry_run AND feed.undoes IS NULL AND feed.task IS NULL AND feed.undone_by IS NULL
        AND feed.state IN ('done', 'failed', 'cancelled')
        AND (CAST(:feed AS integer) IS NULL OR feed.id = :feed)
        AND (CAST(:items AS bigint[]) IS NULL OR item.id = ANY (:items))
        AND NOT EXISTS (
            SELECT FROM replay_item JOIN feed AS waiting ON waiting.id = replay_item.feed_id
            WHERE replay_item.item = item.id AND waiting.state IN ('queued', 'reading', 'held')
        )
    ORDER BY feed.id, item.position, item.id
    """
)
_KEEP = text(
    """
    INSERT INTO replay_item (feed_id, number, item)
    SELECT :feed, number, id FROM unnest(CAST(:items AS bigint[])) WITH ORDINALITY AS given (id, number)
    """
)
