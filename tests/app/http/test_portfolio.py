"""Portfolios, landscapes and comparisons over HTTP: what is asked wrongly, what is told beside figures."""

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient


@pytest.fixture
def siam(client: TestClient) -> str:
    identity: str = client.get("/v1/applicants?q=siam foods").json()["results"][0]["id"]
    return identity


def told(client: TestClient, address: str, status: int = 200) -> Any:
    got = client.get(address)
    assert got.status_code == status, got.text
    return got.json()


def test_a_portfolio_leads_to_the_search_for_its_records(client: TestClient, siam: str) -> None:
    portfolio = told(client, f"/v1/applicants/{siam}/portfolio?offices=SG&status=registered")
    assert portfolio["records"] == 7
    assert portfolio["applicant"]["name"] == "Siam Foods Co., Ltd."
    assert told(client, portfolio["search"])["total"]["value"] == 7
    assert client.get(portfolio["page"]).status_code == 200


def test_representatives_are_named_and_searched_by_id(client: TestClient) -> None:
    identity = client.get("/v1/applicants?q=lumora").json()["results"][0]["id"]
    [row] = told(client, f"/v1/applicants/{identity}/portfolio")["figures"]["representatives"]["rows"]
    assert (row["name"], row["records"]) == ("Agents LLP", 1)
    found = told(client, f"/v1/rights?representatives={row['representative']}")
    assert [one["title"] for one in found["results"]] == ["LUMORA"]
    assert found["results"][0]["representatives"][0]["name"] == "Agents LLP"


def test_one_figure_alone(client: TestClient, siam: str) -> None:
    figures = told(client, f"/v1/applicants/{siam}/portfolio?figure=offices")["figures"]
    assert list(figures) == ["offices"]
    assert figures["offices"]["rows"] == [{"office": "SG", "name": "Singapore", "trademark": 7, "total": 7}]
    got = client.get(figures["offices"]["csv"])
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(got.text))) == [
        ["office", "name", "trademark", "total"],
        ["SG", "Singapore", "7", "7"],
    ]


@pytest.mark.parametrize(
    ("parameters", "code", "field"),
    [
        ("asOn=2020-01-01&since=2021-01-01", "invalid-parameter", "since"),
        ("asOn=never", "invalid-parameter", "asOn"),
        ("years=0", "invalid-parameter", "years"),
        ("years=21", "invalid-parameter", "years"),
        ("calendar=week", "invalid-parameter", "calendar"),
        ("format=doc", "invalid-parameter", "format"),
        ("format=csv", "figure-missing", "figure"),
        ("figure=a%3Bb", "invalid-parameter", "figure"),
        ("representatives=x", "invalid-parameter", "representatives"),
        ("filedFrom=2021-01-01&filedTo=2020-01-01", "invalid-parameter", "filedTo"),
        ("q=siam", "unknown-parameter", "q"),
    ],
)
def test_what_cannot_be_asked_of_a_portfolio(
    client: TestClient, siam: str, parameters: str, code: str, field: str
) -> None:
    problem = told(client, f"/v1/applicants/{siam}/portfolio?{parameters}", 400)
    assert (problem["code"], problem["field"]) == (code, field)
    assert problem["mend"]


def test_a_figure_that_is_none_is_told_with_those_that_there_are(client: TestClient, siam: str) -> None:
    for address in (f"applicants/{siam}/portfolio", "landscape"):
        problem = told(client, f"/v1/{address}?figure=nothing", 400)
        assert "offices" in problem["mend"]


def test_a_figure_without_anything_is_there_all_the_same(client: TestClient, siam: str) -> None:
    figures = told(client, f"/v1/applicants/{siam}/portfolio?figure=locarno")["figures"]
    assert figures["locarno"]["rows"] == []
    assert client.get(figures["locarno"]["csv"]).text == "code,title,trademark,total\r\n"


def test_nobody_has_no_portfolio(client: TestClient) -> None:
    assert told(client, "/v1/applicants/ap-0000000000000/portfolio", 404)["code"] == "not-found"
    assert told(client, "/v1/applicants/compare?ids=ap-0000000000000", 400)["field"] == "ids"


def test_a_leap_day_has_a_year_before_and_years_after(client: TestClient, siam: str) -> None:
    portfolio = told(client, f"/v1/applicants/{siam}/portfolio?asOn=2024-02-29&years=1")
    assert (portfolio["since"], portfolio["until"]) == ("2023-02-28", "2025-02-28")


def test_a_landscape_is_over_the_whole_search(client: TestClient) -> None:
    landscape = told(client, "/v1/landscape?offices=SG")
    assert landscape["total"] == {"value": 8, "relation": "eq"}
    assert not landscape["isRanked"]
    assert told(client, landscape["search"])["total"]["value"] == 8
    assert client.get(landscape["page"]).status_code == 200


def test_a_landscape_by_likeness_says_over_what_it_is(client: TestClient) -> None:
    landscape = told(client, "/v1/landscape?q=banyam")
    assert landscape["isRanked"]
    assert "likeness" in landscape["note"]
    assert landscape["total"]["value"] == told(client, "/v1/rights?q=banyam")["total"]["value"]
    assert told(client, "/v1/landscape?q=BANYAN&match=exact")["total"] == {"value": 1, "relation": "eq"}


def test_a_landscape_of_nothing_has_no_figures(client: TestClient) -> None:
    landscape = told(client, "/v1/landscape?offices=VN")
    assert landscape["total"]["value"] == 0
    assert not any(figure["rows"] for figure in landscape["figures"].values())
    assert "concentration" not in landscape


def test_a_landscape_has_no_pages(client: TestClient) -> None:
    assert told(client, "/v1/landscape?limit=3", 400)["code"] == "unknown-parameter"


def test_a_comparison_names_each_applicant(client: TestClient, siam: str) -> None:
    other = client.get("/v1/applicants?q=lumora").json()["results"][0]["id"]
    comparison = told(client, f"/v1/applicants/compare?ids={siam},{other}")
    assert [one["id"] for one in comparison["applicants"]] == [siam, other]
    [records, *_] = comparison["figures"]["summary"]["rows"]
    assert (records[siam], records[other]) == (7, 1)
    titles = {column["name"]: column["title"] for column in comparison["figures"]["status"]["columns"]}
    assert titles[siam] == "Siam Foods Co., Ltd."


@pytest.mark.parametrize("ids", ["", "?ids=x", "?ids=" + ",".join(f"ap-{place}" for place in range(9))])
def test_whom_nobody_can_compare(client: TestClient, ids: str) -> None:
    problem = told(client, f"/v1/applicants/compare{ids}", 400)
    assert (problem["code"], problem["field"]) == ("invalid-parameter", "ids")


def test_each_is_a_document_on_paper_too(client: TestClient, siam: str) -> None:
    for address in (
        f"/v1/applicants/{siam}/portfolio?format=pdf&asOn=2022-01-01",
        "/v1/landscape?offices=SG,KR&format=pdf",
        f"/v1/applicants/compare?ids={siam}&format=pdf",
    ):
        got = client.get(address)
        assert (got.status_code, got.headers["content-type"]) == (200, "application/pdf")
        assert got.content.startswith(b"%PDF")
        assert len(got.content) > 20_000
