"""Feeds whose command was killed are ended by whoever comes next."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.orphans import Orphans
from ingest.pipeline import Loader
from register.store.claims import FeedClaimedError, claim_feed
from register.store.database import Database
from register.store.feeds import Feed, list_feeds
from tests.ingest.test_pipeline import feed_of, line

# A command that reads a feed and is killed, by the signal that nothing can catch, after its second batch.
_KILLED = """
import os, signal, sys
from pathlib import Path
from ingest.pipeline import Loader
from register.store.database import Database

def killed(progress):
    if progress.counts.read:
        os.kill(os.getpid(), signal.SIGKILL)

Loader(Database(sys.argv[1]), "SG", progress=killed).load(Path(sys.argv[2]), dry_run=len(sys.argv) > 3)
"""


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return feed_of(tmp_path / "feed.jsonl", *(line(number) for number in range(9000)))


def load_and_kill(url: str, path: Path, *further: str) -> None:
    process = subprocess.run([sys.executable, "-c", _KILLED, url, str(path), *further], timeout=120)
    assert process.returncode == -signal.SIGKILL


def feeds(database: Database) -> list[Feed]:
    return database.read(lambda connection: list_feeds(connection))


def test_a_feed_whose_command_was_killed_is_ended_with_what_to_do(
    database: Database, fresh_database_url: str, delivery: Path
) -> None:
    load_and_kill(fresh_database_url, delivery)
    (left,) = feeds(database)
    assert left.state == "reading"
    assert 0 < left.counts.read < 9000
    orphans = Orphans(database, patience=0.2)
    assert orphans.look() == []
    orphans.settle()
    (ended,) = feeds(database)
    assert ended.state == "failed"
    assert ended.problem == (
        f"the command that read it was ended after {left.counts.read:,} records; "
        "what it had applied stays; send the feed again to finish it"
    )
    again = Loader(database, "SG").load(delivery).feed
    assert (again.state, again.counts.read) == ("done", 9000)
    assert (again.counts.created, again.counts.unchanged) == (9000 - left.counts.read, left.counts.read)


def test_of_a_dry_run_nothing_was_written(
    database: Database, fresh_database_url: str, delivery: Path
) -> None:
    load_and_kill(fresh_database_url, delivery, "dry")
    orphans = Orphans(database, patience=0.0)
    (ended,) = orphans.look()
    assert ended.problem is not None
    assert "nothing was written" in ended.problem


def test_a_feed_that_is_being_read_is_no_orphan_and_nobody_else_reads_it(
    database: Database, delivery: Path
) -> None:
    orphans = Orphans(database, patience=0.0)
    seen: list[list[Feed]] = []

    def look(_: object) -> None:
        seen.append(orphans.look())
        (feed,) = feeds(database)
        with pytest.raises(FeedClaimedError):
            Loader(database, "SG").go_on(feed.id, delivery)

    loaded = Loader(database, "SG", progress=look).load(delivery)
    assert loaded.feed.state == "done"
    assert len(seen) > 2
    assert not any(seen)


def test_a_feed_whose_file_is_kept_is_left_to_those_who_read_it_on(
    database: Database, fresh_database_url: str, delivery: Path
) -> None:
    load_and_kill(fresh_database_url, delivery)
    orphans = Orphans(database, lambda feed: feed.name == "feed.jsonl", patience=0.0)
    assert orphans.look() == []
    (left,) = feeds(database)
    assert left.state == "reading"
    loaded = Loader(database, "SG").go_on(left.id, delivery)
    assert (loaded.feed.state, loaded.feed.counts.created) == ("done", 9000)


def test_an_unclaimed_feed_has_time_to_be_claimed_again(
    database: Database, fresh_database_url: str, delivery: Path
) -> None:
    load_and_kill(fresh_database_url, delivery)
    orphans = Orphans(database, patience=60.0)
    assert orphans.look() == orphans.look() == []
    (left,) = feeds(database)
    with claim_feed(database, left.id):
        orphans.look()
    orphans.settle()
    assert feeds(database)[0].state == "reading"
