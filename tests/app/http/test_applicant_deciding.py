"""Deciding on applicants over HTTP: who may, what is seen, and what is refused."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from ingest.pipeline import Loader
from register.store.audit import AuditAction
from register.store.database import Database
from register.store.keys import Purpose, create_key
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from tests.app.http.conftest import HeldRegister, Line, client_of, jsonl
from tests.servers.postgres import ScratchPostgres


def _line(office: str, number: int, name: str) -> Line:
    return {
        "office": office,
        "right": "trademark",
        "applicationNumber": f"4020{number:06d}",
        "texts": [{"text": f"MARK {number}"}],
        "applicants": [{"name": name, "country": "SG"}],
        "status": "registered",
    }


_LINES = {
    "SG": [
        _line("SG", 1, "Corvale Pte Ltd"),
        _line("SG", 2, "Zephrova Pte Ltd"),
        _line("SG", 3, "Shared Co Ltd"),
    ],
    "MY": [_line("MY", 4, "Shared Co Ltd")],
}


@pytest.fixture
def held(postgres: ScratchPostgres, tmp_path: Path) -> Iterator[HeldRegister]:
    """A register of the test's own, for it is changed."""
    with postgres.fresh() as url, closing(Database(url)) as database:
        engine = TantivyEngine(tmp_path / "index")
        for office, lines in _LINES.items():
            path = tmp_path / f"{office}.jsonl"
            path.write_bytes(jsonl(lines))
            Loader(database, office).load(path)
        _drain(database, engine)
        with client_of(Settings(data_dir=tmp_path), database, engine) as client:
            yield HeldRegister(client, database, engine, b"")


def _drain(database: Database, engine: TantivyEngine) -> None:
    indexer = Indexer(database, engine)
    indexer.drain()
    indexer.close()


def _key(held: HeldRegister, purpose: Purpose = "admin", office: str = "SG") -> dict[str, str]:
    with held.database.writing() as connection:
        return {"Authorization": f"Bearer {create_key(connection, office, purpose=purpose).key}"}


def _applicant(client: TestClient, number: int, office: str = "sg") -> str:
    record: Any = client.get(f"/v1/trademarks/{office}-tm-4020{number:06d}").json()
    identity: str = record["applicants"][0]["applicant"]
    return identity


def test_a_merge_is_seen_in_record_search_and_portfolio_and_an_undo_takes_it_back(held: HeldRegister) -> None:
    client, key = held.client, _key(held)
    corvale, zephrova = _applicant(client, 1), _applicant(client, 2)
    made = client.post(
        f"/v1/applicants/{corvale}/merge", json={"other": zephrova, "note": "told"}, headers=key
    )
    assert made.status_code == 200, made.text
    _drain(held.database, held.engine)
    assert _applicant(client, 2) == corvale
    assert client.get("/v1/rights", params={"applicants": zephrova}).json()["total"]["value"] == 2
    assert client.get(f"/v1/applicants/{corvale}/portfolio").json()["records"] == 2
    assert corvale in client.get("/v1/rights?format=csv").text
    assert zephrova not in client.get("/v1/rights?format=csv").text
    moved = client.get(f"/v1/applicants/{zephrova}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (301, f"/v1/applicants/{corvale}")
    told = client.get(f"/v1/applicants/{corvale}").json()
    assert told["decisions"][0]["note"] == "told"
    undone = client.post(f"/v1/applicant-decisions/{made.json()['id']}/undo", headers=key)
    assert undone.status_code == 200
    _drain(held.database, held.engine)
    assert _applicant(client, 2) == zephrova
    assert client.get(f"/v1/applicants/{zephrova}").json()["records"] == 1


def test_a_split_makes_another_applicant(held: HeldRegister) -> None:
    client, key = held.client, _key(held)
    corvale, zephrova = _applicant(client, 1), _applicant(client, 2)
    client.post(f"/v1/applicants/{corvale}/merge", json={"other": zephrova}, headers=key)
    spelling = next(
        one["id"]
        for one in client.get(f"/v1/applicants/{corvale}").json()["spellings"]
        if one["name"] == "Zephrova Pte Ltd"
    )
    made = client.post(f"/v1/applicants/{corvale}/split", json={"spellings": [spelling]}, headers=key)
    assert made.status_code == 200, made.text
    assert _applicant(client, 2) == made.json()["other"] not in (corvale, zephrova)


def test_only_an_admin_key_decides_and_only_over_records_of_its_own_office(held: HeldRegister) -> None:
    client = held.client
    corvale, shared = _applicant(client, 1), _applicant(client, 3)
    address, body = f"/v1/applicants/{corvale}/merge", {"other": shared}
    assert client.post(address, json=body).status_code == 401
    assert client.post(address, json=body, headers=_key(held, "upload")).json()["code"] == "key-not-admin"
    refused = client.post(address, json=body, headers=_key(held))
    assert (refused.status_code, refused.json()["code"]) == (403, "other-offices")
    assert _applicant(client, 3) == shared


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/merge", {"other": "ap-aaaaaaaaaaaaa"}, 404, "not-found"),
        ("/merge", {}, 400, None),
        ("/merge", {"other": "ap-aaaaaaaaaaaaa", "more": 1}, 400, None),
        ("/split", {"spellings": ["x"]}, 400, None),
        ("/split", {"spellings": []}, 409, "not-its-spellings"),
    ],
)
def test_what_cannot_be_decided_is_a_problem(
    held: HeldRegister, path: str, body: Any, status: int, code: str | None
) -> None:
    corvale = _applicant(held.client, 1)
    got = held.client.post(f"/v1/applicants/{corvale}{path}", json=body, headers=_key(held))
    assert got.status_code == status, got.text
    assert code is None or got.json()["code"] == code


def test_decisions_are_in_the_audit_log(held: HeldRegister) -> None:
    client, key = held.client, _key(held)
    corvale, zephrova = _applicant(client, 1), _applicant(client, 2)
    client.post(f"/v1/applicants/{corvale}/merge", json={"other": zephrova}, headers=key)
    wanted: AuditAction = "applicants.merged"
    with held.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, who FROM audit").fetchall()
    assert next(who for action, who in rows if action == wanted).startswith("key ")
