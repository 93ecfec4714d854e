"""The audit log over HTTP: what an office's key sees of it, and what is written by each thing done."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from register.store.database import Database
from tests.app.http.test_feeds import Sent, marks


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made


def told(sent: Sent, query: str = "", office: str = "SG") -> list[dict[str, Any]]:
    answer = sent.get(f"/v1/audit?limit=100{query}", office)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def actions(sent: Sent, query: str = "", office: str = "SG") -> list[tuple[str, str]]:
    return [(one["action"], one["outcome"]) for one in told(sent, query, office)]


def test_each_thing_done_with_a_feed_is_told_with_the_key_that_did_it(sent: Sent) -> None:
    feed = sent.taken(marks(3))
    address = f"/v1/feeds/{feed['id']}"
    assert sent.client.post(f"{address}/undo", headers=sent.headers()).status_code == 202
    assert sent.client.post(f"{address}/confirm", headers=sent.headers()).status_code == 409
    confirmed, undone, received, _ = told(sent)
    assert (confirmed["action"], confirmed["outcome"]) == ("feed.confirmed", "refused")
    assert "cannot become" in confirmed["detail"]["problem"]
    assert (undone["action"], undone["outcome"]) == ("feed.undone", "done")
    assert undone["detail"]["undoing"] == feed["id"] + 1
    assert (received["action"], received["subject"]) == ("feed.received", f"feed {feed['id']}")
    assert received["who"].startswith("key ")
    assert received["keyOffice"] == received["office"] == "SG"
    assert received["place"] == "testclient"


def test_the_key_of_another_office_is_told_to_both_offices_and_nothing_else_changes(sent: Sent) -> None:
    feed = sent.taken(marks(1))
    assert sent.client.post(f"/v1/feeds/{feed['id']}/cancel", headers=sent.headers("MY")).status_code == 403
    assert sent.send(marks(1), "office=SG", "MY").status_code == 403
    for office in ("SG", "MY"):
        refused = told(sent, "&action=key.refused", office)
        assert [one["detail"]["request"] for one in refused] == [
            "POST /v1/feeds",
            f"POST /v1/feeds/{feed['id']}/cancel",
        ]
        assert all(
            (one["keyOffice"], one["office"], one["outcome"]) == ("MY", "SG", "refused") for one in refused
        )


def test_an_unknown_key_is_told_by_where_it_came_from_and_not_by_what_it_was(sent: Sent) -> None:
    wrong = {"Authorization": "Bearer ipr_notakeyatall12345", "X-Forwarded-For": "198.51.100.9"}
    assert sent.client.get("/v1/feeds", headers=wrong).status_code == 401
    with sent.database.reading() as connection:
        (row,) = connection.exec_driver_sql(
            "SELECT who, place, detail::text FROM audit WHERE outcome = 'refused'"
        ).all()
    assert row[:2] == ("unknown key", "testclient for 198.51.100.9")
    assert "notakey" not in row[2]


def test_an_office_sees_its_own_log_only(sent: Sent) -> None:
    sent.taken(marks(1))
    assert sent.get("/v1/audit?office=SG", "MY").status_code == 403
    assert ("feed.received", "done") not in actions(sent, office="MY")
    assert sent.client.get("/v1/audit").status_code == 401


def test_uploads_in_parts_are_told_from_beginning_to_end(sent: Sent) -> None:
    tus = {**sent.headers(), "Tus-Resumable": "1.0.0"}
    body = marks(2)
    begun = sent.client.post("/v1/uploads", headers={**tus, "Upload-Length": str(len(body))})
    part = {**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    wrong = {**part, "Upload-Checksum": "sha1 " + "A" * 27 + "="}
    assert sent.client.patch(begun.headers["location"], content=body, headers=wrong).status_code == 460
    assert sent.client.patch(begun.headers["location"], content=body, headers=part).status_code == 204
    other = sent.client.post("/v1/uploads", headers={**tus, "Upload-Length": "5"})
    assert sent.client.delete(other.headers["location"], headers=tus).status_code == 204
    assert actions(sent, "&action=upload,feed") == [
        ("upload.ended", "done"),
        ("upload.begun", "done"),
        ("upload.finished", "done"),
        ("feed.received", "done"),
        ("upload.finished", "refused"),
        ("upload.begun", "done"),
    ]


def test_a_delivery_that_is_refused_is_told_with_why(fresh_database_url: str, tmp_path: Path) -> None:
    with closing(Database(fresh_database_url)) as database:
        sent = Sent(database, tmp_path, upload_bytes=2048)
        with sent.client:
            assert sent.send(b"x" * 2049).status_code == 413
            (refused,) = told(sent, "&action=feed")
    assert (refused["outcome"], refused["detail"]["code"]) == ("refused", "delivery-too-large")


def test_pages_go_on_to_the_end_and_filters_go_with_them(sent: Sent) -> None:
    for _ in range(5):
        sent.taken(marks(1))
    address, seen = "/v1/audit?limit=2&action=feed", []
    while address:
        page = sent.get(address).json()
        seen += [one["id"] for one in page["results"]]
        address = page.get("next")
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5
    assert told(sent, "&to=2020-01-01") == []
    assert len(told(sent, "&from=2020-01-01&to=2999-12-31T00:00:00Z")) == 6


@pytest.mark.parametrize("query", ["action=nothing", "from=yesterday", "to=2024-13-01", "cursor=x", "who=me"])
def test_a_filter_that_cannot_be_used_is_told(sent: Sent, query: str) -> None:
    assert sent.get(f"/v1/audit?{query}").status_code == 400


def test_as_csv_all_entries_come_and_no_cell_is_a_formula(sent: Sent) -> None:
    sent.taken(marks(1), "office=SG&name==cmd().jsonl")
    answer = sent.get("/v1/audit", Accept="text/csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["action"] for row in rows] == ["feed.received", "key.created"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_no_answer_of_the_log_holds_a_key(sent: Sent) -> None:
    sent.send(marks(1), f"office=SG&name={sent.keys['SG']}")
    assert sent.keys["SG"] not in sent.get("/v1/audit").text


def test_a_flood_with_another_offices_key_is_refused_to_the_end_and_written_down_in_part(sent: Sent) -> None:
    statuses = {sent.get("/v1/feeds?office=SG", "MY").status_code for _ in range(80)}
    assert statuses == {403}
    assert len(told(sent, "&action=key.refused")) == 60
