"""The changes of the register over HTTP."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http import changes
from register.store import changes as log

# Nine marks, a change of one, a delete of another, five records of another office.
TOTAL = 16


def page_of(client: TestClient, address: str) -> Any:
    got = client.get(address)
    assert got.status_code == 200, got.text
    return got.json()


def followed(client: TestClient, address: str) -> list[Any]:
    """Every change from an address on, by its `next` links."""
    found: list[Any] = []
    while address:
        page = page_of(client, address)
        found += page["results"]
        address = page.get("next", "")
    return found


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_every_version_comes_once_and_in_order(client: TestClient, limit: int) -> None:
    found = followed(client, f"/v1/changes?limit={limit}")
    timepoints = [one["timepoint"] for one in found]
    assert len(found) == TOTAL
    assert timepoints == sorted(set(timepoints))
    assert len({(one["id"], one["version"]) for one in found}) == TOTAL


@pytest.mark.parametrize("held_before", range(TOTAL))
def test_who_goes_on_from_a_timepoint_misses_nothing(client: TestClient, held_before: int) -> None:
    every = followed(client, "/v1/changes")
    since = every[held_before]["timepoint"]
    assert followed(client, f"/v1/changes?limit=4&since={since}") == every[held_before + 1 :]


def test_at_the_end_there_is_a_timepoint_to_come_back_with(client: TestClient) -> None:
    last = page_of(client, "/v1/changes?limit=100")
    assert "next" not in last
    assert page_of(client, f"/v1/changes?since={last['timepoint']}") == {
        "results": [],
        "timepoint": last["timepoint"],
    }


def test_an_update_and_a_delete_are_told_as_what_they_are(client: TestClient) -> None:
    found = followed(client, "/v1/changes")
    told = {(one["id"], one["operation"]) for one in found if one["version"] > 1}
    assert told == {("sg-tm-40202001321q", "update"), ("sg-tm-40202100008k", "delete")}


def test_a_change_has_its_record(client: TestClient) -> None:
    first = page_of(client, "/v1/changes?limit=1")["results"][0]
    assert first["record"]["id"] == first["id"]


def test_a_day_before_everything_gives_everything(client: TestClient) -> None:
    assert len(followed(client, "/v1/changes?since=2001-01-31")) == TOTAL


def test_a_day_to_come_gives_nothing(client: TestClient) -> None:
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    assert page_of(client, f"/v1/changes?since={tomorrow}")["results"] == []


@pytest.mark.parametrize("since", ["2001-01-31T10:00:00Z", "2001-01-31T10:00:00%2B07:00", "2001-01-31T10:00"])
def test_a_time_is_taken_in_any_zone(client: TestClient, since: str) -> None:
    assert len(followed(client, f"/v1/changes?since={since}&limit=100")) == TOTAL


@pytest.mark.parametrize("since", ["nope", "", "-1", "99999999999999999999", "2024-13-01", "0001-01-01"])
def test_anything_else_is_refused(client: TestClient, since: str) -> None:
    got = client.get(f"/v1/changes?since={since}")
    assert (got.status_code, got.json()["field"]) == (400, "since")


LINES = "application/jsonl"


def lines_of(client: TestClient, query: str, **headers: str) -> list[Any]:
    got = client.get(f"/v1/changes?{query}", headers=headers)
    assert (got.status_code, got.headers["content-type"]) == (200, LINES), got.text
    return [json.loads(line) for line in got.text.splitlines()]


@pytest.fixture(params=["here", "by a process"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines told by who is asked, and by a process of their own."""
    if request.param == "by a process":
        monkeypatch.setattr(changes, "TOLD_HERE", 0)


@pytest.mark.usefixtures("either_way")
def test_lines_are_the_changes_of_the_pages_and_then_how_far_they_go(client: TestClient) -> None:
    every = followed(client, "/v1/changes?limit=100")
    last = {"timepoint": every[-1]["timepoint"]}
    assert lines_of(client, "format=jsonl") == [*every, last]
    assert lines_of(client, f"format=jsonl&since={every[4]['timepoint']}") == [*every[5:], last]


def test_lines_can_be_bounded(client: TestClient) -> None:
    every = followed(client, "/v1/changes?limit=100")
    assert lines_of(client, "format=jsonl&limit=5") == [*every[:5], {"timepoint": every[4]["timepoint"]}]


def test_accept_asks_for_lines_too(client: TestClient) -> None:
    assert len(lines_of(client, "", accept="application/x-ndjson")) == TOTAL + 1
    assert (
        client.get("/v1/changes", headers={"accept": "text/csv"}).headers["content-type"]
        == "application/json"
    )


@pytest.mark.parametrize("limit", [1, 3, 100])
@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        ("offices=KR", lambda one: one["id"].startswith("kr-")),
        ("offices=SG,KR", lambda _: True),
        ("rights=design", lambda one: "-ds-" in one["id"]),
        ("offices=SG&rights=design,trademark", lambda one: one["id"].startswith("sg-tm-")),
        ("offices=TH", lambda _: False),
    ],
)
def test_changes_of_some_offices_and_rights(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, scope: str, kept: Callable[[Any], bool], limit: int
) -> None:
    monkeypatch.setattr(log, "_LOOKED_AT", 4)
    every = followed(client, "/v1/changes?limit=100")
    wanted = [one for one in every if kept(one)]
    assert followed(client, f"/v1/changes?{scope}&limit={limit}") == wanted
    lines = lines_of(client, f"{scope}&format=jsonl")
    assert [one for one in lines if "id" in one] == wanted
    assert lines[-1] == {"timepoint": every[-1]["timepoint"]}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=101", "limit"),
        ("limit=0&format=jsonl", "limit"),
        ("format=csv", "format"),
        ("offices=Singapore", "offices"),
        ("rights=mark", "rights"),
    ],
)
def test_what_cannot_be_asked_of_changes_is_a_problem(client: TestClient, query: str, field: str) -> None:
    got = client.get(f"/v1/changes?{query}")
    assert (got.status_code, got.json()["field"]) == (400, field)
