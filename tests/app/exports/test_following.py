"""A client that follows the register and is killed at any moment ends equal to it: nothing is skipped, and
nothing is told twice.
"""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.exports import changes
from app.settings import Settings
from register.store import changes as log
from register.store.database import Database
from register.store.feeds import FeedStateError, find_feed
from register.store.guard import Guard
from register.store.undo import Undo, ask_undo
from register.store.upsert import Upsert
from search.engines.tantivy import TantivyEngine
from tests.app.http.conftest import client_of
from tests.register.store.delivering import Office, of_right, says

_WRITERS = 2
_DELIVERIES = 12
_NUMBERS = 25
_OFFICES = ("SG", "MY")
_RIGHTS = ("trademark", "patent")


class Killed(Exception):  # noqa: N818  # no error of the follower's
    """The follower was killed here."""


class Follower:
    """Keeps a copy of a part of the register in a file, and has nothing else when it begins again."""

    def __init__(self, path: Path, scope: dict[str, str], draw: random.Random) -> None:
        self._path = path
        self._scope = scope
        self._draw = draw
        self.records: dict[str, Any] = {}
        self.versions: dict[str, int] = {}
        self.since = 0

    def run(self, client: TestClient) -> bool:
        """Take what there is, until killed or at the end; whether that was the end."""
        if self._path.exists():
            self.since, self.versions, self.records = json.loads(self._path.read_text("utf-8"))
        try:
            return self._lines(client) if self._draw.random() < 0.7 else self._page(client)
        except Killed:
            return False

    def _lines(self, client: TestClient) -> bool:
        given = {"format": "jsonl", "since": f"0{self.since}", **self._scope}
        if self._draw.random() < 0.5:
            given["limit"] = str(self._draw.randint(1, 60))
        body = client.get("/v1/changes", params=given).content
        if self._draw.random() < 0.5:
            # The connection broke.
            body = body[: self._draw.randrange(len(body) + 1)]
        *whole, rest = body.split(b"\n")
        last: dict[str, Any] = {}
        for line in whole:
            last = json.loads(line)
            self._take(last)
        return rest == b"" and "id" not in last and "limit" not in given

    def _page(self, client: TestClient) -> bool:
        given = {"since": f"0{self.since}", "limit": str(self._draw.randint(1, 100)), **self._scope}
        page = client.get("/v1/changes", params=given).json()
        for one in page["results"]:
            self._take(one)
        self._take({"timepoint": page["timepoint"]})
        return "next" not in page

    def _take(self, told: dict[str, Any]) -> None:
        assert told["timepoint"] >= self.since
        if "id" in told:
            assert told["timepoint"] > self.since
            assert told["version"] == self.versions.get(told["id"], 0) + 1
            self.versions[told["id"]] = told["version"]
            if told["operation"] == "delete":
                del self.records[told["id"]]
            else:
                self.records[told["id"]] = told["record"]
        self.since = told["timepoint"]
        if self._draw.random() < 0.03:
            raise Killed
        if self._draw.random() < 0.2:
            self._save()

    def _save(self) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps((self.since, self.versions, self.records)), "utf-8")
        part.replace(self._path)

    def finish(self, client: TestClient) -> None:
        while not self.run(client):
            pass


class RolledBackError(Exception):
    """A writer that is gone before its commit."""


class Careless(Guard):
    """Keeps some batches open for a while, and takes some back at the last moment."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__(lambda *_: 1.0, 1)
        self._draw = draw

    def add(self, cursor: Any, feed_id: int, ended: Any) -> None:
        super().add(cursor, feed_id, ended)
        time.sleep(self._draw.choice((0, 0, 0.02)))
        if self._draw.random() < 0.2:
            raise RolledBackError


def write(database: Database, draw: random.Random) -> None:
    """Deliveries in small batches, some of which are never committed; some are undone. Records change, go and
    come back.
    """
    office = Office(database)
    delivered: list[int] = []
    for _ in range(_DELIVERIES):
        feed = office.begin(f"{draw.random()}")
        upsert = Upsert(database, feed, Careless(draw))
        for _ in range(draw.randint(1, 4)):
            with suppress(RolledBackError):
                upsert.apply([_said(draw) for _ in range(draw.randint(1, 8))])
        office.finish(feed)
        delivered.append(feed.id)
        if draw.random() < 0.4:
            with database.writing() as connection:
                try:
                    undoing = ask_undo(connection, delivered.pop(), leaves_changed=True)
                except FeedStateError:
                    continue
            Undo(database, undoing).run()
            done = database.read(lambda connection, at=undoing.id: find_feed(connection, at))  # type: ignore[misc]
            assert done is not None
            assert done.state == "done"


def _said(draw: random.Random) -> Any:
    right: Any = draw.choice(_RIGHTS)
    record = of_right(
        right, str(draw.randrange(_NUMBERS)), f"TEXT {draw.randrange(50)}", office=draw.choice(_OFFICES)
    )
    return says(record, "delete" if draw.random() < 0.25 else "upsert")


def held(database: Database, scope: dict[str, str]) -> dict[str, Any]:
    """What the register holds of a scope."""
    with database.reading() as connection:
        newest = log.newest_after(connection, 0, 1_000_000)
    return {
        one.id: json.loads(one.body)
        for one in newest
        if not one.deleted
        and one.record.office in scope.get("offices", ",".join(_OFFICES))
        and one.record.right in scope.get("rights", ",".join(_RIGHTS))
    }


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    with closing(Database(fresh_database_url, connections=8)) as database:
        yield database


@pytest.fixture
def client(database: Database, tmp_path: Path) -> Iterator[TestClient]:
    with client_of(Settings(data_dir=tmp_path), database, TantivyEngine(tmp_path / "index")) as client:
        yield client


@pytest.mark.parametrize("seed", range(4))
def test_who_is_killed_and_goes_on_ends_equal_to_the_register(
    database: Database, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 7)
    monkeypatch.setattr(log, "_LOOKED_AT", 11)
    scopes: list[dict[str, str]] = [
        {},
        {"offices": "MY"},
        {"offices": "SG", "rights": "trademark"},
        {"rights": "patent"},
    ]
    writers = [
        threading.Thread(target=write, args=(database, random.Random(100 * seed + place)))
        for place in range(_WRITERS)
    ]
    followers = [
        Follower(tmp_path / f"{place}.json", scope, random.Random(seed + place))
        for place, scope in enumerate(scopes)
    ]
    for writer in writers:
        writer.start()
    runs = 0
    while any(writer.is_alive() for writer in writers):
        followers[runs % len(followers)].run(client)
        runs += 1
    assert runs > 20
    for follower, scope in zip(followers, scopes, strict=True):
        follower.finish(client)
        expected = held(database, scope)
        assert expected
        assert follower.records == expected
