"""What every test may ask for: a real Postgres and a real OpenSearch, started when first wanted."""

from collections.abc import Iterator

import pytest

from tests.servers.opensearch import shared_opensearch
from tests.servers.postgres import ScratchPostgres, scratch_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[ScratchPostgres]:
    """A scratch Postgres of this test process."""
    with scratch_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def database_url(postgres: ScratchPostgres) -> str:
    """The database that the whole session shares; it starts empty, without tables."""
    return postgres.url


@pytest.fixture
def fresh_database_url(postgres: ScratchPostgres) -> Iterator[str]:
    """A database of this test alone, with the register's tables and nothing in them."""
    with postgres.fresh() as url:
        yield url


@pytest.fixture
def empty_database_url(postgres: ScratchPostgres) -> Iterator[str]:
    """A database of this test alone, without tables."""
    with postgres.fresh(migrated=False) as url:
        yield url


@pytest.fixture(scope="session")
def opensearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An OpenSearch of this test run: `OPENSEARCH_URL` where that is set, else one that is started now.

    What a test puts there it names so that no other test meets it, and removes it.
    """
    folder = tmp_path_factory.getbasetemp()
    if folder.name.startswith("popen-"):
        # A worker of pytest-xdist: its siblings use the same server.
        folder = folder.parent
    with shared_opensearch(folder / "opensearch") as url:
        yield url
