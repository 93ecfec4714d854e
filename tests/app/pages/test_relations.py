"""Families and citations, over HTTP and on the pages of records."""

from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from register.codes.locarno import locarno_title
from tests.app.pages.conftest import Take

FIRST = {
    "office": "TH",
    "right": "patent",
    "applicationNumber": "1901000001",
    "titles": [{"text": "Battery separator", "language": "en"}],
    "publications": [{"country": "TH", "number": "199999", "kind": "A", "date": "2020-08-01"}],
    "filingDate": "2019-01-30",
    "status": "pending",
}
SECOND = {
    "office": "TH",
    "right": "patent",
    "applicationNumber": "2001000002",
    "titles": [{"text": "Better separator", "language": "en"}],
    "priorities": [{"country": "TH", "number": "TH1901000001", "date": "2019-01-30"}],
    "citations": [
        {"country": "TH", "number": "199999", "kind": "A", "by": "examiner"},
        {"text": "A book"},
    ],
    "filingDate": "2020-01-29",
    "status": "registered",
}
FIRST_ID, SECOND_ID = "th-pt-1901000001", "th-pt-2001000002"


def told(client: TestClient, address: str) -> Any:
    got = client.get(address)
    assert got.status_code == 200, got.text
    return got.json()


def test_family_and_citations_of_patents(empty_pages: tuple[TestClient, Take]) -> None:
    client, take = empty_pages
    take([FIRST, SECOND])
    family = told(client, f"/v1/patents/{SECOND_ID}/family")
    assert [one["record"]["id"] for one in family["results"]] == [FIRST_ID, SECOND_ID]
    assert {one["basis"] for one in family["results"]} == {"priorities"}
    assert family["priorities"] == ["th1901000001"]
    assert family["total"] == {"value": 2, "relation": "eq"}

    made = told(client, f"/v1/patents/{SECOND_ID}/citations")
    assert [one["id"] for one in made["cites"][0]["records"]] == [FIRST_ID]
    assert made["cites"][1] == {"text": "A book", "records": []}
    assert made["citedBy"]["total"] == 0

    cited = told(client, f"/v1/patents/{FIRST_ID}/citations?limit=1")["citedBy"]
    assert [one["id"] for one in cited["results"]] == [SECOND_ID]
    assert [one["id"] for one in told(client, cited["search"])["results"]] == [SECOND_ID]

    page = client.get(f"/rights/{quote(SECOND_ID)}").text
    assert f'href="/rights/{FIRST_ID}"' in page
    assert "same priorities" in page
    assert "A book" in page
    assert ">Cited by<" in client.get(f"/rights/{quote(FIRST_ID)}").text


def test_a_design_shows_its_views_and_the_names_of_its_classes(empty_pages: tuple[TestClient, Take]) -> None:
    client, take = empty_pages
    design = {
        "office": "TH",
        "right": "design",
        "applicationNumber": "1902000001",
        "products": [{"text": "Coffee cup", "language": "en"}],
        "locarno": ["07-01"],
        "media": [{"kind": "view", "file": "front.png", "caption": "front"}],
        "status": "registered",
    }
    take([design])
    page = client.get("/rights/th-ds-1902000001").text
    assert page.index(">Views<") < page.index("front.png") < page.index(">Numbers<")
    name = locarno_title("07-01")
    assert name is not None
    assert name in page
    assert f"Locarno 07-01 {name}" in client.get("/search?rights=design").text


def test_only_patents_have_families(pages: TestClient) -> None:
    assert pages.get("/v1/patents/th-tm-190123456/family").status_code == 404
    assert pages.get("/v1/patents/none/citations").status_code == 404
