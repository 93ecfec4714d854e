"""Which feed goes first, and what of a feed goes before its turn."""

import random
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.feeds import working
from register.store.database import Database
from register.store.feed_queue import feeds_behind
from register.store.feeds import NewFeed, create_feed
from register.store.guard import Guard
from register.store.offices import miscounted
from tests.app.feeds.test_working import Office, body, until
from tests.app.http.conftest import MARKS_SG, Line, jsonl


@pytest.fixture
def office(fresh_database_url: str, tmp_path: Path) -> Iterator[Office]:
    with closing(Database(fresh_database_url)) as database:
        yield Office(database, tmp_path)


def drain(office: Office) -> None:
    worker = office.worker()
    while worker.work():
        pass


def line(number: int, **more: Any) -> Line:
    return {**MARKS_SG[1], "applicationNumber": f"40{number:09d}K", **more}


def deletion(number: int) -> Line:
    told = line(number)
    return {**{key: told[key] for key in ("office", "right", "applicationNumber")}, "operation": "delete"}


def send_for(office: Office, code: str, sent: bytes) -> int:
    with office.spool.begin() as writer:
        writer.write([sent])
        spooled = writer.keep()
    new = NewFeed(
        office=code, name="feed.jsonl", size=spooled.size, digest=spooled.digest, spool=spooled.name
    )
    with office.database.writing() as connection:
        return create_feed(connection, new).id


def content(office: Office) -> dict[str, Any]:
    """What the register holds."""
    query = text(
        "SELECT record.id, record.deleted, change.body FROM record"
        " JOIN change ON change.timepoint = record.timepoint ORDER BY record.id"
    )
    with office.database.reading() as connection:
        assert miscounted(connection) == []
        return {row.id: (row.deleted, row.deleted or row.body) for row in connection.execute(query)}


def versions_of(office: Office, identity: str) -> list[str]:
    query = text("SELECT operation FROM change WHERE record_id = :id ORDER BY version")
    with office.database.reading() as connection:
        return list(connection.scalars(query, {"id": identity}))


def look_behind(office: Office) -> None:
    """What an idle worker does while another one reads the first feed, which is long and amends."""
    with office.database.writing() as connection:
        first = "SELECT min(id) FROM feed WHERE state = 'queued'"
        connection.execute(text(f"UPDATE feed SET ahead = 0 WHERE id = ({first})"))
    while office.database.read(feeds_behind):
        assert office.worker()._look_behind()


def test_new_records_and_deletes_of_a_waiting_feed_go_before_the_amendments_of_another(
    office: Office,
) -> None:
    office.send(body(30))
    drain(office)
    amending = office.send(body(30, "expired"))
    waiting = office.send(
        jsonl([line(5, status="pending"), line(100), deletion(7), line(100, status="expired")])
    )
    look_behind(office)
    assert office.feed(waiting).ahead == 2
    held = content(office)
    assert held["sg-tm-40000000100k"][0] is False
    assert held["sg-tm-40000000007k"][0] is True
    assert b"pending" not in str(held["sg-tm-40000000005k"][1]).encode()
    assert office.feed(amending).counts.read == office.feed(waiting).counts.read == 0
    drain(office)
    counts = office.feed(waiting).counts
    assert (counts.read, counts.created, counts.deleted, counts.updated) == (4, 1, 1, 2)
    assert office.feed(waiting).ahead == 2


@pytest.mark.parametrize("seed", range(6))
def test_whatever_goes_ahead_the_end_is_that_of_the_order_of_delivery(
    office: Office, fresh_database_url: str, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)

    def feed() -> bytes:
        lines: list[Line] = []
        for _ in range(30):
            number = draw.randrange(12)
            day = f"2020-01-{draw.randrange(1, 28):02d}"
            lines.append(
                deletion(number)
                if draw.random() < 0.3
                else line(number, filingDate=day, status=draw.choice(["pending", "registered"]))
            )
        return jsonl(lines)

    bodies = [feed() for _ in range(4)]
    office.guard = Guard(lambda *_: 1.0, 10**9)
    for sent in bodies:
        office.send(sent)
        drain(office)
    wanted = content(office)
    with office.database.writing() as connection:
        for table in ("feed_before", "quarantine", "feed_file", "feed_quality", "feed_unread"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("TRUNCATE change, record, publication, source_block CASCADE"))
        connection.execute(text("UPDATE office_right SET pending = 0, registered = 0, unknown = 0"))
        connection.execute(text("UPDATE feed SET state = 'cancelled', fingerprint = NULL"))
    feeds = [office.send(sent) for sent in bodies]
    look_behind(office)
    assert sum(office.feed(one).ahead or 0 for one in feeds) > 0
    drain(office)
    assert content(office) == wanted
    for one in feeds:
        assert office.feed(one).counts.read == 30


