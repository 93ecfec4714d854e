"""Watches over HTTP: made, followed, delivered, read as a feed and a page, and ended."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import text
from starlette.testclient import TestClient

from app.settings import Settings
from app.watches.delivering import Policy, delivering
from app.watches.looking import looking
from ingest.pipeline import Loader
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from tests.app.http.conftest import MARKS_SG, client_of, jsonl
from tests.app.watches.receiving import receiving

LUMORA = MARKS_SG[0]
SEARCH = {"q": "lumora", "rights": ["trademark"], "offices": ["SG"]}
ATOM = "{http://www.w3.org/2005/Atom}"


class Followed:
    """A register that is served, and whose worker's chores are done when the test says so."""

    def __init__(self, database: Database, folder: Path) -> None:
        engine = TantivyEngine(folder / "index")
        self.folder, self.database, self._feeds = folder, database, 0
        self.indexer = Indexer(database, engine)
        self.settings = Settings(data_dir=folder, webhook_private=True)
        self.client: TestClient = client_of(self.settings, database, engine)
        self._chores = (looking(database, engine), delivering(database, Policy(9, 0.001, True)))

    def take(self, *lines: dict[str, Any]) -> None:
        self._feeds += 1
        path = self.folder / f"{self._feeds}.jsonl"
        path.write_bytes(jsonl(lines))
        Loader(self.database, "SG").load(path)
        self.indexer.drain()
        self.work()

    def work(self) -> None:
        """What the worker does, until nothing waits any more."""
        look, deliver = self._chores
        look()
        waiting = text("SELECT count(*) FROM watch_event WHERE state = 'waiting'")
        while self.database.read(lambda connection: connection.scalar(waiting)):
            deliver()
            time.sleep(0.005)

    def make(self, **body: Any) -> Any:
        made = self.client.post("/v1/watches", json={"search": SEARCH, **body})
        assert made.status_code == 201, made.text
        return made.json()

    def get(self, address: str, made: Any, status: int = 200) -> Any:
        got = self.client.get(address, headers={"Authorization": f"Bearer {made['key']}"})
        assert got.status_code == status, got.text
        return got.json()


@pytest.fixture
def followed(fresh_database_url: str, tmp_path: Path) -> Iterator[Followed]:
    with closing(Database(fresh_database_url)) as database:
        made = Followed(database, tmp_path)
        made.take(*MARKS_SG)
        with closing(made.indexer), made.client:
            yield made


def another(number: int, **changed: Any) -> dict[str, Any]:
    """A mark like the one that is watched."""
    named = f"402099{number:05d}Z"
    return {**LUMORA, "applicationNumber": named, "registrationNumber": named, **changed}


def test_a_watch_tells_its_key_once_and_what_it_watches(followed: Followed) -> None:
    made = followed.make(name="Ours", leastScore=0.8, webhook="https://example.org/hook")
    assert {"key", "token", "secret"} <= set(made)
    got = followed.get(f"/v1/watches/{made['id']}", made)
    assert not {"key", "token", "secret"} & set(got)
    assert (got["name"], got["leastScore"], got["webhook"]) == ("Ours", 0.8, "https://example.org/hook")
    assert got["search"] == {**SEARCH, "match": "similar"}
    assert got["conflicts"] == 1
    assert got["timepoint"] > 0


def test_what_is_there_is_no_event_and_what_comes_is_one(followed: Followed) -> None:
    made = followed.make()
    followed.work()
    assert followed.get(made["links"]["events"], made)["results"] == []
    followed.take(another(1, publicationDate="2026-01-31", status="pending"))
    (event,) = followed.get(made["links"]["events"], made)["results"]
    assert event["kind"] == "new"
    assert event["record"]["title"] == "LUMORA"
    assert event["record"]["why"]
    assert event["delivery"] == {"state": "kept"}
    assert {"kind": "opposition", "date": "2026-03-31"}.items() <= event["deadlines"][0].items()


