"""What the console tells beside feeds: the audit log, the quality, what is missing."""

import csv
import io
import re

from app.coverage import ledger_of
from tests.app.http.test_feeds import marks
from tests.app.pages.office.conftest import Offices


def test_the_audit_log_tells_who_did_what_and_leads_to_the_feed(offices: Offices) -> None:
    offices.sent.taken(marks(1))
    browser = offices.browser()
    seen = browser.see("/office/SG/audit")
    assert "feed.received feed 1" in seen.words
    assert seen.link("feed 1") == "/office/SG/feeds/1"
    assert "feed.received" not in browser.see("/office/SG/audit?action=key&from=&to=").words
    assert "Nothing of this kind" in browser.see("/office/SG/audit?to=2020-01-01").words
    assert "Must be a day" in browser.see("/office/SG/audit?from=yesterday", 400).words


def test_the_audit_log_goes_over_several_pages_and_as_csv(offices: Offices) -> None:
    browser = offices.browser()
    for _ in range(60):
        browser.press("/office/SG/keys", purpose="read", days="1")
    first = browser.see("/office/SG/audit?action=key")
    assert "Newest" in browser.see(first.link("Older")).words
    answer = browser.client.get(first.link("as CSV"))
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["action"] for row in rows} == {"key.created"}
    assert len(rows) > 60


def test_the_quality_of_feeds_is_told_as_table_picture_and_csv(offices: Offices) -> None:
    browser = offices.browser()
    assert "No feed was taken in yet" in browser.see("/office/SG/quality").words
    offices.sent.taken(marks(4))
    assert "<polyline" not in browser.client.get("/office/SG/quality").text
    offices.sent.taken(marks(4, first=10))
    text = browser.client.get("/office/SG/quality").text
    rows = list(csv.DictReader(io.StringIO(browser.client.get("/office/SG/quality.csv").text)))
    assert [row["feed"] for row in rows] == ["2", "1"]
    points = re.search(r'class="line line-0"><polyline points="([^"]+)"', text)
    assert points is not None
    assert len(points[1].split()) == 2
    for row in rows:
        assert f">{float(row['score']):.1f}</td>" in text


def test_the_quality_over_http_and_in_the_console_are_the_same(offices: Offices) -> None:
    offices.sent.taken(marks(4))
    (told,) = offices.sent.get("/v1/offices/SG/quality").json()["results"]
    (row,) = csv.DictReader(io.StringIO(offices.browser().client.get("/office/SG/quality.csv").text))
    assert float(row["score"]) == told["rights"][0]["score"]
    assert int(row["records"]) == told["rights"][0]["records"]


def test_a_list_of_numbers_is_sent_by_the_form_and_what_is_missing_is_told(offices: Offices) -> None:
    offices.sent.taken(marks(2))
    browser = offices.browser()
    listed = b"office,number,date\nSG,40202000000K,2020-01-31\nSG,40202000007K,2020-02-01\nSG,,2020-02-01\n"
    sent = browser.send_file("/office/SG/coverage", "numbers.csv", listed, right="trademark")
    assert sent.status_code == 200
    assert "2 numbers: trademark" in sent.text
    assert "line 4 of numbers.csv" in sent.text
    ledger_of(offices.sent.database).catch_up()
    seen = browser.see("/office/SG/coverage")
    assert "the office&#39;s list" not in seen.words
    assert "Trademark 2020 2 1 1 0 the office's list" in seen.words
    assert "40202000007K" in seen.words
    assert offices.sent.kept() == []


def test_a_list_that_is_none_is_told_and_the_one_before_stays(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/coverage", "numbers.csv", b"SG,1,A1,2020-01-31,\n")
    bad = browser.send_file("/office/SG/coverage", "numbers.csv", b"MY,1,A1,2020-01-31,\n")
    assert bad.status_code == 400
    assert "The list was not taken" in bad.text
    assert browser.send_file("/office/SG/coverage", "n.csv", b"SG,1\n", right="all").status_code == 400
    assert offices.browser("MY").send_file("/office/SG/coverage", "n.csv", b"SG,1\n").status_code == 403
    assert (
        offices.browser("SG", "read").send_file("/office/SG/coverage", "n.csv", b"SG,1\n").status_code == 403
    )
    browser.token = ""
    assert (
        browser.send_file("/office/SG/coverage", "numbers.csv", b"SG,2,A1,2020-01-31,\n").status_code == 403
    )
    done = [entry for entry in offices.entries() if entry.action == "authority.taken"]
    assert [entry.outcome for entry in done].count("done") == 1
    assert offices.sent.kept() == []


def test_the_pages_of_the_console_have_no_scripts_and_nothing_from_elsewhere(offices: Offices) -> None:
    offices.sent.taken(marks(2))
    offices.sent.taken(marks(2, first=5))
    browser = offices.browser()
    for page in ("", "/send", "/feeds/1", "/quality", "/coverage", "/keys", "/audit"):
        text = browser.client.get(f"/office/SG{page}").text
        assert "<script" not in text
        assert " on" + "click" not in text
        assert not re.search(r'(src|href)="https?:', text)
