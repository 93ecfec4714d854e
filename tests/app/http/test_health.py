"""Whether the process lives and can answer."""

from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from tests.app.http.conftest import HeldRegister, client_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def test_a_service_with_register_and_index_is_ready(client: TestClient) -> None:
    got = client.get("/readyz")
    assert got.status_code == 200
    assert got.json() == {"status": "ok", "parts": {"register": "ok", "index": "ok"}}


def test_without_an_index_it_is_not_ready(held: HeldRegister, settings: Settings, tmp_path: Path) -> None:
    client = client_of(settings, held.database, TantivyEngine(tmp_path / "none"))
    got = client.get("/readyz")
    assert got.status_code == 503
    assert got.json()["parts"] == {"register": "ok", "index": "not reached"}


def test_without_an_index_a_search_is_unavailable_and_a_record_is_told(
    held: HeldRegister, settings: Settings, tmp_path: Path
) -> None:
    client = client_of(settings, held.database, TantivyEngine(tmp_path / "none"))
    refused = client.get("/v1/trademarks?q=lumora")
    assert (refused.status_code, refused.json()["code"]) == (503, "index-unavailable")
    assert client.get("/v1/trademarks/sg-tm-40202001321q").status_code == 200


def test_without_a_register_it_lives_and_is_not_ready(
    held: HeldRegister, settings: Settings, tmp_path: Path
) -> None:
    with closing(Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}")) as away:
        client = client_of(settings, away, held.engine)
        got = client.get("/readyz")
        assert got.status_code == 503
        assert got.json()["parts"] == {"register": "not reached", "index": "ok"}
        assert client.get("/healthz").json() == {"status": "ok"}


def test_without_a_register_an_address_that_needs_it_is_unavailable(
    held: HeldRegister, settings: Settings, tmp_path: Path
) -> None:
    with closing(Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}")) as away:
        got = client_of(settings, away, held.engine).get("/v1/offices")
    assert (got.status_code, got.json()["code"]) == (503, "register-unavailable")


def test_measures_count_requests_by_route(client: TestClient) -> None:
    client.get("/v1/offices")
    told = client.get("/metrics").text
    assert 'ipregister_requests_total{method="GET",route="/v1/offices",status="200"}' in told
