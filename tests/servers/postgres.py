"""A scratch Postgres for the tests, and a fresh database on it for each test that wants one."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import NullPool, create_engine, text

from register.store.embedded import EmbeddedPostgres
from register.store.migrate import upgrade
from tests.servers.scratch import scratch_folder

TEMPLATE = "migrated"

# What the tests throw away need not survive a power cut; a kill of any process it survives all the same.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "max_connections": "100",
}


class ScratchPostgres:
    """A running server whose databases nobody misses."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._migrated = False

    @property
    def url(self) -> str:
        """The database of the whole session, empty at its start."""
        return self._server.url("ipregister")

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a new database, migrated or empty; gone at the end, whoever is still connected."""
        if migrated and not self._migrated:
            self._run(f'create database "{TEMPLATE}"')
            upgrade(self._server.url(TEMPLATE))
            self._migrated = True
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        # Copying the files of the template is quicker than writing each of its pages to the log.
        template = TEMPLATE if migrated else "template0"
        self._run(f'create database "{name}" template "{template}" strategy file_copy')
        try:
            yield self._server.url(name)
        finally:
            self._run(f'drop database "{name}" with (force)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self._server.url("postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def scratch_postgres() -> Iterator[ScratchPostgres]:
    """A server in a folder of its own; stopped and removed at the end."""
    with scratch_folder("pg") as folder:
        server = EmbeddedPostgres(folder / "data", SETTINGS)
        with server:
            yield ScratchPostgres(server)
