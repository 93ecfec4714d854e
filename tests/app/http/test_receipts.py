"""Receipts over HTTP."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http.addresses import page_address, search_address, told_query
from app.http.searching import COLLECTIONS, SEARCH_PARAMETERS, query_of
from app.settings import Settings
from ingest.pipeline import Loader
from register.store.database import Database
from register.store.receipts import NewReceipt, put_receipts
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from search.receipts.identity import identity_of
from search.similarity.figures import FIGURES_VERSION, SAME_RULES
from search.similarity.rules import RULES
from tests.app.http.conftest import MARKS_SG, HeldRegister, client_of, jsonl

SEARCHES = (
    "/v1/trademarks?q=lumorra",
    "/v1/trademarks?q=lumorra&sort=-filingDate&niceClasses=42,9",
    "/v1/patents?q=battery",
    "/v1/designs?locarno=06",
    "/v1/geographical-indications",
    "/v1/rights?rights=patent,design&offices=KR&limit=1",
)


def answer(client: TestClient, address: str) -> Any:
    got = client.get(address)
    assert got.status_code == 200, got.text
    return got.json()


@pytest.mark.parametrize("address", SEARCHES)
def test_every_search_has_a_receipt_that_replays_to_the_same(client: TestClient, address: str) -> None:
    page = answer(client, address)
    receipt = answer(client, f"/v1/receipts/{page['receipt']}")
    assert receipt["id"] == page["receipt"]
    assert receipt["replay"]["same"] is True
    assert [one["id"] for one in receipt["results"]] == [one["id"] for one in page["results"]]
    assert receipt["total"] == page["total"]
    assert receipt["asOf"] == page["asOf"]
    assert answer(client, f"/v1/receipts/{page['receipt']}/diff")["complete"] is True


def test_a_receipt_says_how_it_was_made(client: TestClient, held: HeldRegister) -> None:
    page = answer(client, "/v1/trademarks?q=%20LUMÓRA%20&offices=SG,KR")
    receipt = answer(client, f"/v1/receipts/{page['receipt']}")
    assert receipt["query"]["q"] == "LUMÓRA"
    assert receipt["query"]["offices"] == ["KR", "SG"]
    assert receipt["understood"]["name"] == "lumora"
    assert {rule["name"]: rule["version"] for rule in receipt["rules"]["rules"]} == {
        **{rule.name: rule.version for rule in RULES},
        **dict.fromkeys(SAME_RULES, FIGURES_VERSION),
    }
    assert receipt["index"]["name"] == held.engine.live()
    assert receipt["index"]["timepoint"] > 0
    assert set(receipt["ranked"][0]) == {"id", "version", "score"}


@pytest.mark.parametrize("address", SEARCHES)
def test_the_address_of_a_receipt_asks_the_same_again(client: TestClient, address: str) -> None:
    page = answer(client, address)
    receipt = answer(client, f"/v1/receipts/{page['receipt']}")
    again = answer(client, receipt["address"])
    assert [one["id"] for one in again["results"]] == [one["id"] for one in page["results"]]


def test_every_parameter_comes_back_from_a_query() -> None:
    given = {
        "q": "solvanta",
        "match": "sound",
        "withoutRules": ("same-sound",),
        "rights": ("trademark",),
        "offices": ("TH",),
        "territories": ("VN",),
        "status": ("registered",),
        "niceClasses": (9, 30),
        "viennaCodes": ("26.4",),
        "locarno": ("06",),
        "ipc": ("A61B",),
        "cpc": ("Y02E",),
        "applicant": "siam",
        "applicants": ("ap-1",),
        "representatives": ("rp-1",),
        "sort": "-filingDate",
        "limit": 7,
    }
    told = told_query(query_of(given, ()))
    assert {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()} == given
    known = set(SEARCH_PARAMETERS["rights"]) - {"facets", "fields"}
    dates = {f"{span}{end}" for span in ("filed", "registered", "expires") for end in ("From", "To")}
    assert known <= set(given) | dates | {"cursor", "viennaLike"}


def test_the_addresses_are_those_of_the_right() -> None:
    marks = query_of({"q": "a b"}, COLLECTIONS["trademarks"])
    assert search_address(marks) == "/v1/trademarks?q=a+b"
    assert page_address(marks) == "/search?q=a+b&rights=trademark"
    assert search_address(query_of({}, ())) == "/v1/rights"


@pytest.mark.parametrize("identity", ["rc-000000-000000-000000-000000", "nonsense", "x" * 90])
def test_an_unknown_receipt_is_not_found_and_says_what_to_do(client: TestClient, identity: str) -> None:
    for address in (f"/v1/receipts/{identity}", f"/v1/receipts/{identity}/diff"):
        got = client.get(address)
        assert got.status_code == 404
        assert got.json()["mend"]


def test_a_parameter_that_a_receipt_does_not_take_is_refused(client: TestClient) -> None:
    page = answer(client, "/v1/trademarks?q=lumora")
    assert client.get(f"/v1/receipts/{page['receipt']}?limit=3").status_code == 400


def test_an_id_is_found_as_a_person_types_it(client: TestClient) -> None:
    page = answer(client, "/v1/trademarks?q=lumora")
    typed = page["receipt"].upper().replace("-", " ")
    assert answer(client, f"/v1/receipts/{typed}")["id"] == page["receipt"]


def test_a_receipt_that_cannot_be_read_is_said_to_be_unusable(held: HeldRegister, client: TestClient) -> None:
    content = json.dumps({"of": "another version"}).encode()
    identity = identity_of(content)
    with held.database.writing() as connection:
        put_receipts(connection, [NewReceipt(identity, content)])
    got = client.get(f"/v1/receipts/{identity}")
    assert got.status_code == 409
    assert got.json()["code"] == "receipt-unusable"


class Fed:
    """A register that takes feeds between searches."""

    def __init__(self, database: Database, engine: TantivyEngine, folder: Path) -> None:
        self._database, self._folder, self._feeds = database, folder, 0
        self._indexer = Indexer(database, engine)
        self.client = client_of(Settings(data_dir=folder), database, engine)

    def take(self, lines: list[dict[str, Any]]) -> None:
        self._feeds += 1
        path = self._folder / f"{self._feeds}.jsonl"
        path.write_bytes(jsonl(lines))
        Loader(self._database, "SG").load(path)
        self._indexer.drain()

    def close(self) -> None:
        self._indexer.close()


@pytest.fixture
def fed(fresh_database_url: str, tmp_path: Path) -> Iterator[Fed]:
    with closing(Database(fresh_database_url)) as database:
        made = Fed(database, TantivyEngine(tmp_path / "index"), tmp_path)
        made.take(MARKS_SG)
        with closing(made), made.client:
            yield made


def test_after_a_feed_a_receipt_says_what_is_new(fed: Fed) -> None:
    receipt = answer(fed.client, "/v1/trademarks?q=lumora")["receipt"]
    number = "40209900001Z"
    fed.take([{**MARKS_SG[0], "applicationNumber": number, "registrationNumber": number}])
    replay = answer(fed.client, f"/v1/receipts/{receipt}")["replay"]
    assert replay["same"] is False
    assert replay["causes"] == ["data"]
    assert replay["new"] == ["sg-tm-40209900001z"]
    told = answer(fed.client, f"/v1/receipts/{receipt}/diff")
    assert [one["id"] for one in told["new"]] == ["sg-tm-40209900001z"]
    assert told["new"][0]["title"] == "LUMORA"
    assert (told["changed"], told["gone"]) == ([], [])


def test_the_page_of_a_receipt_can_be_read(fed: Fed) -> None:
    found = fed.client.get("/search?q=lumora").text
    identity = answer(fed.client, "/v1/trademarks?q=lumora")["receipt"]
    assert "/receipts/rc-" in found
    page = fed.client.get(f"/receipts/{identity}")
    assert page.status_code == 200
    assert "It gives the same answer" in page.text
    assert "LUMORA" in page.text
    fed.take([{**MARKS_SG[0], "applicationNumber": "40209900001Z"}])
    later = fed.client.get(f"/receipts/{identity}").text
    assert "the register has changed since" in later
    assert "New since then" in later
    assert fed.client.get("/receipts/rc-nonsense").status_code == 404
