"""The seam between what is asked and the engine that holds the index.

A plan is a tree of our own clauses over the fields of `search.document`; each engine translates it, so both
give the same sets. Nothing of an engine's own language leaves its file under `search/engines/`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from search.document import IndexDocument


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that hold one of the values in a keyword, number or token field. All score alike."""

    field: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents that hold at least one of the tokens, ranked by BM25: rare tokens and short documents
    first.
    """

    field: str
    tokens: tuple[str, ...]


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
class Wildcard:
    """A whole keyword or word of this pattern: `*` is any run of characters, `?` is one, and every other
    piece stands for itself.
    """

    field: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases in a words field with at most `gap` other words between: the second behind the first where
    `ordered`, else on either side.

    The values of a field stand one behind another with one place between.
    """

    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    gap: int
    ordered: bool


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
    """Documents that match every clause and every filter. Scores of the clauses add up; filters have none."""

    clauses: tuple["Clause", ...]
    filters: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Documents that match at least one clause. None match an empty one."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Not:
    clause: "Clause"


Clause = Term | Ranked | Prefix | Fuzzy | Wildcard | Phrase | Near | Range | Everything | All | Any | Not


@dataclass(frozen=True, slots=True)
class Order:
    """By a unique number field of the document (so that a page can begin after a value), or by score where
    None.
    """

    field: str | None
    descending: bool = True


After = tuple[int | float, ...]
"""Where the next page begins: opaque outside the engine that gave it, which takes it back as it is."""


class EngineHit(NamedTuple):
    id: str
    version: int
    score: float
    after: After
    short: bytes


class Page(NamedTuple):
    """`after` of the last hit leads to the next page."""

    hits: Sequence[EngineHit]
    total: int


class Source(NamedTuple):
    """One way to candidates: the first `limit` documents of a clause, best score first or in the order of a
    field.

    A clause whose matches all score alike needs an order, or each engine would cut off others.
    """

    clause: Clause
    limit: int
    order: Order = Order(None)


class Candidates(NamedTuple):
    """Documents to be scored in our own code, in columns of one length: their ids, their versions, and their
    names as `search.forms` encodes them. `full` are the positions of the sources that reached their limit:
    there may be more of them. `left` are those that time did not reach.
    """

    ids: Sequence[str]
    versions: Sequence[int]
    forms: Sequence[str]
    full: frozenset[int]
    left: frozenset[int] = frozenset()


MOST_TALLIED = 10_000
"""Values of one field in a tally: many more than any field has that is tallied."""

MOST_SPREAD = 1_000
"""Values counted one by one in a spread; what all others have together is known."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of documents by the values of one to three fields together; without fields, their number.

    A document that holds several values counts for each. `within` narrows the documents for this tally alone.
    """

    fields: tuple[str, ...] = ()
    within: "Clause | None" = None


Tallied = dict[tuple[str | int, ...], int]
"""How many documents hold each combination of values; combinations that none holds are left out."""


class Spread(NamedTuple):
    """How documents spread over the values of a field with many.

    `largest` are the commonest values with exact counts; `counts` those of many more, commonest first, with
    the largest among them; `others` the counts of all other values together. Of `counts`, one may lack up to
    `error` documents where the index has so many values that its parts forget some.
    """

    largest: Sequence[tuple[str, int]]
    counts: Sequence[int]
    others: int
    error: int


class HeldVersion(NamedTuple):
    """A document in the index, for comparison with the store."""

    id: str
    version: int
    timepoint: int


class Snapshot(Protocol):
    """One state of an index, whatever is written to it meanwhile; to be closed, and not to be shared between
    threads.

    It tells of documents by their timepoints, which name their versions in the register. Errors are those of
    the reader.
    """

    def count(self, clause: Clause) -> int: ...

    def best(self, clause: Clause, limit: int) -> Sequence[int]:
        """The first `limit` by score."""
        ...

    def slices(self, clause: Clause, order: Order) -> Iterator[Sequence[int]]:
        """All of them in the order of a field, a slice at a time."""
        ...

    def close(self) -> None: ...


class Reader(Protocol):
    """The searching side of an engine; safe to share between threads.

    `kind` tells the engines apart, for a page of one cannot be gone on from in the other. Every method raises
    `IndexUnavailableError` where the index cannot be reached or none was built yet.
    """

    kind: Literal["tantivy", "opensearch"]

    def find(self, clause: Clause, order: Order, limit: int, after: After | None = None) -> Page:
        """The documents that match, with the exact total. `after`: only those behind the hit that had this
        value.
        """
        ...

    def candidates(self, sources: Sequence[Source], seconds: float | None = None) -> Candidates:
        """The documents of all sources, each once, those of the earlier sources first.

        After `seconds` no further source is looked at; the first one always is.
        """
        ...

    def fetch(self, ids: Sequence[str]) -> dict[str, EngineHit]:
        """The documents with these ids, as far as the index has them."""
        ...

    def facet(self, clause: Clause, fields: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
        """For each (field, size): its values with how many documents have them, commonest first. Counts are
        exact.
        """
        ...

    def tally(self, clause: Clause, tallies: Sequence[Tally]) -> list[Tallied]:
        """Exact counts over the documents of a clause, for each tally. Raises `ValueError` for a field with
        more than `MOST_TALLIED` values in them.
        """
        ...

    def spread(self, clause: Clause, field: str, largest: int, most: int = MOST_SPREAD) -> Spread:
        """The `largest` commonest values of a keyword field, and the counts of the `most` commonest: many
        more.
        """
        ...

    def firsts(self, clauses: Sequence[Clause], order: Order) -> list[EngineHit | None]:
        """The first document of each clause in an order, None where none matches."""
        ...

    def frequency(self, values: Sequence[tuple[str, str]]) -> list[int]:
        """About how many documents hold each (field, value), for choosing the rarest."""
        ...

    def count(self, clause: Clause) -> int: ...

    def snapshot(self) -> Snapshot:
        """The index as it is now, for reading more of it than a page."""
        ...

    def held(self) -> Iterator[HeldVersion]:
        """Every document, ordered by timepoint."""
        ...


class Writer(Protocol):
    """The writing side; one at a time for an index. Nothing is durable or visible before `commit`."""

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents, each replacing the one with its id unless that one is of a later timepoint."""
        ...

    def remove(self, removals: Iterable[tuple[str, int]]) -> None:
        """Take out documents by (id, timepoint of the delete), unless the one held is later."""
        ...

    def commit(self) -> None:
        """Make everything so far durable and visible to readers."""
        ...

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""
        ...


class Engine(Protocol):
    """An index under versioned names, of which one is live.

    Names are `<alias>-<schema version>-<build time>`; readers follow the live one. A rebuild writes a new
    name and makes it live in one step; the one before is kept for a rollback until the next.
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

    def drop(self, name: str) -> None:
        """Delete an index that is not live. Raises `ValueError` for the live one."""
        ...

    def reader(self) -> Reader:
        """A reader that follows the live index."""
        ...

    def reader_of(self, name: str) -> Reader: ...

    def writer(self, name: str) -> Writer:
        """The writer of an index; raises `WriterBusyError` where another process holds it."""
        ...

    def size_bytes(self, name: str) -> int: ...


def schema_of(name: str) -> str | None:
    """The schema version in the name of an index; None for a name of another shape."""
    parts = name.rsplit("-", 2)
    return parts[1] if len(parts) == 3 else None
