"""Watches follow the register, over both engines: each new or changed conflict once."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.watches.events import event_identity, read_event
from app.watches.looking import encode_query, look_with, looking
from register.model import Text
from register.store.changes import last_timepoint
from register.store.database import Database
from register.store.watch_events import Event, events_of
from register.store.watches import Conflict, Watch, conflicts_of, create_watch, delete_watch, find_watch
from search.engine import Engine
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from search.query import Filters, SearchQuery
from search.service import SearchService
from search.watches.window import MOST_CONFLICTS, Span, TooWideError, baseline, found_in
from tests.register.store.delivering import Office, mark, says
from tests.search.conftest import ENGINES, opensearch_engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn, without any index."""
    if request.param == "tantivy":
        yield TantivyEngine(tmp_path / "index")
        return
    with opensearch_engine(request.getfixturevalue("opensearch_url")) as started:
        yield started


class Watched:
    """A register, its index, and watches over it."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self.database, self.engine = database, engine
        self.office, self.indexer = Office(database), Indexer(database, engine)
        self.searching = SearchService(engine.reader(), dict)
        self.look = looking(database, engine)

    def watch(self, query: SearchQuery, least_score: float = 0.7, webhook: str | None = None) -> Watch:
        to = self.database.read(last_timepoint)
        hits = baseline(self.searching, query, least_score, to)
        conflicts = [Conflict(hit.id, hit.version, hit.score) for hit in hits]
        with self.database.writing() as connection:
            return create_watch(
                connection,
                name="ours",
                query=encode_query(query),
                least_score=least_score,
                webhook=webhook,
                reached=to,
                conflicts=conflicts,
            ).watch

    def follow(self) -> None:
        self.indexer.drain()
        while self.look():
            pass

    def events(self, watch: Watch) -> list[Event]:
        return self.database.read(lambda connection: events_of(connection, watch.id, limit=10_000))

    def told(self, watch: Watch) -> list[tuple[str, str, int]]:
        return [(event.kind, event.record_id, event.version) for event in self.events(watch)]


@pytest.fixture
def watched(fresh_database_url: str, engine: Engine) -> Iterator[Watched]:
    database = Database(fresh_database_url)
    made = Watched(database, engine)
    made.office.delivers(says(mark("1", "STEIGER")), says(mark("2", "UNITEL"), number=2))
    made.indexer.drain()
    yield made
    made.indexer.close()
    database.close()


STEIGER = SearchQuery("steiger", filters=Filters(rights=("trademark",)))


def test_what_is_there_already_is_no_news(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    watched.follow()
    assert watched.told(watch) == []
    assert set(watched.database.read(lambda connection: conflicts_of(connection, watch.id))) == {"sg-tm-1"}


def test_new_changed_and_gone_conflicts_are_told_once_in_the_order_of_the_changes(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    watched.office.delivers(says(mark("3", "STEIGERS")), says(mark("4", "LUMORA"), number=2))
    watched.follow()
    watched.office.delivers(says(mark("3", "STEIGERS", plain="expired")))
    watched.follow()
    watched.office.delivers(says(mark("1", "STEIGER"), "delete"))
    watched.office.delivers(says(mark("3", "WHOLLY OTHER")))
    watched.follow()
    watched.follow()
    assert watched.told(watch) == [
        ("new", "sg-tm-3", 1),
        ("changed", "sg-tm-3", 2),
        ("gone", "sg-tm-1", 2),
        ("gone", "sg-tm-3", 3),
    ]


def test_an_event_says_what_and_why_and_until_when(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    filed = mark("3", "STEIGERS", plain="pending", publication_date=dt.date(2026, 1, 31))
    watched.office.delivers(says(filed))
    watched.follow()
    (event,) = watched.events(watch)
    body = read_event(event.body)
    assert event.id == body.id == event_identity(watch.id, "sg-tm-3", 1)
    assert (body.kind, body.watch.name, body.version, body.before) == ("new", "ours", 1, None)
    assert body.record["title"] == "STEIGERS"
    assert body.record["score"] >= 0.7
    assert body.record["why"]
    assert [(one.kind, one.date) for one in body.deadlines] == [("opposition", dt.date(2026, 3, 31))]


def test_what_scores_too_little_is_no_conflict(watched: Watched) -> None:
    strict, lenient = watched.watch(STEIGER, 0.999), watched.watch(STEIGER, 0.6)
    watched.office.delivers(says(mark("3", "STAIGERT")))
    watched.follow()
    assert watched.told(strict) == []
    assert watched.told(lenient) == [("new", "sg-tm-3", 1)]


def test_filters_of_the_search_hold_for_the_watch(watched: Watched) -> None:
    watch = watched.watch(SearchQuery("steiger", filters=Filters(status=("pending",))))
    watched.office.delivers(
        says(mark("3", "STEIGER", plain="registered")), says(mark("4", "STEIGER", plain="pending"), number=2)
    )
    watched.follow()
    assert watched.told(watch) == [("new", "sg-tm-4", 1)]
    watched.office.delivers(says(mark("4", "STEIGER", plain="registered")))
    watched.follow()
    assert watched.told(watch)[1:] == [("gone", "sg-tm-4", 2)]


def test_a_watch_without_a_name_follows_what_its_filters_let_through(watched: Watched) -> None:
    watch = watched.watch(SearchQuery(filters=Filters(status=("pending",))))
    watched.office.delivers(says(mark("7", "ANYTHING", plain="pending")))
    watched.follow()
    assert watched.told(watch) == [("new", "sg-tm-7", 1)]


def test_what_is_said_again_is_no_event(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    for _ in range(3):
        watched.office.delivers(says(mark("3", "STEIGERS")))
        watched.follow()
    assert len(watched.events(watch)) == 1


def test_many_new_ones_at_once_are_all_told(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    count = 700
    watched.office.delivers(
        *(says(mark(str(n), "STEIGER"), number=n) for n in range(100, 100 + count)), batch=100
    )
    watched.follow()
    assert len(watched.events(watch)) == count


def test_several_workers_at_once_tell_each_event_once(watched: Watched) -> None:
    watches = [watched.watch(STEIGER) for _ in range(4)]
    watched.office.delivers(*(says(mark(str(n), "STEIGER"), number=n) for n in range(10, 30)))
    watched.indexer.drain()
    threads = [threading.Thread(target=looking(watched.database, watched.engine)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(watched.events(watch)) for watch in watches] == [20] * 4


def test_a_look_that_fails_before_its_commit_is_made_again_whole(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = watched.watch(STEIGER)
    watched.office.delivers(says(mark("3", "STEIGERS")))
    watched.indexer.drain()

    def lost(*_: object) -> None:
        raise OSError("the connection is lost")

    with monkeypatch.context() as broken:
        broken.setattr("app.watches.looking.mark_looked", lost)
        with pytest.raises(OSError, match="lost"):
            watched.look()
    assert watched.told(watch) == []
    watched.follow()
    assert watched.told(watch) == [("new", "sg-tm-3", 1)]


def test_a_rebuilt_index_brings_no_event_twice_and_loses_none(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    watched.office.delivers(says(mark("3", "STEIGERS")))
    watched.follow()
    watched.office.delivers(says(mark("4", "STEIGERT")))
    watched.indexer.rebuild()
    watched.follow()
    assert watched.told(watch) == [("new", "sg-tm-3", 1), ("new", "sg-tm-4", 1)]


def test_what_changes_between_the_search_and_the_commit_is_told_next_time(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    watched.office.delivers(says(mark("3", "STEIGERS")))
    watched.indexer.drain()
    to = watched.database.read(last_timepoint)
    # In the register already, not in the index yet.
    watched.office.delivers(says(mark("3", "STEIGERS", transliterations=(Text("shutaiga"),))))
    assert look_with(watched.database, watched.searching, watch, to) == 0
    watched.follow()
    assert watched.told(watch) == [("new", "sg-tm-3", 2)]


def test_a_watch_that_was_ended_meanwhile_tells_nothing(watched: Watched) -> None:
    watch = watched.watch(STEIGER)
    watched.office.delivers(says(mark("3", "STEIGERS")))
    watched.indexer.drain()
    with watched.database.writing() as connection:
        delete_watch(connection, watch.id)
    assert look_with(watched.database, watched.searching, watch, watched.database.read(last_timepoint)) == 0
    assert watched.database.read(lambda connection: find_watch(connection, watch.id)) is None


def test_a_search_that_is_too_wide_is_not_watched(watched: Watched) -> None:
    more: Sequence[int] = range(100, 101 + MOST_CONFLICTS)
    watched.office.delivers(*(says(mark(str(n), "X"), number=n) for n in more))
    watched.indexer.drain()
    with pytest.raises(TooWideError):
        baseline(watched.searching, SearchQuery(), 0.5, watched.database.read(last_timepoint))


def test_a_span_holds_what_changed_after_its_beginning_up_to_its_end(watched: Watched) -> None:
    for number in range(10, 14):
        watched.office.delivers(says(mark(str(number), "STEIGER")))
    watched.indexer.drain()
    found = found_in(watched.searching, STEIGER, 0.5, Span(3, 5))
    assert [hit.id for hit in found] == ["sg-tm-11", "sg-tm-12"]
