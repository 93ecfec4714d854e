"""The changes of the register over HTTP."""

import datetime as dt
from typing import Any

import pytest
from starlette.testclient import TestClient

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
