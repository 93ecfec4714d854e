"""Whoever changes the counts of several offices and rights locks their rows in one order, so that no two wait
for each other.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from register.store.database import Database, driver
from register.store.feeds import finish_feed
from register.store.upsert import Upsert
from register.store.writing import add_tallies
from tests.register.store.delivering import Office, mark, patent, says

Change = Callable[[Connection, int, list[int]], object]


def _count(connection: Connection, _: int, ids: list[int]) -> None:
    add_tallies(driver(connection).cursor(), Counter({(one, "pending"): 1 for one in reversed(ids)}))


def _finish(connection: Connection, feed_id: int, _: list[int]) -> None:
    finish_feed(connection, feed_id)


@pytest.mark.parametrize("change", [_count, _finish])
def test_rows_are_locked_in_the_order_of_their_ids(office: Office, change: Change) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply([says(mark("1")), says(patent("1"))])
    with office.database.writing() as connection:
        ids = list(connection.scalars(text("SELECT id FROM office_right ORDER BY id")))
        # The first row lies behind the other now, where a scan meets it last.
        connection.execute(text("UPDATE office_right SET pending = pending WHERE id = :id"), {"id": ids[0]})

    def run() -> None:
        with office.database.writing() as own:
            change(own, feed.id, ids)

    changing = threading.Thread(target=run)
    lock = text("SELECT id FROM office_right WHERE id = :id FOR NO KEY UPDATE NOWAIT")
    with office.database.writing() as connection:
        connection.execute(lock, {"id": ids[0]})
        changing.start()
        _wait_until_it_waits(office.database)
        # It holds no other row while it waits for the first one.
        assert connection.execute(lock, {"id": ids[1]}).scalar_one() == ids[1]
    changing.join(timeout=30)
    assert not changing.is_alive()


def _wait_until_it_waits(database: Database) -> None:
    give_up = time.monotonic() + 30
    query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    while time.monotonic() < give_up:
        with database.reading() as connection:
            if connection.scalar(query):
                return
        time.sleep(0.02)
    raise AssertionError("the change does not wait for the row")
