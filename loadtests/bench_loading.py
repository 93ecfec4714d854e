"""File to searchable by `ipregister ingest` with the embedded defaults; its memory and disk."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.settings import Settings
from loadtests import bench_searching
from loadtests.feeds import FEEDS, write_feed
from loadtests.table import print_table

WANTED = 2_500
WANTED_MEGABYTES = 600
_LOOK_SECONDS = 0.2
_BIG_BYTES = 500_000_000


class Ingested(NamedTuple):
    """Seconds from the start of the command to its end; the peaks are of the resident memory, in bytes.

    `core_seconds` are those of all its processes and the database: what the same work takes of a machine that
    others use too.
    """

    records: int
    seconds: float
    core_seconds: float
    reader_peak: int
    indexer_peak: int


def ingest(path: Path, office: str, data_dir: Path) -> Ingested:
    """Run the command. Raises `RuntimeError` where it fails or a record is not taken."""
    command = [sys.executable, "-m", "app.cli.main", "ingest", str(path), "--office", office, "--json"]
    used_before = _used_by_children()
    begun = time.perf_counter()
    running = subprocess.Popen(
        command, env=_environment(data_dir), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    peaks: dict[int, int] = {}
    database: dict[int, float] = {}
    while running.poll() is None:
        for pid in (running.pid, *_children(running.pid)):
            peaks[pid] = max(peaks.get(pid, 0), _peak_resident(pid))
        database |= _used_by_database(data_dir)
        time.sleep(_LOOK_SECONDS)
    seconds = time.perf_counter() - begun
    out, said = running.communicate()
    if running.returncode != 0:
        raise RuntimeError(said.decode(errors="replace"))
    counts = json.loads(out)
    if counts["quarantined"]:
        raise RuntimeError(f"not every record was taken: {counts}")
    reader = peaks.pop(running.pid, 0)
    core_seconds = _used_by_children() - used_before + sum(database.values())
    return Ingested(counts["read"], seconds, core_seconds, reader, max(peaks.values(), default=0))


def _environment(data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IPREGISTER_")}
    return {**kept, "IPREGISTER_DATA_DIR": str(data_dir)}


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak_resident(pid: int) -> int:
    """The most that was resident so far, in bytes; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(kilobytes[0]) << 10 if kilobytes else 0


def _used_by_children() -> float:
    """Core seconds of the commands that ended, with their own children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _used_by_database(data_dir: Path) -> dict[int, float]:
    """Core seconds so far of each process of the embedded database; none where the system does not tell."""
    used = {}
    try:
        postmaster = int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])
        for pid in (postmaster, *_children(postmaster)):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        # It is starting, or has just stopped.
        return used
    return used


def _disk(folder: Path) -> int:
    """Bytes that the files of a folder take."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


@contextmanager
def scratch_register(first: tuple[Path, str]) -> Iterator[Path]:
    """A data directory with its database made, by one small load, so that making it is not measured."""
    with TemporaryDirectory(prefix="ipregister-bench-") as scratch:
        # The database server may run under another account, which has to reach its folder.
        Path(scratch).chmod(0o755)
        data_dir = Path(scratch) / "data"
        ingest(*first, data_dir)
        yield data_dir


def _megabytes(peak: int) -> str:
    return f"{peak / 1e6:,.0f}" if peak else "not told here"


def measure(count: int, feeds: Path, *, big: bool) -> None:
    """Print the tables; with `big` also of a daily file of 500 MB. `feeds` keeps the generated feeds."""
    rows = []
    first = (write_feed("jsonl", 10, feeds), FEEDS["jsonl"][0])
    for name, (office, _) in FEEDS.items():
        with scratch_register(first) as data_dir:
            before = _disk(data_dir)
            done = ingest(write_feed(name, count, feeds), office, data_dir)
            rows.append(_row(name, done, (_disk(data_dir) - before) / done.records))
            if name == "st66":
                answered = bench_searching.answer_times(Settings(data_dir=data_dir))
    if big:
        each = write_feed("uspto-daily", 1000, feeds).stat().st_size / 1000
        path = write_feed("uspto-daily", int(_BIG_BYTES / each) + 1, feeds)
        with scratch_register(first) as data_dir:
            before = _disk(data_dir)
            done = ingest(path, "US", data_dir)
            disk = (_disk(data_dir) - before) / done.records
            rows.append(_row(f"uspto-daily, {path.stat().st_size / 1e6:,.0f} MB", done, disk))
    print_table(
        "File to searchable, two processes and the database",
        (
            "format",
            "records",
            "records/s",
            f"of {WANTED:,} wanted",
            "core ms a record",
            "disk bytes a record",
            f"peak MB, reading (wanted < {WANTED_MEGABYTES})",
            "peak MB, indexing",
        ),
        rows,
    )
    bench_searching.print_times(answered, count)


def _row(name: str, done: Ingested, disk: float) -> tuple[str, ...]:
    rate = done.records / done.seconds
    return (
        name,
        f"{done.records:,}",
        f"{rate:,.0f}",
        f"{rate / WANTED:.2f}",
        f"{done.core_seconds / done.records * 1000:.2f}",
        f"{disk:,.0f}",
        _megabytes(done.reader_peak),
        _megabytes(done.indexer_peak),
    )
