"""What searches are made over, looked up now and then rather than with each search."""

import threading
import time

from sqlalchemy import Connection

from app.version import VERSION
from register.store.database import Database
from register.store.gaps import known_gaps
from register.store.index_states import reached
from search.engine import Engine
from search.errors import IndexUnavailableError
from search.receipts.content import Circumstances, index_used

_SECONDS = 2.0
# Gaps change with feeds, and are counted over every record that was not taken.
_GAPS_SECONDS = 60.0


class Looking:
    """The circumstances of searches; safe to share between threads.

    The timepoint may be two seconds behind, so it is one that the index had surely reached.
    """

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine
        self._lock = threading.Lock()
        self._found: tuple[float, Circumstances] | None = None
        self._gaps: tuple[float, dict[str, int]] | None = None

    def circumstances(self) -> Circumstances:
        """Raises `IndexUnavailableError` where no index was built yet."""
        found = self._found
        if found is not None and time.monotonic() - found[0] <= _SECONDS:
            return found[1]
        with self._lock:
            if self._found is None or time.monotonic() - self._found[0] > _SECONDS:
                self._found = time.monotonic(), self.now()
            return self._found[1]

    def now(self) -> Circumstances:
        """The same, looked up now."""
        name = self._engine.live()
        if name is None:
            raise IndexUnavailableError("no index was built yet")

        def look(connection: Connection) -> tuple[int, dict[str, int]]:
            gaps = self._gaps
            if gaps is None or time.monotonic() - gaps[0] > _GAPS_SECONDS:
                gaps = self._gaps = time.monotonic(), known_gaps(connection)
            return reached(connection, name), gaps[1]

        timepoint, gaps = self._database.read(look)
        return Circumstances(VERSION, index_used(name, self._engine.kind, timepoint), gaps)
