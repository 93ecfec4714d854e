"""Reads the feeds that wait: each by one process, on from where it was left, again where the world failed it.

What ends a feed: it was read whole; it is refused, for it is no feed or harms; its office cancels it; or
reading it fails again and again, which is an error of ours that is told with its number of tries.
"""

import datetime as dt
import errno
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.feeds.spool import Spool
from ingest.pipeline import InterruptedReadingError, Loader, RefusedFeedError
from register.store.changes import last_timepoint
from register.store.claims import claim_feed
from register.store.database import Database, is_lost
from register.store.feed_queue import count_try, forget_spool, next_feeds, postpone
from register.store.feeds import Feed, FeedStateError, fail_feed, find_feed, hold_anew
from register.store.guard import Guard, MassEndingError
from register.store.undo import Undo, take_back_part
from register.store.upsert import FeedMovedError

log = logging.getLogger("ipregister.feeds")

LOOKING_EVERY = 0.5
"""Seconds between two looks for work where there was none."""

_MOST_ERRORS = 3
# A feed that ends its process is met again after each start. Kills from outside look the same, so many are
# borne.
_MOST_TRIES = 30
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_AWAY_SECONDS = 2.0
# An index that is built anew may take minutes; the feed is done all the same.
_SETTLING_SECONDS = 120.0
_SETTLING_LOOK = 0.1
# Of Postgres: no room on the disk, no memory, too many connections.
_SHORT_OF = "53"


class FeedWorker:
    """Takes one feed at a time until told to stop.

    `is_searchable` says of a timepoint whether the index holds every change up to it: what is done can be
    found.
    """

    def __init__(
        self,
        database: Database,
        spool: Spool,
        stop: threading.Event,
        guard: Guard,
        is_searchable: Callable[[int], bool] = lambda _: True,
    ) -> None:
        self._is_searchable = is_searchable
        self._guard = guard
        self._database = database
        self._spool = spool
        self._stop = stop
        self._errors: Counter[int] = Counter()

    def run(self) -> None:
        """Read feeds, through losses of the database."""
        while not self._stop.is_set():
            try:
                wait = 0.0 if self.work() else LOOKING_EVERY
            except Exception as error:
                if not is_passing(error):
                    log.exception("the queue of feeds cannot be read; going on in %.0f s", _AWAY_SECONDS)
                wait = _AWAY_SECONDS
            self._stop.wait(wait)

    def work(self) -> bool:
        """Read the next feed on; whether there was one."""
        for feed_id in self._database.read(next_feeds):
            if self._stop.is_set():
                return False
            with claim_feed(self._database, feed_id) as claimed:
                if claimed and self._take(feed_id):
                    return True
        return False

    def _take(self, feed_id: int) -> bool:
        with self._database.writing() as connection:
            feed = find_feed(connection, feed_id)
            if feed is None or feed.state not in ("queued", "reading") or not feed.is_resumed:
                return False
            tries = count_try(connection, feed_id)
            if tries > _MOST_TRIES:
                fail_feed(connection, feed_id, _ended_its_worker(feed, tries - 1))
                return True
        try:
            self._read(feed)
        except (RefusedFeedError, FeedStateError) as error:
            log.info("feed %d: %s", feed_id, error)
            self._drop(feed)
        except InterruptedReadingError:
            return True
        except Exception as error:
            self._again(feed, error)
        else:
            self._drop(feed)
        return True

    def _read(self, feed: Feed) -> None:
        if feed.undoes is not None:
            Undo(self._database, feed, self._stop.is_set, self._settle).run()
            return
        assert feed.spool is not None
        path = self._spool.path(feed.spool)
        if not path.exists():
            with self._database.writing() as connection:
                fail_feed(connection, feed.id, "the delivery is gone from the data directory; send it again")
            return
        loader = Loader(
            self._database,
            feed.office,
            feed.format,
            is_interrupted=self._stop.is_set,
            media=self._spool.media,
        )
        if feed.confirmed_at is None and not feed.dry_run and feed.counts.read == 0:
            problem = loader.held_by(self._guard, feed, path)
            if problem is not None:
                self._hold(feed, problem)
                return
        try:
            loaded = loader.read_claimed(feed.id, path, feed.name, self._guard, self._settle)
        except MassEndingError as error:
            take_back_part(self._database, feed.id)
            self._hold(feed, str(error))
            return
        log.info("feed %d of %s: %s in %.1f s", feed.id, feed.office, loaded.feed.counts, loaded.seconds)

    def _settle(self) -> None:
        """Return when all that is applied can be found, or the index takes too long."""
        wanted = self._database.read(last_timepoint)
        end = time.monotonic() + _SETTLING_SECONDS
        while not self._is_searchable(wanted):
            if self._stop.wait(_SETTLING_LOOK):
                raise InterruptedReadingError
            if time.monotonic() > end:
                log.warning("the index is not up to timepoint %d; the feed is done without it", wanted)
                return

    def _hold(self, feed: Feed, problem: str) -> None:
        with self._database.writing() as connection:
            hold_anew(connection, feed.id, problem)
        log.info("feed %d of %s is held: %s", feed.id, feed.office, problem)

    def _again(self, feed: Feed, error: Exception) -> None:
        """Try the feed later; end it where it failed too often by itself."""
        if isinstance(error, FeedMovedError):
            log.warning("feed %d: %s", feed.id, error)
            return
        if is_passing(error):
            log.warning("feed %d waits: %s", feed.id, error)
            self._errors[-feed.id] += 1
            self._later(feed.id, self._errors[-feed.id])
            return
        self._errors[feed.id] += 1
        log.error("reading feed %d failed", feed.id, exc_info=error)
        if self._errors[feed.id] < _MOST_ERRORS:
            self._later(feed.id, self._errors[feed.id])
            return
        with self._database.writing() as connection:
            held = find_feed(connection, feed.id)
            if held is not None and held.state in ("queued", "reading"):
                fail_feed(connection, feed.id, _failed(held, self._errors.pop(feed.id), error))

    def _later(self, feed_id: int, times: int) -> None:
        wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (times - 1))
        try:
            with self._database.writing() as connection:
                postpone(connection, feed_id, dt.timedelta(seconds=wait))
        except Exception as error:
            # The database is what failed.
            log.warning("feed %d: %s", feed_id, error)
            self._stop.wait(_AWAY_SECONDS)

    def _drop(self, feed: Feed) -> None:
        """The delivery is not needed where the feed has ended."""
        with self._database.writing() as connection:
            held = find_feed(connection, feed.id)
            if held is None or held.spool is None or held.state not in ("done", "failed", "cancelled"):
                return
            forget_spool(connection, feed.id)
        self._spool.drop(held.spool)


def is_passing(error: BaseException) -> bool:
    """Whether it is not the feed's fault, and may be over in a while: the database is away, or something is
    full.
    """
    if isinstance(error, DBAPIError | psycopg.Error):
        cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
        short = isinstance(cause, psycopg.Error) and (cause.sqlstate or "").startswith(_SHORT_OF)
        return is_lost(error) or short
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE)
    return isinstance(error, PoolTimeoutError)


def _failed(feed: Feed, times: int, error: Exception) -> str:
    return (
        f"reading failed {times} times after {feed.counts.read:,} records with an error of ours "
        f"({type(error).__name__}); what was applied stays; tell whoever runs the service, then try it again"
    )


def _ended_its_worker(feed: Feed, times: int) -> str:
    return (
        f"reading was cut off {times} times after {feed.counts.read:,} records; what was applied stays; "
        "tell whoever runs the service, then try it again"
    )
