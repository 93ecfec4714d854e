"""Expert queries over HTTP."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search.expert.tags import TAGS

_PARTS = (
    *(f"{tag.name}=" for tag in TAGS),
    *(
        "coffee",
        "co*",
        "c?f*e",
        '"hot water"',
        '"hot water"~3',
        "กาแฟ",
        "2020",
        "[2019 TO *]",
        ">2020-01",
        "26.4",
    ),
    *(
        "A61K",
        "KR10-2019-0012345",
        "th,sg",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "NEAR/3",
        "ADJ",
        "9",
        "-x",
        "\\",
        "*",
    ),
)
SEPARATOR = "kr-pt-1020190012345"


def asked(client: TestClient, collection: str, query: str, status: int = 200) -> Any:
    got = client.get(f"/v1/{collection}?match=expert&q={quote(query)}")
    assert got.status_code == status, got.text
    return got.json()


@pytest.mark.parametrize(
    "query",
    [
        "separator",
        "ti=(battery AND separator)",
        'ab="separator for cells"',
        "ab=separator NEAR/2 cells",
        "in=kim",
        "an=10-2019-0012345",
        "pn=KR1020190012345",
        "ic=H01M AND cpc=H01M",
        "of=KR AND rt=patent AND fd=[2019-01-01 TO 2019-12-31] AND st=pending",
        "pd>=2020-08 NOT pd>2020-08",
        'ct="US 1,234,567"',
        "separ* AND NOT ti=coffee",
    ],
)
def test_an_expert_query_finds_its_patent(client: TestClient, query: str) -> None:
    found = asked(client, "patents", query)
    assert [result["id"] for result in found["results"]] == [SEPARATOR]
    assert found["total"] == {"value": 1, "relation": "eq"}
    assert (found["results"][0]["score"], found["results"][0]["why"][0]["rule"]) == (1, "expert query")


def test_the_mark_is_found_by_its_words_goods_and_classes(client: TestClient) -> None:
    found = asked(client, "trademarks", "tm=lum* AND nc=[9 TO 10] AND pa=lumora AND vc=26.4")
    assert [result["id"] for result in found["results"]] == ["sg-tm-40202001321q"]


def test_what_is_wrong_is_told_with_its_position(client: TestClient) -> None:
    told = asked(client, "patents", "ti=coffee AND (foo=1)", 400)
    assert told["code"] == "invalid-parameter"
    assert told["field"] == "q"
    assert (told["position"], told["length"]) == (16, 3)
    assert "at character 16" in told["detail"]
    assert "known are" in told["mend"]


def test_the_position_of_what_is_missing_is_behind_the_end(client: TestClient) -> None:
    told = asked(client, "rights", "(coffee", 400)
    assert (told["position"], told["length"]) == (8, 0)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(min_size=1, max_size=60),
        st.lists(st.sampled_from(_PARTS), min_size=1, max_size=15).map(" ".join),
    )
)
def test_whatever_is_asked_is_answered_or_told(client: TestClient, query: str) -> None:
    got = client.get("/v1/rights", params={"match": "expert", "q": query, "facets": "rights"})
    assert got.status_code in (200, 400), got.text
    if got.status_code == 400:
        assert got.json()["mend"]


def test_pages_and_the_receipt_go_on_with_the_query(client: TestClient) -> None:
    first = client.get("/v1/rights?match=expert&q=of%3DKR%20OR%20of%3DSG&limit=1&sort=-filingDate").json()
    assert first["receipt"]
    second = client.get(first["next"]).json()
    assert second["results"][0]["id"] != first["results"][0]["id"]


def test_cpc_is_filtered_and_counted_beside_the_ipc(client: TestClient) -> None:
    found = client.get("/v1/patents?cpc=H01M&facets=cpc,ipc").json()
    assert [result["id"] for result in found["results"]] == [SEPARATOR]
    assert [one["value"] for one in found["facets"]["cpc"]] == ["H01M"]
