"""Taking the demonstration in, through the same readers as everything else."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from app.demo.generate import FILE_PREFIX, DemoFeed, write_feeds
from ingest.pipeline import Loaded, Loader
from register.store.counts import Counts
from register.store.database import Database
from register.store.feeds import list_feeds


def load_demo(database: Database, told: Callable[[DemoFeed, Counts], None]) -> list[Loaded]:
    """Write the feeds, take each in, and tell how each went."""
    loaded = []
    with tempfile.TemporaryDirectory(prefix="ipregister-demo-") as folder:
        for feed in write_feeds(Path(folder)):
            one = Loader(database, feed.office).load(feed.path)
            told(feed, one.feed.counts)
            loaded.append(one)
    return loaded


def is_register_empty(database: Database) -> bool:
    """Whether no feed was ever delivered."""
    return not database.read(lambda connection: list_feeds(connection, limit=1))


def holds_demo(connection: Connection) -> bool:
    """Whether synthetic records were ever loaded: the first feed of all tells, for the demonstration comes first."""
    return any(feed.name.startswith(FILE_PREFIX) for feed in list_feeds(connection, limit=100))
