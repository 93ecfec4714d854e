"""Whole results as files over HTTP."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import HttpUrl
from starlette.testclient import TestClient

from app.exports.started import Started
from app.http import exporting
from app.http.application import create_app
from app.http.searching import COLLECTIONS
from app.http.service import Service
from app.settings import Settings
from ingest.pipeline import Loader
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from tests.app.exports.sheets import sheets_of
from tests.app.http.conftest import HeldRegister, client_of
from tests.search.conftest import opensearch_engine

KINDS = ("csv", "xlsx", "jsonl")
SEARCHES = (
    "",
    "offices=SG&sort=-filingDate",
    "q=CORALIS&match=exact",
    "q=CORALIS",
    "rights=patent,design&q=battery",
    "sort=expiryDate",
    "applicant=siam foods",
    "q=10-2019-0012345",
    "offices=TH",
)


@pytest.fixture(params=["at once", "by a process"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files written by who is asked, and by a process of their own."""
    if request.param == "by a process":
        monkeypatch.setattr(exporting, "SMALL", -1)


@pytest.fixture
def by_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "SMALL", -1)


def file_of(client: TestClient, address: str, **headers: str) -> httpx.Response:
    got: Any = client.get(address, headers=headers)
    assert got.status_code == 200, got.text
    return got  # type: ignore[no-any-return]


