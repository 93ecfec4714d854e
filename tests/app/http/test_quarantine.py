"""Records in quarantine corrected and read again, by whoever has a key of their office."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.feeds.working import FeedWorker
from ingest import replaying
from register.store.database import Database
from register.store.offices import miscounted
from tests.app.http.conftest import MARKS_SG, jsonl
from tests.app.http.test_feeds import Sent, marks
from tests.app.http.test_feeds_taken_back import act, state, undone

BAD_DATE = "2024-13-45"
IPAS = "http://www.wipo.int/standards/XMLSchema/trademarks"


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made


def errors(sent: Sent, feed: Any) -> list[Any]:
    found: list[Any] = sent.get(f"/v1/feeds/{feed['id']}/errors?limit=100").json()["results"]
    return found


def put(sent: Sent, error: Any, body: bytes, office: str = "SG") -> Any:
    address = f"/v1/feeds/{error['feed']}/errors/{error['id']}"
    return sent.client.put(address, content=body, headers=sent.headers(office))


def replayed(sent: Sent, address: str) -> Any:
    answer = sent.client.post(address, headers=sent.headers())
    assert answer.status_code == 202, answer.text
    while sent.worker.work():
        pass
    return sent.get(answer.headers["location"]).json()


def held(sent: Sent, number: int) -> Any:
    return sent.get(f"/v1/trademarks/sg-tm-40202{number:06d}k").json()


def test_a_corrected_record_is_taken_in_by_a_feed_of_its_own(sent: Sent) -> None:
    feed = sent.taken(marks(3) + marks(2, 3, filingDate=BAD_DATE))
    bad, other = errors(sent, feed)
    shown = sent.get(f"/v1/feeds/{feed['id']}/errors/{bad['id']}").json()
    corrected = shown["source"].replace(BAD_DATE, "2024-01-31").encode()
    answer = put(sent, bad, corrected)
    assert (answer.status_code, answer.json()["corrected"]) == (200, corrected.decode())
    assert answer.json()["source"] == shown["source"]
    again = replayed(sent, f"/v1/feeds/{feed['id']}/replay")
    assert (again["state"], again["task"], again["replays"]) == ("done", "replay", feed["id"])
    assert again["name"] == f"replay of feed {feed['id']}"
    assert (again["counts"]["read"], again["counts"]["created"], again["counts"]["quarantined"]) == (2, 1, 1)
    assert held(sent, 3)["filingDate"] == "2024-01-31"
    resolved, open_still = errors(sent, feed)
    assert (resolved["resolvedBy"], resolved["source"]) == (again["id"], bad["source"])
    assert (open_still.get("resolvedBy"), open_still["triedBy"]) == (None, again["id"])
    assert open_still["reason"] == other["reason"]
    (listed,) = sent.get("/v1/offices/SG/quarantine").json()["results"]
    assert listed["id"] == other["id"]
    provenance = sent.get("/v1/trademarks/sg-tm-40202000003k/history").json()["results"][0]["provenance"]
    assert (provenance["feed"], provenance["file"]) == (again["id"], f"{feed['name']} of feed {feed['id']}")


def test_what_would_still_be_refused_is_not_kept(sent: Sent) -> None:
    feed = sent.taken(marks(1, filingDate=BAD_DATE))
    (bad,) = errors(sent, feed)
    for body in (bad["source"].encode(), b"{", b"", marks(2)):
        answer = put(sent, bad, body)
        assert (answer.status_code, answer.json()["field"]) == (400, "body")
        assert answer.json()["mend"]
    assert "correctedAt" not in errors(sent, feed)[0]


def test_the_keys_of_others_correct_and_replay_nothing(sent: Sent) -> None:
    feed = sent.taken(marks(1, filingDate=BAD_DATE))
    (bad,) = errors(sent, feed)
    assert put(sent, bad, marks(1), "MY").status_code == 403
    for address in (f"/v1/feeds/{feed['id']}/replay", "/v1/offices/SG/replay"):
        assert sent.client.post(address, headers=sent.headers("MY")).status_code == 403
        assert sent.client.post(address).status_code == 401
    read_only = {"Authorization": f"Bearer {sent.key('SG', purpose='read')}"}
    assert sent.client.post("/v1/offices/SG/replay", headers=read_only).status_code == 403
    assert sent.get("/v1/offices/SG/quarantine", office="MY").status_code == 403


@pytest.mark.parametrize(
    ("name", "body", "wrong", "right"),
    [
        (
            "marks.csv",
            b"office,right,applicationNumber,text,filingDate,status\n"
            b"SG,trademark,1,GOOD,2024-01-31,registered\nSG,trademark,2,BAD,2024-13-45,registered\n"
            b"SG,trademark,3,CELLS\n",
            (b"SG,trademark,2,BAD,2024-13-45,registered", b"SG,trademark,3,CELLS"),
            (b"SG,trademark,2,BAD,2024-01-31,registered", b"SG,trademark,3,CELLS,2024-01-31,registered"),
        ),
        (
            "marks.xml",
            f'<Transaction xmlns="{IPAS}"><TransactionHeader><SenderDetails><RequestProducerDateTime>'
            "2024-03-01T10:00:00+07:00</RequestProducerDateTime></SenderDetails></TransactionHeader>"
            "<TradeMarkTransactionBody><TransactionContentDetails><TransactionCode>Trademark</TransactionCode>"
            "<TransactionData><TradeMarkDetails><TradeMark><ApplicationNumber>2</ApplicationNumber>"
            "<ApplicationDate>2024-13-45</ApplicationDate></TradeMark></TradeMarkDetails></TransactionData>"
            "</TransactionContentDetails></TradeMarkTransactionBody></Transaction>".encode(),
            (b"2024-13-45",),
            (b"2024-01-31",),
        ),
    ],
)
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_record_is_corrected_with_what_stands_around_it_or_alone(
    sent: Sent, name: str, body: bytes, wrong: tuple[bytes, ...], right: tuple[bytes, ...], is_whole: bool
) -> None:
    feed = sent.taken(body, f"office=SG&name={name}")
    found = errors(sent, feed)
    assert len(found) == len(wrong)
    for error, before, after in zip(found, wrong, right, strict=True):
        whole = sent.get(f"/v1/feeds/{feed['id']}/errors/{error['id']}").json()
        assert len(whole["record"]) < len(whole["source"])
        source = whole["source" if is_whole else "record"].encode()
        assert before in source
        answer = put(sent, error, source.replace(before, after))
        assert answer.status_code == 200, answer.text
    again = replayed(sent, f"/v1/feeds/{feed['id']}/replay")
    assert (again["counts"]["created"], again["counts"]["quarantined"]) == (len(wrong), 0)
    assert sent.get("/v1/trademarks/sg-tm-2").json()["filingDate"] == "2024-01-31"


def test_what_a_later_delivery_says_stays_as_it_says(sent: Sent) -> None:
    first = sent.taken(marks(1) + marks(2, 1, filingDate=BAD_DATE))
    for error in errors(sent, first):
        old = error["source"].replace(BAD_DATE, "2020-01-31").encode()
        assert put(sent, error, old).status_code == 200
    sent.taken(marks(1, 1, filingDate="2021-06-30"))
    again = replayed(sent, "/v1/offices/SG/replay")
    assert (again["counts"]["unchanged"], again["counts"]["created"]) == (1, 1)
    assert held(sent, 1)["filingDate"] == "2021-06-30"
    assert held(sent, 2)["filingDate"] == "2020-01-31"
    assert all(error["resolvedBy"] == again["id"] for error in errors(sent, first))


def test_an_earlier_delivery_read_again_later_does_not_go_over_one_that_was_replayed_before(
    sent: Sent,
) -> None:
    first = sent.taken(marks(1, filingDate=BAD_DATE))
    second = sent.taken(marks(1, filingDate=BAD_DATE, status="pending"))
    for feed, day in ((second, "2022-01-31"), (first, "2021-01-31")):
        (error,) = errors(sent, feed)
        assert put(sent, error, error["source"].replace(BAD_DATE, day).encode()).status_code == 200
        replayed(sent, f"/v1/feeds/{feed['id']}/replay")
    assert held(sent, 0)["filingDate"] == "2022-01-31"


def test_a_replay_is_undone_like_any_feed_and_its_records_stand_in_quarantine_again(sent: Sent) -> None:
    feed = sent.taken(marks(3) + marks(1, 3, filingDate=BAD_DATE))
    before = state(sent)
    (bad,) = errors(sent, feed)
    put(sent, bad, bad["source"].replace(BAD_DATE, "2024-01-31").encode())
    again = replayed(sent, f"/v1/feeds/{feed['id']}/replay")
    after = state(sent)
    undoing = undone(sent, again)
    assert (undoing["state"], undoing["counts"]["deleted"]) == ("done", 1)
    assert state(sent) == before
    (reopened,) = errors(sent, feed)
    assert "resolvedBy" not in reopened
    undone(sent, undoing)
    assert state(sent).keys() == after.keys()
    assert errors(sent, feed)[0]["resolvedBy"] == again["id"]
    assert act(sent, feed, "replay").status_code == 409


def test_what_cannot_be_replayed_is_told(sent: Sent) -> None:
    dry = sent.taken(marks(1, filingDate=BAD_DATE), "office=SG&dryRun=true")
    clean = sent.taken(marks(1))
    queued = sent.send(marks(1, 5)).json()
    for feed, word in ((dry, "dry run"), (clean, "nothing of feed"), (queued, "is queued")):
        answer = act(sent, feed, "replay")
        assert answer.status_code == 409
        assert word in answer.json()["detail"]
    assert sent.client.post("/v1/offices/SG/replay?items=77", headers=sent.headers()).status_code == 409
    assert sent.client.post("/v1/offices/SG/replay?items=x", headers=sent.headers()).status_code == 400


def test_only_the_items_that_are_named_are_replayed(sent: Sent) -> None:
    feed = sent.taken(marks(3, filingDate=BAD_DATE))
    first, second, third = errors(sent, feed)
    for error in (first, second, third):
        put(sent, error, error["source"].replace(BAD_DATE, "2024-01-31").encode())
    answer = act(sent, feed, "replay", f"?items={first['id']},{third['id']}")
    assert put(sent, first, first["source"].encode()).status_code == 409
    assert act(sent, feed, "replay", f"?items={first['id']}").status_code == 409
    while sent.worker.work():
        pass
    assert sent.get(answer.headers["location"]).json()["counts"]["created"] == 2
    assert ["resolvedBy" in error for error in errors(sent, feed)] == [True, False, True]
    assert put(sent, first, first["source"].encode()).status_code == 409


def test_a_replay_that_is_stopped_goes_on_where_it_was(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "_AT_ONCE", 2)
    feed = sent.taken(marks(7, filingDate=BAD_DATE))
    for error in errors(sent, feed):
        put(sent, error, error["source"].replace(BAD_DATE, "2024-01-31").encode())
    location = act(sent, feed, "replay").headers["location"]
    looks = iter([False, False, False, True])

    class Stop(threading.Event):
        def is_set(self) -> bool:
            return next(looks, True)

    worker = FeedWorker(sent.database, sent.spool, Stop(), sent.guard)
    assert worker.work()
    halfway = sent.get(location).json()
    assert (halfway["state"], 0 < halfway["counts"]["read"] < 7) == ("reading", True)
    while sent.worker.work():
        pass
    assert sent.get(location).json()["counts"]["created"] == 7
    with sent.database.reading() as connection:
        assert miscounted(connection) == []
        assert connection.scalar(text("SELECT count(*) FROM change")) == 7
        assert connection.scalar(text("SELECT count(*) FROM quarantine WHERE resolved_by IS NULL")) == 0


def test_a_replay_that_would_end_many_records_is_held(sent: Sent) -> None:
    feed = sent.taken(marks(10) + marks(10, filingDate=BAD_DATE))
    for error in errors(sent, feed):
        ended = error["source"].replace(BAD_DATE, "2020-01-31").replace('"registered"', '"ended"')
        assert put(sent, error, ended.encode()).status_code == 200
    again = replayed(sent, f"/v1/feeds/{feed['id']}/replay")
    assert again["state"] == "held"
    assert held(sent, 0)["status"]["plain"] == "registered"
    assert act(sent, again, "confirm").status_code == 200
    while sent.worker.work():
        pass
    assert held(sent, 0)["status"]["plain"] == "ended"
    assert all("resolvedBy" in error for error in errors(sent, feed))


def test_after_the_table_of_the_office_was_mended_everything_is_read_by_it(
    sent: Sent, tmp_path: Path
) -> None:
    from ingest.profile_files import use_folder

    own = tmp_path / "offices"
    own.mkdir()
    feed = sent.taken(jsonl([{**MARKS_SG[1], "office": "BN", "applicationNumber": "7"}]))
    (error,) = errors(sent, feed)
    assert error["code"] == "wrong-office"
    (own / "SG.toml").write_text(
        'office = "SG"\nname = "Mine"\nmapping = "2030-01-01"\ninherits = ["sg"]\ndelivers-for = ["BN"]\n'
    )
    use_folder(own)
    try:
        again = replayed(sent, "/v1/offices/SG/replay")
    finally:
        use_folder(None)
    assert (again["counts"]["created"], again["counts"]["quarantined"]) == (1, 0)
