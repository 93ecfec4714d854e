"""A whole register as a file: records a second and peak memory of each kind of file, by the process that the
service starts for it, beside a bare COPY of the same records; and how long searches take meanwhile.

`python -m loadtests.bench_exporting --data DIRECTORY` measures a data directory that is there already.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from app.exports.job import ExportJob
from app.exports.kinds import EXPORT_FORMATS
from app.exports.process import Begun, Told
from app.index_of import engine_of
from app.settings import Settings
from ingest.pipeline import Loader
from loadtests.feeds import FEEDS, write_feed
from loadtests.table import print_table
from loadtests.timing import machine, percentile
from register.store.database import Database, driver
from register.store.embedded import EmbeddedPostgres
from register.store.migrate import upgrade
from search.indexer import Indexer
from search.query import SearchQuery
from search.service import SearchService
from search.short import decode_short

WANTED = 20_000
_FEED = "jsonl"
_READ_BYTES = 1 << 20
_RUNS = 2
_SEARCHES = 100


def measure(count: int, feeds: Path, data: Path | None = None) -> None:
    """Print the table; `data` is a data directory with a register to export, else one of `count` records is
    made.
    """
    with TemporaryDirectory(prefix="ipregister-bench-") as scratch:
        settings = Settings(data_dir=data or Path(scratch))
        with EmbeddedPostgres(settings.data) as url:
            upgrade(url)
            database = Database(url, statement_seconds=600)
            if data is None:
                _fill(settings, database, count, feeds)
            bare, held = _bare_copy(database)
            rows: list[tuple[str, ...]] = [
                ("bare COPY", f"{held:,}", f"{held / bare:,.0f}", "", "", "1.00", "")
            ]
            for kind in EXPORT_FORMATS:
                job = ExportJob(query=SearchQuery(), format=kind)
                told = Told(job=job, url=url, settings=settings.model_dump(mode="json"))
                rows.append((kind, *_best(told, bare)))
            searches = _searches(settings, url)
            database.close()
    print_table(
        "A register as a file",
        ("file", "records", "records/s", "peak MB", "MB", "of the bare COPY", f"of {WANTED:,} wanted"),
        rows,
    )
    print_table("Searches meanwhile", ("", "searches", "p50 ms", "p99 ms"), searches)


def _fill(settings: Settings, database: Database, count: int, feeds: Path) -> None:
    office, _ = FEEDS[_FEED]
    Loader(database, office).load(write_feed(_FEED, count, feeds))
    indexer = Indexer(database, engine_of(settings))
    indexer.drain()
    indexer.close()


def _bare_copy(database: Database) -> tuple[float, int]:
    """Seconds for a COPY of every record in the order of its id, and how many there are."""
    best = float("inf")
    with database.reading() as connection:
        held = connection.exec_driver_sql("SELECT count(*) FROM record WHERE NOT deleted").scalar_one()
        for _ in range(_RUNS):
            begun = time.perf_counter()
            with driver(connection).cursor().copy(_COPY) as copy:
                for _ in copy:
                    pass
            best = min(best, time.perf_counter() - begun)
    return best, held


_COPY = """
    COPY (SELECT change.body FROM record JOIN change ON change.timepoint = record.timepoint
          WHERE NOT record.deleted ORDER BY record.id) TO STDOUT (FORMAT binary)
"""


def _best(told: Told, bare: float) -> tuple[str, ...]:
    """Records, records a second, peak memory, size, and the shares, of the best of some runs."""
    seconds, records, peak, size = min(_export(told) for _ in range(_RUNS))
    rate = records / seconds
    return (
        f"{records:,}",
        f"{rate:,.0f}",
        f"{peak / 1024:,.0f}",
        f"{size / 1e6:,.0f}",
        f"{bare / seconds:.2f}",
        f"{rate / WANTED:.1f}",
    )


def _export(told: Told) -> tuple[float, int, int, int]:
    """Seconds from the start of the process to its end, records, peak resident KiB, bytes of the file."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "app.exports.process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(msgspec.json.encode(told) + b"\n")
    process.stdin.close()
    head = msgspec.json.decode(process.stdout.readline(), type=Begun)
    size = peak = 0
    while part := process.stdout.read(_READ_BYTES):
        size += len(part)
        peak = max(peak, _memory_kib(process.pid))
    assert process.wait() == 0
    assert head.problem is None, head
    return time.perf_counter() - begun, head.total or 0, peak, size


def _memory_kib(process_id: int) -> int:
    """The memory that a living process has for itself; 0 where the system does not tell.

    Files of the index that are looked at through memory are not counted: the system takes them back at will.
    """
    try:
        told = Path(f"/proc/{process_id}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("RssAnon")), 0)


def _searches(settings: Settings, url: str) -> list[tuple[str, ...]]:
    """How long searches take, and how long while a register is exported beside them."""
    service = SearchService(engine_of(settings).reader(), dict)
    hits = service.search(SearchQuery(limit=_SEARCHES)).hits
    names = [text.text for hit in hits for text in decode_short(hit.short).texts]
    told = Told(
        job=ExportJob(query=SearchQuery(), format="csv"), url=url, settings=settings.model_dump(mode="json")
    )
    rows: list[tuple[str, ...]] = []
    for words, beside in (("alone", False), ("beside an export", True)):
        done = threading.Event()
        exporting = threading.Thread(target=_export_until, args=(told, done))
        if beside:
            exporting.start()
        seconds = []
        for name in names[:_SEARCHES]:
            begun = time.perf_counter()
            service.search(SearchQuery(text=name))
            seconds.append(time.perf_counter() - begun)
        done.set()
        if beside:
            exporting.join()
        p50, p99 = (f"{percentile(seconds, share) * 1000:,.1f}" for share in (0.5, 0.99))
        rows.append((words, f"{len(seconds)}", p50, p99))
    return rows


def _export_until(told: Told, done: threading.Event) -> None:
    while not done.is_set():
        _export(told)


@click.command(help=__doc__)
@click.option("--records", default=60_000, show_default=True, help="Records of a register that is made.")
@click.option("--data", type=click.Path(path_type=Path), help="A data directory with a register instead.")
def main(records: int, data: Path | None) -> None:
    """Measure."""
    print(f"{machine()}\n", flush=True)
    with TemporaryDirectory(prefix="ipregister-bench-feeds-") as feeds:
        measure(records, Path(feeds), data)


if __name__ == "__main__":
    main()
