"""What was taken in is made searchable: by this process where nobody else does, else by the worker that
leads.
"""

import time
from types import TracebackType

from app.family import Child, spawn
from app.index_of import engine_of
from app.open_register import Register
from app.settings import Settings
from register.store.changes import last_timepoint
from register.store.database import Database
from search.engine import Engine
from search.indexer import Indexer, is_caught_up, leading

# Below this a process of its own costs more than it brings.
_WORTH_A_WORKER_BYTES = 8 << 20
_LOOK_SECONDS = 0.05


def drained_here(database: Database, engine: Engine) -> bool:
    """Bring the index up to the register in this process; False where another process leads."""
    with leading(database) as lead:
        if lead:
            indexer = Indexer(database, engine)
            try:
                indexer.drain()
            finally:
                indexer.close()
        return lead


class Indexing:
    """Around a load: a large one gets a worker that indexes beside it. `finish` returns when all can be
    found.
    """

    def __init__(self, settings: Settings, register: Register, bytes_to_come: int) -> None:
        self._settings = settings
        self._register = register
        self._with_worker = bytes_to_come >= _WORTH_A_WORKER_BYTES
        self._worker: Child | None = None

    def __enter__(self) -> "Indexing":
        if self._with_worker:
            # Where a service runs, its worker leads, and this one waits for nothing.
            self._worker = spawn("app.index_worker", [])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker is not None:
            self._worker.stop()

    def finish(self) -> None:
        """Return when every change so far is in the live index."""
        database = self._register.database
        engine = engine_of(self._settings)
        wanted = database.read(last_timepoint)
        while not is_caught_up(database, engine, wanted):
            if self._worker is None:
                if drained_here(database, engine):
                    continue
            elif not self._worker.alive():
                self._worker = None
            time.sleep(_LOOK_SECONDS)
