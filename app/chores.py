"""What the worker does beside indexing: each chore in a thread of its own, again and again."""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.feeds.spool import Spool
from ingest.orphans import Orphans
from register.store.audit import forget_audit
from register.store.clearances import forget_jobs
from register.store.database import Database
from register.store.feed_queue import ended_with_spool, forget_spool, spools_in_use
from register.store.receipts import forget_receipts
from register.store.sessions import forget_sessions
from register.store.uploads import forget_expired, uploads_awaited

log = logging.getLogger("ipregister.worker")

Chore = Callable[[], bool]
"""Does a part of the work; whether there may be more at once."""

_AFTER_ERROR_SECONDS = 5.0
_HOUR = 3600.0
# So long a feed that failed by an error of ours can be tried again.
_FAILED_KEPT = dt.timedelta(days=7)


@contextmanager
def doing(name: str, chore: Chore, every: float) -> Iterator[None]:
    """Do the chore in a thread while the block runs: at once again while there is more, else after a pause
    of so many seconds; through losses of the database and the index.
    """
    stop = threading.Event()

    def run() -> None:
        while not stop.is_set():
            try:
                wait = 0.0 if chore() else every
            except Exception:
                # Whatever it was, the chore has to be done again: nobody else would.
                log.exception("%s stopped; going on in %.0f s", name, _AFTER_ERROR_SECONDS)
                wait = max(every, _AFTER_ERROR_SECONDS)
            stop.wait(wait)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def forgetting_receipts(database: Database, days: int) -> Chore:
    """Forget receipts that nobody has asked for in so many days."""

    def forget() -> bool:
        with database.writing() as connection:
            return forget_receipts(connection, dt.timedelta(days=days)) > 0

    return forget


def forgetting_clearances(database: Database) -> Chore:
    """Forget the clearances of many names that were kept long enough."""

    def forget() -> bool:
        with database.writing() as connection:
            return forget_jobs(connection) > 0

    return forget


def forgetting_audit(database: Database, days: int) -> Chore:
    """Forget entries of the audit log that were kept long enough."""

    def forget() -> bool:
        with database.writing() as connection:
            return forget_audit(connection, dt.timedelta(days=days)) > 0

    return forget


def forgetting_sessions(database: Database, idle: dt.timedelta) -> Chore:
    """Forget sessions of the console that have ended."""

    def forget() -> bool:
        with database.writing() as connection:
            forget_sessions(connection, idle)
        return False

    return forget


def ending_orphans(database: Database) -> Chore:
    """End feeds of commands that were killed; those that were uploaded are read on."""
    orphans = Orphans(database, lambda feed: feed.is_resumed)

    def end() -> bool:
        orphans.look()
        return False

    return end


def sweeping_deliveries(database: Database, spool: Spool) -> Chore:
    """Remove the files of deliveries that nobody needs any more, and what killed processes have left."""

    def sweep() -> bool:
        with database.writing() as connection:
            ended = ended_with_spool(connection, _FAILED_KEPT)
            for feed_id, _ in ended:
                forget_spool(connection, feed_id)
            expired = forget_expired(connection)
        for identity in expired:
            spool.drop(spool.part(identity).name)
        for _, name in ended:
            spool.drop(name)
        # Uploads are looked up after feeds: what became a feed in between is found in one of both.
        spool.sweep(*database.read(lambda read: (spools_in_use(read), uploads_awaited(read))))
        return False

    return sweep


FORGETTING_EVERY = _HOUR
SWEEPING_EVERY = 60.0
ENDING_EVERY = 10.0
