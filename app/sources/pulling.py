"""Sources that are due, pulled by the worker: one at a time of each host, in all processes together."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from app.chores import Chore, doing
from app.feeds.spool import Spool
from app.settings import Settings
from app.sources.listed import agent_of, sources_of
from app.sources.queueing import queueing
from ingest.pulling.clock import Pace, SystemClock
from ingest.pulling.due import due_sources
from ingest.pulling.problems import StoppedError
from ingest.pulling.run import Puller
from register.store.database import Database
from register.store.sources import source_states

log = logging.getLogger("ipregister.sources")

LOOKING_EVERY = 5.0
"""Seconds between two looks where nothing was due."""


@contextmanager
def pulling_sources(settings: Settings, database: Database) -> Iterator[None]:
    """Pull what is due while the block runs, so many at once as the settings say."""
    stop = threading.Event()
    pace = Pace()
    with ExitStack() as stack:
        # Left first, so that no thread waits for its server when it is to end.
        for number in range(settings.sources_at_once):
            chore = pulling(settings, database, stop, pace)
            stack.enter_context(doing(f"sources {number}", chore, LOOKING_EVERY))
        stack.callback(stop.set)
        yield


def pulling(settings: Settings, database: Database, stop: threading.Event, pace: Pace) -> Chore:
    """Pull one source that is due; True where there was one."""
    hand_over = queueing(database, Spool(settings.data, settings.spare_bytes))
    puller = Puller(
        database, settings.data / "pulled", hand_over, agent_of(settings), SystemClock(stop), pace
    )
    told: set[str] = set()

    def pull() -> bool:
        sources = sources_of(settings)
        for wrong in sources.wrong:
            if wrong not in told:
                log.error("a source cannot be used: %s", wrong)
                told.add(wrong)
        if not sources.by_name:
            return False
        states = database.read(source_states)
        for source in due_sources(sources.by_name, states, dt.datetime.now(dt.UTC)):
            try:
                pulled = puller.pull(source, if_due=True)
            except StoppedError:
                return False
            if pulled is not None:
                log.info(
                    "source %s: %s, %d requests, next at %s",
                    source.name,
                    pulled.outcome if pulled.feed_id is None else f"feed {pulled.feed_id}",
                    pulled.asked,
                    pulled.next_run_at.isoformat(timespec="seconds"),
                )
                return True
        return False

    return pull
