"""Classifications over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient


def listed(client: TestClient, address: str) -> list[dict[str, Any]]:
    got = client.get(f"/v1/classifications/{address}")
    assert got.status_code == 200, got.text
    results: list[dict[str, Any]] = got.json()["results"]
    return results


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("nice", ["class"]),
        ("vienna", ["category", "division", "section"]),
        ("locarno", ["class", "subclass"]),
        ("ipc", ["section", "class", "subclass"]),
    ],
)
def test_a_client_can_build_the_tree(client: TestClient, name: str, levels: list[str]) -> None:
    page = client.get(f"/v1/classifications/{name}").json()
    assert (page["classification"], page["levels"]) == (name, levels)
    by_code = {one["code"]: one for one in page["results"]}
    for code, one in by_code.items():
        assert one["title"]
        assert one["level"] in levels
        assert all(by_code[child]["parent"] == code for child in one["children"])
        assert "parent" not in one or code in by_code[one["parent"]]["children"]


def test_a_part_of_the_tree_is_asked_for(client: TestClient) -> None:
    codes = [one["code"] for one in listed(client, "vienna?under=26.4")]
    assert codes[:2] == ["26.04", "26.04.01"]
    assert all(code.startswith("26.04") for code in codes)


def test_titles_are_searched(client: TestClient) -> None:
    assert [one["code"] for one in listed(client, "vienna?q=heraldic+lion")] == ["03.01.02"]
    assert listed(client, "vienna?q=heraldic+lion&under=26") == []


def test_records_are_counted(client: TestClient) -> None:
    held = {one["code"]: one["records"] for one in listed(client, "vienna?under=26.4")}
    assert (held["26.04"], held["26.04.05"], held["26.04.01"]) == (1, 1, 0)
    assert [one["records"] for one in listed(client, "locarno?q=06-01")] == [2]
    assert [one["records"] for one in listed(client, "nice?q=30")] == [7]
    assert [one["records"] for one in listed(client, "ipc?q=H01M")] == [1]


@pytest.mark.parametrize(
    ("query", "field"), [("under=77", "under"), ("under=%20", "under"), ("level=x", "level")]
)
def test_what_cannot_be_used_is_told(client: TestClient, query: str, field: str) -> None:
    got = client.get(f"/v1/classifications/vienna?{query}")
    assert (got.status_code, got.json()["field"]) == (400, field)
    assert got.json()["mend"]
