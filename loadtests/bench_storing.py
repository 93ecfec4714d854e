"""Records to the store: rows a second by the upsert, beside the bare COPY of the same rows."""

import io
import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import Connection
from sqlalchemy import create_engine, text

from ingest.detect import detect
from ingest.formats.registry import Opened
from ingest.mapping import Mapper
from loadtests.feeds import FEEDS, write_feed
from loadtests.table import print_table
from register.collector import patient_collector
from register.statement import Statement
from register.store.database import Database, driver
from register.store.embedded import EmbeddedPostgres
from register.store.feeds import NewFeed, begin_feed, create_feed, finish_feed
from register.store.migrate import upgrade
from register.store.upsert import Upsert, in_batches

_RUNS = 2
_WRITTEN = ("change", "record", "source_block")


def statements(name: str, count: int, folder: Path) -> list[Statement]:
    """A generated feed, read."""
    office, _ = FEEDS[name]
    data = write_feed(name, count, folder).read_bytes()
    kind = detect(data[:65536], name)
    mapper = Mapper(office, kind.name)
    found: list[Statement] = []
    for delivered in kind.read(Opened(name, office, io.BytesIO(data))):
        statement = mapper.statement(delivered)  # type: ignore[arg-type]  # the generated feeds hold no damage
        assert isinstance(statement, Statement), statement
        found.append(statement)
    return found


def store(database: Database, office: str, given: list[Statement], digest: bytes) -> float:
    """Apply a feed and return the seconds it took."""
    with database.writing() as connection:
        new = NewFeed(office=office, name="feed", size=1, digest=digest, format=None, dry_run=False)
        feed = begin_feed(connection, create_feed(connection, new).id, "found", "bench")
    upsert = Upsert(database, feed)
    begun = time.perf_counter()
    for batch in in_batches(given):
        upsert.apply(batch)
    seconds = time.perf_counter() - begun
    with database.writing() as connection:
        finish_feed(connection, feed.id)
    return seconds


def bare_copy(connection: Connection[object]) -> tuple[float, int]:
    """Seconds and bytes of a COPY, without indexes, of every row that the upsert wrote."""
    cursor = connection.cursor()
    rows: dict[str, list[bytes]] = {}
    for table in _WRITTEN:
        with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out:
            rows[table] = [bytes(piece) for piece in out]
        cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table})")
    connection.commit()
    begun = time.perf_counter()
    for table, pieces in rows.items():
        with cursor.copy(f"COPY bare_{table} FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"".join(pieces))
    connection.commit()
    return time.perf_counter() - begun, sum(len(piece) for pieces in rows.values() for piece in pieces)


def databases(postgres: EmbeddedPostgres) -> Iterator[Database]:
    """Empty registers, one after another, so that each run creates what it stores."""
    admin = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    try:
        for number in itertools.count():
            name = f"bench_{number}"
            with admin.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            url = postgres.url(name)
            upgrade(url)
            database = Database(url)
            try:
                yield database
            finally:
                database.close()
    finally:
        admin.dispose()


def measure(count: int, feeds: Path) -> None:
    """Print the table; `feeds` keeps the generated feeds."""
    rows = []
    with TemporaryDirectory(prefix="ipregister-bench-") as scratch:
        # The database server may run under another account, which has to reach its folder.
        Path(scratch).chmod(0o755)
        postgres = EmbeddedPostgres(Path(scratch))
        with postgres:
            empty = databases(postgres)
            for name, (office, _) in FEEDS.items():
                given = statements(name, count, feeds)
                created, again, bare, held = [], [], [], 0
                for _ in range(_RUNS):
                    database = next(empty)
                    with patient_collector():
                        created.append(store(database, office, given, b"first"))
                        again.append(store(database, office, given, b"second"))
                    with database.engine.connect() as connection:
                        seconds, held = bare_copy(driver(connection))
                        bare.append(seconds)
                total = len(given)
                rows.append(
                    (
                        name,
                        f"{held / total:,.0f}",
                        f"{total / min(bare):,.0f}",
                        f"{total / min(created):,.0f}",
                        f"{min(bare) / min(created):.2f}",
                        f"{total / min(again):,.0f}",
                    )
                )
            empty.close()  # type: ignore[attr-defined]  # a generator
    print_table(
        "Records to the store",
        ("format", "bytes a row", "bare COPY/s", "stored/s", "of the bare COPY", "unchanged/s"),
        rows,
    )
