"""Clearance over HTTP: at once, as a job, in every form, and what cannot be asked."""

from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from app.clearance.formats import MEDIA_TYPES
from app.clearance.jobs import making_reports
from app.http.clearance_answers import ClearanceJobAnswer, ClearancePage
from app.http.clearance_body import MAX_BODY_BYTES, ClearanceBody
from app.http.clearance_example import EXAMPLE_QUESTION
from search.clearance.report import ClearanceReport
from tests.app.http.conftest import HeldRegister

NAMES = ["Lumora", "Banyan", "Coralis", "Nosuchname", "ลูโมรา", "Fenwick", "=1+1"]


def work(held: HeldRegister) -> None:
    """What the worker does."""
    service = held.client.app.state.service  # type: ignore[attr-defined]  # a Starlette application has a state
    make = making_reports(held.database, service.clearing)
    while make():
        pass


def test_a_name_is_cleared_at_once(client: TestClient) -> None:
    answer = client.post("/v1/clearance", json={"name": "lumora", "niceClasses": [9, 30], "offices": ["SG"]})
    assert answer.status_code == 200
    page = msgspec.json.decode(answer.content, type=ClearancePage)
    report = page.reports[0]
    assert report.grade == "blocked"
    assert {cell.nice_class: cell.grade for cell in report.places[0].classes}[9] == "blocked"
    assert report.conflicts[0].mark == "LUMORA"
    assert "no legal advice" in report.no_advice


def test_its_searches_can_be_cited(client: TestClient) -> None:
    report = client.get("/v1/clearance", params={"name": "lumora"}).json()["reports"][0]
    receipt = report["searches"][0]["receipt"]
    assert client.get(f"/v1/receipts/{receipt}").status_code == 200


def test_the_example_of_the_documentation_works(client: TestClient) -> None:
    assert msgspec.convert(EXAMPLE_QUESTION, ClearanceBody).names == ("Lumora", "ลูโมรา")
    answer = client.post("/v1/clearance", json=EXAMPLE_QUESTION)
    assert len(answer.json()["reports"]) == 2


@pytest.mark.parametrize(("format_", "head"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_a_report_comes_in_the_form_asked_for(client: TestClient, format_: Any, head: bytes) -> None:
    by_name = client.get("/v1/clearance", params={"name": "lumora", "format": format_})
    by_header = client.post(
        "/v1/clearance", json={"name": "lumora"}, headers={"Accept": MEDIA_TYPES[format_]}
    )
    for answer in (by_name, by_header):
        assert answer.headers["content-type"] == MEDIA_TYPES[format_]
        assert answer.content.startswith(head)
        assert "Accept" in answer.headers["vary"]


def test_a_form_that_there_is_not_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/clearance", params={"name": "x"}, headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "names"),
        ({"name": "x", "names": ["y"]}, "names"),
        ({"name": ""}, "name"),
        ({"name": "   "}, "names[0]"),
        ({"name": "a\x00b"}, "names[0]"),
        ({"name": "x" * 301}, "name"),
        ({"names": []}, "names"),
        ({"names": ["x"] * 101}, "names"),
        ({"name": "x", "niceClasses": [0]}, "niceClasses[0]"),
        ({"name": "x", "niceClasses": [46]}, "niceClasses[0]"),
        ({"name": "x", "niceClasses": ["9"]}, "niceClasses[0]"),
        ({"name": "x", "offices": ["XYZ"]}, "offices[0]"),
        ({"name": "x", "offices": ["SG", "QQ"]}, "offices[1]"),
        ({"name": "x", "territories": ["QQ"]}, "territories[0]"),
        ({"name": "x", "similarGroups": ["H1"]}, "similarGroups[0]"),
        ({"name": "x", "statuses": ["live"]}, "statuses[0]"),
        ({"name": "x", "goods": ["y" * 2001]}, "goods[0]"),
        ({"name": "x", "goods": ["\t"]}, "goods[0]"),
        ({"name": "x", "limit": 0}, "limit"),
        ({"name": "x", "limit": 101}, "limit"),
    ],
)
def test_input_that_cannot_be_used_is_told_with_its_member(
    client: TestClient, body: dict[str, Any], field: str
) -> None:
    answer = client.post("/v1/clearance", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-body")
    assert answer.json()["field"] == field
    assert answer.json()["mend"]


def test_a_member_that_is_not_known_is_an_error(client: TestClient) -> None:
    answer = client.post("/v1/clearance", json={"name": "x", "colour": "red"})
    assert answer.status_code == 400
    assert "colour" in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_what_is_no_object_of_json_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/clearance", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-body")


def test_another_media_type_and_too_long_a_body_are_refused(client: TestClient) -> None:
    assert client.post("/v1/clearance", data={"name": "x"}).status_code == 415
    long = client.post(
        "/v1/clearance", content=b" " * (MAX_BODY_BYTES + 1), headers={"Content-Type": "application/json"}
    )
    assert (long.status_code, long.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, "invalid-parameter"),
        ({"name": "x", "niceClasses": "46"}, "invalid-parameter"),
        ({"name": "x", "similarGroups": "H1"}, "invalid-parameter"),
        ({"name": "x", "limit": "101"}, "invalid-parameter"),
        ({"name": "x", "format": "doc"}, "invalid-parameter"),
        ({"name": "x", "q": "y"}, "unknown-parameter"),
    ],
)
def test_parameters_are_held_to_the_same(client: TestClient, parameters: dict[str, str], code: str) -> None:
    answer = client.get("/v1/clearance", params=parameters)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_many_names_become_a_job_with_progress_and_reports(held: HeldRegister) -> None:
    client = held.client
    begun = client.post("/v1/clearance", json={"names": NAMES, "niceClasses": [9]})
    assert begun.status_code == 202
    address = begun.headers["location"]
    waiting = msgspec.json.decode(begun.content, type=ClearanceJobAnswer)
    assert (waiting.state, waiting.progress.done, waiting.progress.names) == ("queued", 0, len(NAMES))
    assert client.get(f"{address}/reports/1").status_code == 404
    work(held)
    done = msgspec.json.decode(client.get(address).content, type=ClearanceJobAnswer)
    assert (done.state, done.progress.done) == ("done", len(NAMES))
    assert [one.name for one in done.results] == NAMES
    first = msgspec.json.decode(client.get(done.results[0].report).content, type=ClearanceReport)
    assert (first.asked.name, first.grade) == ("Lumora", done.results[0].grade)
    assert client.get(address, params={"format": "pdf"}).content.startswith(b"%PDF")
    assert client.get(address, params={"format": "xlsx"}).content.startswith(b"PK")
    assert client.get(f"{address}/reports/2", params={"format": "pdf"}).content.startswith(b"%PDF")


def test_a_few_names_become_a_job_where_that_is_preferred(held: HeldRegister) -> None:
    begun = held.client.post("/v1/clearance", json={"name": "x"}, headers={"Prefer": "respond-async"})
    assert begun.status_code == 202
    work(held)


def test_a_job_that_there_is_not_is_not_found(client: TestClient) -> None:
    answer = client.get("/v1/clearance/cl-000000000000000000000000")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert client.get("/v1/clearance/1").status_code == 400
