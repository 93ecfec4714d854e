"""What is told of a dry run, and of a feed, at once."""

import csv
import io
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from register.store.schema import metadata
from tests.app.http.conftest import MARKS_SG, jsonl
from tests.app.http.test_feeds import Sent, marks, sent

__all__ = ["sent"]

DRY = "office=SG&dryRun=true"
OWN = {"feed_file", "upload", "quarantine", "feed_quality", "feed_unread", "rehearsal", "rehearsed_change"}


def line(number: int, **more: Any) -> dict[str, Any]:
    return {**MARKS_SG[1], "applicationNumber": f"40202{number:06d}K", **more}


def rehearsed(sent: Sent, *lines: dict[str, Any], more: bytes = b"") -> tuple[Any, Any]:
    """A dry run of these, and its report."""
    feed = sent.taken(jsonl(lines) + more, DRY)
    assert feed["state"] == "done", feed
    return feed, sent.get(feed["links"]["report"]).json()


def rows(sent: Sent, address: str, **headers: str) -> list[dict[str, str]]:
    answer = sent.get(address, **headers)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_dry_run_reports_what_would_change(sent: Sent) -> None:
    sent.taken(marks(10))
    delete = {"office": "SG", "right": "trademark", "applicationNumber": "40202000003K"}
    feed, report = rehearsed(
        sent,
        line(0, status="expired"),
        line(1, texts=[{"text": "RENAMED", "language": "en"}]),
        line(2),
        {**delete, "operation": "delete"},
        line(50),
        more=b"{broken\n",
    )
    assert report["feed"]["counts"] == feed["counts"]
    (told,) = report["changes"]
    assert {name: told[name] for name in ("created", "updated", "returned", "deleted")} == {
        "created": 1, "updated": 2, "returned": 0, "deleted": 1
    }  # fmt: skip
    fields = {one["field"]: one for one in told["fields"]}
    assert {name: one["count"] for name, one in fields.items()} == {"status": 1, "texts": 1}
    assert fields["texts"]["examples"] == [
        {
            "id": "sg-tm-40202000001k",
            "before": [{"text": "BANYAN", "language": "en", "script": "Latn"}],
            "after": [{"text": "RENAMED", "language": "en", "script": "Latn"}],
        }
    ]
    (flip,) = told["statusChanges"]
    assert (flip["from"], flip["to"], flip["count"]) == ("registered", "expired", 1)
    (record,) = sent.get(flip["records"]).json()["results"]
    assert (record["id"], record["statusBefore"], record["statusAfter"]) == (
        "sg-tm-40202000000k",
        "registered",
        "expired",
    )
    assert record["position"] == {"file": "delivery", "record": 1, "line": 1, "offset": 0}
    assert [(one["code"], one["count"]) for one in report["problems"]] == [("bad-json", 1)]
    assert report["problems"][0]["mend"]
    assert report["wouldBeHeld"] is False


def test_the_records_that_would_change_are_listed_page_by_page(sent: Sent) -> None:
    sent.taken(marks(5))
    feed, _ = rehearsed(sent, *[line(n, status="ended") for n in range(3)], *[line(n) for n in range(7, 9)])
    address = f"/v1/feeds/{feed['id']}/changes"
    page = sent.get(f"{address}?kind=updated,created&limit=4").json()
    assert [one["kind"] for one in page["results"]] == ["updated", "updated", "updated", "created"]
    rest = sent.get(page["next"]).json()
    assert [one["kind"] for one in rest["results"]] == ["created"]
    assert len(sent.get(f"{address}?field=status").json()["results"]) == 3
    assert sent.get(f"{address}?field=goods").json()["results"] == []
    assert sent.get(f"{address}?field=colour").status_code == 400


def test_a_feed_in_earnest_has_a_report_without_changes(sent: Sent) -> None:
    feed = sent.taken(marks(3))
    report = sent.get(feed["links"]["report"]).json()
    assert "changes" not in report
    assert "wouldBeHeld" not in report
    assert report["quality"][0]["quality"]["records"] == 3
    answer = sent.get(f"/v1/feeds/{feed['id']}/changes")
    assert (answer.status_code, answer.json()["code"]) == (409, "no-dry-run")


def test_a_dry_run_says_whether_the_feed_would_be_held_and_why(sent: Sent) -> None:
    sent.taken(marks(200))
    _, report = rehearsed(sent, *[line(n, status="ended") for n in range(150)])
    assert report["wouldBeHeld"] is True
    held = sent.taken(jsonl([line(n, status="ended") for n in range(150)]))
    assert held["state"] == "held"
    assert report["heldBecause"] == held["problem"]
    assert report["changes"][0]["updated"] == 150


