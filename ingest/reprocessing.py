"""Everything that an office delivered, read again by the tables of now, and the register brought to what it
would be had it been read so from the beginning.
"""

from collections.abc import Callable

from ingest.feed_run import InterruptedReadingError
from ingest.kept import KeptReader
from ingest.mapping import Mapper
from register.collector import patient_collector
from register.store.database import Database, driver
from register.store.feeds import Feed, finish_feed, hold_anew
from register.store.guard import Guard, MassEndingError
from register.store.kept_sources import Scope
from register.store.rehearsal import note_held
from register.store.reprocesses import scope_of
from register.store.reprocessing import Reprocessing
from register.store.shadow import Shadow
from register.store.tasks import begin_reprocess


class Reprocess:
    """Does one feed that `ask_reprocess` queued, for who has claimed it. Without a guard nothing is held.

    `is_interrupted` is asked and `between` called before every batch, `settle` called when all is applied,
    `progress` told the share that is done.
    """

    def __init__(
        self,
        database: Database,
        feed: Feed,
        guard: Guard | None = None,
        is_interrupted: Callable[[], bool] = lambda: False,
        settle: Callable[[], None] = lambda: None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._feed = feed
        self._guard = guard
        self._is_interrupted = is_interrupted
        self._settle = settle
        self._between = between
        self._scope: Scope = scope_of(feed)
        # Known before anything is written: a table that is wrong.
        self._mapping = Mapper(feed.office, "found").mapping

    def run(self) -> Feed:
        """Do it from its checkpoint on. Raises `MassEndingError` where it would end too much, with nothing
        changed, and `InterruptedReadingError` where it is told to stop.
        """
        with self._database.writing() as connection:
            feed = begin_reprocess(connection, self._feed.id, self._mapping)
        with Shadow(self._database) as shadow, patient_collector():
            reader = KeptReader(shadow.connection, self._scope, feed.id)
            work = Reprocessing(shadow, feed, self._scope, reader)
            while work.fold():
                self._pause()
            self._weigh(feed, work)
            while work.apply():
                self._pause()
        self._settle()
        with self._database.writing() as connection:
            return finish_feed(connection, feed.id)

    def _weigh(self, feed: Feed, work: Reprocessing) -> None:
        if self._guard is None or feed.confirmed_at is not None or feed.reached is not None:
            return
        problem = self._guard.too_much(work.ended())
        if problem is None:
            return
        if not feed.dry_run:
            raise MassEndingError(problem)
        with self._database.writing() as connection:
            note_held(driver(connection).cursor(), feed.id, problem)

    def _pause(self) -> None:
        if self._is_interrupted():
            raise InterruptedReadingError
        self._between()


def reprocess_or_hold(work: Reprocess, database: Database, feed: Feed) -> Feed:
    """Do it, or hold it where it would end too much."""
    try:
        return work.run()
    except MassEndingError as error:
        with database.writing() as connection:
            return hold_anew(connection, feed.id, str(error))
