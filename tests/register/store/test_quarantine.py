"""What could not be taken is listed and can be resolved."""

from register.store.quarantine import list_quarantine, quarantine_codes, resolve
from register.store.upsert import Upsert
from tests.register.store.delivering import Office, rejects


def test_a_feeds_quarantine_is_listed_page_by_page(office: Office) -> None:
    feed, other = office.begin(), office.begin()
    Upsert(office.database, feed).apply([rejects(number=n) for n in range(1, 6)])
    Upsert(office.database, other).apply([rejects()])
    with office.database.reading() as connection:
        first = list_quarantine(connection, feed.id, limit=3)
        second = list_quarantine(connection, feed.id, after=first[-1].id, limit=3)
    assert [kept.number for kept in first + second] == [1, 2, 3, 4, 5]


def test_reasons_are_counted_commonest_first(office: Office) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply([rejects("bad-date"), rejects("no-number"), rejects("no-number")])
    with office.database.reading() as connection:
        assert list(quarantine_codes(connection, feed.id).items()) == [("no-number", 2), ("bad-date", 1)]


def test_what_is_taken_in_later_is_marked_as_resolved(office: Office) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply([rejects(), rejects()])
    with office.database.writing() as connection:
        resolve(connection, [list_quarantine(connection, feed.id)[0].id])
    with office.database.reading() as connection:
        assert [kept.resolved_at is None for kept in list_quarantine(connection, feed.id)] == [False, True]
