"""How many requests one address may make."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.http import limits
from app.http.limits import RequestLimit


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


def from_address(address: str, per_minute: int, *, count_loopback: bool = False) -> TestClient:
    def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("answered")

    app = RequestLimit(Starlette(routes=[Route("/", answer)]), per_minute, count_loopback)
    return TestClient(app, client=(address, 5000))


def statuses(client: TestClient, count: int) -> list[int]:
    return [client.get("/").status_code for _ in range(count)]


def test_what_is_more_than_the_limit_is_refused(clock: Clock) -> None:
    assert statuses(from_address("203.0.113.7", 3), 5) == [200, 200, 200, 429, 429]


def test_a_refusal_is_a_problem_that_says_when_to_go_on(clock: Clock) -> None:
    client = from_address("203.0.113.7", 6)
    statuses(client, 6)
    refused = client.get("/")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "too-many-requests"
    assert refused.headers["retry-after"] == "10"


def test_who_waits_as_told_may_go_on(clock: Clock) -> None:
    client = from_address("203.0.113.7", 6)
    statuses(client, 7)
    clock.now += 10
    assert statuses(client, 2) == [200, 429]


def test_a_minute_of_rest_fills_the_bucket_and_no_more(clock: Clock) -> None:
    client = from_address("203.0.113.7", 3)
    statuses(client, 4)
    clock.now += 3600
    assert statuses(client, 4) == [200, 200, 200, 429]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_is_not_counted(clock: Clock, address: str) -> None:
    assert set(statuses(from_address(address, 1), 5)) == {200}


def test_loopback_is_counted_where_the_settings_say_so(clock: Clock) -> None:
    assert statuses(from_address("127.0.0.1", 1, count_loopback=True), 2) == [200, 429]


def test_each_address_has_its_own(clock: Clock) -> None:
    app = from_address("203.0.113.7", 1).app
    assert statuses(TestClient(app, client=("203.0.113.7", 1)), 2) == [200, 429]
    assert statuses(TestClient(app, client=("203.0.113.8", 1)), 2) == [200, 429]
