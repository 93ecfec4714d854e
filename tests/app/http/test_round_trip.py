"""What the API tells of a record is a line of our own jsonl format: taken in again, it changes nothing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from ingest.pipeline import Loader
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from tests.app.http.conftest import Line, client_of, jsonl

RECORDS = (
    "trademarks/sg-tm-40202001321q",
    "trademarks/sg-tm-40202100001k",
    "designs/kr-ds-3020210059920-m002",
    "patents/kr-pt-1020190012345",
    "geographical-indications/kr-gi-4420150000001",
    "geographical-indications/kr-gi-4420160000002",
)


def feed_of(client: TestClient, record: str, folder: Path) -> tuple[str, Path]:
    line: Line = client.get(f"/v1/{record}").json()
    path = folder / f"{line['id']}.jsonl"
    path.write_bytes(jsonl([line]))
    return line["office"], path


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    """A register with nothing in it."""
    with closing(Database(fresh_database_url)) as database:
        yield database


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_of_the_api_is_taken_in_as_the_same(
    client: TestClient, database: Database, tmp_path: Path, record: str
) -> None:
    office, path = feed_of(client, record, tmp_path)
    counts = Loader(database, office).load(path).feed.counts
    assert (counts.read, counts.created) == (1, 1)
    again = client_of(Settings(data_dir=tmp_path), database, TantivyEngine(tmp_path / "index"))
    told, taken = client.get(f"/v1/{record}").json(), again.get(f"/v1/{record}").json()
    for of_the_register in ("version", "changedAt", "provenance"):
        told.pop(of_the_register)
        taken.pop(of_the_register)
    assert taken == told


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_of_the_api_changes_nothing_where_it_is_held(
    client: TestClient, database: Database, tmp_path: Path, record: str
) -> None:
    office, path = feed_of(client, record, tmp_path)
    Loader(database, office).load(path)
    copy = tmp_path / "again.jsonl"
    copy.write_bytes(path.read_bytes() + b"\n")
    counts = Loader(database, office).load(copy).feed.counts
    assert (counts.read, counts.unchanged) == (1, 1)


def test_a_result_of_a_search_is_a_line_too(client: TestClient, database: Database, tmp_path: Path) -> None:
    line = client.get("/v1/trademarks?q=LUMORA").json()["results"][0]
    line.pop("media", None)
    path = tmp_path / "result.jsonl"
    path.write_bytes(jsonl([line]))
    assert Loader(database, "SG").load(path).feed.counts.created == 1
