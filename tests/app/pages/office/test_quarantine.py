"""Records in quarantine in the console: corrected where they stand, and read again."""

import pytest

from tests.app.http.test_feeds import marks
from tests.app.pages.office.conftest import Browser, Offices
from tests.app.pages.office.test_feeds import BAD

GOOD = BAD.decode().replace("2024-13-45", "2024-12-31")


def left(offices: Offices, browser: Browser, body: bytes = BAD) -> int:
    """Have a feed leave something in quarantine; its id there."""
    browser.send_file("/office/SG/feeds", "marks.jsonl", marks(1) + body)
    offices.work()
    found: int = offices.sent.get("/v1/feeds/1/errors").json()["results"][0]["id"]
    return found


def test_what_stands_in_quarantine_is_listed_and_leads_to_its_correction(offices: Offices) -> None:
    browser = offices.browser()
    assert "Nothing stands in quarantine" in browser.see("/office/SG/quarantine").words
    item = left(offices, browser)
    for page in ("/office/SG/quarantine", "/office/SG/feeds/1"):
        assert browser.see(page).link("Correct it") == f"/office/SG/quarantine/{item}"


def test_a_record_is_corrected_and_read_again_at_once(offices: Offices) -> None:
    browser = offices.browser()
    item = left(offices, browser)
    here = f"/office/SG/quarantine/{item}"
    assert "40202100999K" in browser.client.get(here).text
    pressed = browser.press(here, record=GOOD, then="replay")
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/office/SG/feeds/2")
    offices.work()
    assert offices.sent.get("/v1/feeds/2").json()["counts"]["created"] == 1
    assert "Taken in since" in browser.see(here).words
    assert "Nothing stands in quarantine" in browser.see("/office/SG/quarantine").words
    done = [entry.action for entry in offices.entries()]
    assert done[:2] == ["quarantine.replayed", "quarantine.corrected"]
    assert done.count("feed.received") == 1


def test_a_correction_is_kept_and_read_again_later_with_all_of_its_feed(offices: Offices) -> None:
    browser = offices.browser()
    item = left(offices, browser)
    here = f"/office/SG/quarantine/{item}"
    assert browser.press(here, record=GOOD).headers["location"] == here
    assert "A correction is kept" in browser.see(here).words
    assert browser.press("/office/SG/feeds/1/replay").status_code == 303
    offices.work()
    assert offices.sent.get("/v1/feeds/2").json()["counts"]["created"] == 1
    assert "reads quarantine again" in browser.see("/office/SG/feeds/2").words


def test_a_correction_that_would_not_be_taken_is_told_and_given_back(offices: Offices) -> None:
    browser = offices.browser()
    item = left(offices, browser)
    wrong = BAD.decode().replace("2024-13-45", "2024-02-30")
    answer = browser.press(f"/office/SG/quarantine/{item}", record=wrong, then="replay")
    assert answer.status_code == 400
    assert "The correction is not kept" in answer.text
    assert "2024-02-30" in answer.text
    assert len(offices.sent.get("/v1/feeds").json()["results"]) == 1


def test_lines_of_a_form_are_those_of_the_record(offices: Offices) -> None:
    browser = offices.browser()
    item = left(offices, browser)
    browser.press(f"/office/SG/quarantine/{item}", record=GOOD.replace("\n", "\r\n"))
    kept = offices.sent.get(f"/v1/feeds/1/errors/{item}").json()["corrected"]
    assert "\r" not in kept


def test_everything_is_read_again_by_one_button(offices: Offices) -> None:
    browser = offices.browser()
    left(offices, browser, BAD * 30)
    listed = browser.see("/office/SG/quarantine")
    assert "record 31" in browser.see(listed.link("Next page")).words
    assert browser.press("/office/SG/replay").headers["location"] == "/office/SG/feeds/2"
    assert browser.press("/office/SG/replay").status_code == 409
    offices.work()
    assert offices.sent.get("/v1/feeds/2").json()["counts"]["quarantined"] == 30


@pytest.mark.parametrize("address", ["/quarantine/{}", "/quarantine/{}/replay", "/feeds/1/replay", "/replay"])
def test_others_and_unproved_forms_correct_and_read_again_nothing(offices: Offices, address: str) -> None:
    item = left(offices, offices.browser())
    place = address.format(item)
    unproved = offices.browser()
    unproved.token = ""
    assert unproved.press(f"/office/SG{place}", record=GOOD).status_code == 403
    assert offices.browser("SG", "read").press(f"/office/SG{place}", record=GOOD).status_code == 403
    other = offices.browser("MY")
    assert other.press(f"/office/SG{place}", record=GOOD).status_code == 403
    assert other.press(f"/office/MY{place}", record=GOOD).status_code in (404, 409)
    assert "corrected" not in offices.sent.get(f"/v1/feeds/1/errors/{item}").json()
    assert len(offices.sent.get("/v1/feeds").json()["results"]) == 1


def test_a_record_that_is_no_utf_8_is_not_put_into_a_form(offices: Offices) -> None:
    browser = offices.browser()
    item = left(offices, browser, b'{"office":"SG","right":"trademark","applicationNumber":"\xff\xfe"}\n')
    text = browser.client.get(f"/office/SG/quarantine/{item}").text
    assert "<textarea" not in text
    assert f"PUT /v1/feeds/1/errors/{item}" in text
