"""The keys of an office in its console."""

import re

import pytest

from register.store.keys import list_keys
from tests.app.pages.office.conftest import Offices


def made_by(offices: Offices, **fields: str) -> str:
    answer = offices.browser().press("/office/SG/keys", **{"purpose": "upload", "days": "30", **fields})
    assert answer.status_code == 200, answer.text
    found = re.search(r"<code>(ipr_[^<]+)</code>", answer.text)
    assert found is not None
    return found[1]


def test_a_key_is_made_with_purpose_and_time_and_shown_once(offices: Offices) -> None:
    browser = offices.browser()
    answer = browser.press("/office/SG/keys", purpose="read", days="30", note="status board")
    key = re.search(r"<code>(ipr_[^<]+)</code>", answer.text)
    assert key is not None
    assert answer.headers["cache-control"] == "private, no-store"
    listed = browser.client.get("/office/SG/keys").text
    assert key[1] not in listed
    assert "status board" in listed
    held = offices.sent.database.read(lambda connection: list_keys(connection, "SG"))[-1]
    assert (held.purpose, held.note) == ("read", "status board")
    assert held.expires_at is not None
    assert (held.expires_at - held.created_at).days in (29, 30)


def test_a_key_that_was_made_opens_what_it_is_for_and_tells_when_it_was_used(offices: Offices) -> None:
    key = made_by(offices, purpose="upload")
    answer = offices.sent.client.get("/v1/feeds", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200
    used = offices.sent.database.read(lambda connection: list_keys(connection, "SG"))[-1].last_used_at
    assert used is not None
    assert f"{used:%Y-%m-%d %H:%M}" in offices.browser().see("/office/SG/keys").words


def test_a_key_is_revoked_by_a_button(offices: Offices) -> None:
    key = made_by(offices)
    browser = offices.browser()
    identity = offices.sent.database.read(lambda connection: list_keys(connection, "SG"))[-2].id
    assert browser.press(f"/office/SG/keys/{identity}/revoke").status_code == 303
    answer = offices.sent.client.get("/v1/feeds", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401
    assert "revoked" in browser.see("/office/SG/keys").words


def test_a_key_of_another_office_is_not_revoked_nor_told(offices: Offices) -> None:
    theirs = offices.sent.database.read(lambda connection: list_keys(connection, "MY"))[0].id
    browser = offices.browser()
    assert browser.press(f"/office/SG/keys/{theirs}/revoke").status_code == 404
    assert browser.press(f"/office/MY/keys/{theirs}/revoke").status_code == 403
    held = offices.sent.database.read(lambda connection: list_keys(connection, "MY"))[0]
    assert held.revoked_at is None
    assert theirs not in browser.see("/office/SG/keys").words


@pytest.mark.parametrize("purpose", ["read", "upload"])
def test_who_does_not_look_after_keys_makes_and_revokes_none(offices: Offices, purpose: str) -> None:
    browser = offices.browser("SG", purpose)
    before = offices.sent.database.read(list_keys)
    assert browser.press("/office/SG/keys", purpose="admin", days="30").status_code == 403
    assert browser.press(f"/office/SG/keys/{before[0].id}/revoke").status_code == 403
    after = offices.sent.database.read(list_keys)
    assert [(key.id, key.revoked_at) for key in after] == [(key.id, key.revoked_at) for key in before]
    assert "Make a key" not in browser.see("/office/SG/keys").words


def test_without_its_token_the_form_makes_and_revokes_nothing(offices: Offices) -> None:
    browser = offices.browser()
    browser.token = ""
    before = offices.sent.database.read(list_keys)
    assert browser.press("/office/SG/keys", purpose="admin", days="30").status_code == 403
    assert browser.press(f"/office/SG/keys/{before[0].id}/revoke").status_code == 403
    assert len(offices.sent.database.read(list_keys)) == len(before)


@pytest.mark.parametrize(
    "fields", [{"days": "0"}, {"days": "x"}, {"days": "99999"}, {"purpose": "all"}, {"note": "x" * 201}]
)
def test_a_key_that_cannot_be_made_is_told(offices: Offices, fields: dict[str, str]) -> None:
    browser = offices.browser()
    answer = browser.press("/office/SG/keys", **{"purpose": "read", "days": "30", **fields})
    assert answer.status_code == 400
    assert "No key was made" in answer.text


def test_revoking_the_own_key_signs_out(offices: Offices) -> None:
    browser = offices.browser()
    (own,) = re.findall(
        r"<code>([0-9a-f]{12})</code> <small>signed in with", browser.client.get("/office/SG/keys").text
    )
    browser.press(f"/office/SG/keys/{own}/revoke")
    assert browser.client.get("/office/SG/keys", follow_redirects=False).status_code == 303
