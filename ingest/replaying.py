"""A replay: what stands in quarantine, taken in as a feed of its own, from its checkpoint on."""

from collections.abc import Callable

from ingest.feed_run import InterruptedReadingError
from ingest.mapping import Mapper
from ingest.quarantined import QuarantineReader
from register.store.database import Database
from register.store.delivered_files import formats_of
from register.store.feeds import Feed, find_feed, finish_feed
from register.store.guard import Guard, held_before, note_ended
from register.store.packing import storable
from register.store.quarantine import Quarantined, replay_items
from register.store.replaying import Replayed, ReplayUpsert
from register.store.tasks import begin_task, count_items, name_again, note_files, origins_of

_AT_ONCE = 200


class Replay:
    """Reads one feed that `ask_replay` queued, for who has claimed it. Without a guard nothing is held.

    `is_interrupted` is asked before every batch, `settle` called when all is applied.
    """

    def __init__(
        self,
        database: Database,
        feed: Feed,
        guard: Guard | None = None,
        is_interrupted: Callable[[], bool] = lambda: False,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._feed = feed
        self._guard = guard
        self._is_interrupted = is_interrupted
        self._settle = settle
        # Known before anything is written: a table that is wrong.
        self._mapping = Mapper(feed.office, "found").mapping
        self._reader = QuarantineReader(feed.office)

    def run(self) -> Feed:
        """Take everything in. Raises `MassEndingError` where the guard says so, `InterruptedReadingError`
        where it is told to stop.
        """
        feed = self._begin()
        store = ReplayUpsert(self._database, feed, self._guard)
        whole = self._database.read(lambda connection: count_items(connection, feed.id))
        while True:
            if self._is_interrupted():
                raise InterruptedReadingError
            after = store.position
            items = self._database.read(
                lambda connection, after=after: replay_items(connection, feed.id, after, _AT_ONCE)  # type: ignore[misc]
            )
            if not items:
                break
            store.replay(self._read(items), (after + len(items)) / whole)
        self._settle()
        with self._database.writing() as connection:
            return finish_feed(connection, feed.id)

    def _begin(self) -> Feed:
        with self._database.writing() as connection:
            begun = begin_task(connection, self._feed.id, self._mapping)
            if self._guard is not None and begun.counts.read == 0 and begun.confirmed_at is None:
                note_ended(connection, begun.id, held_before(connection))
            found = find_feed(connection, begun.id)
        assert found is not None
        return found

    def _read(self, items: list[Quarantined]) -> list[Replayed]:
        files = {(item.feed_id, item.file) for item in items}
        with self._database.writing() as connection:
            formats = formats_of(connection, files)
            origins = origins_of(connection, {item.feed_id for item in items})
            note_files(connection, self._feed.id, formats)
        return [
            Replayed(
                item.id,
                item.feed_id,
                origins[item.feed_id],
                item.position,
                self._reader.read(
                    item,
                    formats.get((item.feed_id, storable(item.file))),
                    name_again(item.feed_id, item.file),
                ),
            )
            for item in items
        ]