def test_an_expert_query_is_watched_and_a_wrong_one_refused_with_its_place(followed: Followed) -> None:
    query = {"q": "tm=lumora NOT st=ended", "match": "expert"}
    made = followed.make(search=query)
    followed.take(another(1, status="pending"), another(2, status="ended"))
    (event,) = followed.get(made["links"]["events"], made)["results"]
    assert event["kind"] == "new"
    wrong = followed.client.post("/v1/watches", json={"search": {**query, "q": "tm=("}})
    assert wrong.status_code == 400
    assert wrong.json()["position"] == 5


def test_each_event_reaches_a_webhook_that_fails_at_first_exactly_once(followed: Followed) -> None:
    with receiving(lambda number: 500 if number % 2 else 204) as receiver:
        made = followed.make(webhook=receiver.address)
        followed.take(*(another(number) for number in range(6)))
        taken = receiver.taken()
    page = followed.get(made["links"]["events"], made)
    assert sorted(taken) == sorted(event["id"] for event in page["results"])
    assert len(set(taken)) == 6
    assert {event["delivery"]["state"] for event in page["results"]} == {"delivered"}
    assert followed.get(f"/v1/watches/{made['id']}", made)["events"] == {"delivered": 6}


def test_events_are_read_page_by_page(followed: Followed) -> None:
    made = followed.make()
    followed.take(*(another(number) for number in range(5)))
    address, seen = f"{made['links']['events']}?limit=2", list[int]()
    while address:
        page = followed.get(address, made)
        seen += [event["number"] for event in page["results"]]
        address = page.get("next", "")
    assert seen == sorted(seen)
    assert len(seen) == 5
    later = followed.get(f"{made['links']['events']}?after={seen[-1]}", made)
    assert (later["results"], later["after"]) == ([], seen[-1])


def test_deadlines_are_sorted_by_days_left(followed: Followed) -> None:
    today = dt.datetime.now(dt.UTC).date()
    soon, late, gone = (str(today + dt.timedelta(days=days)) for days in (10, 900, -400))
    followed.take(another(1, expiryDate=late), another(2, expiryDate=soon), another(3, expiryDate=gone))
    made = followed.make()
    page = followed.get(f"{made['links']['deadlines']}?limit=100", made)
    left = [one["daysLeft"] for one in page["results"] if one["kind"] == "renewal"]
    assert left[0] == 10
    assert left == [
        *sorted(one for one in left if one >= 0),
        *sorted((n for n in left if n < 0), reverse=True),
    ]
    assert page["total"] == len(page["results"])
    assert all(one["record"]["office"] == "SG" and one["basis"] for one in page["results"])


def test_the_feed_holds_the_newest_events_for_who_has_the_token(followed: Followed) -> None:
    made = followed.make(name="A & B")
    followed.take(another(1))
    followed.take(another(2))
    got = followed.client.get(f"{made['links']['feed']}?token={made['token']}")
    assert got.status_code == 200
    assert got.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(got.content)
    assert feed.findtext(f"{ATOM}title") == "Watch: A & B"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "New: LUMORA (Singapore, 40209900002Z)",
        "New: LUMORA (Singapore, 40209900001Z)",
    ]
    assert all(entry.findtext(f"{ATOM}summary") for entry in entries)


def test_the_page_shows_events_and_deadlines_for_who_has_the_token(followed: Followed) -> None:
    made = followed.make()
    followed.take(another(1))
    page = followed.client.get(f"{made['links']['page']}?token={made['token']}")
    assert page.status_code == 200
    assert "New: LUMORA" in page.text
    assert "Renewal due" in page.text
    assert followed.client.get(made["links"]["page"]).status_code == 401


def test_the_form_of_a_search_makes_a_watch(followed: Followed) -> None:
    found = followed.client.get("/search?q=lumora&offices=SG").text
    assert "/watches/new?q=lumora&amp;offices=SG" in found
    form = followed.client.get("/watches/new?q=lumora&offices=SG")
    assert "Singapore" in form.text
    made = followed.client.post(
        "/watches", data={"q": "lumora", "offices": "SG", "name": "Ours", "leastScore": "0.7", "webhook": ""}
    )
    assert made.status_code == 200, made.text
    assert "iprw_" in made.text
    wrong = followed.client.post("/watches", data={"q": "lumora", "leastScore": "much"})
    assert wrong.status_code == 400
    assert "a number from 0 to 1" in wrong.text


