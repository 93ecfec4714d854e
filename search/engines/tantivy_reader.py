"""Reading the embedded index, in any number of processes and threads."""

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

import tantivy

from search.engine import (
    MOST_SPREAD,
    After,
    All,
    Candidates,
    Clause,
    EngineHit,
    HeldVersion,
    Order,
    Page,
    Source,
    Spread,
    Tallied,
    Tally,
    Term,
    schema_of,
)
from search.engines import tallying
from search.engines.exact_counts import Counts, in_order, settled
from search.engines.remembered import Remembered
from search.engines.tantivy_clauses import translate
from search.engines.tantivy_forms import FIELD, FormsReader
from search.engines.tantivy_schema import schema
from search.engines.tantivy_snapshot import TantivySnapshot, behind, count_of
from search.errors import IndexUnavailableError
from search.fields import KINDS, SCHEMA_VERSION, Kind

POINTER = "live"
"""The file that names the live index."""

_HELD_PAGE = 20_000
_FETCH_AT_ONCE = 200
# Values that one segment counts before it forgets the rarest; raised where the counts cannot tell the
# commonest.
_FACET_VALUES_OF_A_SEGMENT = 4_000
_SPARE_FACET_VALUES = 50
_MOST_RECOUNTED = 50_000

T = TypeVar("T")
Stamp = tuple[int, int, int]


def _stamp(path: Path) -> Stamp | None:
    """What tells one state of a file that is replaced as a whole from the next."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index that is open, where it lies, and the forms beside it."""

    index: tantivy.Index
    path: Path
    forms: FormsReader


