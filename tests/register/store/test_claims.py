"""One process at a time reads a feed."""

from register.store.claims import claim_feed, open_feeds
from register.store.database import Database
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


def test_feeds_that_are_not_at_their_end_are_open(office: Office) -> None:
    office.delivers(says(mark("1")))
    begun = office.begin()
    assert open_feeds(office.database) == [begun.id]
