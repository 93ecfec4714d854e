"""Whoever follows the changes meets each one once, in the order of commit."""

import datetime as dt
import threading

from register.store.changes import (
    all_newest,
    changes,
    held_versions,
    last_timepoint,
    newest_after,
    timepoint_before,
)
from register.store.database import Database
from register.store.upsert import Upsert
from tests.register.store.delivering import Office, mark, says


def test_every_version_comes_once_in_order_page_by_page(office: Office) -> None:
    office.delivers(says(mark("1", "A")), says(mark("2")), says(mark("1", "B")))
    office.delivers(says(mark("2"), "delete"))
    since = 0
    seen = []
    with office.database.reading() as connection:
        while page := changes(connection, since, 2):
            seen += page
            since = page[-1].timepoint
        assert since == last_timepoint(connection)
    assert [(told.id, told.version, told.operation) for told in seen] == [
        ("sg-tm-1", 1, "insert"),
        ("sg-tm-2", 1, "insert"),
        ("sg-tm-1", 2, "update"),
        ("sg-tm-2", 2, "delete"),
    ]


def test_changes_since_a_moment_begin_with_the_first_batch_after_it(office: Office) -> None:
    office.delivers(says(mark("1")))
    between = dt.datetime.now(dt.UTC)
    office.delivers(says(mark("1")), says(mark("2")))
    with office.database.reading() as connection:
        assert timepoint_before(connection, dt.datetime(1990, 1, 1, tzinfo=dt.UTC)) == 0
        assert [told.id for told in changes(connection, timepoint_before(connection, between), 10)] == [
            "sg-tm-2"
        ]
        later = timepoint_before(connection, dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        assert later == last_timepoint(connection)


def test_the_newest_state_of_each_changed_right_comes_once(office: Office) -> None:
    office.delivers(says(mark("1", "A")), says(mark("2")), says(mark("1", "B")))
    with office.database.reading() as connection:
        first = newest_after(connection, 0, 10)
        assert [(newest.id, newest.version, newest.deleted) for newest in first] == [
            ("sg-tm-2", 1, False),
            ("sg-tm-1", 2, False),
        ]
        assert first[1].record == mark("1", "B")
        assert newest_after(connection, first[0].timepoint, 10) == first[1:]
    office.delivers(says(mark("2"), "delete"))
    with office.database.reading() as connection:
        [newest] = newest_after(connection, first[-1].timepoint, 10)
    assert (newest.id, newest.deleted) == ("sg-tm-2", True)


def test_all_rights_held_come_once_and_deleted_ones_not(office: Office) -> None:
    office.delivers(*(says(mark(str(n))) for n in range(7)), says(mark("3"), "delete"), says(mark("0", "X")))
    batches = list(all_newest(office.database, 3))
    ids = [newest.id for batch in batches for newest in batch]
    assert ids == [f"sg-tm-{n}" for n in (1, 2, 4, 5, 6, 0)]
    with office.database.reading() as connection:
        assert [held.id for held in held_versions(connection)] == ids


def test_a_reader_beside_several_writers_never_misses_a_change(database: Database) -> None:
    office = Office(database)
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        since = 0
        while True:
            last = done.is_set()
            with database.reading() as connection:
                page = changes(connection, since, 1000)
            seen.extend(told.timepoint for told in page)
            since = page[-1].timepoint if page else since
            if last and not page:
                return

    def deliver(writer: int) -> None:
        upsert = Upsert(database, feeds[writer])
        for n in range(20):
            upsert.apply([says(mark(f"{writer}x{n}x{k}")) for k in range(5)])

    feeds = [office.begin() for _ in range(3)]
    reader = threading.Thread(target=follow)
    writers = [threading.Thread(target=deliver, args=(n,)) for n in range(3)]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    reader.join()
    assert seen == list(range(1, 301))
