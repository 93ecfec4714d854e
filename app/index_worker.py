"""The process that indexes beside a load, and the loop in which the worker does the same for good.

It imports little, for a load waits until it has begun.
"""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from app.family import stop_event, watch_lifeline
from app.index_of import engine_of
from app.logs import start_logging
from app.open_register import open_register
from app.settings import Settings, load_settings
from register.store.database import Database
from search.errors import SearchError
from search.indexer import Indexer, leading

log = logging.getLogger("ipregister.worker")

_IDLE_SECONDS = 0.1
_STAND_BY_SECONDS = 0.5
_AFTER_ERROR_SECONDS = 2.0


def keep_indexing(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Index until told to stop, through losses of the database and the index."""
    while not stop.is_set():
        try:
            _lead(settings, database, stop)
        except (SQLAlchemyError, SearchError, OSError):
            log.exception("indexing stopped; going on in %.0f s", _AFTER_ERROR_SECONDS)
            stop.wait(_AFTER_ERROR_SECONDS)
        stop.wait(_STAND_BY_SECONDS)


def _lead(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Index as long as this process leads; returns at once where another does."""
    with leading(database) as lead:
        if not lead:
            return
        indexer = Indexer(database, engine_of(settings))
        try:
            indexer.ensure_live()
            while not stop.is_set():
                if indexer.drain(stop.is_set).changes == 0:
                    stop.wait(_IDLE_SECONDS)
        finally:
            indexer.close()


def main() -> None:
    """`python -m app.index_worker`."""
    settings = load_settings()
    start_logging(settings)
    stop = stop_event()
    watch_lifeline(stop.set)
    with open_register(settings) as register:
        keep_indexing(settings, register.database, stop)


if __name__ == "__main__":
    main()
