"""The feeds of an office in its console: sent, followed, told, and acted on by those who may."""

import pytest

from tests.app.http.test_feeds import marks
from tests.app.pages.office.conftest import Offices

BAD = b'{"office":"SG","right":"trademark","applicationNumber":"40202100999K","filingDate":"2024-13-45"}\n'


def test_without_a_feed_the_console_says_how_to_send_one(offices: Offices) -> None:
    seen = offices.browser().see("/office/SG")
    assert "No feed yet" in seen.words
    assert "Send a feed" in seen.words


def test_a_file_is_sent_by_the_form_and_followed_to_its_end(offices: Offices) -> None:
    browser = offices.browser()
    sent = browser.send_file("/office/SG/feeds", "marks.jsonl", marks(3))
    assert (sent.status_code, sent.headers["location"]) == (303, "/office/SG/feeds/1")
    waiting = browser.client.get("/office/SG/feeds/1").text
    assert 'http-equiv="refresh"' in waiting
    assert 'http-equiv="refresh"' in browser.client.get("/office/SG").text
    offices.work()
    done = browser.client.get("/office/SG/feeds/1").text
    assert 'http-equiv="refresh"' not in done
    assert "marks.jsonl" in done
    listed = browser.see("/office/SG")
    assert "1: marks.jsonl done 3 3 0 0 0" in listed.words
    received = next(one for one in offices.entries() if one.action == "feed.received")
    assert received.who.startswith("key ")


def test_a_file_of_many_pieces_arrives_as_it_was(offices: Offices) -> None:
    body = marks(9000)
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "marks.jsonl", body, dryRun="true")
    feed = offices.sent.get("/v1/feeds/1").json()
    assert (feed["size"], feed["dryRun"], feed["name"]) == (len(body), True, "marks.jsonl")
    (kept,) = (offices.sent.folder / "spool").iterdir()
    assert kept.read_bytes() == body


