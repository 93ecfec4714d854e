"""Writing the embedded index: one process, one thread."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import tantivy

from search.document import IndexDocument
from search.engines.tantivy_forms import FIELD, FormsWriter
from search.engines.tantivy_schema import schema
from search.errors import IndexUnavailableError, WriterBusyError

HEAP_BYTES = 64_000_000
WRITER_THREADS = 1


def values_of(document: IndexDocument) -> dict[str, object]:
    """The document's fields as tantivy takes them: lists, and nothing for what is absent."""
    values: dict[str, object] = {
        name: list(value) if type(value) is tuple else value
        for name, value in msgspec.structs.asdict(document).items()
        if value != ()
    }
    values.pop("forms", None)
    return values


class TantivyWriter:
    """The one writer of an index. A document of an earlier timepoint never replaces a later one."""

    def __init__(self, path: Path) -> None:
        self._schema = schema()
        self._index = tantivy.Index.open(str(path))
        self._index.config_reader("manual")
        try:
            self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=WRITER_THREADS)
        except ValueError as error:
            if "lock" in str(error).lower():
                raise WriterBusyError("another process writes this index") from None
            raise
        self._forms = FormsWriter(path)
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
        values = {**values_of(document), FIELD: [self._forms.add(document)]}
        self._writer.add_document(tantivy.Document.from_dict(values, self._schema))

    def remove(self, removals: Iterable[tuple[str, int]]) -> None:
        with _writing():
            for identity, timepoint in removals:
                if not self._is_late(identity, timepoint):
                    self._writer.delete_documents_by_term("id", identity)
                    self._uncommitted[identity] = timepoint

    def commit(self) -> None:
        with _writing():
            self._forms.flush()
            self._writer.commit()
            self._uncommitted.clear()
            self._index.reload()
            self._searcher = self._index.searcher()

    def close(self) -> None:
        # A writer that failed, for a full disk say, fails at this too; its lock goes with it all the same.
        with suppress(ValueError, OSError):
            self._forms.close()
            self._writer.rollback()
            self._writer.wait_merging_threads()


@contextmanager
def _writing() -> Iterator[None]:
    """Tells a failure of the engine, such as a full disk, as an error of ours."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnavailableError("the index cannot be written") from error
