"""Everything of an office read again by its tables of now, over HTTP, by a worker."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.feeds.working import FeedWorker
from ingest.profile_files import use_folder
from register.store import reprocessing as store
from register.store.database import Database
from tests.app.http.test_feeds import Sent, marks
from tests.app.http.test_feeds_taken_back import act, state, undone

_TABLE = 'office = "SG"\nname = "Mine"\nmapping = "{0}"\n[[status]]\n{1} = ["Alive"]\n'


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    (tmp_path / "offices").mkdir()
    use_folder(tmp_path / "offices")
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made
    use_folder(None)


def mean(sent: Sent, word: str, day: str) -> None:
    (sent.folder / "offices" / "SG.toml").write_text(_TABLE.format(day, word))


def asked(sent: Sent, query: str = "", office: str = "SG") -> Any:
    return sent.client.post(f"/v1/offices/SG/reprocess{query}", headers=sent.headers(office))


def done(sent: Sent, answer: Any) -> Any:
    assert answer.status_code == 202, answer.text
    while sent.worker.work():
        pass
    return sent.get(answer.headers["location"]).json()


def test_a_changed_table_is_rehearsed_held_confirmed_applied_and_undone(sent: Sent) -> None:
    mean(sent, "registered", "2030-01-01")
    sent.taken(marks(20, status="Alive"))
    before = state(sent)
    mean(sent, "ended", "2030-02-02")
    dry = done(sent, asked(sent, "?dryRun=true"))
    assert (dry["state"], dry["task"], dry["counts"]["updated"]) == ("done", "reprocess", 20)
    report = sent.get(f"/v1/feeds/{dry['id']}/report").json()
    assert report["wouldBeHeld"] is True
    (changes,) = report["changes"]
    assert (changes["updated"], changes["fields"][0]["field"]) == (20, "status")
    assert changes["statusChanges"][0]["count"] == 20
    assert len(sent.get(f"/v1/feeds/{dry['id']}/changes").json()["results"]) == 20
    assert state(sent) == before
    feed = done(sent, asked(sent))
    assert (feed["state"], "20 of the 20" in feed["problem"]) == ("held", True)
    assert asked(sent).status_code == 409
    assert state(sent) == before
    assert act(sent, feed, "confirm").status_code == 200
    while sent.worker.work():
        pass
    assert sent.get(f"/v1/feeds/{feed['id']}").json()["counts"]["updated"] == 20
    history = sent.get("/v1/trademarks/sg-tm-40202000000k/history").json()["results"]
    assert {one["provenance"]["mapping"] for one in history} == {"2030-01-01", "2030-02-02"}
    again = done(sent, asked(sent, "?right=trademark"))
    assert (again["counts"]["updated"], again["counts"]["unchanged"]) == (0, 20)
    undone(sent, feed)
    assert state(sent) == before


def test_the_keys_of_others_reprocess_nothing(sent: Sent) -> None:
    assert asked(sent, office="MY").status_code == 403
    assert sent.client.post("/v1/offices/SG/reprocess").status_code == 401
    read_only = {"Authorization": f"Bearer {sent.key('SG', purpose='read')}"}
    assert sent.client.post("/v1/offices/SG/reprocess", headers=read_only).status_code == 403
    assert asked(sent, "?right=nothing").status_code == 400
    assert sent.client.post("/v1/offices/ZZ/reprocess", headers=sent.headers()).status_code == 404


def test_it_waits_for_feeds_and_lets_those_go_first_that_come_meanwhile(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.feeds import working

    monkeypatch.setattr(working, "_LETTING_EVERY", 0.0)
    monkeypatch.setattr(store, "_AT_ONCE", 3)
    mean(sent, "registered", "2030-01-01")
    sent.taken(marks(20, status="Alive"))
    mean(sent, "pending", "2030-02-02")
    location = asked(sent).headers["location"]
    before = sent.send(marks(1, 30, status="Alive")).headers["location"]
    assert sent.worker.work()
    assert (sent.get(before).json()["state"], sent.get(location).json()["state"]) == ("done", "queued")
    stops = iter([False] * 8)

    class Stop(threading.Event):
        def is_set(self) -> bool:
            return next(stops, True)

    FeedWorker(sent.database, sent.spool, Stop(), sent.guard).work()
    assert sent.get(location).json()["state"] == "reading"
    meanwhile = sent.send(marks(1, 40, status="Alive")).headers["location"]
    while sent.worker.work():
        pass
    feeds = [sent.get(one).json() for one in (meanwhile, location)]
    assert [feed["state"] for feed in feeds] == ["done", "done"]
    assert feeds[0]["finishedAt"] < feeds[1]["finishedAt"]
    assert feeds[1]["counts"]["updated"] == 20
