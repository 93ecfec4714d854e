"""A feed rehearsed beside the same feed in earnest, and what its quality costs: microseconds a record of this
process's own time, which other work on the machine does not spoil.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from loadtests.bench_storing import databases, statements, store
from loadtests.feeds import FEEDS
from loadtests.table import print_table
from register.collector import patient_collector
from register.model import Status
from register.quality.counting import count_quality
from register.statement import Statement
from register.store.database import Database
from register.store.dry_run import DryRun
from register.store.embedded import EmbeddedPostgres
from register.store.feeds import NewFeed, begin_feed, create_feed, finish_feed
from register.store.upsert import in_batches

_RUNS = 2


def ended(given: Sequence[Statement]) -> list[Statement]:
    """The same records with another status."""
    status = Status("ended", "Ended")
    return [
        said._replace(record=msgspec.structs.replace(said.record, status=status), source=said.source + b" ")
        for said in given
    ]


def rehearse(database: Database, office: str, given: Sequence[Statement]) -> float:
    """Rehearse a feed; microseconds of this process a record."""
    new = NewFeed(office=office, name="feed", size=1, digest=b"dry", format=None, dry_run=True)
    with database.writing() as connection:
        feed = begin_feed(connection, create_feed(connection, new).id, "found", "bench")
    begun = time.process_time()
    with DryRun(database, feed) as run:
        for batch in in_batches(given):
            run.apply(batch)
    spent = time.process_time() - begun
    with database.writing() as connection:
        finish_feed(connection, feed.id)
    return 1e6 * spent / len(given)


def quality(given: Sequence[Statement]) -> float:
    """Count the quality of a feed; microseconds a record."""
    begun = time.process_time()
    for batch in in_batches(given):
        count_quality([said for said in batch if isinstance(said, Statement)], [])
    return 1e6 * (time.process_time() - begun) / len(given)


def measure(count: int, feeds: Path) -> None:
    """Print the table; `feeds` keeps the generated feeds."""
    rows = []
    with TemporaryDirectory(prefix="ipregister-bench-") as scratch:
        # The database server may run under another account, which has to reach its folder.
        Path(scratch).chmod(0o755)
        postgres = EmbeddedPostgres(Path(scratch))
        with postgres, patient_collector():
            empty = databases(postgres)
            for name, (office, _) in FEEDS.items():
                given = statements(name, count, feeds)
                changed = ended(given)
                runs = [_run(next(empty), office, given, changed) for _ in range(_RUNS)]
                rows.append((name, *(f"{min(figures):.0f}" for figures in zip(*runs, strict=True))))
            empty.close()  # type: ignore[attr-defined]  # a generator
    print_table(
        "Records rehearsed, microseconds a record",
        ("format", "quality", "in earnest", "new", "unchanged", "changed"),
        rows,
    )


def _run(
    database: Database, office: str, given: list[Statement], changed: list[Statement]
) -> tuple[float, ...]:
    new = rehearse(database, office, given)
    in_earnest = _timed(lambda: store(database, office, given, b"first")) / len(given)
    return quality(given), in_earnest, new, rehearse(database, office, given), rehearse(
        database, office, changed
    )  # fmt: skip


def _timed(act: Callable[[], object]) -> float:
    """Microseconds of this process."""
    begun = time.process_time()
    act()
    return 1e6 * (time.process_time() - begun)
