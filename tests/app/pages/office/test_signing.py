"""Signing in to the console: by a key, for a time, and only what the key opens."""

import re

import pytest

from register.store.keys import revoke_key
from tests.app.pages.office.conftest import Offices

PAGES = ("", "/send", "/quality", "/quality.csv", "/coverage", "/keys", "/audit", "/audit.csv", "/feeds/1")


def test_the_cookie_is_not_for_scripts_nor_for_other_sites_and_of_the_console_only(offices: Offices) -> None:
    browser = offices.stranger()
    key = offices.sent.key("SG")
    answer = browser.client.post("/office", data={"key": key}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/office/SG")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/office" in cookie
    assert "Secure" not in cookie
    assert key not in cookie


def test_over_https_the_cookie_is_for_https_alone(offices: Offices) -> None:
    answer = offices.stranger().client.post(
        "/office",
        data={"key": offices.sent.key("SG")},
        headers={"X-Forwarded-Proto": "https"},
        follow_redirects=False,
    )
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("key", ["", "ipr_not-a-key", "ü" * 10, "x" * 5000])
def test_a_key_that_is_none_signs_nobody_in(offices: Offices, key: str) -> None:
    answer = offices.stranger().sign_in(key)
    assert answer.status_code == 401
    assert "no key" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_sign_in_sent_by_another_site_is_refused(offices: Offices) -> None:
    answer = offices.stranger().client.post(
        "/office", data={"key": offices.sent.key("SG")}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
def test_without_signing_in_every_page_leads_to_it_and_back(offices: Offices, page: str) -> None:
    answer = offices.stranger().client.get(f"/office/SG{page}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/office?next=")


def test_after_signing_in_the_wanted_page_is_shown(offices: Offices) -> None:
    browser = offices.stranger()
    answer = browser.sign_in(offices.sent.key("SG"), next="/office/SG/keys")
    assert answer.url.path == "/office/SG/keys"


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/office/MY/keys", "/x"]
)
def test_signing_in_leads_nowhere_else(offices: Offices, wanted: str) -> None:
    answer = offices.stranger().client.post(
        "/office", data={"key": offices.sent.key("SG"), "next": wanted}, follow_redirects=False
    )
    assert answer.headers["location"] == "/office/SG"


@pytest.mark.parametrize("page", PAGES)
def test_a_session_of_another_office_opens_no_page(offices: Offices, page: str) -> None:
    browser = offices.browser("MY")
    assert browser.client.get(f"/office/SG{page}").status_code == 403
    assert offices.entries()[0].action == "key.refused"


def test_no_cache_keeps_a_page_of_the_console(offices: Offices) -> None:
    browser = offices.browser()
    for page in ("", "/keys", "/audit"):
        assert browser.client.get(f"/office/SG{page}").headers["cache-control"] == "private, no-store"


def test_signing_out_ends_the_session_for_whoever_has_its_cookie(offices: Offices) -> None:
    browser = offices.browser()
    cookie = browser.client.cookies["ipregister_office"]
    assert browser.client.post("/office/sign-out", data={}).status_code == 403
    assert browser.press("/office/sign-out").status_code == 303
    browser.client.cookies.set("ipregister_office", cookie, path="/office")
    assert browser.client.get("/office/SG", follow_redirects=False).status_code == 303
    assert [entry.action for entry in offices.entries()][:2] == ["session.ended", "key.refused"]


def test_a_revoked_key_ends_its_session_at_once(offices: Offices) -> None:
    browser = offices.browser()
    (own,) = re.findall(r"key <code>([0-9a-f]{12})</code>", browser.client.get("/office/SG").text)
    with offices.sent.database.writing() as connection:
        revoke_key(connection, own)
    assert browser.client.get("/office/SG", follow_redirects=False).status_code == 303


def test_a_session_ends_with_its_time_and_when_nothing_is_seen_of_it(offices: Offices) -> None:
    for column, back in (("expires_at", "9 hours"), ("seen_at", "61 minutes")):
        browser = offices.browser()
        with offices.sent.database.writing() as connection:
            connection.exec_driver_sql(
                f"UPDATE console_session SET {column} = clock_timestamp() - interval '{back}'"
            )
        assert browser.client.get("/office/SG", follow_redirects=False).status_code == 303


def test_neither_the_key_nor_the_secret_of_a_session_is_kept(offices: Offices) -> None:
    browser = offices.browser()
    secret = browser.client.cookies["ipregister_office"]
    with offices.sent.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT console_session::text FROM console_session").all()
    assert secret not in str(rows)
    assert secret.encode().hex() not in str(rows)
    assert secret not in "".join(map(repr, offices.entries()))


@pytest.mark.parametrize("code", ["ZZ", "nothing", "sg%00"])
def test_a_code_that_is_none_is_told(offices: Offices, code: str) -> None:
    assert offices.browser().client.get(f"/office/{code}").status_code == 404


def test_the_code_may_be_written_small(offices: Offices) -> None:
    assert offices.browser().client.get("/office/sg").status_code == 200
