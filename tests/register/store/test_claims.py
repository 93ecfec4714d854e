"""One process at a time reads a feed."""

import time

import pytest
from sqlalchemy import text

from register.store import claims
from register.store.claims import claim_feed, server_started, unclaimed_feeds
from register.store.database import Database
from register.store.feeds import cancel_feed, hold_feed
from tests.register.store.delivering import Office, mark, says


def test_a_claimed_feed_is_not_given_to_another_until_it_is_free(database: Database) -> None:
    with (
        claim_feed(database, 7) as first,
        claim_feed(database, 7) as second,
        claim_feed(database, 8) as other,
    ):
        assert (first, second, other) == (True, False, True)
    with claim_feed(database, 7) as again:
        assert again


def test_open_feeds_that_nobody_claims_are_told(office: Office) -> None:
    office.delivers(says(mark("1")))
    begun, held, cancelled = office.begin(), office.begin(), office.begin()
    with office.database.writing() as connection:
        hold_feed(connection, held.id, "many would be deleted")
        cancel_feed(connection, cancelled.id)
    assert office.database.read(unclaimed_feeds) == [begun.id]
    with claim_feed(office.database, begun.id):
        assert office.database.read(unclaimed_feeds) == []
    assert office.database.read(unclaimed_feeds) == [begun.id]


def test_a_claim_is_taken_anew_where_its_session_was_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "_LOOK_SECONDS", 0.05)
    begun = office.begin()
    with claim_feed(office.database, begun.id) as claimed:
        assert claimed
        with office.database.writing() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            )
        end = time.monotonic() + 20
        while office.database.read(unclaimed_feeds) != [] and time.monotonic() < end:
            time.sleep(0.05)
        with claim_feed(office.database, begun.id) as second:
            assert not second


def test_a_server_says_since_when_it_runs(database: Database) -> None:
    assert database.read(server_started) == database.read(server_started)