class TantivyReader:
    """Searches one index, or the live one where `name` is None."""

    kind: Literal["tantivy", "opensearch"] = "tantivy"

    def __init__(self, directory: Path, name: str | None) -> None:
        self._directory = directory
        self._name = name
        self._schema = schema()
        self._lock = threading.Lock()
        self._pointer: Stamp | None = None
        self._segments: Stamp | None = None
        self._opened: _Opened | None = None
        self._remembered = Remembered()

    def _counted(self, what: Hashable, count: Callable[[tantivy.Searcher], T]) -> T:
        """What is counted over the index as of its last commit, kept where it took long."""
        opened = self._at_hand()
        # Read before the searcher: an answer may be newer than the state it is kept under, never older.
        state = self._segments
        searcher = opened.index.searcher()
        return self._remembered.answer((opened.path, state, what), lambda: count(searcher))

    def _searcher(self) -> tantivy.Searcher:
        return self._at_hand().index.searcher()

    def _at_hand(self) -> "_Opened":
        """The live index as of its last commit."""
        pointer = _stamp(self._directory / POINTER) if self._name is None else None
        opened = self._opened
        if (
            opened is not None
            and pointer == self._pointer
            and _stamp(opened.path / "meta.json") == self._segments
        ):
            return opened
        with self._lock:
            return self._refreshed(pointer)

    def _refreshed(self, pointer: Stamp | None) -> "_Opened":
        try:
            if self._opened is None or pointer != self._pointer:
                self._opened = self._open()
                self._pointer, self._segments = pointer, None
            segments = _stamp(self._opened.path / "meta.json")
            if segments != self._segments:
                self._opened.index.reload()
                self._segments = segments
            return self._opened
        except (OSError, ValueError) as error:
            raise IndexUnavailableError("the index cannot be opened") from error

    def _open(self) -> "_Opened":
        name = self._name
        if name is None:
            try:
                name = (self._directory / POINTER).read_text("utf-8").strip()
            except FileNotFoundError:
                raise IndexUnavailableError("no index was built yet") from None
        path = self._directory / name
        if not (path / "meta.json").exists():
            raise IndexUnavailableError("no index was built yet")
        if schema_of(name) != SCHEMA_VERSION:
            # The worker builds it anew; until then its fields are not those that are asked for.
            raise IndexUnavailableError("the index has the fields of another version")
        index = tantivy.Index.open(str(path))
        index.config_reader("manual")
        return _Opened(index, path, FormsReader(path))

    def find(self, clause: Clause, order: Order, limit: int, after: After | None = None) -> Page:
        searcher = self._searcher()
        query = translate(self._schema, clause)
        if order.field is None:
            return self._best(searcher, query, limit, int(after[0]) if after is not None else 0)
        direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        if after is None:
            found = searcher.search(query, limit, order_by_field=order.field, order=direction)
            total = count_of(found)
        else:
            bound = behind(self._schema, order, int(after[0]))
            rest = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, bound)])
            found = searcher.search(rest, limit, count=False, order_by_field=order.field, order=direction)
            total = count_of(searcher.search(query, 1))
        return Page([_hit(searcher.doc(address), 0.0, (value,)) for value, address in found.hits], total)

    def _best(self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int) -> Page:
        found = searcher.search(query, limit, offset=offset)
        hits = [
            _hit(searcher.doc(address), float(score), (offset + place,))
            for place, (score, address) in enumerate(found.hits, 1)
        ]
        return Page(hits, count_of(found))

    def candidates(self, sources: Sequence[Source], seconds: float | None = None) -> Candidates:
        opened = self._at_hand()
        searcher = opened.index.searcher()
        until = None if seconds is None else time.monotonic() + seconds
        left: frozenset[int] = frozenset()
        addresses: list[tantivy.DocAddress] = []
        full: set[int] = set()
        for place, source in enumerate(sources):
            if place and until is not None and time.monotonic() > until:
                left = frozenset(range(place, len(sources)))
                break
            direction = tantivy.Order.Desc if source.order.descending else tantivy.Order.Asc
            hits = searcher.search(
                translate(self._schema, source.clause),
                source.limit,
                count=False,
                order_by_field=source.order.field,
                order=direction,
            ).hits
            if len(hits) == source.limit:
                full.add(place)
            addresses += [address for _, address in hits]
        # Where its forms stand tells a document from all others.
        places = dict.fromkeys(searcher.fast_field_values(FIELD, addresses))
        ids, versions, forms = opened.forms.at(int(place or 0) for place in places)
        return Candidates(ids, versions, forms, frozenset(full), left)

    def fetch(self, ids: Sequence[str]) -> dict[str, EngineHit]:
        searcher = self._searcher()
        found: dict[str, EngineHit] = {}
        for start in range(0, len(ids), _FETCH_AT_ONCE):
            some = ids[start : start + _FETCH_AT_ONCE]
            terms = [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "id", one, "basic"))
                for one in some
            ]
            hits = searcher.search(tantivy.Query.boolean_query(terms), len(some), count=False).hits
            for _, address in hits:
                hit = _hit(searcher.doc(address), 0.0, ())
                found[hit.id] = hit
        return found

    def facet(self, clause: Clause, fields: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
        if not fields:
            return {}
        return self._counted(
            ("facet", clause, tuple(fields)), lambda searcher: self._facet(searcher, clause, fields)
        )

    def _facet(
        self, searcher: tantivy.Searcher, clause: Clause, fields: Sequence[tuple[str, int]]
    ) -> dict[str, list[tuple[str, int]]]:
        query = translate(self._schema, clause)
        sizes = dict(fields)
        found: dict[str, Counts] = {}
        held = _FACET_VALUES_OF_A_SEGMENT
        while len(found) < len(sizes):
            asked = {
                field: {"terms": {"field": field, "size": size + _SPARE_FACET_VALUES, "segment_size": held}}
                for field, size in sizes.items()
                if field not in found
            }
            counted = searcher.aggregate(query, asked)
            for field in asked:
                counts = _counts(field, counted[field]["buckets"])
                error = (
                    counted[field].get("doc_count_error_upper_bound", 0) if held < searcher.num_docs else 0
                )
                exact = settled(
                    counts, error, sizes[field], partial(self._recounted, searcher, clause, field)
                )
                if exact is not None:
                    found[field] = exact
            held *= 50
        return {field: found[field] for field, _ in fields}

    def _recounted(
        self, searcher: tantivy.Searcher, clause: Clause, field: str, values: Sequence[str]
    ) -> dict[str, int]:
        """How many documents of a clause have each value: so few documents have one of them that no count is
        cut short.
        """
        query = translate(self._schema, All((clause,), (_values(field, values),)))
        held = _MOST_RECOUNTED
        wanted = {"terms": {"field": field, "size": _MOST_RECOUNTED, "segment_size": held}}
        return dict(_counts(field, searcher.aggregate(query, {field: wanted})[field]["buckets"]))

    def tally(self, clause: Clause, tallies: Sequence[Tally]) -> list[Tallied]:
        return self._counted(
            ("tally", clause, tuple(tallies)), lambda searcher: self._tally(searcher, clause, tallies)
        )

    def _tally(self, searcher: tantivy.Searcher, clause: Clause, tallies: Sequence[Tally]) -> list[Tallied]:
        found: dict[int, Tallied] = {}
        together: dict[Clause | None, list[int]] = {}
        for place, one in enumerate(tallies):
            together.setdefault(one.within, []).append(place)
        for within, places in together.items():
            query = translate(self._schema, clause if within is None else All((clause, within)))
            asked = tallying.asked([tallies[place].fields for place in places], "segment_size")
            counted = searcher.aggregate(query, asked) if asked else {}
            for place in places:
                fields = tallies[place].fields
                if fields:
                    found[place] = tallying.tallied(fields, counted)
                else:
                    found[place] = {(): count_of(searcher.search(query, 1))}
        return [found[place] for place in range(len(tallies))]

    def spread(self, clause: Clause, field: str, largest: int, most: int = MOST_SPREAD) -> Spread:
        return self._counted(
            ("spread", clause, field, largest, most),
            lambda searcher: self._spread(searcher, clause, field, largest, most),
        )

    def _spread(
        self, searcher: tantivy.Searcher, clause: Clause, field: str, largest: int, most: int
    ) -> Spread:
        query = translate(self._schema, clause)
        wanted = {"terms": {"field": field, "size": most, "segment_size": most}}
        counted = searcher.aggregate(query, {field: wanted})[field]
        counts = in_order(_counts(field, counted["buckets"]))
        error = counted.get("doc_count_error_upper_bound", 0)
        first = settled(
            counts[: largest + _SPARE_FACET_VALUES],
            error,
            largest,
            partial(self._recounted, searcher, clause, field),
        )
        if first is None:
            first = self._facet(searcher, clause, [(field, largest)])[field]
        return Spread(first, [count for _, count in counts], counted.get("sum_other_doc_count", 0), error)

    def firsts(self, clauses: Sequence[Clause], order: Order) -> list[EngineHit | None]:
        return [next(iter(self.find(clause, order, 1).hits), None) for clause in clauses]

    def frequency(self, values: Sequence[tuple[str, str]]) -> list[int]:
        searcher = self._searcher()
        return [searcher.doc_freq(field, value) for field, value in values]

    def count(self, clause: Clause) -> int:
        return count_of(self._searcher().search(translate(self._schema, clause), 1))

    def snapshot(self) -> TantivySnapshot:
        return TantivySnapshot(self._schema, self._searcher())

    def held(self) -> Iterator[HeldVersion]:
        searcher = self._searcher()
        last = -1
        while True:
            if last < 0:
                query = tantivy.Query.all_query()
            else:
                query = behind(self._schema, Order("timepoint", descending=False), last)
            hits = searcher.search(
                query, _HELD_PAGE, count=False, order_by_field="timepoint", order=tantivy.Order.Asc
            ).hits
            for timepoint, address in hits:
                document = searcher.doc(address)
                yield HeldVersion(_stored(document, "id"), _stored(document, "version"), timepoint)
            if len(hits) < _HELD_PAGE:
                return
            last = hits[-1][0]


def _hit(document: tantivy.Document, score: float, after: After) -> EngineHit:
    identity, version = _stored(document, "id"), _stored(document, "version")
    return EngineHit(identity, version, score, after, _stored(document, "short"))


def _stored(document: tantivy.Document, name: str) -> Any:
    """A stored field that every document has."""
    return document.get_first(name)


def _values(field: str, values: Sequence[str]) -> Term:
    """Documents that have one of these values, as counts write them."""
    is_number = KINDS[field] is Kind.NUMBER
    return Term(field, tuple(int(value) if is_number else value for value in values))


def _counts(field: str, buckets: list[dict[str, Any]]) -> Counts:
    if KINDS[field] is Kind.NUMBER:
        return [(str(int(one["key"])), one["doc_count"]) for one in buckets]
    return [(one["key"], one["doc_count"]) for one in buckets]
