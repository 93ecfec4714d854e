"""A dry run says what a feed would do, and does nothing."""

import pytest
from sqlalchemy import text

from register.model import Publication
from register.store.counts import Counts
from register.store.database import Database
from register.store.dry_run import DryRun
from register.store.feeds import begin_feed, find_feed
from register.store.finding import Item
from register.store.offices import office_summary
from register.store.quarantine import list_quarantine
from tests.register.store.delivering import Office, delete_of, mark, patent, rejects, says

A1 = Publication(country="EP", number="1000001", kind="A1")
FEED: list[Item] = [
    says(mark("1", "B")),
    says(mark("2")),
    says(mark("1", "A")),
    says(mark("3"), "delete"),
    says(mark("4"), "delete"),
    says(mark("2", plain="ended"), "patch", given={"status"}),
    says(mark("2"), "delete"),
    rejects(),
    says(patent("9", A1)),
    delete_of(A1),
    says(mark("5", office="TH")),
    says(mark("1", "A")),
]


def tables(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0
            for name in ("record", "change", "source_block", "publication", "office_right")
        }


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_a_dry_run_counts_what_the_feed_does_in_earnest(office: Office, batch: int) -> None:
    office.delivers(says(mark("1", "A")), says(mark("3")))
    rehearsed = office.rehearses(*FEED, batch=batch)
    assert rehearsed == office.delivers(*FEED, batch=batch)
    assert rehearsed == Counts(read=12, created=3, updated=3, unchanged=1, deleted=3, quarantined=2)


def test_a_dry_run_changes_nothing_in_the_register(office: Office) -> None:
    office.delivers(says(mark("1", "A")), says(mark("3")))
    held, rows = office.register(), tables(office.database)
    with office.database.reading() as connection:
        summary = office_summary(connection)
    office.rehearses(*FEED, batch=3)
    assert (office.register(), tables(office.database)) == (held, rows)
    with office.database.reading() as connection:
        assert office_summary(connection) == summary


def test_a_dry_run_reports_its_problems(office: Office) -> None:
    feed = office.begin(dry_run=True)
    with DryRun(office.database, feed) as run:
        run.apply([rejects(), says(mark("1"), "delete")])
    with office.database.reading() as connection:
        assert [kept.code for kept in list_quarantine(connection, feed.id)] == ["no-number", "not-held"]


def test_a_dry_run_begun_again_counts_from_the_start(office: Office) -> None:
    feed = office.begin(dry_run=True)
    with DryRun(office.database, feed) as run:
        run.apply([says(mark("1")), rejects()])
    with office.database.writing() as connection:
        feed = begin_feed(connection, feed.id, "jsonl", "1")
    with DryRun(office.database, feed) as run:
        run.apply([says(mark("1")), rejects()])
    with office.database.reading() as connection:
        held = find_feed(connection, feed.id)
        assert len(list_quarantine(connection, feed.id)) == 1
    assert held is not None
    assert held.counts == Counts(read=2, created=1, quarantined=1)


def test_a_feed_after_its_dry_run_is_not_taken_for_the_same_feed_again(office: Office) -> None:
    office.rehearses(says(mark("1")), digest="x")
    assert office.delivers(says(mark("1")), digest="x") == Counts(read=1, created=1)


def test_the_tables_of_a_dry_run_do_not_outlive_it(office: Office) -> None:
    office.rehearses(says(mark("1")))
    for _ in range(3):
        assert office.delivers(says(mark("1"))).quarantined == 0
    assert list(office.register()) == ["sg-tm-1"]
