"""Who reads a feed, or asks a host for one: one process at a time, and none for longer than it lives."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from register.store.database import Database
from register.store.locks import FEED_CLAIMS, HOST_CLAIMS

log = logging.getLogger("ipregister.store")

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
    with _claimed(_Claim(database, FEED_CLAIMS, feed_id, f"feed {feed_id}")) as claimed:
        yield claimed


@contextmanager
def claim_host(database: Database, host: str) -> Iterator[bool]:
    """Whether this process alone may ask that host until the block ends; the same kind of claim."""
    number = int.from_bytes(blake2b(host.encode(), digest_size=4).digest(), signed=True)
    with _claimed(_Claim(database, HOST_CLAIMS, number, f"host {host}")) as claimed:
        yield claimed


@contextmanager
def _claimed(claim: "_Claim") -> Iterator[bool]:
    ended = threading.Event()
    keeper = threading.Thread(target=claim.keep, args=(ended,), name=f"claim of {claim.what}", daemon=True)
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

    def __init__(self, database: Database, kind: int, number: int, what: str) -> None:
        self.what = what
        self._database = database
        self._keys = {"kind": kind, "id": number}
        self._session: Connection | None = None

    def take(self) -> bool:
        session = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._session = session
        if session.scalar(text("SELECT pg_try_advisory_lock(:kind, :id)"), self._keys):
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
                log.warning("the claim of %s is taken anew: %s", self.what, type(error).__name__)
                self.drop()

    def drop(self) -> None:
        """End the session: whatever becomes of it, the lock goes with it."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(SQLAlchemyError):
                # Else it would be held until the server has noticed that the session is gone.
                session.scalar(text("SELECT pg_advisory_unlock(:kind, :id)"), self._keys)
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
