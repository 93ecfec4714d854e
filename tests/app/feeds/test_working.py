"""Workers that read feeds: killed, told to stop, failing, and many at once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from app.feeds import working
from app.feeds.spool import Spool
from app.feeds.working import FeedWorker
from app.settings import Settings
from ingest.pipeline import Loader
from register.store.database import Database
from register.store.feed_queue import next_feeds, retry_feed
from register.store.feeds import Feed, NewFeed, create_feed, find_feed
from register.store.guard import Guard
from tests.app.http.conftest import MARKS_SG, jsonl


class Office:
    """An office whose deliveries lie in the spool."""

    def __init__(self, database: Database, data: Path) -> None:
        self.database, self.data, self.spool = database, data, Spool(data, 0)
        self.guard = Guard(Settings().share, 5)

    def send(self, body: bytes) -> int:
        with self.spool.begin() as writer:
            writer.write([body])
            spooled = writer.keep()
        new = NewFeed(
            office="SG", name="feed.jsonl", size=spooled.size, digest=spooled.digest, spool=spooled.name
        )
        with self.database.writing() as connection:
            return create_feed(connection, new).id

    def feed(self, feed_id: int) -> Feed:
        found = self.database.read(lambda connection: find_feed(connection, feed_id))
        assert found is not None
        return found

    def worker(self) -> FeedWorker:
        return FeedWorker(self.database, self.spool, threading.Event(), self.guard)

    def process(self) -> subprocess.Popen[bytes]:
        url = self.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        environment = {**os.environ, "IPREGISTER_DATABASE_URL": url, "IPREGISTER_DATA_DIR": str(self.data)}
        return subprocess.Popen([sys.executable, "-m", "app.feeds_worker"], env=environment)

    def versions(self) -> list[tuple[Any, ...]]:
        query = text(
            'SELECT record_id, version, operation, body FROM change ORDER BY record_id COLLATE "C", version'
        )
        with self.database.reading() as connection:
            return [tuple(row) for row in connection.execute(query)]


@pytest.fixture
def office(fresh_database_url: str, tmp_path: Path) -> Iterator[Office]:
    with closing(Database(fresh_database_url)) as database:
        yield Office(database, tmp_path)


def body(count: int, status: str = "registered") -> bytes:
    return jsonl(
        [{**MARKS_SG[1], "applicationNumber": f"40{n:09d}K", "status": status} for n in range(count)]
    )


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_workers_killed_at_random_moments_lose_nothing_and_do_nothing_twice(office: Office) -> None:
    feeds = [office.send(body(20_000)), office.send(body(2000, "pending"))]
    draw, kills = random.Random(11), 0
    processes = [office.process(), office.process()]
    try:
        while kills < 8 and office.feed(feeds[1]).counts.read < 2000:
            time.sleep(draw.uniform(1.0, 3.0))
            victim = draw.randrange(2)
            processes[victim].send_signal(signal.SIGKILL)
            processes[victim].wait()
            kills += 1
            processes[victim] = office.process()
    finally:
        for process in processes:
            process.kill()
            process.wait()
    until(lambda: office.worker().work() or office.feed(feeds[1]).state == "done")
    while office.worker().work():
        pass
    first, second = map(office.feed, feeds)
    assert kills >= 2
    assert (first.state, first.counts.created, first.counts.read) == ("done", 20_000, 20_000)
    assert (second.state, second.counts.updated, second.counts.read) == ("done", 2000, 2000)
    assert len(office.versions()) == 22_000


def test_a_worker_that_is_told_to_stop_stops_soon_and_another_goes_on(office: Office) -> None:
    feed = office.send(body(20_000))
    process = office.process()
    try:
        until(lambda: office.feed(feed).counts.read > 0)
        process.terminate()
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
    left = office.feed(feed)
    assert left.state == "reading"
    assert left.counts.read > 0
    assert office.worker().work()
    assert office.feed(feed).counts.created == 20_000


def test_an_error_of_ours_is_tried_again_and_then_told_and_the_feed_can_be_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, worker = office.send(body(10)), office.worker()
    monkeypatch.setattr(working, "_FIRST_WAIT", 0.0)
    read = Loader.read_claimed

    def failing(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(Loader, "read_claimed", failing)
    for _ in range(3):
        assert worker.work()
    failed = office.feed(feed)
    assert failed.state == "failed"
    assert failed.problem is not None
    assert "failed 3 times" in failed.problem
    assert "ZeroDivisionError" in failed.problem
    monkeypatch.setattr(Loader, "read_claimed", read)
    with office.database.writing() as connection:
        assert retry_feed(connection, feed).state == "queued"
    assert worker.work()
    assert office.feed(feed).counts.created == 10


def test_a_feed_that_fails_does_not_keep_other_offices_waiting(office: Office) -> None:
    feed = office.send(body(10))
    with office.database.writing() as connection:
        connection.execute(text("UPDATE feed SET next_try_at = now() + interval '1 hour'"))
    assert office.database.read(next_feeds) == []
    with office.database.writing() as connection:
        connection.execute(text("UPDATE feed SET next_try_at = now() - interval '1 second'"))
    assert office.database.read(next_feeds) == [feed]


@pytest.mark.parametrize("state", ["53100", "57P01"])
def test_a_full_disk_or_a_lost_database_is_no_fault_of_the_feed(
    office: Office, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    feed, worker = office.send(body(10)), office.worker()
    monkeypatch.setattr(working, "_FIRST_WAIT", 0.0)
    error = psycopg.errors.lookup(state)

    def failing(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(Loader, "read_claimed", failing)
    for _ in range(5):
        assert worker.work()
    assert office.feed(feed).state == "queued"


def test_a_feed_that_ends_its_worker_each_time_is_ended(office: Office) -> None:
    feed = office.send(body(10))
    with office.database.writing() as connection:
        connection.execute(text("UPDATE feed SET attempts = 30"))
    assert office.worker().work()
    ended = office.feed(feed)
    assert ended.state == "failed"
    assert ended.problem is not None
    assert "cut off 30 times" in ended.problem


def test_a_delivery_that_is_gone_is_told(office: Office) -> None:
    feed = office.send(body(10))
    name = office.feed(feed).spool
    assert name is not None
    office.spool.drop(name)
    assert office.worker().work()
    assert office.feed(feed).problem == "the delivery is gone from the data directory; send it again"


def test_a_cancelled_feed_stops_within_a_batch(office: Office) -> None:
    feed = office.send(body(20_000))
    thread = threading.Thread(target=office.worker().work)
    thread.start()
    until(lambda: office.feed(feed).counts.read > 0)
    with office.database.writing() as connection:
        connection.execute(text("UPDATE feed SET state = 'cancelled'"))
    read = office.feed(feed).counts.read
    thread.join(20)
    assert not thread.is_alive()
    assert office.feed(feed).counts.read == read < 20_000
    assert office.feed(feed).spool is None
