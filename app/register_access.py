"""The register's database for one process: the one that the settings name, or the embedded one."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.settings import Settings
from register.store.embedded import EmbeddedPostgres


@contextmanager
def register_url(settings: Settings) -> Iterator[str]:
    """A database URL that is good until the block ends; the embedded database is started and stopped as needed."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    database = EmbeddedPostgres(settings.data)
    url = database.acquire()
    try:
        yield url
    finally:
        database.release()
