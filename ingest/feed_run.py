"""One feed on its way into the register: its files read as a stream of statements, applied in batches."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from ingest.delivery import FeedFile, MediaFile, OtherFile
from ingest.draft import Damage, NotAFeedError
from ingest.formats.registry import Opened
from ingest.mapping import Mapper
from ingest.media_files import MediaFiles
from ingest.opening import Reach
from register.statement import Rejected
from register.store.counts import Counts
from register.store.database import Database
from register.store.dry_run import DryRun
from register.store.feeds import (
    Feed,
    note_file,
)
from register.store.finding import Item
from register.store.guard import Guard
from register.store.media import DeliveredMedia, add_media
from register.store.upsert import Applied, Upsert, in_batches

# A batch is being applied while the next one is read; more would only cost memory.
_BATCHES_AHEAD = 2
_MEDIA_AT_ONCE = 200


class Progress(NamedTuple):
    """How far a feed is: counts so far, the file being read, and its share read (0 to 1) where it can be
    told.
    """

    counts: Counts
    file: str
    share: float | None


class InterruptedReadingError(Exception):
    """Reading was told to stop; the feed stays as it is, to be read on from its checkpoint."""


class FeedRun:
    """One feed on its way into the register."""

    def __init__(
        self,
        database: Database,
        office: str,
        feed: Feed,
        reach: Reach,
        is_interrupted: Callable[[], bool],
        *,
        media: MediaFiles | None = None,
        is_noted: bool = True,
    ) -> None:
        self._skipped = 0
        self._is_noted = is_noted
        self._media = media
        self._kept: list[DeliveredMedia] = []
        self._database = database
        self._office = office
        self._feed = feed
        self._reach = reach
        self._is_interrupted = is_interrupted
        self._counts = feed.counts
        self._mappers: dict[str, Mapper] = {}
        self._others: list[OtherFile] = []
        self._feeds = 0

    def take_in(
        self,
        files: Iterator[FeedFile | MediaFile | OtherFile],
        progress: Callable[[Progress], None] | None,
        guard: Guard | None,
        between: Callable[[], None],
    ) -> None:
        """Apply everything. Raises `NotAFeedError` where no file is a feed."""
        store = (
            DryRun(self._database, self._feed, guard)
            if self._feed.dry_run
            else Upsert(self._database, self._feed, guard)
        )
        # What is applied already need not be mapped again.
        self._skipped = store.position
        waiting: deque[Future[Applied]] = deque()

        def settle(most: int) -> None:
            while len(waiting) > most:
                self._counts += waiting.popleft().result().counts

        try:
            with ThreadPoolExecutor(1, "store") as pool:
                for batch in in_batches(self.items(files)):
                    settle(_BATCHES_AHEAD - 1)
                    share = self._reach.share()
                    waiting.append(pool.submit(store.apply, batch, share))
                    if progress is not None:
                        progress(Progress(self._counts, batch[-1].file, share))
                    between()
                settle(0)
        finally:
            store.close()
        if self._feeds == 0:
            raise self._no_feed()

    def items(self, files: Iterator[FeedFile | MediaFile | OtherFile]) -> Iterator[Item]:
        """Every source record of the delivery, in its order."""
        for file in files:
            if isinstance(file, OtherFile):
                self._put_aside(file)
                continue
            if isinstance(file, MediaFile):
                self._keep(file)
                continue
            try:
                for item in self._file_items(file):
                    if self._is_interrupted():
                        raise InterruptedReadingError
                    yield item
            except NotAFeedError as error:
                self._put_aside(OtherFile(file.name, error))
        self._note_media()

    def _file_items(self, file: FeedFile) -> Iterator[Item]:
        mapper = self._mappers.setdefault(file.format.name, Mapper(self._office, file.format.name))
        self._note(file.name, file.format.name, None)
        number = 0
        for delivered in file.format.read(Opened(file.name, self._office, file.stream)):
            number = delivered.position.record
            if self._skipped:
                self._skipped -= 1
                if self._is_interrupted():
                    raise InterruptedReadingError
                continue
            yield _damaged(delivered) if isinstance(delivered, Damage) else mapper.statement(delivered)
        self._feeds += 1
        if file.stream.damage is not None and self._skipped:
            self._skipped -= 1
        elif file.stream.damage is not None:
            yield Rejected(
                "broken-packing",
                file.stream.damage,
                "pack the file again and send it again, whole",
                file.name,
                number + 1,
                None,
                None,
                b"",
            )

    def _keep(self, file: MediaFile) -> None:
        """Put a picture, sound or film by."""
        if self._is_interrupted():
            raise InterruptedReadingError
        stored = None if self._media is None else self._media.put(file.stream)
        if stored is not None:
            self._kept.append(DeliveredMedia(file.name, stored))
        if len(self._kept) >= _MEDIA_AT_ONCE:
            self._note_media()

    def _note_media(self) -> None:
        if self._kept:
            with self._database.writing() as connection:
                add_media(connection, self._feed.id, self._office, self._kept)
            self._kept = []

    def _put_aside(self, file: OtherFile) -> None:
        self._others.append(file)
        self._note(file.name, None, str(file.why))

    def _note(self, name: str, format_name: str | None, problem: str | None) -> None:
        if not self._is_noted:
            return
        with self._database.writing() as connection:
            note_file(connection, self._feed.id, name, format_name=format_name, problem=problem)

    def _no_feed(self) -> NotAFeedError:
        if len(self._others) == 1:
            return self._others[0].why
        if not self._others:
            return NotAFeedError("the delivery holds no file that could be one")
        first = self._others[0]
        return NotAFeedError(
            f"none of the {len(self._others)} files is a record feed; the first, {first.name}: {first.why}"
        )


def _damaged(damage: Damage) -> Rejected:
    file, number, line, offset = damage.position
    envelope = damage.envelope
    return Rejected(
        damage.code,
        damage.reason,
        damage.mend,
        file,
        number,
        line,
        offset,
        envelope.around(damage.source),
        before=len(envelope.before),
        after=len(envelope.after),
    )
