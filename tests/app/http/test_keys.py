"""Keys over HTTP: made, listed and revoked by who looks after those of an office."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from register.store.database import Database
from register.store.keys import list_keys
from tests.app.http.test_feeds import Sent, marks


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        made.keys["SG"] = made.key("SG", purpose="admin")
        with made.client:
            yield made


def make(sent: Sent, body: Any, office: str = "SG") -> Any:
    return sent.client.post("/v1/keys", json=body, headers=sent.headers(office))


def test_a_key_is_made_for_a_purpose_and_a_time_and_shown_once(sent: Sent) -> None:
    answer = make(sent, {"purpose": "read", "days": 30, "note": "status board"})
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    made = answer.json()
    assert (made["office"], made["purpose"]) == ("SG", "read")
    listed = sent.get("/v1/keys")
    assert made["key"] not in listed.text
    newest = listed.json()["results"][0]
    assert (newest["id"], newest["note"], newest["expiresAt"]) == (
        made["id"],
        "status board",
        made["expiresAt"],
    )
    sent.keys["SG"] = made["key"]
    assert sent.get("/v1/feeds").status_code == 200
    assert sent.send(marks(1)).status_code == 403
    assert "lastUsedAt" in sent.get("/v1/keys").json()["results"][0]


def test_a_key_is_revoked_at_once(sent: Sent) -> None:
    made = make(sent, {}).json()
    address = f"/v1/keys/{made['id']}"
    assert sent.client.delete(address, headers=sent.headers()).status_code == 204
    answer = sent.client.get("/v1/feeds", headers={"Authorization": f"Bearer {made['key']}"})
    assert answer.status_code == 401
    done = [one["action"] for one in sent.get("/v1/audit?action=key.created,key.revoked").json()["results"]]
    assert done[:2] == ["key.revoked", "key.created"]


@pytest.mark.parametrize("purpose", ["read", "upload"])
def test_who_does_not_look_after_keys_makes_and_revokes_none(sent: Sent, purpose: str) -> None:
    sent.keys["SG"] = sent.key("SG", purpose=purpose)
    before = sent.database.read(list_keys)
    answer = make(sent, {"purpose": "admin"})
    assert (answer.status_code, answer.json()["code"]) == (403, "key-not-admin")
    gone = sent.client.delete(f"/v1/keys/{before[0].id}", headers=sent.headers())
    assert gone.status_code == 403
    after = sent.database.read(list_keys)
    assert [(key.id, key.revoked_at) for key in after] == [(key.id, key.revoked_at) for key in before]


def test_a_key_of_another_office_is_neither_seen_nor_revoked(sent: Sent) -> None:
    theirs = sent.database.read(lambda connection: list_keys(connection, "MY"))[0]
    assert theirs.id not in sent.get("/v1/keys").text
    assert sent.client.delete(f"/v1/keys/{theirs.id}", headers=sent.headers()).status_code == 404
    assert sent.database.read(lambda connection: list_keys(connection, "MY"))[0].revoked_at is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"days": 0}, "days"),
        ({"purpose": "all"}, "purpose"),
        ({"note": "x" * 201}, "note"),
        ({"x": 1}, "body"),
    ],
)
def test_a_key_that_cannot_be_made_is_told_by_the_member(sent: Sent, body: Any, field: str) -> None:
    answer = make(sent, body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
