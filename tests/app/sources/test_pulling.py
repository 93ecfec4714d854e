"""The worker's part: due sources are pulled, and their feeds queued and read."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.feeds.spool import Spool
from app.feeds.working import FeedWorker
from app.settings import Settings
from app.sources.listed import sources_of
from app.sources.pulling import pulling, pulling_sources
from app.sources.queueing import queueing
from app.supervisor import wait_for
from ingest.pulling.clock import Pace
from ingest.pulling.handing_over import Fetched
from register.store.audit import list_audit
from register.store.changes import newest_after
from register.store.database import Database
from register.store.feeds import Feed, list_feeds
from register.store.guard import Guard
from register.store.sources import runs_of, source_states
from search.engines.tantivy import TantivyEngine
from tests.app.http.conftest import client_of
from tests.ingest.pulling.pulling import lines
from tests.ingest.pulling.serving import Answer, serving


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    with closing(Database(fresh_database_url)) as held:
        yield held


def settings_with(folder: Path, *addresses: str, **further: Any) -> Settings:
    """Settings with a folder of a table for each address."""
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    for number, address in enumerate(addresses):
        (tables / f"{number}.toml").write_text(
            f'[[source]]\nname = "file-{number}"\noffice = "SG"\nkind = "file"\n'
            f'url = "{address}"\nevery = "1h"\n'
        )
    return Settings(data_dir=folder, sources_dir=tables, spare_bytes=0, **further)


def feeds_of(database: Database) -> list[Feed]:
    return database.read(lambda connection: list_feeds(connection))


def test_a_due_source_becomes_a_queued_feed_that_is_read(database: Database, tmp_path: Path) -> None:
    with serving(lambda _: Answer(200, lines(1, 2))) as office:
        settings = settings_with(tmp_path, f"{office.address}/marks")
        pull = pulling(settings, database, threading.Event(), Pace())
        assert pull()
        assert not pull()
    (feed,) = feeds_of(database)
    assert (feed.state, feed.office, feed.is_resumed) == ("queued", "SG", True)
    assert FeedWorker(
        database, Spool(tmp_path, 0), threading.Event(), Guard(settings.share, settings.hold_least)
    ).work()
    (feed,) = feeds_of(database)
    assert (feed.state, feed.counts.created) == ("done", 2)
    assert len(database.read(lambda connection: newest_after(connection, 0, 10))) == 2
    (run,) = database.read(lambda connection: runs_of(connection, "file-0", 10))
    assert run.feed_id == feed.id
    (received,) = database.read(lambda connection: list_audit(connection))
    assert (received.action, received.who, received.place) == (
        "feed.received",
        "source puller",
        "source file-0",
    )
    assert len(office.asked) == 1


def test_the_fetched_file_stays_until_its_feed_is_written_down(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = tmp_path / "fetched"
    fetched.write_bytes(lines(1))

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.sources.queueing.create_feed", fails)
    with pytest.raises(ZeroDivisionError):
        queueing(database, Spool(tmp_path, 0))(Fetched(fetched, "x", "SG", None))
    assert fetched.read_bytes() == lines(1)
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_source_whose_table_is_another_is_told(database: Database, tmp_path: Path) -> None:
    with serving(lambda _: Answer(200, lines(1))) as office:
        for place in ("a", "b"):
            settings = settings_with(tmp_path, f"{office.address}/{place}")
            pulling(settings, database, threading.Event(), Pace())()
            with database.writing() as connection:
                connection.exec_driver_sql("UPDATE feed_source SET next_run_at = NULL")
    changed = database.read(lambda connection: list_audit(connection, actions=("source",)))
    assert [(one.action, one.office, one.subject) for one in changed] == [
        ("source.changed", "SG", "source file-0")
    ]
    assert str(changed[0].detail["url"]).endswith("/b")


def test_several_threads_pull_each_source_once(database: Database, tmp_path: Path) -> None:
    with serving(lambda _: Answer(200, lines(1))) as one, serving(lambda _: Answer(200, lines(2))) as two:
        settings = settings_with(tmp_path, f"{one.address}/a", f"{two.address}/b", sources_at_once=4)
        with pulling_sources(settings, database):
            wait_for(lambda: len(feeds_of(database)) == 2, 30)
    assert (len(one.asked), len(two.asked)) == (1, 1)


def test_a_worker_that_ends_does_not_wait_for_a_server(database: Database, tmp_path: Path) -> None:
    """The server has nothing but 503, so the source waits between its tries."""
    with serving(lambda _: Answer(503)) as office:
        settings = settings_with(tmp_path, f"{office.address}/a")
        with pulling_sources(settings, database):
            wait_for(lambda: len(office.asked) > 0, 30)
    assert [run.state for run in database.read(lambda connection: runs_of(connection, "file-0", 9))] == [
        "fetching"
    ]


def test_without_tables_nothing_is_asked_of_the_database(tmp_path: Path, database: Database) -> None:
    settings = Settings(data_dir=tmp_path)
    assert sources_of(settings) == ({}, [])
    assert not pulling(settings, database, threading.Event(), Pace())()
    assert database.read(source_states) == {}


def test_sources_are_told_over_http_without_their_addresses_and_errors(
    database: Database, tmp_path: Path
) -> None:
    with serving(lambda asked: Answer(200 if asked.path == "/good" else 404, lines(1))) as office:
        settings = settings_with(
            tmp_path, f"{office.address}/good", f"{office.address}/bad", "http://x.example/"
        )
        pull = pulling(settings, database, threading.Event(), Pace())
        (tmp_path / "tables" / "2.toml").write_text(
            (tmp_path / "tables" / "2.toml").read_text() + "off = true\n"
        )
        assert pull()
        assert pull()
        assert not pull()
    answer = client_of(settings, database, TantivyEngine(tmp_path / "index")).get("/v1/sources")
    told = {one["name"]: one for one in answer.json()["results"]}
    assert {name: one["state"] for name, one in told.items()} == {
        "file-0": "well",
        "file-1": "failing",
        "file-2": "off",
    }
    assert told["file-0"]["delay"] < 60
    assert told["file-0"]["schedule"] == "every 1h"
    assert told["file-0"]["nextRun"] > told["file-0"]["lastSuccess"]
    assert "127.0.0.1" not in answer.text
    assert "404" not in answer.text
