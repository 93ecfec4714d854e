"""Feeds whose command was killed: nobody reads them on, so they are ended, with what a person can do."""

import datetime as dt
import logging
import time
from collections.abc import Callable

from register.store.claims import claim_feed, server_started, unclaimed_feeds
from register.store.database import Database
from register.store.feeds import Feed, fail_feed, find_feed

log = logging.getLogger("ipregister.ingest")

# A process that lives takes its claim again within a second or two of the server's return.
PATIENCE_SECONDS = 5.0


class Orphans:
    """Ends feeds that nobody has claimed for so many seconds.

    `is_resumed` says of a feed that it is not to be ended, for its file is kept and somebody will read it on.
    Without it there are none such: the file is that of the command, which is gone.
    """

    def __init__(
        self,
        database: Database,
        is_resumed: Callable[[Feed], bool] = lambda _: False,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._database = database
        self._is_resumed = is_resumed
        self._patience = patience
        self._server: dt.datetime | None = None
        # Since when (monotonic) a feed was seen without a claim.
        self._since: dict[int, float] = {}

    def look(self) -> list[Feed]:
        """Look for feeds without a claim; the ones ended, which were without one long enough."""
        server, unclaimed = self._database.read(
            lambda connection: (server_started(connection), unclaimed_feeds(connection))
        )
        if server != self._server:
            # All claims went with the old server, those of the living too.
            self._server, self._since = server, {}
        now = time.monotonic()
        since = {feed_id: self._since.get(feed_id, now) for feed_id in unclaimed}
        due = [feed_id for feed_id, first in since.items() if now - first >= self._patience]
        self._since = {feed_id: first for feed_id, first in since.items() if feed_id not in due}
        ended = [self._ended(feed_id) for feed_id in due]
        return [feed for feed in ended if feed is not None]

    def settle(self) -> None:
        """Return when no feed is left that was seen without a claim."""
        while self._since:
            time.sleep(min(1.0, self._patience))
            self.look()

    def _ended(self, feed_id: int) -> Feed | None:
        feed = self._database.read(lambda connection: find_feed(connection, feed_id))
        if feed is None or self._is_resumed(feed):
            return None
        with claim_feed(self._database, feed_id) as claimed, self._database.writing() as connection:
            feed = find_feed(connection, feed_id)
            if not claimed or feed is None or feed.state not in ("queued", "reading"):
                return None
            ended = fail_feed(connection, feed_id, problem_of(feed))
        log.warning("feed %d (%s): %s", feed_id, feed.name, ended.problem)
        return ended


def problem_of(feed: Feed) -> str:
    """What to tell of a feed whose command was ended before it was done."""
    after = f"after {feed.counts.read:,} records"
    if feed.dry_run:
        return f"the command that tried it was ended {after}; nothing was written; try it again"
    return (
        f"the command that read it was ended {after}; what it had applied stays; "
        "send the feed again to finish it"
    )
