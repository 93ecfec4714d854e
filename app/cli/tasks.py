"""Commands that read again what was delivered, as feeds that this process runs itself."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.cli.console import fail
from register.store.claims import claim_feed
from register.store.database import Database
from register.store.feeds import Feed, FeedStateError


def reading_again(database: Database, ask: Callable[[Connection], Feed], run: Callable[[Feed], Feed]) -> Feed:
    """Queue a feed and run it here. Where this process is killed, a worker goes on with it."""
    with ExitStack() as claims:
        try:
            with database.writing() as connection:
                feed = ask(connection)
                # Claimed before anybody can see it.
                claims.enter_context(claim_feed(database, feed.id))
        except FeedStateError as error:
            fail(str(error))
        return run(feed)


def counts_of(feed: Feed) -> dict[str, Any]:
    """What a command tells of a feed as JSON."""
    return {
        "feed": feed.id,
        "name": feed.name,
        "state": feed.state,
        **msgspec.structs.asdict(feed.counts),
        "mapping": feed.mapping,
    }
