"""Who reads a feed: one process at a time, and none for longer than it lives."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from register.store.database import Database

log = logging.getLogger("ipregister.store")

# The first key of the pair says what the lock is for, the second is the feed's id.
FEED_CLAIMS = 7_164
_LOOK_SECONDS = 1.0


class FeedClaimedError(Exception):
    """Another process reads the feed."""

    def __init__(self, feed_id: int) -> None:
        super().__init__(f"feed {feed_id} is being read by another process; wait until that ends")


@contextmanager
def claim_feed(database: Database, feed_id: int) -> Iterator[bool]:
    """Whether this process alone may read the feed until the block ends.

    The claim is a lock of a database session, which ends with the process, however it ends. It takes a
    connection of the pool. Where the server was lost and comes back, the claim is taken again within seconds.
    """
    claim = _Claim(database, feed_id)
    ended = threading.Event()
    keeper = threading.Thread(target=claim.keep, args=(ended,), name=f"claim of feed {feed_id}", daemon=True)
    try:
        claimed = claim.take()
        if claimed:
            keeper.start()
        yield claimed
    finally:
        ended.set()
        if keeper.is_alive():
            keeper.join()
        claim.drop()


class _Claim:
    """The lock and the session that holds it."""

    def __init__(self, database: Database, feed_id: int) -> None:
        self._database = database
        self._feed_id = feed_id
        self._session: Connection | None = None

    def take(self) -> bool:
        session = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._session = session
        keys = {"kind": FEED_CLAIMS, "id": self._feed_id}
        if session.scalar(text("SELECT pg_try_advisory_lock(:kind, :id)"), keys):
            return True
        self.drop()
        return False

    def keep(self, ended: threading.Event) -> None:
        """Look after the session until the claim ends."""
        while not ended.wait(_LOOK_SECONDS):
            try:
                if self._session is not None:
                    self._session.scalar(text("SELECT 1"))
                else:
                    self.take()
            except SQLAlchemyError as error:
                log.warning("the claim of feed %d is taken anew: %s", self._feed_id, type(error).__name__)
                self.drop()

    def drop(self) -> None:
        """End the session: whatever becomes of it, the lock goes with it."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(SQLAlchemyError):
                session.invalidate()
            with suppress(SQLAlchemyError):
                session.close()


def unclaimed_feeds(connection: Connection) -> list[int]:
    """The ids of feeds that wait to be read or are being read, and that nobody claims; oldest first."""
    query = text(
        """
        SELECT feed.id FROM feed
        WHERE feed.state IN ('queued', 'reading') AND NOT EXISTS (
            SELECT FROM pg_locks
            WHERE locktype = 'advisory' AND granted AND classid = :kind AND objid::bigint = feed.id
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        )
        ORDER BY feed.id
        """
    )
    return list(connection.scalars(query, {"kind": FEED_CLAIMS}))


def server_started(connection: Connection) -> dt.datetime:
    """Since when the database's server runs. No claim is older."""
    started: dt.datetime = connection.execute(text("SELECT pg_postmaster_start_time()")).scalar_one()
    return started
