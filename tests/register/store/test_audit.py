"""The audit log: written with what is done, never changed, bounded, and without secrets."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from register.store.audit import (
    MOST_REFUSALS,
    Actor,
    AuditEntry,
    forget_audit,
    list_audit,
    note,
    note_refusal,
)
from register.store.database import Database
from register.store.feed_queue import retry_feed
from register.store.feeds import FeedStateError, NewFeed, cancel_feed, create_feed
from register.store.keys import create_key, revoke_key

SOMEBODY = Actor(who="key 0123", place="203.0.113.7", office="SG")
NEW = NewFeed(office="SG", name="marks.zip", size=10, digest=b"\1" * 32)


def entries(
    database: Database, office: str | None = None, *, actions: tuple[str, ...] = ()
) -> list[AuditEntry]:
    return database.read(lambda connection: list_audit(connection, office=office, actions=actions, limit=500))


def test_what_is_done_with_a_feed_is_told_with_who_from_where_and_when(database: Database) -> None:
    with database.writing() as connection:
        feed = create_feed(connection, NEW, SOMEBODY)
        cancel_feed(connection, feed.id, SOMEBODY)
    cancelled, received = entries(database)
    assert (cancelled.action, received.action) == ("feed.cancelled", "feed.received")
    for entry in (cancelled, received):
        assert (entry.who, entry.place, entry.actor_office) == ("key 0123", "203.0.113.7", "SG")
        assert (entry.office, entry.subject, entry.outcome) == ("SG", f"feed {feed.id}", "done")
        assert abs(dt.datetime.now(dt.UTC) - entry.at) < dt.timedelta(minutes=1)
    assert received.detail == {"name": "marks.zip", "bytes": 10, "sha256": "01" * 32}


def test_an_action_that_does_not_happen_leaves_no_entry(database: Database) -> None:
    def goes_wrong_afterwards() -> None:
        with database.writing() as connection:
            create_feed(connection, NEW, SOMEBODY)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        goes_wrong_afterwards()
    assert entries(database) == []


def test_what_changes_nothing_is_no_action(database: Database) -> None:
    with database.writing() as connection:
        made = create_key(connection, "SG", by=SOMEBODY)
        revoke_key(connection, made.id, by=SOMEBODY)
        revoke_key(connection, made.id, by=SOMEBODY)
        revoke_key(connection, "unheard-of", by=SOMEBODY)
    assert [entry.action for entry in entries(database)] == ["key.revoked", "key.created"]


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_what_is_written_cannot_be_changed(database: Database, statement: str) -> None:
    with database.writing() as connection:
        note(connection, SOMEBODY, "feed.cancelled", office="SG", subject="feed 1")
    with pytest.raises(DBAPIError, match="only added to"), database.writing() as connection:
        connection.execute(text(statement))
    assert len(entries(database)) == 1


def test_entries_are_kept_for_their_time_and_no_longer(database: Database) -> None:
    with database.writing() as connection:
        note(connection, SOMEBODY, "feed.cancelled", office="SG", subject="feed 1")
        assert forget_audit(connection, dt.timedelta(days=1)) == 0
    assert len(entries(database)) == 1
    with database.writing() as connection:
        assert forget_audit(connection, dt.timedelta(0)) == 1
    assert entries(database) == []


def test_the_allowance_to_forget_ends_with_its_transaction(database: Database) -> None:
    with database.writing() as connection:
        forget_audit(connection, dt.timedelta(0))
    with database.writing() as connection:
        note(connection, SOMEBODY, "feed.cancelled", office="SG", subject="feed 1")
    with pytest.raises(DBAPIError, match="only added to"), database.writing() as connection:
        connection.execute(text("DELETE FROM audit"))


def test_a_flood_of_refusals_is_written_down_up_to_a_bound_that_is_told(database: Database) -> None:
    other = Actor(who="key 9999", office="MY")
    for _ in range(MOST_REFUSALS + 20):
        with database.writing() as connection:
            note_refusal(connection, SOMEBODY, "key.refused", office="MY", code="other-office")
    with database.writing() as connection:
        assert note_refusal(connection, other, "key.refused", office="SG")
    flood = [entry for entry in entries(database) if entry.who == "key 0123"]
    assert len(flood) == MOST_REFUSALS
    assert "not written down" in str(flood[0].detail["more"])
    assert all("more" not in entry.detail for entry in flood[1:])


def test_a_key_that_stands_where_it_should_not_is_struck_out(database: Database) -> None:
    with database.writing() as connection:
        made = create_key(connection, "SG", words="the key is elsewhere", by=SOMEBODY)
        create_feed(connection, NewFeed(office="SG", name=f"{made.key}.zip", size=1, digest=b""), SOMEBODY)
        note(connection, SOMEBODY, "feed.cancelled", subject=f"/v1/feeds/{made.key}")
    assert made.key not in "".join(map(repr, entries(database)))


def test_text_that_postgres_does_not_hold_is_told_as_far_as_it_goes(database: Database) -> None:
    with database.writing() as connection:
        note(connection, SOMEBODY, "feed.cancelled", subject="a\0b\udc80", name="x" * 5000)
    (entry,) = entries(database)
    assert entry.subject == "a\N{REPLACEMENT CHARACTER}b?"
    assert len(str(entry.detail["name"])) == 300


def test_an_office_sees_what_was_done_on_its_things_and_with_its_keys(database: Database) -> None:
    with database.writing() as connection:
        note(connection, SOMEBODY, "feed.cancelled", office="SG", subject="feed 1")
        note(connection, Actor(who="operator"), "key.created", office="MY", subject="key 1")
        note_refusal(connection, SOMEBODY, "key.refused", office="MY", subject="key 0123")
    assert [entry.action for entry in entries(database, "SG")] == ["key.refused", "feed.cancelled"]
    assert [entry.action for entry in entries(database, "MY")] == ["key.refused", "key.created"]
    assert entries(database, "TH") == []


def test_entries_are_found_by_action_kind_and_time(database: Database) -> None:
    with database.writing() as connection:
        note(connection, SOMEBODY, "feed.cancelled", office="SG", subject="feed 1")
        note(connection, SOMEBODY, "feed.retried", office="SG", subject="feed 1")
        note(connection, SOMEBODY, "key.created", office="SG", subject="key 1")
    assert [entry.action for entry in entries(database, actions=("feed",))] == [
        "feed.retried",
        "feed.cancelled",
    ]
    assert len(entries(database, actions=("key.created", "feed.retried"))) == 2
    middle = entries(database)[1].at
    with database.reading() as connection:
        assert len(list_audit(connection, since=middle)) == 2
        assert len(list_audit(connection, until=middle)) == 1


def test_a_feed_that_cannot_be_tried_again_leaves_no_entry_of_it(database: Database) -> None:
    with database.writing() as connection:
        feed = create_feed(connection, NEW, SOMEBODY)
    with pytest.raises(FeedStateError, match="cannot become"), database.writing() as connection:
        retry_feed(connection, feed.id, SOMEBODY)
    assert [entry.action for entry in entries(database)] == ["feed.received"]
