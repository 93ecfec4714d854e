"""The feeds that wait to be read: which is next, how often it was tried, and when it may be tried again.

The queue is the table of feeds itself. Of each office the oldest is read first and alone, for the order of
delivery decides where a source has no date of its own.
"""

import datetime as dt

from sqlalchemy import Connection, bindparam, func, text, update

from register.store.audit import SERVICE, Actor
from register.store.feeds import Feed, move_feed, noted_feed
from register.store.locks import FEED_CLAIMS
from register.store.schema import feed


def next_feeds(connection: Connection) -> list[int]:
    """The ids of the feeds that may be read now, one of each office, oldest first."""
    return list(connection.scalars(_NEXT, {"kind": FEED_CLAIMS}))


def count_try(connection: Connection, feed_id: int) -> int:
    """Write down that the feed is tried; how often it was since a batch was last applied, this one too."""
    tried = update(feed).where(feed.c.id == feed_id).values(attempts=feed.c.attempts + 1)
    attempts: int = connection.execute(tried.returning(feed.c.attempts)).scalar_one()
    return attempts


def postpone(connection: Connection, feed_id: int, wait: dt.timedelta) -> None:
    """Nobody is to try the feed before this time is over."""
    later = func.clock_timestamp() + bindparam("wait", wait)
    connection.execute(update(feed).where(feed.c.id == feed_id).values(next_try_at=later))


def forget_spool(connection: Connection, feed_id: int) -> None:
    """The file of the delivery is not kept any more."""
    connection.execute(update(feed).where(feed.c.id == feed_id).values(spool=None))


def retry_feed(connection: Connection, feed_id: int, by: Actor = SERVICE) -> Feed:
    """Put a failed feed back in the queue, to be read on from its checkpoint.

    Raises `FeedStateError` where it did not fail, or its delivery is not kept.
    """
    fresh = {"problem": None, "attempts": 0, "next_try_at": None, "finished_at": None}
    again = move_feed(connection, feed_id, "queued", fresh, allowed=("failed",), if_kept=True)
    return noted_feed(connection, by, "feed.retried", again)


def ended_with_spool(connection: Connection, kept_failed: dt.timedelta) -> list[tuple[int, str]]:
    """Feeds that have ended and whose delivery is kept still, with the name of its file; failed ones only
    after a time, for they can be tried again.
    """
    rows = connection.execute(_ENDED, {"kept": kept_failed})
    return [(row.id, row.spool) for row in rows]


def spools_in_use(connection: Connection) -> set[str]:
    """The names of all files that a feed is kept in."""
    return set(connection.scalars(text("SELECT spool FROM feed WHERE spool IS NOT NULL")))


_NEXT = text(
    """
    SELECT oldest.id FROM (
        SELECT DISTINCT ON (office) id, next_try_at FROM feed
        WHERE state IN ('queued', 'reading') AND (spool IS NOT NULL OR undoes IS NOT NULL)
        ORDER BY office, id
    ) AS oldest
    WHERE (oldest.next_try_at IS NULL OR oldest.next_try_at <= clock_timestamp()) AND NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid = :kind AND objid::bigint = oldest.id
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
    ORDER BY oldest.id
    """
)
_ENDED = text(
    """
    SELECT id, spool FROM feed
    WHERE spool IS NOT NULL AND (
        state IN ('done', 'cancelled') OR state = 'failed' AND finished_at < clock_timestamp() - :kept
    )
    """
)
