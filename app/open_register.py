"""The register opened for one process: its database, brought up to date, good until the block ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from app.settings import Settings
from ingest.profile_files import use_folder
from register.store.database import Database
from register.store.embedded import EmbeddedPostgres
from register.store.migrate import upgrade

_LOADING_SECONDS = 600.0


class Register(NamedTuple):
    """The database, and its address for other processes."""

    url: str
    database: Database


@contextmanager
def register_url(settings: Settings) -> Iterator[str]:
    """A database URL that is good until the block ends; the embedded database is started and stopped as
    needed.
    """
    use_folder(settings.offices)
    if settings.database_url is not None:
        yield settings.database_url
        return
    with EmbeddedPostgres(settings.data) as url:
        yield url


@contextmanager
def open_register(
    settings: Settings, *, connections: int = 4, statement_seconds: float = _LOADING_SECONDS
) -> Iterator[Register]:
    """The register for a command or a worker; its tables are made or brought up to date."""
    with register_url(settings) as url:
        upgrade(url)
        database = Database(url, connections=connections, statement_seconds=statement_seconds)
        try:
            yield Register(url, database)
        finally:
            database.close()
