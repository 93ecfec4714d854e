"""Changes of the register into an index, in their order: applicants resolved, documents made, both written.

Three batches are on the way where many wait: of one the new applicants are prepared, of one the documents are
made, both in a process beside this one, while this one puts applicants together and writes the index.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from register.store.changes import NewestVersion, newest_after
from register.store.database import Database
from register.store.earlier import earlier_statuses
from search.applicants.book import ApplicantBook, Met
from search.applicants.preparing import Prepared, all_prepared
from search.beside import Beside, processes_beside
from search.document import IndexDocument
from search.documents import Source, decode_documents, documents_of, encoded_documents_of
from search.early import Early
from search.engine import Writer

BATCH: Final = 1000
_PREPARED_AHEAD: Final = 1
# Fewer changes are indexed before another process has begun.
_WORTH_A_PROCESS: Final = 5000


class Filled(NamedTuple):
    """A step: so many documents were written, which are so many changes in their order, and the index holds
    everything up to a timepoint.
    """

    documents: int
    changes: int
    timepoint: int


class _Batch(NamedTuple):
    """Versions on their way; `timepoint` is how far the index is when they are written, and `changes` how
    many changes that are. `beside`: work on them is done in the other process.
    """

    held: list[NewestVersion]
    removed: list[tuple[str, int]]
    timepoint: int
    changes: int
    beside: bool


class _BatchMet(NamedTuple):
    batch: _Batch
    met: Met
    fresh: Callable[[], list[Prepared]]


class _BatchBegun(NamedTuple):
    batch: _Batch
    documents: Callable[[], list[IndexDocument]]


class Filling:
    """Fills indexes from the register. Not to be shared between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._book = ApplicantBook(database)
        self._early = Early(database)
        processes = processes_beside()
        self._beside = Beside(processes)
        self._made_ahead = 1 + processes

    def put(self, writer: Writer, found: Sequence[NewestVersion]) -> None:
        """Put some versions into an index, here and now."""
        _write(writer, self._begin(self._meet(_batch_of(found))))

    def follow(
        self,
        writer: Writer,
        timepoint: int,
        stop: Callable[[], bool] = lambda: False,
        *,
        early: bool = False,
    ) -> Iterator[Filled]:
        """Put into an index everything that changed after a timepoint, until there is no more or `stop` says
        so; where it is far behind and `early` is wanted, new and deleted records go before amended ones.
        """
        read = reached = timepoint
        count = 0
        met: deque[_BatchMet] = deque()
        begun: deque[_BatchBegun] = deque()
        while not stop():
            found = self._database.read(lambda connection: newest_after(connection, read, BATCH))  # noqa: B023
            if not found and not met and not begun:
                return
            before = self._early.before(found) if early and found else []
            if before:
                self.put(writer, before)
                yield Filled(len(before), 0, reached)
            elif found:
                on_the_way = (len(met) + len(begun)) * BATCH
                beside = len(found) == BATCH and count + on_the_way >= _WORTH_A_PROCESS
                read = found[-1].timepoint
                left = self._early.left(found)
                met.append(self._meet(_batch_of(left, read, len(found), beside=beside)))
            if met and (len(met) > _PREPARED_AHEAD or not found or not met[0].batch.beside):
                begun.append(self._begin(met.popleft()))
            if begun and (len(begun) > self._made_ahead or not (found or met) or not begun[0].batch.beside):
                done = begun.popleft()
                _write(writer, done)
                count += done.batch.changes
                reached = done.batch.timepoint
                yield Filled(done.batch.changes, done.batch.changes, reached)

    def close(self) -> None:
        """Let the other process go; what was put in and not committed may be lost."""
        self._beside.close()
        self._early.forget()

    def _meet(self, batch: _Batch) -> _BatchMet:
        """Look up the applicants of versions, and begin to prepare those that are new."""
        met = self._book.meet([version.record for version in batch.held])
        if batch.beside and met.fresh:
            return _BatchMet(batch, met, self._beside.begin(all_prepared, met.fresh))
        return _BatchMet(batch, met, lambda: all_prepared(met.fresh))

    def _begin(self, one: _BatchMet) -> _BatchBegun:
        """Resolve the applicants of versions, and begin to make their documents."""
        batch = one.batch
        changed = [version.timepoint for version in batch.held if version.version > 1]
        earlier = (
            self._database.read(lambda connection: earlier_statuses(connection, changed)) if changed else {}
        )
        sources = [
            Source(
                version.body,
                version.version,
                version.timepoint,
                resolved,
                earlier.get(version.timepoint, ()),
                version.changed_at.date(),
            )
            for version, resolved in zip(batch.held, self._book.resolve(one.met, one.fresh()), strict=True)
        ]
        if batch.beside:
            encoded = self._beside.begin(encoded_documents_of, sources)
            return _BatchBegun(batch, lambda: decode_documents(encoded()))
        return _BatchBegun(batch, lambda: documents_of(sources))


def _batch_of(
    found: Sequence[NewestVersion], timepoint: int = 0, changes: int = 0, *, beside: bool = False
) -> _Batch:
    held = [version for version in found if not version.deleted]
    removed = [(version.id, version.timepoint) for version in found if version.deleted]
    return _Batch(held, removed, timepoint, changes, beside)


def _write(writer: Writer, begun: _BatchBegun) -> None:
    writer.put(begun.documents())
    writer.remove(begun.batch.removed)