def test_only_its_key_or_token_opens_a_watch_and_only_the_key_changes_it(followed: Followed) -> None:
    one, other = followed.make(), followed.make()
    address = f"/v1/watches/{one['id']}"
    assert followed.client.get(address).status_code == 401
    assert followed.client.get(address).headers["www-authenticate"] == "Bearer"
    followed.get(address, other, 404)
    assert followed.client.get(f"{address}?token={one['token']}").status_code == 200
    assert followed.client.get(f"{address}?token={other['token']}").status_code == 404
    by_token = {"Authorization": f"Bearer {one['token']}"}
    assert followed.client.delete(address, headers=by_token).status_code == 404
    assert followed.client.delete(f"{address}?token={one['token']}").status_code == 400
    ended = followed.client.delete(address, headers={"Authorization": f"Bearer {one['key']}"})
    assert (ended.status_code, ended.content) == (204, b"")
    followed.get(address, one, 404)
    followed.get(f"/v1/watches/{other['id']}", other)


def test_what_was_laid_aside_is_sent_again_when_its_owner_asks(followed: Followed) -> None:
    broken = [True]
    with receiving(lambda _: 500 if broken[0] else 200) as receiver:
        made = followed.make(webhook=receiver.address)
        followed.take(another(1))
        assert followed.get(f"/v1/watches/{made['id']}", made)["events"] == {"dead": 1}
        (event,) = followed.get(made["links"]["events"], made)["results"]
        assert event["delivery"]["problem"] == "the receiver answered 500"
        broken[0] = False
        again = followed.client.post(
            f"/v1/watches/{made['id']}/redeliver", headers={"Authorization": f"Bearer {made['key']}"}
        )
        assert again.json() == {"events": 1}
        followed.work()
        assert receiver.taken() == [event["id"]]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"search": {"q": "a", "offices": ["ZZ"]}}, "search.offices"),
        ({"search": {"q": "a", "limit": 5}}, "search.limit"),
        ({"search": {"q": "a", "colour": "red"}}, "search.colour"),
        ({"search": {"q": "a"}, "leastScore": 2}, "leastScore"),
        ({"search": {"q": "a"}, "webhook": "ftp://example.org"}, "webhook"),
        ({"search": {"q": "a"}, "webhook": "http://u:p@example.org"}, "webhook"),
        ({"search": {"filedFrom": "2024-01-02", "filedTo": "2024-01-01"}}, "search.filedTo"),
        ({"name": "without a search"}, "body"),
        ({"search": {}, "colour": 1}, "body"),
    ],
)
def test_what_cannot_be_watched_is_refused_with_its_member(
    followed: Followed, body: dict[str, Any], field: str
) -> None:
    refused = followed.client.post("/v1/watches", json=body)
    assert refused.status_code == 400, refused.text
    assert refused.json()["field"] == field
    assert refused.json()["mend"]


def test_a_body_that_is_no_json_or_too_long_is_refused(followed: Followed) -> None:
    assert followed.client.post("/v1/watches", content=b"{").status_code == 400
    assert followed.client.post("/v1/watches", content=b" " * 70_000).status_code == 413
    plain = {"Content-Type": "text/plain"}
    assert followed.client.post("/v1/watches", content=b"{}", headers=plain).status_code == 415


def test_a_webhook_into_the_own_network_is_refused_unless_it_is_allowed(
    followed: Followed, tmp_path: Path
) -> None:
    engine = TantivyEngine(tmp_path / "index")
    with client_of(Settings(data_dir=tmp_path), followed.database, engine) as strict:
        body = {"search": SEARCH, "webhook": "http://169.254.169.254/latest"}
        refused = strict.post("/v1/watches", json=body)
    assert refused.status_code == 400
    assert "not public" in refused.json()["detail"]


def test_no_more_watches_are_kept_than_the_settings_say(followed: Followed, tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path / "index")
    settings = Settings(data_dir=tmp_path, most_watches=1)
    with client_of(settings, followed.database, engine) as strict:
        assert strict.post("/v1/watches", json={"search": SEARCH}).status_code == 201
        refused = strict.post("/v1/watches", json={"search": SEARCH})
    assert (refused.status_code, refused.json()["code"]) == (503, "too-many-watches")
