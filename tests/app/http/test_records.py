"""One record over HTTP: as it is, as it was, its history, its source."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.app.http.conftest import MARKS_SG, HeldRegister

LUMORA = "/v1/trademarks/sg-tm-40202001321q"
DELETED = "/v1/trademarks/sg-tm-40202100008k"


def answer(client: TestClient, address: str) -> Any:
    got = client.get(address)
    assert got.status_code == 200, got.text
    return got.json()


def test_a_record_has_every_member_that_was_delivered(client: TestClient) -> None:
    record = answer(client, LUMORA)
    for name in (
        "applicationNumber",
        "filingDate",
        "expiryDate",
        "niceClasses",
        "priorities",
        "events",
        "media",
    ):
        assert record[name] == MARKS_SG[0][name], name


def test_a_record_tells_what_the_register_knows_beside(client: TestClient) -> None:
    record = answer(client, LUMORA)
    assert record["id"] == "sg-tm-40202001321q"
    assert record["title"] == "LUMORA"
    assert record["territories"] == ["SG"]
    assert record["version"] == 2
    assert [one["code"] for one in record["classes"]["nice"]] == ["9", "42"]
    assert record["provenance"]["format"] == "jsonl"


def test_a_status_is_told_with_its_day(client: TestClient) -> None:
    assert answer(client, LUMORA)["status"] == {"plain": "registered", "date": "2020-08-01"}


def test_a_status_that_is_not_known_is_told_as_unknown(client: TestClient) -> None:
    assert answer(client, "/v1/geographical-indications/kr-gi-4420160000002")["status"] == {
        "plain": "unknown"
    }
    found = answer(client, "/v1/geographical-indications?q=44-2016-0000002")["results"]
    assert found[0]["status"] == {"plain": "unknown"}


def test_an_applicant_has_the_id_of_the_resolved_one(client: TestClient) -> None:
    applicant = answer(client, LUMORA)["applicants"][0]
    assert applicant["name"] == "Lumora Pte. Ltd."
    assert answer(client, f"/v1/applicants/{applicant['applicant']}")["id"] == applicant["applicant"]


@pytest.mark.parametrize(
    "identity", ["SG-TM-40202001321Q", "sg-tm-4020.2001321q", "sg-tm-4020 2001321 q", "sg-tm-４０202001321q"]
)
def test_an_id_is_read_in_any_spelling(client: TestClient, identity: str) -> None:
    assert answer(client, f"/v1/trademarks/{identity}")["id"] == "sg-tm-40202001321q"


def test_a_record_is_found_among_all_rights(client: TestClient) -> None:
    assert answer(client, "/v1/rights/kr-pt-1020190012345")["right"] == "patent"


def test_a_record_of_another_right_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/designs/kr-pt-1020190012345").status_code == 404


def test_an_application_of_several_designs_names_them(client: TestClient) -> None:
    got = client.get("/v1/designs/kr-ds-3020210059920")
    assert got.status_code == 404
    assert got.json()["code"] == "several-designs"
    assert got.json()["ids"] == ["kr-ds-3020210059920-m001", "kr-ds-3020210059920-m002"]


def test_a_deleted_record_is_told_as_such(client: TestClient) -> None:
    got = client.get(DELETED)
    assert (got.status_code, got.json()["code"]) == (404, "deleted")


def test_a_deleted_record_keeps_its_history(client: TestClient) -> None:
    history = answer(client, f"{DELETED}/history")
    assert [one["operation"] for one in history["results"]] == ["insert", "delete"]


def test_history_has_every_version_oldest_first(client: TestClient) -> None:
    results = answer(client, f"{LUMORA}/history")["results"]
    assert [one["version"] for one in results] == [1, 2]
    assert [one["record"]["status"]["plain"] for one in results] == ["pending", "registered"]
    assert results[0]["timepoint"] < results[1]["timepoint"]


@pytest.mark.parametrize(
    ("day", "in_force"), [("2025-01-01", True), ("2031-01-01", None), ("2019-01-01", False)]
)
def test_a_day_is_told_as_in_force_or_not(client: TestClient, day: str, in_force: bool | None) -> None:
    told = answer(client, f"{LUMORA}?asOn={day}")["asOn"]
    assert told["date"] == day
    assert told["inForce"] is in_force
    assert told["basis"]


def test_the_source_is_what_was_delivered(held: HeldRegister) -> None:
    got = held.client.get(f"{LUMORA}/versions/1/source")
    assert got.headers["content-type"] == "application/json"
    assert got.content.strip() == held.feed.strip()


def test_a_version_that_is_not_there_has_no_source(client: TestClient) -> None:
    got = client.get(f"{LUMORA}/versions/3/source")
    assert (got.status_code, got.json()["mend"]) == (404, "its versions are 1 to 2")


def test_history_takes_no_parameters(client: TestClient) -> None:
    got = client.get(f"{LUMORA}/history?asOn=2020-01-01")
    assert got.json()["code"] == "unknown-parameter"


def test_a_record_is_json_as_one_object(client: TestClient) -> None:
    got = client.get(LUMORA)
    assert got.headers["content-type"] == "application/json"
    assert isinstance(json.loads(got.content), dict)
