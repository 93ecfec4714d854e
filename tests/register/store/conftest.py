"""A register of the test's own."""

from collections.abc import Iterator

import pytest

from register.store.database import Database
from tests.register.store.delivering import Office


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


@pytest.fixture
def office(database: Database) -> Office:
    """An office that delivers to the register."""
    return Office(database)
