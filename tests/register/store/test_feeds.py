"""Feeds from their delivery to their end."""

import datetime as dt

import pytest

from register.store.counts import Counts
from register.store.feeds import (
    FeedStateError,
    NewFeed,
    begin_feed,
    cancel_feed,
    create_feed,
    fail_feed,
    find_feed,
    finish_feed,
    hold_feed,
    list_feeds,
    list_files,
    note_file,
    release_feed,
)
from register.store.offices import office_summary
from register.store.upsert import Upsert
from tests.register.store.delivering import Office, mark, rejects, says

NEW = NewFeed(office="SG", name="marks.zip", size=10, digest=b"\1" * 32)


def test_a_delivery_waits_in_the_queue(office: Office) -> None:
    with office.database.writing() as connection:
        feed = create_feed(connection, NEW)
    with office.database.reading() as connection:
        assert find_feed(connection, feed.id) == feed
        assert find_feed(connection, feed.id + 1) is None
    assert (feed.state, feed.counts, feed.started_at) == ("queued", Counts(), None)


def test_a_feed_goes_on_at_its_checkpoint(office: Office) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply([says(mark("1")), rejects(number=2)])
    with office.database.writing() as connection:
        again = begin_feed(connection, feed.id, "jsonl", "1")
    assert again.counts == Counts(read=2, created=1, quarantined=1)
    upsert = Upsert(office.database, again)
    assert upsert.position == 2
    upsert.apply([says(mark("3"))])
    assert office.finish(feed) == Counts(read=3, created=2, quarantined=1)


def test_the_files_of_a_feed_are_counted_apart_in_their_order(office: Office) -> None:
    feed = office.begin()
    upsert = Upsert(office.database, feed)
    with office.database.writing() as connection:
        note_file(connection, feed.id, "z.xml", format_name="st66")
    upsert.apply([says(mark("1"), file="z.xml"), says(mark("2"), file="a.xml")])
    upsert.apply([says(mark("3"), file="a.xml"), rejects(file="a.xml")])
    with office.database.writing() as connection:
        note_file(connection, feed.id, "readme.pdf", problem="a PDF document")
    with office.database.reading() as connection:
        files = list_files(connection, feed.id)
    assert [(file.name, file.format, file.problem, file.counts) for file in files] == [
        ("z.xml", "st66", None, Counts(read=1, created=1)),
        ("a.xml", None, None, Counts(read=3, created=2, quarantined=1)),
        ("readme.pdf", None, "a PDF document", Counts()),
    ]


def test_a_finished_feed_says_as_of_when_its_office_is(office: Office) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply([says(mark("1"))])
    with office.database.reading() as connection:
        assert office_summary(connection)[0].as_of is None
    office.finish(feed)
    with office.database.reading() as connection:
        [held] = office_summary(connection)
        done = find_feed(connection, feed.id)
    assert held.as_of == feed.received_at
    assert done is not None
    assert done.state == "done"
    assert done.finished_at is not None


def test_a_feed_that_changes_nothing_says_as_of_when_too(office: Office) -> None:
    office.delivers(says(mark("1")))
    before = dt.datetime.now(dt.UTC)
    office.delivers(says(mark("1")))
    with office.database.reading() as connection:
        as_of = office_summary(connection)[0].as_of
    assert as_of is not None
    assert as_of > before


@pytest.mark.parametrize("end", ["done", "failed", "cancelled"])
def test_an_ended_feed_stays_as_it_ended(office: Office, end: str) -> None:
    feed = office.begin()
    with office.database.writing() as connection:
        if end == "done":
            finish_feed(connection, feed.id)
        elif end == "failed":
            assert fail_feed(connection, feed.id, "no records in it").problem == "no records in it"
        else:
            cancel_feed(connection, feed.id)
    with office.database.writing() as connection, pytest.raises(FeedStateError, match=end):
        begin_feed(connection, feed.id, "jsonl", "1")
    with office.database.writing() as connection, pytest.raises(FeedStateError, match=end):
        fail_feed(connection, feed.id, "again")


def test_a_held_feed_can_be_released_into_the_queue(office: Office) -> None:
    feed = office.begin()
    with office.database.writing() as connection:
        assert hold_feed(connection, feed.id, "deletes 40 %").state == "held"
        released = release_feed(connection, feed.id)
    assert (released.state, released.problem) == ("queued", None)


def test_there_is_no_unknown_feed(office: Office) -> None:
    with office.database.writing() as connection, pytest.raises(FeedStateError, match="no feed 99"):
        finish_feed(connection, 99)


def test_feeds_are_listed_newest_first_page_by_page(office: Office) -> None:
    with office.database.writing() as connection:
        ids = [create_feed(connection, NEW).id for _ in range(3)]
        other = create_feed(connection, NewFeed(office="TH", name="x", size=1, digest=b"")).id
        fail_feed(connection, ids[1], "broken")
    with office.database.reading() as connection:
        assert [feed.id for feed in list_feeds(connection)] == [other, *reversed(ids)]
        assert [feed.id for feed in list_feeds(connection, office="SG", limit=2)] == [ids[2], ids[1]]
        assert [feed.id for feed in list_feeds(connection, office="SG", before=ids[1])] == [ids[0]]
        assert [feed.id for feed in list_feeds(connection, states=["failed"])] == [ids[1]]


def test_a_feed_read_on_under_another_mapping_is_no_longer_the_same_as_its_like(office: Office) -> None:
    with office.database.writing() as connection:
        create_feed(connection, NEW)
    feed = office.begin("x", mapping="1")
    Upsert(office.database, feed).apply([says(mark("1", "A"))])
    with office.database.writing() as connection:
        again = begin_feed(connection, feed.id, "jsonl", "2")
    assert again.origin == feed.id
    Upsert(office.database, again).apply([says(mark("2", "A"))])
    office.finish(feed)
    items = [says(mark("1", "B")), says(mark("2", "A"))]
    assert office.delivers(*items, digest="x", mapping="2") == Counts(read=2, updated=1, unchanged=1)
