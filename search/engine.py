"""The seam between what is asked and the engine that holds the index.

A plan is a tree of our own clauses over the fields of `search.document`; each engine translates it, so both give the
same sets. Nothing of an engine's own language leaves its file under `search/engines/`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from search.document import IndexDocument


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that hold one of the values in a keyword or number field."""

    field: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A whole keyword within `distance` (1 or 2) edits, a swap of neighbours counting as one."""

    field: str
    value: str
    distance: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in this order, in a words field."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A number field between two bounds, both inclusive; None is open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class All:
    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Any:
    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Not:
    clause: "Clause"


@dataclass(frozen=True, slots=True)
class Boost:
    """The clause with its score multiplied; a `constant` score replaces the engine's own."""

    clause: "Clause"
    factor: float
    constant: bool = False


Clause = Term | Prefix | Fuzzy | Phrase | Range | Everything | All | Any | Not | Boost


@dataclass(frozen=True, slots=True)
class Order:
    """By a unique number field of the document (so that a page can begin after a value), or by score where None."""

    field: str | None
    descending: bool = True


class EngineHit(NamedTuple):
    id: str
    version: int
    score: float
    order: int | float
    short: bytes


class Page(NamedTuple):
    hits: Sequence[EngineHit]
    total: int


class HeldVersion(NamedTuple):
    """A document in the index, for comparison with the store."""

    id: str
    version: int
    timepoint: int


class Reader(Protocol):
    """The searching side of an engine; safe to share between threads."""

    def find(self, clause: Clause, order: Order, limit: int, after: int | float | None = None) -> Page:
        """The documents that match, with the exact total. `after`: only those that come after this order value."""
        ...

    def count(self, clause: Clause) -> int: ...

    def facet(self, clause: Clause, fields: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
        """For each (keyword or number field, size): its values with how many documents have them, commonest first."""
        ...

    def frequency(self, field: str, values: Sequence[str]) -> list[int]:
        """How many documents hold each value, for choosing the rarest."""
        ...

    def held(self) -> Iterator[HeldVersion]:
        """Every document, ordered by timepoint."""
        ...


class Writer(Protocol):
    """The writing side; one at a time for an index."""

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents, each replacing the one with its id."""
        ...

    def remove(self, ids: Iterable[str]) -> None: ...

    def commit(self) -> None:
        """Make everything so far durable and visible to readers."""
        ...

    def close(self) -> None: ...


class Engine(Protocol):
    """An index under versioned names, of which one is live.

    Names are `<alias>-<schema version>-<build time>`; readers follow the live one. A rebuild writes a new name and makes
    it live in one step; the one before is kept for a rollback until the next.
    """

    kind: Literal["tantivy", "opensearch"]

    def live(self) -> str | None:
        """The name of the live index, None where none was built yet."""
        ...

    def create(self) -> str:
        """A new, empty index under a new name, not live yet."""
        ...

    def make_live(self, name: str) -> None: ...

    def names(self) -> list[str]:
        """Every index kept, oldest first."""
        ...

    def drop(self, name: str) -> None: ...

    def reader(self) -> Reader:
        """A reader that follows the live index."""
        ...

    def reader_of(self, name: str) -> Reader: ...

    def writer(self, name: str) -> Writer:
        """The writer of an index; raises `WriterBusyError` where another process holds it."""
        ...

    def size_bytes(self, name: str) -> int: ...


class WriterBusyError(Exception):
    """Another process writes this index."""