def test_what_was_not_taken_is_told_with_place_reason_and_mend(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "marks.jsonl", marks(2) + BAD)
    offices.work()
    seen = browser.see("/office/SG/feeds/1")
    (error,) = offices.sent.get("/v1/feeds/1/errors").json()["results"]
    for told in (error["mend"], "marks.jsonl, record 3, line 3", error["code"], "40202100999K"):
        assert told in seen.words
    answer = browser.client.get(seen.link("All as CSV"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert "40202100999K" in answer.text


def test_many_problems_go_over_several_pages(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "marks.jsonl", BAD * 30)
    offices.work()
    first = browser.see("/office/SG/feeds/1")
    assert "record 30" not in first.words
    assert "record 30" in browser.see(first.link("Next page")).words


def test_a_held_feed_waits_for_its_office_and_is_confirmed_by_a_button(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "marks.jsonl", marks(20))
    offices.work()
    ended = marks(20, status="ended")
    browser.send_file("/office/SG/feeds", "ended.jsonl", ended)
    offices.work()
    assert "waits for you" in browser.see("/office/SG").words
    assert "Confirm: it is meant so" in browser.see("/office/SG/feeds/2").words
    assert browser.press("/office/SG/feeds/2/confirm").status_code == 303
    offices.work()
    assert offices.sent.get("/v1/feeds/2").json()["counts"]["updated"] == 20
    assert "feed.confirmed" in [entry.action for entry in offices.entries()]


def test_a_feed_is_taken_back_by_a_button(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "marks.jsonl", marks(5))
    offices.work()
    pressed = browser.press("/office/SG/feeds/1/undo", changed="refuse")
    assert pressed.headers["location"] == "/office/SG/feeds/2"
    offices.work()
    assert "takes back feed 1" in browser.see("/office/SG/feeds/2").words
    again = browser.press("/office/SG/feeds/1/undo", changed="refuse")
    assert again.status_code == 409
    assert "undone by feed 2" in again.text


def test_a_feed_that_waits_is_cancelled_by_a_button(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "marks.jsonl", marks(5))
    assert browser.press("/office/SG/feeds/1/cancel").status_code == 303
    assert offices.sent.get("/v1/feeds/1").json()["state"] == "cancelled"
    assert offices.sent.kept() == []


ACTS = ("cancel", "confirm", "retry", "undo")


@pytest.mark.parametrize("act", ACTS)
def test_another_offices_session_changes_nothing(offices: Offices, act: str) -> None:
    offices.sent.send(marks(5))
    browser = offices.browser("MY")
    before = offices.sent.get("/v1/feeds/1").json()
    assert browser.press(f"/office/SG/feeds/1/{act}").status_code == 403
    assert browser.press(f"/office/MY/feeds/1/{act}").status_code == 404
    assert offices.sent.get("/v1/feeds/1").json() == before


def test_another_offices_session_sends_nothing(offices: Offices) -> None:
    browser = offices.browser("MY")
    assert browser.send_file("/office/SG/feeds", "marks.jsonl", marks(1)).status_code == 403
    assert offices.sent.get("/v1/feeds").json()["results"] == []
    assert offices.sent.kept() == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_that_is_not_proved_changes_nothing(offices: Offices, token: str) -> None:
    offices.sent.send(marks(5))
    browser = offices.browser()
    browser.token = token
    before = offices.sent.get("/v1/feeds/1").json()
    for act in ACTS:
        assert browser.press(f"/office/SG/feeds/1/{act}").status_code == 403
    assert browser.send_file("/office/SG/feeds", "marks.jsonl", marks(1)).status_code == 403
    assert offices.sent.get("/v1/feeds/1").json() == before
    assert len(offices.sent.get("/v1/feeds").json()["results"]) == 1
    assert len(offices.sent.kept()) == 1
    assert "form-not-ours" in [entry.detail.get("code") for entry in offices.entries()]


def test_a_token_that_comes_after_the_file_proves_nothing(offices: Offices) -> None:
    browser = offices.browser()
    boundary = "xyz"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n'.encode()
        + marks(1)
        + f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{browser.token}'.encode()
        + f"\r\n--{boundary}--\r\n".encode()
    )
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    assert browser.client.post("/office/SG/feeds", content=body, headers=kind).status_code == 403
    assert offices.sent.kept() == []


def test_a_key_that_only_reads_sees_feeds_and_no_buttons(offices: Offices) -> None:
    offices.sent.taken(marks(2))
    browser = offices.browser("SG", "read")
    seen = browser.see("/office/SG/feeds/1")
    assert "What you can do" not in seen.words
    assert "Send a feed" not in browser.see("/office/SG").words
    assert browser.press("/office/SG/feeds/1/undo").status_code == 403
    assert browser.send_file("/office/SG/feeds", "marks.jsonl", marks(1)).status_code == 403


@pytest.mark.parametrize(
    ("name", "body", "fields", "told"),
    [
        ("empty.jsonl", b"", {}, "empty"),
        ("marks.jsonl", b"{}", {"format": "unheard-of"}, "unheard-of"),
        ("marks.jsonl", b"{}", {"format": "no name"}, "no name of a format"),
        ("", b"{}", {}, "no file"),
    ],
)
def test_a_file_that_is_not_taken_is_told_on_the_form_and_not_kept(
    offices: Offices, name: str, body: bytes, fields: dict[str, str], told: str
) -> None:
    answer = offices.browser().send_file("/office/SG/feeds", name, body, **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert offices.sent.kept() == []


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"hello", 415),
        ("multipart/form-data", b"hello", 415),
        ("multipart/form-data; boundary=x", b"hello", 400),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', 403),
        (f"multipart/form-data; boundary={'x' * 300}", b"--x", 400),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_told(
    offices: Offices, kind: str, body: bytes, status: int
) -> None:
    answer = offices.browser().client.post("/office/SG/feeds", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert offices.sent.kept() == []


def test_a_form_cut_off_within_its_file_is_not_kept(offices: Offices) -> None:
    browser = offices.browser()
    body = (
        f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{browser.token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n{"office":'
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = browser.client.post("/office/SG/feeds", content=body, headers=kind)
    assert answer.status_code == 400
    assert offices.sent.kept() == []


def test_a_name_with_markup_is_shown_as_it_is(offices: Offices) -> None:
    browser = offices.browser()
    browser.send_file("/office/SG/feeds", "<b>x</b>.jsonl", marks(1))
    text = browser.client.get("/office/SG").text
    assert "<b>x" not in text
    assert "b&gt;.jsonl" in text
