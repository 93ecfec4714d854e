"""What was delivered read again, beside reading it the first time; and what it costs to let new records go
ahead: microseconds a record of this process's own time, which other work on the machine does not spoil.
"""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from ingest.pipeline import Loader
from ingest.reprocessing import Reprocess
from loadtests.bench_storing import databases
from loadtests.feeds import FEEDS, write_feed
from loadtests.table import print_table
from register.collector import patient_collector
from register.store.database import Database
from register.store.embedded import EmbeddedPostgres
from register.store.feeds import Feed, NewFeed, create_feed
from register.store.reprocesses import ask_reprocess

_NEW = 10
_FIRST_NEW = text("SELECT min(timepoint) FROM change WHERE operation = 'insert' AND timepoint > :before")


def measure(count: int, feeds: Path) -> None:
    """Print the tables; `feeds` keeps the generated feeds."""
    again, ahead = [], []
    with TemporaryDirectory(prefix="ipregister-bench-") as scratch:
        # The database server may run under another account, which has to reach its folder.
        Path(scratch).chmod(0o755)
        postgres = EmbeddedPostgres(Path(scratch))
        with postgres, patient_collector():
            empty = databases(postgres)
            for name in FEEDS:
                again.append((name, *_again(next(empty), name, write_feed(name, count, feeds), count)))
            ahead = [(name, *figures) for name, figures in _ahead(next(empty), feeds, count)]
            empty.close()  # type: ignore[attr-defined]  # a generator
    print_table(
        "Records read again, microseconds a record",
        ("format", "first time", "again, a dry run", "again, nothing changes"),
        again,
    )
    print_table(
        f"A feed of amendments with {_NEW} new records at its end",
        ("way", "microseconds a record", "versions before the first new one"),
        ahead,
    )


def _again(database: Database, name: str, path: Path, count: int) -> tuple[str, ...]:
    office = FEEDS[name][0]
    first = _timed(lambda: Loader(database, office).load(path))

    def reprocess(dry_run: bool) -> None:
        with database.writing() as connection:
            feed = ask_reprocess(connection, office, dry_run=dry_run)
        Reprocess(database, feed).run()

    figures = (first, _timed(lambda: reprocess(True)), _timed(lambda: reprocess(False)))
    return tuple(f"{figure / count:.0f}" for figure in figures)


def _ahead(database: Database, feeds: Path, count: int) -> list[tuple[str, tuple[str, str]]]:
    """In order, and with what is new first."""
    path = write_feed("jsonl", count, feeds)
    office = FEEDS["jsonl"][0]
    Loader(database, office).load(path)
    lines = path.read_text().splitlines()
    found = []
    for way, goes_ahead in (("in order", False), ("new records first", True)):
        amended = feeds / f"amended-{way.replace(' ', '-')}.jsonl"
        with amended.open("w", encoding="utf-8") as out:
            for number, one in enumerate(lines):
                told = {**json.loads(one), "kind": None, "disclaimers": [{"text": way, "language": "en"}]}
                out.write(json.dumps(told) + "\n")
                if number >= len(lines) - _NEW:
                    told["applicationNumber"] = f"{way[:2]}{number}"
                    out.write(json.dumps(told) + "\n")
        size = amended.stat().st_size
        before = _versions(database)
        with database.writing() as connection:
            new = NewFeed(office=office, name=amended.name, size=size, digest=way.encode().ljust(32))
            feed = create_feed(connection, new)
        spent = _timed(partial(_take, Loader(database, office), feed, amended, goes_ahead))
        with database.reading() as connection:
            query = text(
                "SELECT min(timepoint) FROM change WHERE operation = 'insert' AND timepoint > :before"
            )
            position = int(connection.scalar(query, {"before": before}) or 0)
        found.append((way, (f"{spent / (count + _NEW):.0f}", f"{position - before - 1:,}")))
    return found


def _take(loader: Loader, feed: Feed, path: Path, goes_ahead: bool) -> None:
    if goes_ahead:
        loader.take_ahead(feed, path, None, 1 << 30)
    loader.go_on(feed.id, path)


def _versions(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.scalar(text("SELECT max(timepoint) FROM change")) or 0)


def _timed(act: Callable[[], object]) -> float:
    """Microseconds of this process."""
    begun = time.process_time()
    act()
    return 1e6 * (time.process_time() - begun)
