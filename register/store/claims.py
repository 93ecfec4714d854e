"""Who reads a feed: one process at a time, and none for longer than it lives."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select, text

from register.store.database import Database
from register.store.schema import feed

# The first key of the pair says what the lock is for, the second is the feed's id.
_FEEDS = 7_164


@contextmanager
def claim_feed(database: Database, feed_id: int) -> Iterator[bool]:
    """Whether this process alone may read the feed until the block ends.

    The claim is a lock of a database session, which ends with the process, however it ends.
    """
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        claimed = bool(
            connection.scalar(
                text("SELECT pg_try_advisory_lock(:kind, :id)"), {"kind": _FEEDS, "id": feed_id}
            )
        )
        try:
            yield claimed
        finally:
            # Whatever becomes of the session, the lock goes with it.
            connection.invalidate()


def open_feeds(database: Database) -> list[int]:
    """Feeds that wait to be read or were being read when somebody looked last, oldest first."""
    with database.reading() as connection:
        query = select(feed.c.id).where(feed.c.state.in_(("queued", "reading"))).order_by(feed.c.id)
        return list(connection.scalars(query))
