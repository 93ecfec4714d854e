"""Records to the index: keys computed and documents written, beside the bare writes of the same documents.

Times are those of one core: the writer's own thread counts, so the sum is what two cores have to share.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from loadtests.bench_storing import statements
from loadtests.feeds import FEEDS
from loadtests.table import print_table
from loadtests.timing import forget_answers
from register.collector import patient_collector
from register.model import decode_record, encode_record
from search.document import IndexDocument, document_of
from search.engines import tantivy as embedded
from search.engines.tantivy_schema import schema as index_schema
from search.engines.tantivy_writer import HEAP_BYTES, WRITER_THREADS, values_of

_RUNS = 2


def keys(bodies: list[bytes]) -> tuple[float, list[IndexDocument]]:
    """Seconds for the documents of records as the store holds them, and the documents."""
    forget_answers()
    begun = time.process_time()
    documents = [document_of(decode_record(body), 1, number) for number, body in enumerate(bodies, 1)]
    return time.process_time() - begun, documents


def write(documents: list[IndexDocument], folder: Path) -> float:
    """Seconds of the engine's writer, to the end of its commit."""
    engine = embedded.TantivyEngine(folder)
    writer = engine.writer(engine.create())
    begun = time.process_time()
    writer.put(documents)
    writer.commit()
    seconds = time.process_time() - begun
    writer.close()
    return seconds


def bare_write(documents: list[IndexDocument], folder: Path) -> float:
    """Seconds for the library alone, with documents that were put together before."""
    folder.mkdir()
    schema = index_schema()
    made = [tantivy.Document.from_dict(values_of(one), schema) for one in documents]
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=WRITER_THREADS)
    begun = time.process_time()
    for one in made:
        writer.add_document(one)
    writer.commit()
    seconds = time.process_time() - begun
    writer.wait_merging_threads()
    return seconds


def measure(count: int, feeds: Path) -> None:
    """Print the table; `feeds` keeps the generated feeds."""
    rows = []
    for name in FEEDS:
        bodies = [encode_record(one.record) for one in statements(name, count, feeds)]
        computed, written, bare = [], [], []
        for _ in range(_RUNS):
            with patient_collector(), TemporaryDirectory(prefix="ipregister-bench-") as scratch:
                seconds, documents = keys(bodies)
                computed.append(seconds)
                written.append(write(documents, Path(scratch) / "ours"))
                bare.append(bare_write(documents, Path(scratch) / "bare"))
        both = min(computed) + min(written)
        rows.append(
            (
                name,
                f"{count / min(bare):,.0f}",
                f"{count / min(computed):,.0f}",
                f"{count / min(written):,.0f}",
                f"{count / both:,.0f}",
                f"{min(bare) / both:.2f}",
            )
        )
    print_table(
        "Records to the index, one core",
        ("format", "bare writes/s", "keys/s", "writes/s", "keys and writes/s", "of the bare writes"),
        rows,
    )
