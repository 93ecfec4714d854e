"""Every error has one shape, whatever was asked."""

import re
from typing import Any, NamedTuple

import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError
from starlette.testclient import TestClient

from tests.app.http.conftest import HeldRegister

# Words of the inside that no answer may hold.
INSIDE = re.compile(
    r"Traceback|File \"|site-packages|psycopg|sqlalchemy|tantivy|starlette|pydantic|SELECT ", re.I
)


class Asked(NamedTuple):
    method: str
    address: str
    status: int
    code: str


REQUESTS = (
    Asked("GET", "/v1/trademarks?limit=0", 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?limit=1&limit=2", 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?colour=red", 400, "unknown-parameter"),
    Asked("GET", "/v1/trademarks?q=a&Q=b", 400, "unknown-parameter"),
    Asked("GET", "/v1/trademarks?q=%00", 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?q=%ff%fe", 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?q=" + "a" * 10_000, 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?match=expert&q=((a", 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?cursor=zzzz", 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?cursor=" + "A" * 5000, 400, "invalid-parameter"),
    Asked("GET", "/v1/trademarks?filedFrom=2025-01-01&filedTo=2020-01-01", 400, "invalid-parameter"),
    Asked("GET", "/v1/designs?niceClasses=9", 400, "unknown-parameter"),
    Asked("GET", "/v1/changes?since=nope", 400, "invalid-parameter"),
    Asked("GET", "/v1/offices?limit=3", 400, "unknown-parameter"),
    Asked("GET", "/v1/applicants?offices=SG", 400, "unknown-parameter"),
    Asked("GET", "/v1/trademarks/nothere", 404, "not-found"),
    Asked("GET", "/v1/trademarks/%00", 404, "not-found"),
    Asked("GET", "/v1/trademarks/%F0%9F%98%80", 404, "not-found"),
    Asked("GET", "/v1/trademarks/sg-tm-1'--", 404, "not-found"),
    Asked("GET", "/v1/trademarks/..%2f..%2fetc%2fpasswd", 404, "not-found"),
    Asked("GET", "/v1/trademarks/" + "a" * 5000, 400, "invalid-request"),
    Asked("GET", "/v1/trademarks/x/history", 404, "not-found"),
    Asked("GET", "/v1/trademarks/x/versions/one/source", 400, "invalid-request"),
    Asked("GET", "/v1/trademarks/x?asOn=nope", 400, "invalid-parameter"),
    Asked("GET", "/v1/applicants/x", 404, "not-found"),
    Asked("GET", "/v1/nothing", 404, "not-found"),
    Asked("GET", "/v2/trademarks", 404, "not-found"),
    Asked("GET", "/v1//trademarks", 404, "not-found"),
    Asked("GET", "/v1/trademarks/", 404, "not-found"),
    Asked("POST", "/v1/trademarks", 405, "method-not-allowed"),
    Asked("PUT", "/v1/trademarks", 405, "method-not-allowed"),
    Asked("PATCH", "/v1/trademarks", 405, "method-not-allowed"),
    Asked("DELETE", "/v1/trademarks/sg-tm-40202001321q", 405, "method-not-allowed"),
    Asked("OPTIONS", "/v1/trademarks", 405, "method-not-allowed"),
    Asked("TRACE", "/v1/changes", 405, "method-not-allowed"),
)


@pytest.mark.parametrize("asked", REQUESTS, ids=lambda asked: f"{asked.method} {asked.address[:60]}")
def test_an_error_is_a_problem_document_with_a_stable_code(client: TestClient, asked: Asked) -> None:
    got = client.request(asked.method, asked.address)
    told: Any = got.json()
    assert (got.status_code, told["code"]) == (asked.status, asked.code)
    assert got.headers["content-type"] == "application/problem+json"
    assert told["status"] == asked.status
    assert told["type"]
    assert told["title"]
    assert told["detail"]
    assert not INSIDE.search(got.text)


@pytest.mark.parametrize(
    "asked", [one for one in REQUESTS if one.status == 400], ids=lambda asked: asked.address[:60]
)
def test_an_error_of_input_names_the_field_and_the_mend(client: TestClient, asked: Asked) -> None:
    told = client.request(asked.method, asked.address).json()
    assert told["field"]
    assert told["mend"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_is_not_taken_is_told_with_those_that_are(client: TestClient, method: str) -> None:
    assert client.request(method, "/v1/trademarks").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "address", ["/v1/trademarks?limit=1", "/v1/offices", "/v1/trademarks/nothere", "/healthz"]
)
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert head.content == b""
    assert head.status_code == got.status_code
    assert head.headers["content-type"] == got.headers["content-type"]


def test_what_was_sent_is_told_back_short(client: TestClient) -> None:
    assert len(client.get("/v1/trademarks?" + "x" * 9000 + "=1").content) < 1500


def test_every_answer_has_safe_headers(client: TestClient) -> None:
    for address in ("/v1/trademarks?limit=1", "/v1/nothing"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_an_error_of_ours_tells_a_number_and_nothing_of_the_inside(
    held: HeldRegister, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> None:
        raise ProgrammingError("SELECT secret", None, Exception("inside"))

    monkeypatch.setattr(held.database, "read", broken)
    got = held.client.get("/v1/changes")
    told = got.json()
    assert (got.status_code, told["code"]) == (500, "internal-error")
    assert "secret" not in got.text
    assert told["request"] in caplog.text


def test_a_register_that_does_not_answer_is_told_as_unavailable(
    held: HeldRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise OperationalError("SELECT secret", None, Exception("inside"))

    monkeypatch.setattr(held.database, "read", away)
    got = held.client.get("/v1/trademarks/sg-tm-40202001321q")
    assert (got.status_code, got.json()["code"]) == (503, "register-unavailable")
    assert got.headers["retry-after"]
    assert "secret" not in got.text
