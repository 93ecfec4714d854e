"""Both engines, empty, for the tests of searching."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from search.engine import Engine
from search.engines.opensearch import OpenSearchEngine
from search.engines.tantivy import TantivyEngine
from tests.search.sample import filled

ENGINES = ("tantivy", "opensearch")


@contextmanager
def opensearch_engine(url: str) -> Iterator[OpenSearchEngine]:
    """An engine under an alias of its own; its indexes are deleted by name afterwards."""
    engine = OpenSearchEngine(url, f"test{uuid.uuid4().hex[:12]}")
    try:
        yield engine
    finally:
        client = OpenSearch(hosts=[url])
        for name in engine.names():
            client.indices.delete(index=name)
        client.close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn, without any index."""
    if request.param == "tantivy":
        yield TantivyEngine(tmp_path / "index")
        return
    with opensearch_engine(request.getfixturevalue("opensearch_url")) as started:
        yield started


@pytest.fixture(scope="module", params=ENGINES)
def standing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each engine in turn with the whole sample, for tests that only read."""
    if request.param == "tantivy":
        engine = TantivyEngine(tmp_path_factory.mktemp("standing"))
        filled(engine)
        yield engine
        return
    with opensearch_engine(request.getfixturevalue("opensearch_url")) as started:
        filled(started)
        yield started


@pytest.fixture
def embedded(tmp_path: Path) -> TantivyEngine:
    """The embedded engine, without any index."""
    return TantivyEngine(tmp_path / "index")