def ids_in(kind: str, data: bytes) -> list[str]:
    if kind == "csv":
        return [row["id"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    if kind == "xlsx":
        return [row["A"] for row in sheets_of(data)["Records"][1:]]
    return [json.loads(line)["id"] for line in data.decode().splitlines()]


def paged(client: TestClient, address: str) -> list[str]:
    found: list[str] = []
    while address:
        page = client.get(address).json()
        found += [one["id"] for one in page["results"]]
        address = page.get("next", "")
    return found


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("search", "kind"), [*product(SEARCHES[:1], KINDS), *product(SEARCHES[1:], ("jsonl",))]
)
def test_a_file_holds_what_the_pages_hold_in_their_order(client: TestClient, search: str, kind: str) -> None:
    got = file_of(client, f"/v1/rights?{search}&format={kind}".replace("?&", "?"))
    found = ids_in(kind, got.content)
    assert found == paged(client, f"/v1/rights?{search}&limit=3".replace("?&", "?"))
    assert got.headers["ipregister-records"] == str(len(found))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_collection_can_be_had(client: TestClient, collection: str) -> None:
    got = file_of(client, f"/v1/{collection}?format=jsonl")
    assert ids_in("jsonl", got.content) == paged(client, f"/v1/{collection}?limit=100")


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_tells_its_receipt_and_as_of_when_it_is(client: TestClient, kind: str) -> None:
    got = file_of(client, f"/v1/trademarks?q=CORALIS&format={kind}")
    receipt = got.headers["ipregister-receipt"]
    assert got.headers["content-disposition"] == f'attachment; filename="trademarks-{receipt}.{kind}"'
    assert got.headers["ipregister-as-of"].startswith("KR=2")
    assert ", SG=2" in got.headers["ipregister-as-of"]
    cited = client.get(f"/v1/receipts/{receipt}").json()
    assert cited["query"]["q"] == "CORALIS"
    assert client.get(f"/v1/receipts/{receipt}/difference").status_code in (200, 404)
    if kind == "xlsx":
        assert sheets_of(got.content)["About"][0] == {"A": "Receipt", "B": receipt}


def test_a_ranking_tells_score_and_reasons(client: TestClient) -> None:
    page = client.get("/v1/trademarks?q=LUMORRA").json()["results"]
    lines = file_of(client, "/v1/trademarks?q=LUMORRA&format=jsonl").text.splitlines()
    assert [(json.loads(line)["score"], json.loads(line)["why"]) for line in lines] == [
        (one["score"], one["why"]) for one in page
    ]
    assert file_of(client, "/v1/trademarks?q=LUMORRA&format=csv").text.splitlines()[0].endswith("score,why")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv"),
        ("application/x-ndjson", "application/jsonl"),
        ("application/jsonl;q=0.9, application/json;q=0.5", "application/jsonl"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("*/*", "application/json"),
        ("nonsense; q=x", "application/json"),
    ],
)
def test_accept_says_it_too(client: TestClient, accept: str, media_type: str) -> None:
    got = file_of(client, "/v1/trademarks", accept=accept)
    assert got.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in got.headers["vary"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ("format=pdf", "format"),
        ("format=csv&limit=5", "limit"),
        ("format=csv&cursor=abc", "cursor"),
        ("format=xlsx&facets=offices", "facets"),
        ("format=csv&niceClasses=99", "niceClasses"),
        ("format=csv&q=x&withoutRules=nope", "withoutRules"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_and_no_file(client: TestClient, wrong: str, field: str) -> None:
    got = client.get(f"/v1/trademarks?{wrong}")
    assert (got.status_code, got.json()["field"]) == (400, field)
    assert got.headers["content-type"] == "application/problem+json"


@pytest.mark.usefixtures("by_process")
def test_where_all_places_are_taken_a_file_is_asked_for_later(held: HeldRegister) -> None:
    slots = held.client.app.state.service.exports  # type: ignore[attr-defined]
    taken = [slots.take(), slots.take()]
    assert None not in taken
    assert slots.take() is None
    got = held.client.get("/v1/trademarks?format=csv")
    assert (got.status_code, got.json()["code"], got.headers["retry-after"]) == (
        429,
        "too-many-exports",
        "10",
    )
    for slot in taken:
        assert slot is not None
        slot.let_go()
    for _ in range(4):
        assert held.client.get("/v1/trademarks?format=csv").status_code == 200


@pytest.mark.usefixtures("by_process")
def test_of_a_head_the_file_is_not_written(held: HeldRegister) -> None:
    got = held.client.head("/v1/trademarks?format=csv")
    assert (got.status_code, got.content) == (200, b"")
    assert got.headers["ipregister-records"] == "8"


@pytest.mark.usefixtures("by_process")
def test_a_file_that_cannot_be_written_to_its_end_is_no_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Started, "is_whole", lambda _: False)
    with pytest.raises(BaseExceptionGroup):
        TestClient(client.app).get("/v1/trademarks?format=csv")


@pytest.mark.usefixtures("by_process")
def test_a_process_that_does_not_begin_is_a_problem(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    got = client.get("/v1/trademarks?format=csv")
    assert (got.status_code, got.json()["code"]) == (503, "index-unavailable")


@pytest.mark.usefixtures("either_way")
def test_a_file_is_compressed_for_who_takes_it(client: TestClient) -> None:
    got = client.get("/v1/rights?format=jsonl", headers={"accept-encoding": "gzip"})
    assert got.headers["content-encoding"] == "gzip"
    book = client.get("/v1/rights?format=xlsx", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in book.headers


@pytest.fixture
def empty(fresh_database_url: str) -> Iterator[Database]:
    """A register with nothing in it."""
    with closing(Database(fresh_database_url)) as database:
        yield database


def taken_in(database: Database, data: bytes, kind: str, folder: Path) -> TestClient:
    """A client of the register that has taken an export in."""
    for office in ("SG", "KR"):
        path = folder / f"{office}.{kind}"
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
        sign = f'"office":"{office}"' if kind == "jsonl" else f",{office},"
        heads = lines[:1] if kind == "csv" else []
        path.write_text("".join([*heads, *(line for line in lines if sign in line)]), "utf-8")
        counts = Loader(database, office).load(path).feed.counts
        assert counts.quarantined == 0
    engine = TantivyEngine(folder / "index")
    indexer = Indexer(database, engine)
    indexer.drain()
    indexer.close()
    return client_of(Settings(data_dir=folder), database, engine)


def test_lines_taken_in_elsewhere_are_the_same_records(
    client: TestClient, empty: Database, tmp_path: Path
) -> None:
    first = file_of(client, "/v1/rights?format=jsonl&sort=filingDate").content
    again = taken_in(empty, first, "jsonl", tmp_path)
    second = file_of(again, "/v1/rights?format=jsonl&sort=filingDate").content
    assert sorted(second.splitlines()) == sorted(first.splitlines())
    assert second.count(b"\n") == 13


def test_a_table_taken_in_elsewhere_is_the_same_table(
    client: TestClient, empty: Database, tmp_path: Path
) -> None:
    first = file_of(client, "/v1/rights?format=csv").content
    again = taken_in(empty, first, "csv", tmp_path)
    second = file_of(again, "/v1/rights?format=csv").content
    assert sorted(second.splitlines()) == sorted(first.splitlines())


def test_applicants_in_a_file_are_those_of_the_records(client: TestClient) -> None:
    for line in file_of(client, "/v1/rights?format=jsonl").text.splitlines():
        record = json.loads(line)
        told = client.get(f"/v1/rights/{record['id']}").json()
        assert record.get("applicants", []) == told.get("applicants", [])
    rows = csv.DictReader(io.StringIO(file_of(client, "/v1/trademarks?format=csv").text, newline=""))
    found = client.get("/v1/trademarks?limit=100").json()["results"]
    assert [row["applicant"] for row in rows] == [
        "|".join(one["applicant"] for one in result.get("applicants", [])) for result in found
    ]


@pytest.fixture
def on_a_cluster(held: HeldRegister, opensearch_url: str, tmp_path: Path) -> Iterator[TestClient]:
    """The same register with its index in a cluster."""
    with opensearch_engine(opensearch_url) as engine:
        indexer = Indexer(held.database, engine)
        indexer.drain()
        indexer.close()
        alias = engine.names()[0].rsplit("-", 2)[0]
        settings = Settings(data_dir=tmp_path, search_url=HttpUrl(opensearch_url), search_alias=alias)
        service = Service(settings, held.database, engine)
        with TestClient(create_app(settings, service)) as client:
            yield client


@pytest.mark.usefixtures("by_process")
@pytest.mark.parametrize("search", ["sort=filingDate", "q=CORALIS", "rights=patent,design&q=battery"])
def test_both_engines_give_the_same_file(client: TestClient, on_a_cluster: TestClient, search: str) -> None:
    address = f"/v1/rights?{search}&format=jsonl"
    assert file_of(on_a_cluster, address).content == file_of(client, address).content
