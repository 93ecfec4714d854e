"""A register to pull into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from register.store.database import Database
from tests.ingest.pulling.pulling import Pulling


@pytest.fixture
def pulling(fresh_database_url: str, tmp_path: Path) -> Iterator[Pulling]:
    database = Database(fresh_database_url)
    yield Pulling(database, tmp_path / "pulled")
    database.close()
