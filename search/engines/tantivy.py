"""The embedded engine: tantivy indexes in folders of one directory, written by one process, read by many.

The file `live` names the live index and is replaced in one step. Readers look at it, and at the index's own
list of segments, before each search, so a commit of another process is seen by the next search of every
process.
"""

import datetime as dt
import os
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import msgspec
import tantivy

from search.document import IndexDocument
from search.engine import (
    After,
    Candidate,
    Candidates,
    Clause,
    EngineHit,
    HeldVersion,
    Order,
    Page,
    Source,
)
from search.engines.tantivy_clauses import translate
from search.errors import IndexUnavailableError, WriterBusyError
from search.fields import FIELDS, KINDS, SCHEMA_VERSION, Field, Kind

_POINTER = "live"
_HEAP_BYTES = 64_000_000
_WRITER_THREADS = 1
_HELD_PAGE = 20_000
_FETCH_AT_ONCE = 200
# Values that one segment counts before it forgets the rarest; raised until the engine says that no count is
# short.
_FACET_VALUES_OF_A_SEGMENT = 20_000
_SPARE_FACET_VALUES = 50


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("version", stored=True, fast=True)
    builder.add_bytes_field("short", stored=True)
    builder.add_bytes_field("forms", stored=True)
    for field in FIELDS:
        _add(builder, field)
    return builder.build()


def _add(builder: tantivy.SchemaBuilder, field: Field) -> None:
    match field.kind:
        case Kind.KEYWORD:
            builder.add_text_field(field.name, fast=field.facet, tokenizer_name="raw", index_option="basic")
        case Kind.TOKENS:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="freq")
        case Kind.WORDS:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="position")
        case Kind.NUMBER:
            builder.add_unsigned_field(field.name, indexed=field.searched, fast=field.facet)
        case Kind.ORDER:
            builder.add_unsigned_field(field.name, fast=True)


