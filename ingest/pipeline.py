"""From a delivery to the register: read, mapped, applied in batches, accounted for to the last record.

A feed that was cut short by a kill goes on where it was, for whoever has its file: its checkpoint is written
in the same transaction as each batch, and the records before it are read again but not applied again. Where
nobody has, `ingest.orphans` ends it.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from ingest.delivery import identify, members_of
from ingest.draft import HarmfulFeedError, NotAFeedError
from ingest.feed_run import FeedRun, Progress
from ingest.mapping import Mapper
from ingest.media_files import MediaFiles
from ingest.opening import Limits, Reach
from ingest.report import QualityReport, quality_report
from register.collector import patient_collector
from register.statement import Statement
from register.store.ahead import AheadUpsert, Placed
from register.store.audit import SERVICE, Actor
from register.store.claims import FeedClaimedError, claim_feed
from register.store.database import Database, driver
from register.store.feeds import (
    Feed,
    NewFeed,
    begin_feed,
    create_feed,
    fail_feed,
    find_feed,
    finish_feed,
    list_files,
)
from register.store.feeds import FeedFile as FeedFileCounts
from register.store.finding import Item
from register.store.guard import Guard, MassEndingError, note_ended
from register.store.quality import read_quality
from register.store.quarantine import quarantine_codes
from register.store.rehearsal import note_held
from register.store.upsert import in_batches
from register.store.weighing import Weighing

_ANY_FORMAT = "found"
# So many records are weighed before any is applied; of a feed that ends fewer than this share of them no
# more are, for that would double its cost, and it is watched while it is applied.
_WEIGHED_FIRST = 20_000
_HARDLY_ANY = 0.01
# Of a feed of so many bytes the first records are always looked at.
_LARGE_BYTES = 8 << 20
_MOSTLY = 0.5


class Loaded(NamedTuple):
    """What became of a delivery."""

    feed: Feed
    files: list[FeedFileCounts]
    quality: QualityReport
    seconds: float


class Weighed(NamedTuple):
    """Why a feed is to be held, and whether it is long and most of it amends what is held."""

    problem: str | None
    mostly_amends: bool


class RefusedFeedError(Exception):
    """The delivery holds no record feed, or harms; nothing is counted. The message says why and what is
    taken.
    """


class Loader:
    """Takes deliveries of one office into the register.

    `format_name` names the format where looking would guess wrong. `progress` is called after every batch.
    `is_interrupted` is asked at every record; where it says so, reading ends with
    `InterruptedReadingError`. `media` keeps the pictures and other files that come along; without it they are
    passed over. `by` is who brings them.
    """

    def __init__(
        self,
        database: Database,
        office: str,
        format_name: str | None = None,
        *,
        limits: Limits | None = None,
        progress: Callable[[Progress], None] | None = None,
        is_interrupted: Callable[[], bool] = lambda: False,
        media: MediaFiles | None = None,
        by: Actor = SERVICE,
    ) -> None:
        self._media = media
        self._by = by
        self._database = database
        self._office = office
        self._is_interrupted = is_interrupted
        self._format_name = format_name
        self._limits = limits
        self._progress = progress
        # Known before anything is written: an office that is none, a format that is none.
        self._mapping = Mapper(office, format_name or _ANY_FORMAT).mapping

    def load(
        self, path: Path, *, name: str | None = None, dry_run: bool = False, guard: Guard | None = None
    ) -> Loaded:
        """Take in a delivery whole. `guard` is asked of a dry run whether the feed would be held.

        Raises `RefusedFeedError`, with the feed kept as failed.
        """
        identity = identify(path)
        new = NewFeed(
            office=self._office,
            name=name or path.name,
            size=identity.size,
            digest=identity.digest,
            format=self._format_name,
            dry_run=dry_run,
        )
        with ExitStack() as claims:
            with self._database.writing() as connection:
                feed = create_feed(connection, new, self._by)
                # Claimed before anybody can see it: who sees it unclaimed takes it for an orphan.
                claims.enter_context(claim_feed(self._database, feed.id))
            return self._read(feed.id, path, guard=guard if dry_run else None)

    def go_on(self, feed_id: int, path: Path) -> Loaded:
        """Take in a feed that is written down, from its checkpoint on. Raises `FeedClaimedError` where
        another process does.
        """
        with claim_feed(self._database, feed_id) as claimed:
            if not claimed:
                raise FeedClaimedError(feed_id)
            return self._read(feed_id, path)

    def read_claimed(
        self,
        feed_id: int,
        path: Path,
        name: str,
        guard: Guard | None = None,
        settle: Callable[[], None] = lambda: None,
        between: Callable[[], None] = lambda: None,
    ) -> Loaded:
        """Take in a feed that this process has claimed, from its checkpoint on; `name` is the delivery's.
        `settle` is called when all is applied, before the feed is called done, `between` after every batch.

        Ends it only where it was read whole, or is refused: for whatever else, somebody will read it on.
        Raises `MassEndingError` where the guard says so.
        """
        return self._read(feed_id, path, name, guard, settle, between, ends=False)

    def held_by(self, guard: Guard, feed: Feed, path: Path) -> str | None:
        """Why the feed is to be held before anything of it is applied; whether it is watched while it is
        applied is written down.
        """
        return self.weighed(guard, feed, path).problem

    def weighed(self, guard: Guard, feed: Feed, path: Path) -> Weighed:
        """The same with what the feed is like, where it is longer than its first records."""
        weighing = Weighing(self._database)
        is_guarded = guard.can_be_too_much(weighing.before, feed.office)
        if not is_guarded and feed.size < _LARGE_BYTES:
            return Weighed(None, False)
        is_whole = self.weigh(feed, path, weighing)
        problem = None
        if is_guarded:
            problem = guard.too_much(weighing.ended())
            with self._database.writing() as connection:
                note_ended(connection, feed.id, None if is_whole else weighing.before)
        return Weighed(problem, not is_whole and weighing.amending > _MOSTLY * weighing.items)

    def weigh(self, feed: Feed, path: Path, weighing: Weighing) -> bool:
        """Show the weighing the records of a feed without applying any: all of them, or, where the first ones
        end hardly any, only these. Whether it was all. What cannot be read ends the showing: it is told when
        the feed is read.
        """
        run = FeedRun(self._database, self._office, feed, Reach(), self._is_interrupted, is_noted=False)
        members = members_of(path, self._format_name, self._limits, name=feed.name, office=self._office)
        try:
            with patient_collector():
                for batch in in_batches(run.items(members)):
                    weighing.add(batch)
                    if weighing.items >= _WEIGHED_FIRST and weighing.worst < _HARDLY_ANY * weighing.items:
                        return False
        except (HarmfulFeedError, NotAFeedError):
            return False
        return True

    def take_ahead(self, feed: Feed, path: Path, guard: Guard | None, most: int) -> int:
        """Take the new records and deletes among the first `most` records of a feed that this process has
        claimed, before its turn; how many there were.

        What cannot be read, and what would end too much, ends it: that is told when the feed is read.
        """
        run = FeedRun(self._database, self._office, feed, Reach(), self._is_interrupted, is_noted=False)
        members = members_of(path, self._format_name, self._limits, name=feed.name, office=self._office)
        store = AheadUpsert(self._database, feed, self._mapping, guard)
        seen: set[int] = set()
        read = taken = 0
        try:
            with patient_collector():
                for batch in in_batches(run.items(members)):
                    taken += store.take(_first_of_each(batch, read + 1, seen))
                    read += len(batch)
                    if read >= most:
                        break
        except (HarmfulFeedError, NotAFeedError, MassEndingError):
            pass
        store.finish()
        return taken

    def _read(
        self,
        feed_id: int,
        path: Path,
        name: str | None = None,
        guard: Guard | None = None,
        settle: Callable[[], None] = lambda: None,
        between: Callable[[], None] = lambda: None,
        *,
        ends: bool = True,
    ) -> Loaded:
        begun = time.monotonic()
        with self._database.writing() as connection:
            feed = begin_feed(connection, feed_id, self._format_name, self._mapping)
        if feed.dry_run and guard is not None:
            problem = self.held_by(guard, feed, path)
            if problem is not None:
                guard = None
                with self._database.writing() as connection:
                    note_held(driver(connection).cursor(), feed_id, problem)
        reach = Reach()
        media = None if feed.dry_run else self._media
        run = FeedRun(self._database, self._office, feed, reach, self._is_interrupted, media=media)
        members = members_of(
            path, self._format_name, self._limits, name=name, reach=reach, office=self._office
        )
        try:
            with patient_collector():
                run.take_in(members, self._progress, guard, between)
            settle()
        except (HarmfulFeedError, NotAFeedError) as error:
            self._fail(feed_id, str(error))
            raise RefusedFeedError(str(error)) from None
        except Exception as error:
            if not ends:
                raise
            self._fail(feed_id, f"reading ended with an error of ours: {type(error).__name__}")
            raise
        with self._database.writing() as connection:
            done = finish_feed(connection, feed_id)
            listed = list_files(connection, feed_id)
            counts = read_quality(connection, feed_id)
            refusals = quarantine_codes(connection, feed_id)
        return Loaded(done, listed, quality_report(counts, refusals), time.monotonic() - begun)

    def _fail(self, feed_id: int, problem: str) -> None:
        with self._database.writing() as connection:
            found = find_feed(connection, feed_id)
            if found is not None and found.state == "reading":
                fail_feed(connection, feed_id, problem)


def _first_of_each(batch: Sequence[Item], first: int, seen: set[int]) -> list[Placed]:
    """The statements that are the first of their feed about their record, with their numbers. `seen` holds
    what came before, as hashes: where two are the same by chance, one more waits for its turn.
    """
    found = []
    for number, item in enumerate(batch, first):
        if isinstance(item, Statement):
            key = hash(item.record.id)
            if key not in seen:
                seen.add(key)
                found.append((number, item))
    return found
