"""Fetched files put into the queue of feeds."""

import os
import secrets
import shutil
from pathlib import Path

from app.feeds.spool import Spool
from ingest.delivery import identify
from ingest.pulling.handing_over import Fetched, HandOver
from register.store.database import Database
from register.store.feeds import NewFeed, create_feed


def queueing(database: Database, spool: Spool) -> HandOver:
    """Queue what was fetched, to be read by a worker of feeds."""

    def queue(fetched: Fetched) -> int:
        identity = identify(fetched.path)
        part = spool.part(secrets.token_hex(12))
        _doubled(fetched.path, part)
        kept = spool.keep(part)
        new = NewFeed(
            office=fetched.office,
            name=fetched.name,
            size=identity.size,
            digest=identity.digest,
            format=fetched.format,
            spool=kept,
        )
        try:
            with database.writing() as connection:
                return create_feed(connection, new, fetched.brought_by).id
        except BaseException:
            spool.drop(kept)
            raise

    return queue


def _doubled(path: Path, other: Path) -> None:
    """The file under another name too: a kill before the feed is written down must not cost it its first one,
    and it is not written a second time where the disk is the same.
    """
    with path.open("rb") as whole:
        os.fsync(whole.fileno())
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)
        with other.open("rb") as copied:
            os.fsync(copied.fileno())
