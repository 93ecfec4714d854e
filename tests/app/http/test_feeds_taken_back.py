"""Feeds that are held because they would end many records, and feeds that are undone."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.feeds.working import FeedWorker
from ingest import pipeline
from register.store.database import Database
from register.store.offices import miscounted
from tests.app.http.conftest import MARKS_SG, jsonl
from tests.app.http.test_feeds import Sent, marks


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made


def deletes(count: int, first: int = 0) -> bytes:
    return jsonl(
        [
            {
                "office": "SG",
                "right": "trademark",
                "applicationNumber": f"40202{first + n:06d}K",
                "operation": "delete",
            }
            for n in range(count)
        ]
    )


def state(sent: Sent) -> dict[str, Any]:
    """Everything that decides what the register says and what it will do with the next feed."""
    query = text(
        """
        SELECT id, content_hash, origin, position, status, filed, standing, deleted,
               (SELECT body FROM change WHERE change.timepoint = record.timepoint) AS body
        FROM record WHERE NOT deleted
        """
    )
    with sent.database.reading() as connection:
        assert miscounted(connection) == []
        return {row.id: tuple(row) for row in connection.execute(query)}


def act(sent: Sent, feed: Any, verb: str, query: str = "") -> Any:
    return sent.client.post(f"/v1/feeds/{feed['id']}/{verb}{query}", headers=sent.headers())


def undone(sent: Sent, feed: Any, query: str = "") -> Any:
    """Undo a feed; the document of the feed that did it."""
    answer = act(sent, feed, "undo", query)
    assert answer.status_code == 202, answer.text
    while sent.worker.work():
        pass
    return sent.get(answer.headers["location"]).json()


def test_a_feed_that_deletes_more_than_its_share_is_held_and_nothing_is_applied(sent: Sent) -> None:
    sent.taken(marks(100))
    before = state(sent)
    feed = sent.taken(deletes(40))
    assert feed["state"] == "held"
    assert "40 of the 100 trademarks" in feed["problem"]
    assert feed["counts"]["read"] == 0
    assert state(sent) == before
    assert len(sent.kept()) == 1


def test_a_feed_that_ends_more_than_its_share_by_status_is_held(sent: Sent) -> None:
    sent.taken(marks(100))
    assert sent.taken(marks(40, status="expired"))["state"] == "held"


def test_a_feed_within_the_share_is_taken(sent: Sent) -> None:
    sent.taken(marks(100))
    assert sent.taken(deletes(20))["counts"]["deleted"] == 20


def test_what_a_feed_deletes_and_brings_again_counts_for_nothing(sent: Sent) -> None:
    sent.taken(marks(100))
    assert sent.taken(deletes(60) + marks(60))["state"] == "done"


def test_a_held_feed_does_not_keep_the_next_one_waiting(sent: Sent) -> None:
    sent.taken(marks(100))
    sent.taken(deletes(40))
    assert sent.taken(marks(5, 200))["state"] == "done"


def test_a_held_feed_is_taken_when_it_is_confirmed(sent: Sent) -> None:
    sent.taken(marks(100))
    feed = sent.taken(deletes(40))
    answer = act(sent, feed, "confirm")
    assert (answer.status_code, answer.json()["state"]) == (200, "queued")
    assert sent.worker.work()
    now = sent.get(f"/v1/feeds/{feed['id']}").json()
    assert (now["state"], now["counts"]["deleted"]) == ("done", 40)
    assert now["confirmedAt"]
    assert sent.kept() == []


def test_a_held_feed_that_is_cancelled_is_not_kept(sent: Sent) -> None:
    sent.taken(marks(100))
    feed = sent.taken(deletes(40))
    assert act(sent, feed, "cancel").json()["state"] == "cancelled"
    assert act(sent, feed, "confirm").status_code == 409
    assert sent.kept() == []


def test_a_share_may_be_set_for_an_office(fresh_database_url: str, tmp_path: Path) -> None:
    with closing(Database(fresh_database_url)) as database:
        sent = Sent(database, tmp_path, hold_shares="SG:trademark=0.5")
        with sent.client:
            sent.taken(marks(100))
            assert sent.taken(deletes(40))["state"] == "done"
            assert sent.taken(deletes(40, 50))["state"] == "held"


def test_a_feed_that_turns_bad_after_its_beginning_is_taken_back_and_held(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_WEIGHED_FIRST", 1000)
    sent.taken(marks(3000))
    before = state(sent)
    feed = sent.taken(marks(2500, status="pending") + deletes(1400, 1600))
    assert feed["state"] == "held"
    assert feed["counts"]["read"] == 0
    assert "undoneBy" not in feed
    after = state(sent)
    assert after == before
    act(sent, feed, "confirm")
    while sent.worker.work():
        pass
    now = sent.get(f"/v1/feeds/{feed['id']}").json()
    assert (now["state"], now["counts"]["deleted"], now["counts"]["read"]) == ("done", 1400, 3900)
    assert len(state(sent)) == 1600


def test_an_undone_feed_leaves_the_register_as_it_was(sent: Sent) -> None:
    sent.taken(marks(50))
    before = state(sent)
    feed = sent.taken(marks(20, status="pending") + deletes(5, 30) + marks(10, 100))
    assert state(sent) != before
    took = undone(sent, feed)
    assert took["state"] == "done"
    assert took["undoes"] == feed["id"]
    assert took["counts"] == {
        "read": 35, "created": 0, "updated": 25, "unchanged": 0, "deleted": 10, "quarantined": 0
    }  # fmt: skip
    assert state(sent) == before
    assert sent.get(f"/v1/feeds/{feed['id']}").json()["undoneBy"] == took["id"]
    history = sent.client.get("/v1/trademarks/sg-tm-40202000000k/history").json()["results"]
    assert [version["version"] for version in history] == [1, 2, 3]
    assert [version["provenance"]["feed"] for version in history] == [1, feed["id"], took["id"]]
    assert history[0]["record"] == history[2]["record"]


def test_a_feed_is_taken_again_after_it_was_undone(sent: Sent) -> None:
    sent.taken(marks(50))
    body = marks(20, status="pending") + marks(10, 100)
    feed = sent.taken(body)
    after = state(sent)
    undone(sent, feed)
    again = sent.taken(body)
    assert again["counts"]["updated"] == 30
    assert {name: row[-1] for name, row in state(sent).items()} == {
        name: row[-1] for name, row in after.items()
    }


def test_an_undoing_can_be_undone(sent: Sent) -> None:
    sent.taken(marks(50))
    feed = sent.taken(marks(20, status="pending"))
    after = state(sent)
    took = undone(sent, feed)
    assert undone(sent, took)["state"] == "done"
    assert state(sent) == after
    assert "undoneBy" not in sent.get(f"/v1/feeds/{feed['id']}").json()


def test_records_that_were_changed_since_are_told_and_nothing_is_undone(sent: Sent) -> None:
    sent.taken(marks(50))
    feed = sent.taken(marks(20, status="pending"))
    later = sent.taken(marks(2, 5, status="unknown"))
    now = state(sent)
    took = undone(sent, feed)
    assert took["state"] == "failed"
    assert f"by feed {later['id']}" in took["problem"]
    assert state(sent) == now
    errors = sent.get(f"/v1/feeds/{took['id']}/errors").json()["results"]
    assert [error["source"] for error in errors] == ["sg-tm-40202000005k", "sg-tm-40202000006k"]


def test_records_that_were_changed_since_may_be_left(sent: Sent) -> None:
    sent.taken(marks(50))
    before = state(sent)
    feed = sent.taken(marks(20, status="pending"))
    sent.taken(marks(2, 5, status="unknown"))
    left = {f"sg-tm-4020200000{n}k" for n in (5, 6)}
    changed = {name: row for name, row in state(sent).items() if name in left}
    took = undone(sent, feed, "?changed=leave")
    assert (took["counts"]["updated"], took["counts"]["quarantined"]) == (18, 2)
    after = state(sent)
    assert {name: after[name] for name in left} == changed
    assert {name: after[name] for name in after if name not in left} == {
        name: before[name] for name in before if name not in left
    }


def test_a_number_that_came_twice_goes_back_to_before_the_first(sent: Sent) -> None:
    sent.taken(marks(10))
    before = state(sent)
    feed = sent.taken(marks(10, status="pending") + marks(2000, 1000) + marks(10, status="unknown"))
    undone(sent, feed)
    assert state(sent) == before


def test_what_a_stamp_alone_changed_is_undone_too(sent: Sent) -> None:
    line = {**MARKS_SG[1], "applicationNumber": "40202000000K"}
    sent.taken(jsonl([{**line, "statedAt": "2024-01-01"}]))
    before = state(sent)
    feed = sent.taken(jsonl([{**line, "statedAt": "2024-06-01"}]))
    undone(sent, feed)
    assert state(sent) == before


def test_an_undoing_that_is_cut_short_goes_on(sent: Sent) -> None:
    sent.taken(marks(3000))
    before = state(sent)
    feed = sent.taken(marks(3000, status="pending"))
    assert act(sent, feed, "undo").status_code == 202

    class StopsSoon(threading.Event):
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 3

    FeedWorker(sent.database, sent.spool, StopsSoon(), sent.guard).work()
    listed = sent.get("/v1/feeds?limit=1").json()["results"][0]
    assert listed["state"] == "reading"
    assert 0 < listed["counts"]["read"] < 3000
    while sent.worker.work():
        pass
    assert state(sent) == before


@pytest.mark.parametrize("query", ["office=SG&dryRun=true", "office=SG"])
def test_what_cannot_be_undone_is_told(sent: Sent, query: str) -> None:
    feed = sent.send(marks(5), query).json()
    if "dryRun" in query:
        sent.worker.work()
    answer = act(sent, feed, "undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")
