"""Loads a feed until somebody kills it: `python -m tests.register.store.loading URL FEED_ID COUNT`."""

import sys
from collections.abc import Iterator

from register.store.database import Database
from register.store.feeds import begin_feed, finish_feed
from register.store.finding import Item
from register.store.upsert import Upsert, in_batches
from tests.register.store.delivering import mark, rejects, says

BATCH = 25


def feed_items(count: int) -> Iterator[Item]:
    """New, changed, unchanged, deleted and rejected ones, the same every time."""
    for n in range(count):
        if n % 29 == 28:
            yield rejects(number=n)
        elif n % 31 == 30:
            yield says(mark(str(n - 7)), "delete", number=n)
        else:
            yield says(mark(str(n % 600), f"TEXT {n % 13}"), number=n)


def load(url: str, feed_id: int, count: int) -> None:
    database = Database(url)
    with database.writing() as connection:
        feed = begin_feed(connection, feed_id, "jsonl", "1")
    upsert = Upsert(database, feed)
    rest = list(feed_items(count))[upsert.position :]
    for batch in in_batches(rest, BATCH):
        upsert.apply(batch)
        print(upsert.position, flush=True)
    with database.writing() as connection:
        finish_feed(connection, feed_id)


if __name__ == "__main__":
    load(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
