"""Searches over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.app.http.conftest import RECORDS_KR

LUMORA = "sg-tm-40202001321q"


def answer(client: TestClient, address: str) -> Any:
    got = client.get(address)
    assert got.status_code == 200, got.text
    return got.json()


def ids(page: Any) -> list[str]:
    return [result["id"] for result in page["results"]]


def test_a_mark_is_found_by_a_name_like_it_with_a_score_and_reasons(client: TestClient) -> None:
    first = answer(client, "/v1/trademarks?q=lumorra")["results"][0]
    assert first["id"] == LUMORA
    assert 0.5 < first["score"] <= 1
    assert set(first["why"][0]) == {"rule", "version", "compared", "points"}


def test_a_result_is_the_short_form_of_its_record(client: TestClient) -> None:
    first = answer(client, "/v1/trademarks?q=LUMORA&match=exact")["results"][0]
    assert first["office"] == "SG"
    assert first["right"] == "trademark"
    assert first["title"] == "LUMORA"
    assert first["niceClasses"] == [9, 42]
    assert first["applicants"][0]["name"] == "Lumora Pte. Ltd."


@pytest.mark.parametrize(
    "number",
    ["40202001321Q", "40202001321q", "4020 2001 321Q", "SG 40202001321Q", "4020-2001321-Q", LUMORA],
)
def test_a_number_finds_its_record_in_any_form(client: TestClient, number: str) -> None:
    assert ids(answer(client, f"/v1/trademarks?q={number}"))[0] == LUMORA


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("match=startsWith&q=lum", {LUMORA}),
        ("match=contains&q=umor", {LUMORA}),
        ("niceClasses=9,42", {LUMORA}),
        ("viennaCodes=26.4", {LUMORA}),
        ("applicant=lumora", {LUMORA}),
        ("filedTo=2020-12-31", {LUMORA}),
        ("registeredFrom=2020-08-01&registeredTo=2020-08-01", {LUMORA}),
        ("expiresFrom=2030-01-01", {LUMORA}),
        ("offices=TH", set()),
        ("status=pending", set()),
    ],
)
def test_marks_are_filtered(client: TestClient, query: str, found: set[str]) -> None:
    assert set(ids(answer(client, f"/v1/trademarks?{query}"))) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/v1/patents", {"kr-pt-1020190012345"}),
        ("/v1/patents?ipc=H01M", {"kr-pt-1020190012345"}),
        ("/v1/patents?q=battery", {"kr-pt-1020190012345"}),
        ("/v1/designs?locarno=06", {"kr-ds-3020210059920-m001", "kr-ds-3020210059920-m002"}),
        ("/v1/geographical-indications", {"kr-gi-4420150000001", "kr-gi-4420160000002"}),
        ("/v1/rights?rights=patent", {"kr-pt-1020190012345"}),
    ],
)
def test_each_right_has_an_address(client: TestClient, address: str, found: set[str]) -> None:
    assert set(ids(answer(client, address))) == found


def test_all_rights_are_searched_together(client: TestClient) -> None:
    assert answer(client, "/v1/rights")["total"] == {"value": 8 + len(RECORDS_KR), "relation": "eq"}


def test_next_leads_to_the_end_without_skip_or_repeat(client: TestClient) -> None:
    address, seen = "/v1/trademarks?limit=3&sort=-filingDate", list[str]()
    while address:
        page = answer(client, address)
        seen += ids(page)
        address = page.get("next", "")
    assert len(seen) == len(set(seen)) == page["total"]["value"] == 8


def test_next_keeps_what_was_asked(client: TestClient) -> None:
    page = answer(client, "/v1/trademarks?limit=1&niceClasses=30&fields=title")
    following = answer(client, page["next"])
    assert set(following["results"][0]) == {"id", "title"}
    assert ids(following) != ids(page)


def test_a_sort_by_day_goes_both_ways(client: TestClient) -> None:
    up = ids(answer(client, "/v1/trademarks?sort=filingDate"))
    assert up[0] == LUMORA
    assert ids(answer(client, "/v1/trademarks?sort=-filingDate")) == up[::-1]


def test_fields_leaves_the_id_and_what_was_asked(client: TestClient) -> None:
    page = answer(client, "/v1/trademarks?fields=title,status&limit=1")
    assert set(page["results"][0]) == {"id", "title", "status"}


def test_facets_count_and_name_their_values(client: TestClient) -> None:
    facets = answer(client, "/v1/rights?facets=offices,status,niceClasses,filingYear,applicants,kinds")[
        "facets"
    ]
    assert {one["value"]: (one["label"], one["count"]) for one in facets["offices"]} == {
        "SG": ("Singapore", 8),
        "KR": ("Republic of Korea", 5),
    }
    assert {one["value"]: one["count"] for one in facets["filingYear"]}["2021"] == 9
    assert facets["applicants"][0]["label"] == "Siam Foods Co., Ltd."
    assert all(one["label"] for values in facets.values() for one in values)


def test_facets_are_left_out_where_nobody_asks(client: TestClient) -> None:
    assert "facets" not in answer(client, "/v1/trademarks")


def test_an_answer_says_as_of_when_by_office(client: TestClient) -> None:
    assert set(answer(client, "/v1/rights")["asOf"]) == {"SG", "KR"}


def test_as_of_tells_of_the_offices_asked_for(client: TestClient) -> None:
    assert set(answer(client, "/v1/rights?offices=SG")["asOf"]) == {"SG"}


def test_nothing_found_is_an_answer(client: TestClient) -> None:
    page = answer(client, "/v1/trademarks?q=zzzzqqqq&match=exact")
    assert page["results"] == []
    assert page["total"] == {"value": 0, "relation": "eq"}


def test_a_cursor_of_another_query_is_refused(client: TestClient) -> None:
    cursor = answer(client, "/v1/trademarks?limit=1")["next"].rpartition("cursor=")[2]
    refused = client.get(f"/v1/trademarks?limit=1&niceClasses=30&cursor={cursor}")
    assert refused.status_code == 400
    assert refused.json()["field"] == "cursor"


def test_marks_with_figures_like_others_come_with_the_codes_they_share(client: TestClient) -> None:
    first = answer(client, "/v1/trademarks?viennaLike=26.4.5,1.15.9&facets=viennaCodes")["results"][0]
    assert first["id"] == LUMORA
    assert 0 < first["score"] < 1
    assert first["why"][0]["rule"] == "same Vienna section"
    assert first["why"][0]["compared"].startswith("26.04.05 ")


def test_a_mark_is_not_among_those_like_it(client: TestClient) -> None:
    assert answer(client, f"/v1/trademarks?viennaLike={LUMORA}")["total"] == {"value": 0, "relation": "eq"}


@pytest.mark.parametrize(
    "given", ["viennaLike=26.4.5&q=lumora", "viennaLike=red", "viennaLike=sg-tm-none", "viennaLike=77"]
)
def test_figures_that_cannot_be_asked_for_are_told(client: TestClient, given: str) -> None:
    got = client.get(f"/v1/trademarks?{given}")
    assert (got.status_code, got.json()["field"]) == (400, "viennaLike")
    assert got.json()["mend"]


def test_vienna_codes_are_counted_at_the_level_below_the_filter(client: TestClient) -> None:
    def values(query: str) -> list[str]:
        facets = answer(client, f"/v1/trademarks?facets=viennaCodes{query}")["facets"]
        return [value["value"] for value in facets["viennaCodes"]]

    assert [values(""), values("&viennaCodes=26"), values("&viennaCodes=26.4")] == [
        ["26"],
        ["26.04"],
        ["26.04.05"],
    ]
