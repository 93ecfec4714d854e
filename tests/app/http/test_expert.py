"""Expert queries over HTTP."""

from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

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


def test_pages_and_the_receipt_go_on_with_the_query(client: TestClient) -> None:
    first = client.get("/v1/rights?match=expert&q=of%3DKR%20OR%20of%3DSG&limit=1&sort=-filingDate").json()
    assert first["receipt"]
    second = client.get(first["next"]).json()
    assert second["results"][0]["id"] != first["results"][0]["id"]


def test_cpc_is_filtered_and_counted_beside_the_ipc(client: TestClient) -> None:
    found = client.get("/v1/patents?cpc=H01M&facets=cpc,ipc").json()
    assert [result["id"] for result in found["results"]] == [SEPARATOR]
    assert [one["value"] for one in found["facets"]["cpc"]] == ["H01M"]
