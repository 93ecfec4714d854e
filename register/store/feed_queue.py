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
    """The ids of the feeds that may be read now, one of each office, oldest first; last what only reads again
    everything that an office has delivered.
    """
    return list(connection.scalars(_NEXT, {"kind": FEED_CLAIMS}))


def feeds_between(connection: Connection, current: int, times: int) -> list[int]:
    """The ids of feeds that may be read whole between two batches of one that is being read, the smallest
    first: of other offices those that are so many times smaller than what is left of it. What reads
    everything again lets all go first, but the undoing of a feed of its own office: that changes what it has
    read.
    """
    asked = {"kind": FEED_CLAIMS, "current": current, "times": times}
    return list(connection.scalars(_BETWEEN, asked))


def feeds_behind(connection: Connection) -> list[int]:
    """The ids of deliveries that wait behind others of their office and were not looked through yet for what
    may go ahead, the smallest first. All those before them were: what of these is new is held then, and what
    is new in one that waits is in none before it.
    """
    return list(connection.scalars(_BEHIND, {"kind": FEED_CLAIMS}))


def looked_through(connection: Connection, feed_id: int) -> None:
    """Nothing more of the feed is to go ahead of its turn."""
    ahead = func.coalesce(feed.c.ahead, 0)
    connection.execute(update(feed).where(feed.c.id == feed_id).values(ahead=ahead))


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


# Nobody reads it.
_UNCLAIMED = """
    NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid = :kind AND objid::bigint = oldest.id
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""
# Of an office, what reads everything again waits until nothing else does; while it goes on, nothing is
# undone that it has read.
_NEXT = text(
    f"""
    SELECT oldest.id FROM (
        SELECT DISTINCT ON (office) id, office, undoes, next_try_at,
            task IS NOT DISTINCT FROM 'reprocess' AS is_last
        FROM feed
        WHERE state IN ('queued', 'reading') AND (spool IS NOT NULL OR undoes IS NOT NULL OR task IS NOT NULL)
        ORDER BY office, task IS NOT DISTINCT FROM 'reprocess', id
    ) AS oldest
    WHERE (oldest.next_try_at IS NULL OR oldest.next_try_at <= clock_timestamp()) AND {_UNCLAIMED}
        AND NOT (oldest.undoes IS NOT NULL AND EXISTS (
            SELECT FROM feed AS again JOIN pg_locks ON pg_locks.objid::bigint = again.id
            WHERE again.office = oldest.office AND again.task = 'reprocess' AND again.state = 'reading'
                AND locktype = 'advisory' AND granted AND classid = :kind
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        ))
    ORDER BY oldest.is_last, oldest.id
    """
)
_BETWEEN = text(
    f"""
    SELECT oldest.id FROM (
        SELECT DISTINCT ON (office) * FROM feed
        WHERE state IN ('queued', 'reading') AND (spool IS NOT NULL OR undoes IS NOT NULL OR task IS NOT NULL)
        ORDER BY office, task IS NOT DISTINCT FROM 'reprocess', id
    ) AS oldest
    JOIN feed AS current ON current.id = :current AND oldest.id <> current.id
    WHERE (oldest.next_try_at IS NULL OR oldest.next_try_at <= clock_timestamp()) AND {_UNCLAIMED}
        AND oldest.task IS DISTINCT FROM 'reprocess' AND CASE
            WHEN current.task = 'reprocess' THEN oldest.office <> current.office OR oldest.undoes IS NULL
            ELSE oldest.office <> current.office
                AND oldest.size * :times <= current.size * (1 - coalesce(current.progress, 0))
        END
    ORDER BY oldest.size, oldest.id
    """
)
_BEHIND = text(
    f"""
    SELECT oldest.id FROM feed AS oldest
    WHERE oldest.state = 'queued' AND oldest.spool IS NOT NULL AND NOT oldest.dry_run
        AND oldest.ahead IS NULL AND oldest."read" = 0
        AND (oldest.next_try_at IS NULL OR oldest.next_try_at <= clock_timestamp())
        AND (
            SELECT coalesce(bool_and(before.ahead IS NOT NULL AND before.spool IS NOT NULL), false)
            FROM feed AS before
            WHERE before.office = oldest.office AND before.id < oldest.id AND NOT before.dry_run
                AND before.state IN ('queued', 'reading') AND before.task IS DISTINCT FROM 'reprocess'
        )
        AND {_UNCLAIMED}
    ORDER BY oldest.size, oldest.id
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