def test_a_feed_that_was_taken_ahead_is_undone_whole(office: Office) -> None:
    office.send(body(30))
    drain(office)
    before = content(office)
    office.send(body(1, "registered"))
    waiting = office.send(jsonl([line(100), deletion(7), line(3, status="pending")]))
    look_behind(office)
    drain(office)
    from register.store.undo import ask_undo

    with office.database.writing() as connection:
        undoing = ask_undo(connection, waiting, leaves_changed=False)
    drain(office)
    assert office.feed(undoing.id).state == "done"
    held = content(office)
    assert held.pop("sg-tm-40000000100k")[0] is True
    assert held == before


def test_deletes_that_went_ahead_count_to_what_a_feed_may_end(office: Office) -> None:
    office.send(body(100))
    drain(office)
    office.send(body(1))
    waiting = office.send(
        jsonl([*map(deletion, range(15)), *(line(n, status="ended") for n in range(15, 30))])
    )
    look_behind(office)
    assert office.feed(waiting).ahead == 15
    drain(office)
    held = office.feed(waiting)
    assert (held.state, held.counts.read) == ("held", 0)
    assert not any(deleted for deleted, _ in content(office).values())


def test_behind_a_feed_that_is_not_known_to_amend_nothing_goes_ahead(office: Office) -> None:
    office.send(body(30))
    waiting = office.send(jsonl([line(100)]))
    assert office.database.read(feeds_behind) == []
    drain(office)
    assert office.feed(waiting).ahead is None


def test_a_feed_that_is_mostly_amendments_brings_what_is_new_first(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import pipeline

    monkeypatch.setattr(pipeline, "_WEIGHED_FIRST", 1000)
    office.send(body(3000))
    drain(office)
    lines = [line(n, status="pending") for n in range(3000)]
    feed = office.send(jsonl([*lines, line(5000), deletion(2999)]))
    drain(office)
    counts = office.feed(feed).counts
    assert (counts.read, counts.updated, counts.created, counts.deleted) == (3002, 3000, 1, 1)
    assert office.feed(feed).ahead == 1
    with office.database.reading() as connection:
        created = connection.scalar(
            text("SELECT timepoint FROM change WHERE record_id = 'sg-tm-40000005000k'")
        )
    assert created == 3001


def test_a_small_feed_of_another_office_goes_between_the_batches_of_a_large_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "_LETTING_EVERY", 0.0)
    large = office.send(body(5000))
    small = send_for(office, "MY", jsonl([{**line(1), "office": "MY"}]))
    drain(office)
    assert office.feed(large).counts.created == 5000
    assert office.feed(small).counts.created == 1
    assert office.feed(small).finished_at < office.feed(large).finished_at  # type: ignore[operator]


def test_a_feed_that_is_no_smaller_waits(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "_LETTING_EVERY", 0.0)
    first = office.send(body(3000))
    other = send_for(office, "MY", jsonl([{**line(n), "office": "MY"} for n in range(2000)]))
    drain(office)
    assert office.feed(first).finished_at < office.feed(other).finished_at  # type: ignore[operator]


def test_workers_killed_while_records_go_ahead_end_in_the_same_register(office: Office) -> None:
    office.guard = Guard(lambda *_: 1.0, 10**9)
    office.send(body(3000))
    drain(office)
    amending = office.send(body(3000, "pending"))
    new = jsonl([*(line(n) for n in range(3000, 6000)), *(deletion(n) for n in range(100))])
    waiting = office.send(new)
    with office.database.writing() as connection:
        connection.execute(text(f"UPDATE feed SET ahead = 0 WHERE id = {amending}"))
    draw = random.Random(5)
    processes = [office.process(), office.process()]
    try:
        for _ in range(6):
            time.sleep(draw.uniform(1.0, 2.5))
            victim = draw.randrange(2)
            processes[victim].send_signal(signal.SIGKILL)
            processes[victim].wait()
            processes[victim] = office.process()
    finally:
        for one in processes:
            one.kill()
            one.wait()
    until(lambda: office.worker().work() or office.feed(waiting).state == "done")
    drain(office)
    counts = office.feed(waiting).counts
    assert (counts.read, counts.created, counts.deleted) == (3100, 3000, 100)
    assert office.feed(amending).counts.updated == 3000
    held = content(office)
    assert sum(not deleted for deleted, _ in held.values()) == 5900
