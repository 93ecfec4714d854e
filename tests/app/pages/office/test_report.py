"""The report of a dry run in the console."""

import csv
import io
from typing import Any

from app.pages.feed_report_view import _change
from register.store.rehearsal import FieldChange
from tests.app.http.conftest import jsonl
from tests.app.http.test_feed_report import DRY, line
from tests.app.http.test_feeds import marks
from tests.app.pages.office.conftest import Offices


def rehearsed(offices: Offices) -> str:
    """The address of the page of a dry run that ends most, renames one, brings one, and has a problem."""
    sent = offices.sent
    sent.taken(marks(150))
    lines = [line(number, status="ended") for number in range(140)]
    lines += [line(145, texts=[{"text": "<b>RENAMED</b>", "language": "en"}]), line(500)]
    feed = sent.taken(jsonl(lines) + b"{broken\n", DRY)
    return f"/office/SG/feeds/{feed['id']}"


def test_the_report_tells_changes_problems_and_quality(offices: Offices) -> None:
    address = rehearsed(offices)
    browser = offices.browser()
    assert browser.see(address).link("What it would change") == f"{address}/report"
    seen = browser.see(f"{address}/report")
    assert "dry run: nothing was changed" in seen.words
    assert "It would be held It would delete or end 140 of the 150 trademarks of Singapore" in seen.words
    assert "registered → ended 140" in seen.words
    assert "BANYAN <b>RENAMED</b>" in seen.words
    assert "bad-json 1" in seen.words
    assert "Trademark: quality" in seen.words
    assert "beside feed 1" in seen.words


def test_the_counts_lead_to_the_records(offices: Offices) -> None:
    address = rehearsed(offices)
    browser = offices.browser()
    report = browser.see(f"{address}/report")
    ended = browser.see(report.link("140"))
    assert "status from registered to ended" in ended.words
    assert "status plain registered plain ended" in ended.words
    more = browser.see(ended.link("Next page"))
    assert "First" in more.words
    new = browser.see(f"{address}/changes?kind=created")
    assert "sg-tm-40202000500k" in new.words
    assert "No record would change in this way" in browser.see(f"{address}/changes?kind=deleted").words


def test_values_are_told_in_words_and_as_they_are_where_the_words_are_the_same() -> None:
    def told(before: Any, after: Any) -> tuple[str, str]:
        return _change(FieldChange("texts", before, after))[1:]

    assert told(None, [{"name": "A Ltd", "country": "SG"}, {"text": "B"}]) == ("nothing", "A Ltd, B")
    assert told({"plain": "ended", "date": "2020-01-01"}, 9) == ("plain ended, date 2020-01-01", "9")
    assert told([{"text": "A", "language": "en"}], [{"text": "A", "language": "th"}]) == (
        '[{"text": "A", "language": "en"}]',
        '[{"text": "A", "language": "th"}]',
    )
    assert told("x" * 1000, None)[0] == "x" * 160 + "…"


def test_the_report_is_kept_as_csv(offices: Offices) -> None:
    address = rehearsed(offices)
    browser = offices.browser()
    answer = browser.client.get(browser.see(f"{address}/report").link("as CSV"))
    sections = {row["section"] for row in csv.DictReader(io.StringIO(answer.text))}
    assert {"feed", "change", "quality", "problem", "record"} <= sections


def test_a_feed_in_earnest_has_a_report_of_its_quality(offices: Offices) -> None:
    offices.sent.taken(marks(3))
    browser = offices.browser()
    seen = browser.see("/office/SG/feeds/1/report")
    assert "would" not in seen.words
    assert "there is no earlier feed to compare with" in seen.words
    assert "was no dry run" in browser.see("/office/SG/feeds/1/changes", 409).words


def test_the_api_names_the_page(offices: Offices) -> None:
    address = rehearsed(offices)
    identity = address.rpartition("/")[2]
    assert offices.sent.get(f"/v1/feeds/{identity}/report").json()["links"]["page"] == f"{address}/report"


def test_another_office_sees_nothing_of_it(offices: Offices) -> None:
    address = rehearsed(offices)
    stranger = offices.browser("MY")
    stranger.see(f"{address}/report", 403)
    stranger.see(f"{address.replace('SG', 'MY')}/report", 404)