class TantivyEngine:
    """Indexes under `directory`, which is made where it is missing."""

    kind: Literal["tantivy", "opensearch"] = "tantivy"

    def __init__(self, directory: Path, alias: str = "ipregister") -> None:
        self._directory = directory
        self._alias = alias
        self._own = re.compile(rf"{re.escape(alias)}-[a-z0-9.]+-[0-9]{{8}}t[0-9]{{12}}")
        self._directory.mkdir(parents=True, exist_ok=True)

    def live(self) -> str | None:
        try:
            name = (self._directory / _POINTER).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        return name if (self._directory / name / "meta.json").exists() else None

    def create(self) -> str:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dt%H%M%S%f")
        name = f"{self._alias}-{SCHEMA_VERSION}-{stamp}"
        path = self._directory / name
        path.mkdir()
        tantivy.Index(_schema(), path=str(path))
        return name

    def make_live(self, name: str) -> None:
        if name not in self.names():
            raise ValueError(f"there is no index {name}")
        pointer = self._directory / _POINTER
        replacement = pointer.with_suffix(f".{os.getpid()}")
        with open(replacement, "w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        replacement.replace(pointer)

    def names(self) -> list[str]:
        return sorted(path.name for path in self._directory.iterdir() if self._own.fullmatch(path.name))

    def drop(self, name: str) -> None:
        if name == self.live():
            raise ValueError(f"{name} is the live index")
        if name in self.names():
            shutil.rmtree(self._directory / name)

    def reader(self) -> "TantivyReader":
        return TantivyReader(self._directory, None)

    def reader_of(self, name: str) -> "TantivyReader":
        return TantivyReader(self._directory, name)

    def writer(self, name: str) -> "TantivyWriter":
        path = self._directory / name
        if not (path / "meta.json").exists():
            raise IndexUnavailableError("there is no such index")
        return TantivyWriter(path)

    def size_bytes(self, name: str) -> int:
        total = 0
        for path in (self._directory / name).iterdir():
            try:
                total += path.stat().st_size
            except FileNotFoundError:
                # A merge took the file away meanwhile.
                continue
        return total


Stamp = tuple[int, int, int]


def _stamp(path: Path) -> Stamp | None:
    """What tells one state of a file that is replaced as a whole from the next."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


class TantivyReader:
    """Searches one index, or the live one where `name` is None."""

    kind: Literal["tantivy", "opensearch"] = "tantivy"

    def __init__(self, directory: Path, name: str | None) -> None:
        self._directory = directory
        self._name = name
        self._schema = _schema()
        self._lock = threading.Lock()
        self._pointer: Stamp | None = None
        self._segments: Stamp | None = None
        self._path: Path | None = None
        self._index: tantivy.Index | None = None

    def _searcher(self) -> tantivy.Searcher:
        pointer = _stamp(self._directory / _POINTER) if self._name is None else None
        index, path = self._index, self._path
        if (
            index is not None
            and path is not None
            and pointer == self._pointer
            and _stamp(path / "meta.json") == self._segments
        ):
            return index.searcher()
        with self._lock:
            return self._refreshed(pointer)

    def _refreshed(self, pointer: Stamp | None) -> tantivy.Searcher:
        try:
            if self._index is None or pointer != self._pointer:
                self._open(pointer)
            index, path = self._index, self._path
            if index is None or path is None:
                raise IndexUnavailableError("no index was built yet")
            segments = _stamp(path / "meta.json")
            if segments != self._segments:
                index.reload()
                self._segments = segments
            return index.searcher()
        except (OSError, ValueError) as error:
            raise IndexUnavailableError("the index cannot be opened") from error

    def _open(self, pointer: Stamp | None) -> None:
        name = self._name
        if name is None:
            try:
                name = (self._directory / _POINTER).read_text("utf-8").strip()
            except FileNotFoundError:
                raise IndexUnavailableError("no index was built yet") from None
        path = self._directory / name
        if not (path / "meta.json").exists():
            raise IndexUnavailableError("no index was built yet")
        segments = _stamp(path / "meta.json")
        index = tantivy.Index.open(str(path))
        index.config_reader("manual")
        index.reload()
        self._index, self._path, self._pointer, self._segments = index, path, pointer, segments

    def find(self, clause: Clause, order: Order, limit: int, after: After | None = None) -> Page:
        searcher = self._searcher()
        query = translate(self._schema, clause)
        if order.field is None:
            return self._best(searcher, query, limit, int(after[0]) if after is not None else 0)
        direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        if after is None:
            found = searcher.search(query, limit, order_by_field=order.field, order=direction)
            total = _count_of(found)
        else:
            bound = self._behind(order, int(after[0]))
            rest = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, bound)])
            found = searcher.search(rest, limit, count=False, order_by_field=order.field, order=direction)
            total = _count_of(searcher.search(query, 1))
        return Page([_hit(searcher.doc(address), 0.0, (value,)) for value, address in found.hits], total)

    def _behind(self, order: Order, value: int) -> tantivy.Query:
        field, unsigned = str(order.field), tantivy.FieldType.Unsigned
        if not order.descending:
            return tantivy.Query.range_query(
                self._schema, field, unsigned, lower_bound=value, include_lower=False
            )
        return tantivy.Query.range_query(
            self._schema, field, unsigned, upper_bound=value, include_upper=False
        )

    def _best(self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int) -> Page:
        found = searcher.search(query, limit, offset=offset)
        hits = [
            _hit(searcher.doc(address), float(score), (offset + place,))
            for place, (score, address) in enumerate(found.hits, 1)
        ]
        return Page(hits, _count_of(found))

    def candidates(self, sources: Sequence[Source]) -> Candidates:
        searcher = self._searcher()
        addresses: dict[tuple[int, int], tantivy.DocAddress] = {}
        full: set[int] = set()
        for place, source in enumerate(sources):
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
            for _, address in hits:
                addresses.setdefault((address.segment_ord, address.doc), address)
        documents = [searcher.doc(address) for address in addresses.values()]
        return Candidates(
            [
                Candidate(_stored(one, "id"), _stored(one, "version"), _stored(one, "forms").decode())
                for one in documents
            ],
            frozenset(full),
        )

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
        searcher = self._searcher()
        query = translate(self._schema, clause)
        found: dict[str, list[tuple[str, int]]] = {}
        wanted = {field: min(size + _SPARE_FACET_VALUES, max(searcher.num_docs, 1)) for field, size in fields}
        sizes = dict(fields)
        held = _FACET_VALUES_OF_A_SEGMENT
        while wanted:
            asked = {
                field: {"terms": {"field": field, "size": size, "segment_size": max(held, size)}}
                for field, size in wanted.items()
            }
            counted = searcher.aggregate(query, asked)
            for field in list(wanted):
                if counted[field].get("doc_count_error_upper_bound", 0) and held < searcher.num_docs:
                    continue
                found[field] = _counts(field, counted[field]["buckets"])[: sizes[field]]
                del wanted[field]
            held *= 10
        return {field: found[field] for field, _ in fields}

    def frequency(self, field: str, values: Sequence[str]) -> list[int]:
        searcher = self._searcher()
        return [searcher.doc_freq(field, value) for value in values]

    def count(self, clause: Clause) -> int:
        return _count_of(self._searcher().search(translate(self._schema, clause), 1))

    def held(self) -> Iterator[HeldVersion]:
        searcher = self._searcher()
        last = -1
        while True:
            if last < 0:
                query = tantivy.Query.all_query()
            else:
                query = self._behind(Order("timepoint", descending=False), last)
            hits = searcher.search(
                query, _HELD_PAGE, count=False, order_by_field="timepoint", order=tantivy.Order.Asc
            ).hits
            for timepoint, address in hits:
                document = searcher.doc(address)
                yield HeldVersion(_stored(document, "id"), _stored(document, "version"), timepoint)
            if len(hits) < _HELD_PAGE:
                return
            last = hits[-1][0]


def _count_of(found: tantivy.SearchResult) -> int:
    count: int | None = getattr(found, "count", None)
    if count is None:
        raise IndexUnavailableError("the index gave no count")
    return count


def _hit(document: tantivy.Document, score: float, after: After) -> EngineHit:
    identity, version = _stored(document, "id"), _stored(document, "version")
    return EngineHit(identity, version, score, after, _stored(document, "short"))


def _stored(document: tantivy.Document, name: str) -> Any:
    """A stored field that every document has."""
    return document.get_first(name)


def _counts(field: str, buckets: list[dict[str, object]]) -> list[tuple[str, int]]:
    numbers = KINDS[field] is Kind.NUMBER
    counts = [
        (str(int(float(str(one["key"])))) if numbers else str(one["key"]), int(str(one["doc_count"])))
        for one in buckets
    ]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def _values(document: IndexDocument) -> dict[str, object]:
    """The document's fields as tantivy takes them: lists, and nothing for what is absent."""
    values: dict[str, object] = {
        name: list(value) if type(value) is tuple else value
        for name, value in msgspec.structs.asdict(document).items()
        if value != ()
    }
    values["forms"] = document.forms.encode()
    return values


class TantivyWriter:
    """The one writer of an index. A document of an earlier timepoint never replaces a later one."""

    def __init__(self, path: Path) -> None:
        self._schema = _schema()
        self._index = tantivy.Index.open(str(path))
        self._index.config_reader("manual")
        try:
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=_WRITER_THREADS)
        except ValueError as error:
            if "lock" in str(error).lower():
                raise WriterBusyError("another process writes this index") from None
            raise
        self._index.reload()
        self._searcher = self._index.searcher()
        newest = self._searcher.search(
            tantivy.Query.all_query(), 1, count=False, order_by_field="timepoint"
        ).hits
        self._newest: int = newest[0][0] if newest else -1
        self._uncommitted: dict[str, int] = {}

    def _is_late(self, identity: str, timepoint: int) -> bool:
        """Whether the index has the document in a later version. Free for what comes in order of
        timepoints.
        """
        if timepoint > self._newest:
            self._newest = timepoint
            return False
        pending = self._uncommitted.get(identity)
        if pending is not None:
            return pending > timepoint
        term = tantivy.Query.term_query(self._schema, "id", identity, "basic")
        hits = self._searcher.search(term, 1, count=False).hits
        held = self._searcher.fast_field_values("timepoint", [address for _, address in hits])
        return any(value is not None and value > timepoint for value in held)

    def put(self, documents: Iterable[IndexDocument]) -> None:
        with _writing():
            for document in documents:
                self._put(document)

    def _put(self, document: IndexDocument) -> None:
        # A first version in order of timepoints cannot be there yet.
        fresh = document.version == 1 and document.timepoint > self._newest
        if self._is_late(document.id, document.timepoint):
            return
        if not fresh:
            self._writer.delete_documents_by_term("id", document.id)
        self._uncommitted[document.id] = document.timepoint
        self._writer.add_document(tantivy.Document.from_dict(_values(document), self._schema))

    def remove(self, removals: Iterable[tuple[str, int]]) -> None:
        with _writing():
            for identity, timepoint in removals:
                if not self._is_late(identity, timepoint):
                    self._writer.delete_documents_by_term("id", identity)
                    self._uncommitted[identity] = timepoint

    def commit(self) -> None:
        with _writing():
            self._writer.commit()
            self._uncommitted.clear()
            self._index.reload()
            self._searcher = self._index.searcher()

    def close(self) -> None:
        # A writer that failed, for a full disk say, fails at this too; its lock goes with it all the same.
        with suppress(ValueError, OSError):
            self._writer.rollback()
            self._writer.wait_merging_threads()


@contextmanager
def _writing() -> Iterator[None]:
    """Tells a failure of the engine, such as a full disk, as an error of ours."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnavailableError("the index cannot be written") from error
