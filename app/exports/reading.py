"""The records of a result, read in bulk: which ones from the index, what they say from the register."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from app.exports.applicants import spellings_in
from app.exports.found import Found, Ranked
from register.store.applicants import applicants_of
from register.store.bodies import bodies_at, bodies_of
from register.store.database import Database
from search.engine import Reader
from search.query import SearchQuery
from search.whole import timepoints_of, total_of, whole_parts

T = TypeVar("T")
AT_ONCE = 2_000
"""Records that are read at once, some 2 MB of them."""


class Result:
    """A whole result, read once. `total` is how many records it has."""

    def __init__(self, total: int, found: Generator[list[Found]]) -> None:
        self.total = total
        self._found = found

    def batches(self) -> Iterator[list[Found]]:
        """The records in their order; while one batch is worked on the next is read."""
        with closing(self._found), ThreadPoolExecutor(1, "reading") as reading:
            following = reading.submit(next, self._found, None)
            while (batch := following.result()) is not None:
                following = reading.submit(next, self._found, None)
                yield batch


def set_of(reader: Reader, database: Database, query: SearchQuery) -> Result:
    """A result that is a set, as the index has it now.

    Raises `InputError`, and `IndexUnavailableError`.
    """
    parts = whole_parts(reader, query)
    snapshot = reader.snapshot()
    total = total_of(snapshot, parts)

    def read() -> Generator[list[Found]]:
        with closing(snapshot):
            for slice_ in timepoints_of(snapshot, parts):
                for some in _cut(slice_):
                    yield database.read(partial(_at, timepoints=some))

    return Result(total, read())


def ranking_of(database: Database, ranked: Sequence[Ranked]) -> Result:
    """A ranking that was made already; what has been deleted since is left out."""

    def read() -> Generator[list[Found]]:
        for some in _cut(ranked):
            yield database.read(partial(_of, ranked=some))

    return Result(len(ranked), read())


def _at(connection: Connection, timepoints: Sequence[int]) -> list[Found]:
    bodies = bodies_at(connection, timepoints)
    resolved = applicants_of(connection, spellings_in(bodies))
    return [Found(body, None, resolved) for body in bodies]


def _of(connection: Connection, ranked: Sequence[Ranked]) -> list[Found]:
    bodies = bodies_of(connection, [one.id for one in ranked])
    resolved = applicants_of(connection, spellings_in(bodies.values()))
    return [Found(bodies[one.id], one, resolved) for one in ranked if one.id in bodies]


def _cut(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
