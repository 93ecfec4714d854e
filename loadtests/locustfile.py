"""Users of the three kinds against a running service, by HTTP alone and on loopback only.

A business clears a name and narrows it down; an investor follows an applicant; an office looks at coverage
and at what changed. The words they ask for are taken from the service itself at the start.
"""

import random
from typing import Any
from urllib.parse import urlsplit

from locust import FastHttpUser, between, events, task
from locust.env import Environment

from loadtests.mistyping import mistyped

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_titles: list[str] = []
_applicants: list[str] = []


@events.init.add_listener
def only_loopback(environment: Environment, **_: Any) -> None:
    """Refuse to send load anywhere else."""
    host = urlsplit(environment.host or "").hostname
    if host not in _LOOPBACK:
        raise SystemExit(f"the load test runs against loopback only, not {host!r}")


class Visitor(FastHttpUser):
    """Knows some names of the register; the others are kinds of it."""

    abstract = True
    wait_time = between(0.2, 1.0)

    def on_start(self) -> None:
        if not _titles:
            answer = self.client.get(
                "/v1/trademarks?limit=100&sort=-filingDate", name="(names to ask for)"
            ).json()
            _titles.extend(hit["title"] for hit in answer["results"] if hit.get("title"))
            _applicants.extend(
                party["name"] for hit in answer["results"] for party in hit.get("applicants", [])
            )

    def ask(self, path: str, name: str, **parameters: Any) -> dict[str, Any]:
        """GET and check that the answer is one of ours."""
        with self.client.get(path, params=parameters, name=name, catch_response=True) as answer:
            body = answer.json() if answer.status_code == 200 else None
            if not isinstance(body, dict) or "results" not in body:
                answer.failure(f"status {answer.status_code}")
                return {"results": []}
            return body


class Business(Visitor):
    weight = 6

    @task(6)
    def clear_a_name(self) -> None:
        title = random.choice(_titles)
        found = self.ask("/v1/trademarks", "similar", q=mistyped(title), facets="offices,niceClasses,status")
        if found["results"]:
            identity = random.choice(found["results"])["id"]
            self.client.get(f"/v1/trademarks/{identity}", name="record")

    @task(2)
    def narrow_down(self) -> None:
        self.ask(
            "/v1/trademarks",
            "filtered",
            q=random.choice(_titles),
            offices="TH,SG,VN",
            niceClasses="9,35",
            status="registered,pending",
        )

    @task(2)
    def in_a_browser(self) -> None:
        self.client.get("/search", params={"q": random.choice(_titles)}, name="page of results")

    @task(1)
    def spelled_exactly(self) -> None:
        self.ask("/v1/trademarks", "exact", q=random.choice(_titles), match="exact")


class Investor(Visitor):
    weight = 3

    @task(3)
    def portfolio(self) -> None:
        self.ask(
            "/v1/rights",
            "applicant",
            applicant=random.choice(_applicants),
            facets="offices,rights,status,filingYear",
        )

    @task(1)
    def patents(self) -> None:
        self.ask("/v1/patents", "patents", q="battery cell", sort="-filingDate")

    @task(1)
    def who(self) -> None:
        self.ask("/v1/applicants", "applicants", q=random.choice(_applicants).split()[0])


class Office(Visitor):
    weight = 1

    @task(2)
    def what_is_held(self) -> None:
        self.ask("/v1/offices", "offices")

    @task(1)
    def what_changed(self) -> None:
        self.ask("/v1/changes", "changes", since="2000-01-01", limit=100)