def test_a_dry_run_is_compared_with_the_last_feed_in_earnest(sent: Sent) -> None:
    first = sent.taken(marks(100))
    undated = [{**line(n), "filingDate": None, "viennaCodes": ["nonsense"]} for n in range(100)]
    _, report = rehearsed(sent, *[{k: v for k, v in one.items() if v is not None} for one in undated])
    (told,) = report["quality"]
    assert (told["feedBefore"], told["recordsBefore"]) == (first["id"], 100)
    assert told["scoreChange"] < -5
    assert round(told["quality"]["score"] - told["scoreBefore"], 1) == told["scoreChange"]
    fields = {one["field"]: one for one in told["fields"]}
    assert (fields["filingDate"]["filledShareBefore"], fields["filingDate"]["filledChange"]) == (1, -1)
    assert (fields["viennaCodes"]["unreadValues"], fields["viennaCodes"]["unreadValuesBefore"]) == (1, 0)
    codes = {(one["code"], one.get("field")) for one in told["warnings"]}
    assert codes == {("score-fell", None), ("field-emptied", "filingDate"), ("new-values", "viennaCodes")}
    assert all(one["mend"] for one in told["warnings"])


def test_the_report_is_csv_where_that_is_asked_for(sent: Sent) -> None:
    sent.taken(marks(4))
    feed, report = rehearsed(sent, line(0, status="ended"), line(9), more=b"=broken\n")
    told = rows(sent, report["links"]["csv"])
    assert told == rows(sent, f"/v1/feeds/{feed['id']}/report", Accept="text/csv")
    assert {one["section"] for one in told} == {"feed", "change", "quality", "warning", "problem", "record"}
    counts = {one["what"]: one["count"] for one in told if one["section"] == "feed"}
    assert (counts["read"], counts["created"], counts["quarantined"]) == ("3", "1", "1")
    (flip,) = [one for one in told if one["section"] == "change" and one["what"] == "status"]
    assert (flip["before"], flip["after"], flip["count"]) == ("registered", "ended", "1")
    (problem,) = [one for one in told if one["section"] == "problem"]
    assert (problem["record"], problem["what"]) == ("3", "bad-json")
    assert problem["mend"]
    changed, created = [one for one in told if one["section"] == "record"]
    assert (changed["id"], changed["field"]) == ("sg-tm-40202000000k", "status")
    assert json.loads(changed["after"])["plain"] == "ended"
    assert created["what"] == "created"
    assert sent.get(f"/v1/feeds/{feed['id']}/report?format=xml").status_code == 400


def test_the_report_is_for_the_office_alone(sent: Sent) -> None:
    feed, _ = rehearsed(sent, line(1))
    for what in ("report", "changes"):
        assert sent.get(f"/v1/feeds/{feed['id']}/{what}", "MY").status_code == 403
        assert sent.client.get(f"/v1/feeds/{feed['id']}/{what}").status_code == 401
        assert sent.get(f"/v1/feeds/999/{what}").status_code == 404


def everything(sent: Sent, but_feed: int = 0) -> dict[str, list[str]]:
    """Every row of every table, but those of one feed. Who sent it stands in the audit log, and when the key
    was last used beside the key.
    """
    held = {}
    with sent.database.reading() as connection:
        for name in metadata.tables.keys() - {"audit"}:
            key = "id" if name == "feed" else "feed_id" if name in OWN else None
            rows = [dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()]
            kept = [row for row in rows if key is None or row[key] != but_feed]
            held[name] = sorted(repr({**row, "last_used_at": None}) for row in kept)
    return held


def by_tus(sent: Sent, body: bytes) -> int:
    """Send a dry run in parts; the id of its feed."""
    told = ",".join(
        f"{name} {b64encode(value.encode()).decode()}"
        for name, value in {"office": "SG", "dryRun": "true", "filename": "marks.jsonl"}.items()
    )
    version = {"Tus-Resumable": "1.0.0", **sent.headers()}
    made = sent.client.post(
        "/v1/uploads", headers={**version, "Upload-Length": str(len(body)), "Upload-Metadata": told}
    )
    part = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    done = sent.client.patch(made.headers["location"], content=body, headers={**version, **part})
    return int(done.headers["upload-feed"].rpartition("/")[2])


def in_one(sent: Sent, body: bytes) -> int:
    return int(sent.send(body, DRY).json()["id"])


@pytest.mark.parametrize("send", [in_one, by_tus])
def test_a_dry_run_changes_nothing_anywhere(sent: Sent, send: Callable[[Sent, bytes], int]) -> None:
    sent.taken(marks(200) + b"{broken\n")
    before = everything(sent)
    files = sorted(str(path) for path in sent.folder.rglob("*") if path.is_file())
    feed_id = send(sent, marks(190, status="ended") + marks(3, 500) + b"{broken\n")
    while sent.worker.work():
        pass
    report = sent.get(f"/v1/feeds/{feed_id}/report").json()
    assert (report["changes"][0]["updated"], report["wouldBeHeld"]) == (190, True)
    assert everything(sent, feed_id) == before
    assert sorted(str(path) for path in sent.folder.rglob("*") if path.is_file()) == files
