"""A process that reads uploaded feeds, so that reading delays neither the index nor those who search:
`python -m app.feeds_worker`.
"""

import logging
import os
import threading

from app.family import stop_event, watch_lifeline
from app.feeds.spool import Spool
from app.feeds.working import FeedWorker
from app.index_of import engine_of
from app.logs import start_logging
from app.open_register import open_register
from app.settings import Settings, load_settings
from register.store.guard import Guard
from search.errors import SearchError
from search.indexer import is_caught_up

log = logging.getLogger("ipregister.feeds")

# Whoever searches goes first: a feed may take a little longer.
_NICER = 10


def work(settings: Settings, stop: threading.Event) -> None:
    """Read feeds until told to stop."""
    with open_register(settings) as register:
        spool = Spool(settings.data, settings.spare_bytes)
        guard = Guard(settings.share, settings.hold_least)
        engine = engine_of(settings)

        def is_searchable(timepoint: int) -> bool:
            try:
                return is_caught_up(register.database, engine, timepoint)
            except SearchError:
                return False

        FeedWorker(register.database, spool, stop, guard, is_searchable).run()


def main() -> None:
    """`python -m app.feeds_worker`."""
    settings = load_settings()
    start_logging(settings)
    if hasattr(os, "nice"):
        os.nice(_NICER)
    stop = stop_event()
    watch_lifeline(stop.set)
    work(settings, stop)


if __name__ == "__main__":
    main()
