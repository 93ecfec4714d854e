"""A whole register as a file: records a second and peak memory of each kind of file, by the process that the
service starts for it, beside a bare COPY of the same records.
"""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from app.exports.job import ExportJob
from app.exports.kinds import EXPORT_FORMATS
from app.exports.process import Begun, Told
from app.index_of import engine_of
from app.settings import Settings
from loadtests.bench_storing import statements, store
from loadtests.feeds import FEEDS
from loadtests.table import print_table
from register.store.database import Database, driver
from register.store.embedded import EmbeddedPostgres
from register.store.migrate import upgrade
from search.indexer import Indexer
from search.query import SearchQuery

WANTED = 20_000
_PART = 20_000
_FEED = "jsonl"
_READ_BYTES = 1 << 20
_RUNS = 2


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
            database.close()
    print_table(
        "A register as a file",
        ("file", "records", "records/s", "peak MB", "MB", "of the bare COPY", f"of {WANTED:,} wanted"),
        rows,
    )


def _fill(settings: Settings, database: Database, count: int, feeds: Path) -> None:
    office, _ = FEEDS[_FEED]
    given = statements(_FEED, count, feeds)
    for number, start in enumerate(range(0, count, _PART)):
        store(database, office, given[start : start + _PART], bytes([number % 256]) * 32)
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
        # What the system tells of ended children counts the parent's own memory in.
        peak = max(peak, _peak_kib(process.pid))
    assert process.wait() == 0
    assert head.problem is None, head
    return time.perf_counter() - begun, head.total or 0, peak, size


def _peak_kib(process_id: int) -> int:
    """The most memory that a living process has had; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process_id}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), 0)
