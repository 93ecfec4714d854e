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
from functools import partial

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.feeds.spool import Spool
from ingest.feed_run import InterruptedReadingError
from ingest.pipeline import Loader, RefusedFeedError
from ingest.replaying import Replay
from ingest.reprocessing import Reprocess, reprocess_or_hold
from register.store.changes import last_timepoint
from register.store.claims import claim_feed
from register.store.database import Database, is_lost
from register.store.feed_queue import (
    count_try,
    feeds_behind,
    feeds_between,
    forget_spool,
    looked_through,
    next_feeds,
    postpone,
)
from register.store.feeds import Feed, FeedStateError, fail_feed, find_feed, hold_anew
from register.store.guard import Guard, MassEndingError, held_before, note_ended, note_ended_ahead
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
# So often a feed that is being read looks for others that are more urgent, and so long it lets them go first.
_LETTING_EVERY = 1.0
_LETTING_AT_MOST = 60.0
_TIMES_SMALLER = 4
# Of a feed that is looked through for what is new.
_LOOKED_THROUGH = 1_000_000
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
        self._is_between = False

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
        return self._look_behind()

    def _look_behind(self) -> bool:
        """Take the new records and deletes of a feed that waits for another of its office; whether there was
        such a feed.
        """
        for feed_id in self._database.read(feeds_behind):
            with claim_feed(self._database, feed_id) as claimed:
                feed = self._database.read(partial(find_feed, feed_id=feed_id))
                if not claimed or feed is None or feed.state != "queued" or feed.ahead is not None:
                    continue
                try:
                    self._take_ahead(feed, self._loader(feed))
                except InterruptedReadingError:
                    return True
                except Exception as error:
                    # It is not its turn: whatever is wrong is met again, and told, when it is.
                    log.warning("feed %d waits for its turn: %s", feed_id, error)
                    if is_passing(error):
                        self._later(feed_id, 1)
                        return False
                    with self._database.writing() as connection:
                        looked_through(connection, feed_id)
                return True
        return False

    def _take_ahead(self, feed: Feed, loader: Loader) -> None:
        assert feed.spool is not None
        if feed.confirmed_at is None and feed.ended is None:
            with self._database.writing() as connection:
                note_ended(connection, feed.id, held_before(connection))
        taken = loader.take_ahead(feed, self._spool.path(feed.spool), self._guard, _LOOKED_THROUGH)
        log.info("feed %d of %s: %d new records and deletes go ahead", feed.id, feed.office, taken)

    def _let_others(self, feed: Feed) -> Callable[[], None]:
        """What is called between two batches of a feed: now and then it lets go first what is more urgent."""
        due = time.monotonic() + _LETTING_EVERY

        def let() -> None:
            nonlocal due
            if self._is_between or time.monotonic() < due or self._stop.is_set():
                return
            begun = time.monotonic()
            self._is_between = True
            try:
                while self._one_between(feed) and time.monotonic() - begun < _LETTING_AT_MOST:
                    pass
            finally:
                self._is_between = False
            # It gets half of the time at least, however many there are.
            due = time.monotonic() + max(_LETTING_EVERY, time.monotonic() - begun)

        return let

    def _one_between(self, feed: Feed) -> bool:
        for feed_id in self._database.read(lambda read: feeds_between(read, feed.id, _TIMES_SMALLER)):
            with claim_feed(self._database, feed_id) as claimed:
                if claimed and self._take(feed_id):
                    return True
        return self._look_behind()

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
        if feed.task == "replay":
            self._replay(feed)
            return
        if feed.task == "reprocess":
            self._reprocess(feed)
            return
        assert feed.spool is not None
        path = self._spool.path(feed.spool)
        if not path.exists():
            with self._database.writing() as connection:
                fail_feed(connection, feed.id, "the delivery is gone from the data directory; send it again")
            return
        loader = self._loader(feed)
        is_first = feed.confirmed_at is None and not feed.dry_run and feed.counts.read == 0
        if is_first and feed.ahead:
            with self._database.writing() as connection:
                note_ended_ahead(connection, feed.id)
        elif is_first:
            weighed = loader.weighed(self._guard, feed, path)
            if weighed.problem is not None:
                self._hold(feed, weighed.problem)
                return
            if weighed.mostly_amends:
                # New records are not to wait for all that.
                self._take_ahead(feed, loader)
        try:
            between = self._let_others(feed)
            loaded = loader.read_claimed(feed.id, path, feed.name, self._guard, self._settle, between)
        except MassEndingError as error:
            take_back_part(self._database, feed.id)
            self._hold(feed, str(error))
            return
        log.info("feed %d of %s: %s in %.1f s", feed.id, feed.office, loaded.feed.counts, loaded.seconds)

    def _loader(self, feed: Feed) -> Loader:
        return Loader(
            self._database,
            feed.office,
            feed.format,
            is_interrupted=self._stop.is_set,
            media=self._spool.media,
        )

    def _reprocess(self, feed: Feed) -> None:
        between = self._let_others(feed)
        work = Reprocess(self._database, feed, self._guard, self._stop.is_set, self._settle, between)
        ended = reprocess_or_hold(work, self._database, feed)
        log.info("feed %d of %s: %s, %s", feed.id, feed.office, ended.state, ended.counts)

    def _replay(self, feed: Feed) -> None:
        try:
            Replay(self._database, feed, self._guard, self._stop.is_set, self._settle).run()
        except MassEndingError as error:
            take_back_part(self._database, feed.id)
            self._hold(feed, str(error))

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
