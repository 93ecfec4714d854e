"""Kills at any moment end, after a restart, in the state of a run that nothing disturbed."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from register.store.changes import Change, changes
from register.store.database import Database
from register.store.embedded import EmbeddedPostgres
from register.store.feeds import Feed, begin_feed, find_feed, list_files
from register.store.migrate import upgrade
from register.store.offices import miscounted
from register.store.postgres_cluster import postmaster
from register.store.quarantine import list_quarantine
from register.store.upsert import Upsert, in_batches
from tests.register.store.delivering import Office
from tests.register.store.loading import BATCH, feed_items
from tests.servers.scratch import scratch_folder

COUNT = 1500


def told_by(database: Database, feed: Feed) -> object:
    """Everything that a run leaves behind, without ids and times."""
    with database.reading() as connection:
        held = find_feed(connection, feed.id)
        assert held is not None
        assert miscounted(connection) == []
        return (
            held.state,
            held.counts,
            [(file.name, file.counts) for file in list_files(connection, feed.id)],
            [(kept.position, kept.code) for kept in list_quarantine(connection, feed.id, limit=10_000)],
            list(map(_stable, changes(connection, 0, 10_000))),
        )


def _stable(told: Change) -> tuple[object, ...]:
    return (told.timepoint, told.id, told.version, told.operation, told.body)


@pytest.fixture
def undisturbed(database: Database) -> object:
    """What a run leaves that nothing disturbed; the register is emptied again."""
    office = Office(database)
    feed = office.begin("feed")
    upsert = Upsert(database, feed)
    for batch in in_batches(feed_items(COUNT), BATCH):
        upsert.apply(batch)
    office.finish(feed)
    told = told_by(database, feed)
    with database.writing() as connection:
        connection.exec_driver_sql("TRUNCATE change, record, feed, publication, office_right CASCADE")
    return told


def test_a_loading_process_that_is_killed_leaves_whole_batches_and_goes_on_where_it_was(
    database: Database, fresh_database_url: str, undisturbed: object
) -> None:
    feed = Office(database).begin("feed")
    draw = random.Random(7)
    kills = 0
    while True:
        module = "tests.register.store.loading"
        process = subprocess.Popen(
            [sys.executable, "-m", module, fresh_database_url, str(feed.id), str(COUNT)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        assert process.stdout is not None
        for _ in range(draw.randrange(2, 20)):
            process.stdout.readline()
        threading.Event().wait(draw.uniform(0, 0.02))
        process.kill()
        process.communicate()
        with database.reading() as connection:
            held = find_feed(connection, feed.id)
        assert held is not None
        assert held.counts.read % BATCH == 0
        if held.state == "done":
            break
        kills += 1
    assert kills >= 2
    assert told_by(database, feed) == undisturbed


@pytest.fixture
def own_server() -> Iterator[EmbeddedPostgres]:
    """A server that a test may kill."""
    with scratch_folder("pg-kill") as folder:
        server = EmbeddedPostgres(folder / "data", {"shared_buffers": "32MB"})
        with server:
            yield server


def test_a_server_that_is_killed_and_comes_back_is_only_a_pause(
    own_server: EmbeddedPostgres, undisturbed: object
) -> None:
    url = own_server.url("ipregister")
    upgrade(url)
    database = Database(url)
    office = Office(database)
    feed = office.begin("feed")
    ended = threading.Event()
    kills: list[int] = []

    def disturb() -> None:
        while not ended.wait(0.1):
            own_server.ensure_alive()
            pid = postmaster(own_server.cluster)
            if pid is not None and len(kills) < 3:
                os.kill(pid, signal.SIGKILL)
                kills.append(pid)

    disturber = threading.Thread(target=disturb)
    disturber.start()
    upsert = Upsert(database, feed)
    try:
        for batch in in_batches(feed_items(COUNT), BATCH):
            upsert.apply(batch)
    finally:
        ended.set()
        disturber.join()
    with database.writing() as connection:
        assert begin_feed(connection, feed.id, "jsonl", "1").counts.read == COUNT
    office.finish(feed)
    assert kills
    assert told_by(database, feed) == undisturbed
    database.close()
