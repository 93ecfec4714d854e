"""What is missing of an office, and which of its status words nobody knows, over HTTP and as pages."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.coverage import ledger_of
from app.http.application import create_app
from app.http.service import Service
from app.settings import Settings
from ingest.pipeline import Loader
from register.store.authority import Listed, replace_authority
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from tests.servers.postgres import ScratchPostgres

_XML = """<?xml version="1.0"?><Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks">
<TradeMarkTransactionBody><TransactionContentDetails><TransactionData><TradeMarkDetails>{}</TradeMarkDetails>
</TransactionData></TransactionContentDetails></TradeMarkTransactionBody></Transaction>"""
_MARK = (
    "<TradeMark><ApplicationNumber>4020210{:04d}K</ApplicationNumber>"
    "<ApplicationDate>2021-03-{:02d}</ApplicationDate><MarkCurrentStatusCode>{}</MarkCurrentStatusCode>"
    "<WordMarkSpecification><MarkVerbalElementText>LUMORA {}</MarkVerbalElementText></WordMarkSpecification>"
    "</TradeMark>"
)


@pytest.fixture(scope="module")
def client(postgres: ScratchPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Marks 1, 2, 5 and 9 of a year, two of them with a status that no table knows."""
    folder = tmp_path_factory.mktemp("coverage")
    feed = folder / "marks.xml"
    marks = ((1, "Registered"), (2, "On ice"), (5, "On ice"), (9, "Registered"))
    feed.write_text(_XML.format("".join(_MARK.format(n, n, word, n) for n, word in marks)), encoding="utf-8")
    with postgres.fresh() as url, closing(Database(url)) as database:
        Loader(database, "SG").load(feed)
        replace_authority(
            database, "SG", "list.csv", {"design": [Listed(f"D{n}", year=2020) for n in (1, 2, 3)]}
        )
        ledger_of(database).catch_up()
        yield _served(database, folder)


def _served(database: Database, folder: Path) -> TestClient:
    engine = TantivyEngine(folder / "index")
    indexer = Indexer(database, engine)
    indexer.ensure_live()
    indexer.drain()
    indexer.close()
    settings = Settings(data_dir=folder)
    return TestClient(create_app(settings, Service(settings, database, engine)))


def test_each_right_tells_its_gaps_and_how_late_it_is(client: TestClient) -> None:
    (office,) = client.get("/v1/offices").json()["results"]
    marks, designs = office["rights"]["trademark"], office["rights"]["design"]
    assert (marks["gaps"], marks["expected"], marks["gapsBasis"]) == (5, 9, "sequence")
    assert marks["newestFiling"] == "2021-03-09"
    assert marks["delayDays"] > 0
    assert (designs["records"], designs["gaps"], designs["gapsBasis"]) == (0, 3, "authority")


def test_missing_numbers_are_ranges_in_pages(client: TestClient) -> None:
    page = client.get("/v1/offices/sg/gaps?limit=1").json()
    assert page["name"] == "Singapore"
    assert [(one["right"], one["year"], one["missing"]) for one in page["years"]] == [
        ("design", 2020, 3),
        ("trademark", 2021, 5),
    ]
    found = [*page["results"]]
    while "next" in page:
        page = client.get(page["next"]).json()
        found += page["results"]
    assert [(one["first"], one["last"], one["count"]) for one in found] == [
        ("D1", "D3", 3),
        ("3", "4", 2),
        ("6", "8", 3),
    ]
    only = client.get("/v1/offices/SG/gaps?right=trademark&year=2021").json()
    assert [one["first"] for one in only["results"]] == ["3", "6"]
    assert client.get("/v1/offices/SG/gaps?year=1999").json()["results"] == []


def test_status_words_that_nobody_knows_are_told_with_their_counts(client: TestClient) -> None:
    told = client.get("/v1/offices/SG/status").json()
    assert told["byStatus"] == {"trademark": {"registered": 2, "unknown": 2}}
    (word,) = told["results"]
    assert (word["right"], word["word"], word["records"]) == ("trademark", "On ice", 2)
    assert word["mapping"] == told["mapping"]
    assert client.get("/v1/offices/SG/status?right=design").json()["results"] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/offices/QQ/gaps", 404),
        ("/v1/offices/QQ/status", 404),
        ("/v1/offices/SG/gaps?cursor=abc", 400),
        ("/v1/offices/SG/gaps?cursor=MC54", 400),
        ("/v1/offices/SG/gaps?right=plant", 400),
        ("/v1/offices/SG/gaps?year=soon", 400),
        ("/v1/offices/SG/status?year=2021", 400),
        ("/coverage/QQ", 404),
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_search_without_a_result_says_what_is_missing(client: TestClient) -> None:
    asked = "/v1/rights?q=zzyzx&match=exact"
    told = client.get(f"{asked}&offices=SG,LA").json()["missing"]
    assert [(one["office"], one.get("right"), one["records"], one.get("gaps")) for one in told] == [
        ("SG", "trademark", 4, 5),
        ("SG", "design", 0, 3),
        ("LA", None, 0, None),
    ]
    assert "5 of 9 trademarks are missing" in told[0]["text"]
    assert [one["office"] for one in client.get(asked).json()["missing"]] == ["SG"]
    assert "missing" not in client.get("/v1/rights?q=lumora&offices=SG").json()
    assert "5 of 9 trademarks are missing" in client.get("/search?q=zzyzx&match=exact&offices=SG").text


def test_the_pages_tell_people_the_same(client: TestClient) -> None:
    page = client.get("/coverage").text
    assert "5 of 9 in sequence" in page
    assert "3 of 3 listed" in page
    office = client.get("/coverage/SG").text
    assert "On ice" in office
    assert '<td data-label="From">D1</td>' in office
