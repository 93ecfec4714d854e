"""What is held of each office, over HTTP."""

import datetime as dt

from starlette.testclient import TestClient


def test_each_office_tells_how_many_records_of_each_right(client: TestClient) -> None:
    results = client.get("/v1/offices").json()["results"]
    held = {one["office"]: {right: of["records"] for right, of in one["rights"].items()} for one in results}
    assert held == {
        "KR": {"design": 2, "geographical-indication": 2, "patent": 1},
        "SG": {"trademark": 8},
    }


def test_an_office_has_its_name(client: TestClient) -> None:
    assert [one["name"] for one in client.get("/v1/offices").json()["results"]] == [
        "Republic of Korea",
        "Singapore",
    ]


def test_the_records_are_told_by_status(client: TestClient) -> None:
    results = {one["office"]: one["rights"] for one in client.get("/v1/offices").json()["results"]}
    assert results["SG"]["trademark"]["byStatus"] == {"registered": 8}
    assert results["KR"]["patent"]["byStatus"] == {"pending": 1}


def test_each_right_tells_as_of_when(client: TestClient) -> None:
    for office in client.get("/v1/offices").json()["results"]:
        for right in office["rights"].values():
            assert dt.datetime.fromisoformat(right["asOf"]).tzinfo is not None
