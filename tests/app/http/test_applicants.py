"""Applicants over HTTP."""

from typing import Any

from starlette.testclient import TestClient


def found(client: TestClient, words: str) -> list[Any]:
    got = client.get("/v1/applicants", params={"q": words})
    assert got.status_code == 200, got.text
    results: list[Any] = got.json()["results"]
    return results


def test_an_applicant_is_found_by_words_of_its_name(client: TestClient) -> None:
    assert found(client, "siam foods")[0]["name"] == "Siam Foods Co., Ltd."


def test_an_applicant_tells_what_it_has(client: TestClient) -> None:
    one = found(client, "siam foods")[0]
    assert one["records"] == 7
    assert one["byRight"] == {"trademark": 7}
    assert one["byOffice"] == {"SG": 7}
    assert one["countries"] == ["TH"]


def test_an_applicant_is_read_by_its_id(client: TestClient) -> None:
    one = found(client, "siam foods")[0]
    assert client.get(f"/v1/applicants/{one['id']}").json() == one


def test_the_records_of_an_applicant_are_searched_by_its_id(client: TestClient) -> None:
    one = found(client, "siam foods")[0]
    page = client.get("/v1/rights", params={"applicants": one["id"]}).json()
    assert page["total"]["value"] == 7


def test_nobody_of_that_name_is_an_empty_list(client: TestClient) -> None:
    assert found(client, "zzzz qqqq") == []


def test_limit_bounds_the_list(client: TestClient) -> None:
    assert len(client.get("/v1/applicants?limit=1").json()["results"]) <= 1


def test_an_applicant_that_nobody_knows_is_not_found(client: TestClient) -> None:
    for identity in ("ap-0000000000000", "x", "ap-%00", "..%2f..%2f"):
        got = client.get(f"/v1/applicants/{identity}")
        assert (got.status_code, got.json()["code"]) == (404, "not-found")
