"""Taking the demonstration in, through the same readers as everything else."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, exists, select

from app.demo.generate import FILE_PREFIX, DemoFeed, write_feeds
from ingest.pipeline import Loaded, Loader
from register.store.counts import Counts
from register.store.database import Database
from register.store.feeds import list_feeds
from register.store.schema import feed


def load_demo(database: Database, told: Callable[[DemoFeed, Counts], None]) -> list[Loaded]:
    """Write the feeds, take each in, and tell how each went."""
    loaded = []
    with tempfile.TemporaryDirectory(prefix="ipregister-demo-") as folder:
        for written in write_feeds(Path(folder)):
            one = Loader(database, written.office).load(written.path)
            told(written, one.feed.counts)
            loaded.append(one)
    return loaded


def is_register_empty(database: Database) -> bool:
    """Whether no feed was ever delivered."""
    return not database.read(lambda connection: list_feeds(connection, limit=1))


def holds_demo(connection: Connection) -> bool:
    """Whether synthetic records were ever loaded."""
    found = select(exists().where(feed.c.name.startswith(FILE_PREFIX)))
    return bool(connection.scalar(found))
