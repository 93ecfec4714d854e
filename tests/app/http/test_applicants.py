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
    told = client.get(f"/v1/applicants/{one['id']}").json()
    assert {name: told[name] for name in one} == one
    assert [spelling["name"] for spelling in told["spellings"]] == ["Siam Foods Co., Ltd."]
    assert told["spellings"][0]["byOffice"] == {"SG": 7}


def test_an_applicant_is_suggested_while_its_name_is_typed(client: TestClient) -> None:
    one = found(client, "siam foods")[0]
    for typed in ("s", "siam f", "SIAM FOODS"):
        results = client.get("/v1/applicants/suggest", params={"q": typed}).json()["results"]
        assert {"id": one["id"], "name": "Siam Foods Co., Ltd."} in results
    assert client.get("/v1/applicants/suggest?q=").json() == {"results": []}


def test_an_applicant_is_found_by_the_spelling_of_another_script(client: TestClient) -> None:
    lumora = found(client, "lumora")[0]
    assert found(client, "璐莫拉私人有限公司")[0]["id"] == lumora["id"]


def test_a_search_takes_a_name_in_any_spelling_and_finds_all_that_the_applicant_has(
    client: TestClient,
) -> None:
    page = client.get("/v1/rights", params={"applicant": "SIAM FOODS"}).json()
    assert page["total"]["value"] == 7


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
