"""The quality of feeds is kept with them, exactly once a record."""

import datetime as dt

from sqlalchemy import text

from register.model import Right
from register.quality.counting import RightCount, count_quality
from register.store.database import Database
from register.store.dry_run import DryRun
from register.store.feeds import begin_feed, fail_feed, find_feed, hold_anew
from register.store.quality import (
    StoredQuality,
    list_quality,
    new_unread,
    quality_before,
    quality_of,
    read_quality,
    unread_by_field,
)
from register.store.upsert import Upsert
from tests.register.store.delivering import Office, mark, patent, rejects, says

ODD = says(mark("2"))._replace(unread=(("status", "trademark: Zorb"), ("country", "Atlantis")))
SAID = [says(mark("1", "A")), ODD, says(patent("9")), says(mark("1", "A"))]


def stored(database: Database, feed_id: int) -> list[StoredQuality]:
    with database.reading() as connection:
        return quality_of(connection, feed_id)


def delivered(office: Office, *items: object, batch: int = 1000) -> int:
    """The id of a feed that was delivered."""
    office.delivers(*items, batch=batch)  # type: ignore[arg-type]  # any items
    with office.database.reading() as connection:
        return connection.scalar(text("SELECT max(id) FROM feed")) or 0


def test_a_feed_is_counted_whatever_its_batches(office: Office) -> None:
    expected = count_quality(SAID, [rejects()])
    for batch in (1, 2, 100):
        feed_id = delivered(office, *SAID, rejects(), batch=batch)
        with office.database.reading() as connection:
            assert read_quality(connection, feed_id) == expected


def test_the_score_is_kept_by_right(office: Office) -> None:
    marks, patents = stored(office.database, delivered(office, *SAID, rejects()))
    assert (marks.right, marks.count.records, marks.unplaced, marks.formula) == ("trademark", 3, 1, 1)
    assert marks.score is not None
    assert patents.score is not None
    assert 0 < marks.score < 100


def test_what_the_register_refuses_is_refused_in_the_quality_too(office: Office) -> None:
    feed_id = delivered(office, says(mark("1"), "delete"), says(mark("2")))
    (marks,) = stored(office.database, feed_id)
    assert (marks.count.statements, marks.count.refused, marks.unplaced) == (1, 1, 0)


def test_a_dry_run_is_scored_by_the_same_count_and_anew_where_it_begins_anew(office: Office) -> None:
    feed = office.begin(dry_run=True)
    for _ in range(2):
        with office.database.writing() as connection:
            feed = begin_feed(connection, feed.id, "jsonl", "1")
        with DryRun(office.database, feed) as run:
            run.apply([*SAID, rejects()])
        with office.database.reading() as connection:
            assert read_quality(connection, feed.id) == count_quality(SAID, [rejects()])


def test_a_feed_that_is_held_anew_has_no_quality_yet(office: Office) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply(SAID)
    with office.database.writing() as connection:
        hold_anew(connection, feed.id, "too much")
    with office.database.reading() as connection:
        counts = read_quality(connection, feed.id)
    assert (counts.rights, counts.unread) == ({}, {})


def before(office: Office, right: Right, feed_id: int) -> RightCount | None:
    with office.database.reading() as connection:
        found = quality_before(connection, "SG", right, feed_id)
    return None if found is None else found.count


def test_a_feed_is_compared_with_the_last_one_of_its_right(office: Office) -> None:
    first = delivered(office, says(mark("1", "A")), says(mark("2", "A")))
    delivered(office, says(patent("9")))
    last = delivered(office, says(mark("3", "A")))
    assert before(office, "trademark", first) is None
    compared = before(office, "trademark", last)
    assert compared is not None
    assert compared.records == 2


def test_a_feed_is_not_compared_with_dry_runs_failures_and_what_was_undone(office: Office) -> None:
    delivered(office, says(mark("1", "A")))
    office.rehearses(says(mark("2")), says(mark("3")))
    failed = office.begin()
    Upsert(office.database, failed).apply([says(mark("4")), says(mark("5"))])
    undone = delivered(office, says(mark("6")), says(mark("7")), says(mark("8")))
    with office.database.writing() as connection:
        fail_feed(connection, failed.id, "broken")
        connection.execute(text(f"UPDATE feed SET undone_by = id WHERE id = {undone}"))
    compared = before(office, "trademark", delivered(office, says(mark("9"))))
    assert compared is not None
    assert compared.records == 1


def test_different_values_are_counted_by_field_and_new_ones_are_told(office: Office) -> None:
    first = delivered(office, ODD)
    words = [
        says(mark(str(number)))._replace(unread=(("status", f"trademark: {word}"),))
        for number, word in enumerate(("Zorb", "Blurb", "Blurb", "Nul\0"))
    ]
    second = delivered(office, *words)
    with office.database.reading() as connection:
        assert unread_by_field(connection, second) == {("trademark", "status"): 3}
        assert new_unread(connection, second, first, "trademark", 10) == [
            ("status", "trademark: Blurb", 2),
            ("status", "trademark: Nul\N{REPLACEMENT CHARACTER}", 1),
        ]


def test_the_quality_of_an_office_is_told_feed_by_feed(office: Office) -> None:
    ids = [delivered(office, says(mark(str(number), "A")), says(patent("9"))) for number in range(3)]
    office.rehearses(says(mark("1")))
    with office.database.reading() as connection:
        listed = list_quality(connection, "SG", limit=2)
        assert [one.feed_id for one in listed] == [ids[2], ids[1]]
        assert [one.right for one in listed[0].rights] == ["patent", "trademark"]
        (last,) = list_quality(connection, "SG", right="trademark", before=ids[1], limit=10)
        assert [one.right for one in last.rights] == ["trademark"]
        assert isinstance(last.received_at, dt.datetime)
        assert list_quality(connection, "TH", limit=10) == []
        assert find_feed(connection, ids[0]) is not None
