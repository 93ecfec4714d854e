"""Lists of an office's numbers over HTTP: taken as the command takes them, for the office alone."""

import gzip
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.coverage import ledger_of
from register.store.database import Database
from tests.app.http.test_feeds import Sent, marks

LIST = b"number,date\n40202000000K,2020-01-31\n40202000001K,2020-02-01\n40202000099K,2020-02-01\n"


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path, authority_bytes=4096)
        with made.client:
            yield made


def test_a_list_is_taken_and_what_is_missing_is_told(sent: Sent) -> None:
    sent.taken(marks(2))
    answer = sent.client.post(
        "/v1/offices/SG/authority?right=trademark&name=numbers.csv", content=LIST, headers=sent.headers()
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["lists"] == [{"right": "trademark", "numbers": 3, "twice": 0}]
    assert (told["read"], told["unread"], told["problems"]) == (3, 0, [])
    ledger_of(sent.database).catch_up()
    gaps = sent.client.get(told["gaps"]).json()
    (year,) = gaps["years"]
    assert (year["basis"], year["expected"], year["held"], year["missing"]) == ("authority", 3, 2, 1)
    assert sent.kept() == []


def test_the_list_may_be_packed_and_may_be_xml(sent: Sent) -> None:
    entry = "<E><PublicationNumber>{}</PublicationNumber><KindCode>A1</KindCode><Date>20200131</Date></E>"
    body = f"<?xml version='1.0'?><F>{entry.format(1)}{entry.format(2)}</F>".encode()
    for data in (body, gzip.compress(body)):
        answer = sent.client.post("/v1/offices/SG/authority", content=data, headers=sent.headers())
        assert answer.status_code == 200, answer.text
        assert answer.json()["lists"] == [{"right": "patent", "numbers": 2, "twice": 0}]


def test_rows_without_a_number_are_told_by_their_place_in_the_file_as_it_is_called(sent: Sent) -> None:
    answer = sent.client.post(
        "/v1/offices/SG/authority?name=numbers.csv", content=b"SG,1\nMY,2\n", headers=sent.headers()
    )
    told = answer.json()
    assert told["unread"] == 1
    assert told["problems"][0].startswith("line 2 of numbers.csv: a number of 'MY'")


@pytest.mark.parametrize(
    ("body", "query", "status", "code"),
    [
        (b"%PDF-1.7 not a list", "", 400, "not-an-authority-file"),
        (b"MY,1\n", "", 400, "not-an-authority-file"),
        (b"", "", 400, "empty-body"),
        (b"SG,1\n", "?right=everything", 400, "invalid-parameter"),
        (b"SG,1\n" * 1000, "", 413, "delivery-too-large"),
        (gzip.compress(b"SG,1\n" * 200_000), "", 400, "harmful-delivery"),
    ],
)
def test_what_is_no_list_is_refused_and_not_kept(
    sent: Sent, body: bytes, query: str, status: int, code: str
) -> None:
    answer = sent.client.post(f"/v1/offices/SG/authority{query}", content=body, headers=sent.headers())
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.json()["mend"]
    assert sent.kept() == []


def test_only_a_key_of_the_office_that_sends_is_good_for_it(sent: Sent) -> None:
    sent.keys["TH"] = sent.key("SG", purpose="read")
    for office, status in (("MY", 403), ("TH", 403)):
        answer = sent.client.post("/v1/offices/SG/authority", content=LIST, headers=sent.headers(office))
        assert answer.status_code == status
    assert sent.client.post("/v1/offices/SG/authority", content=LIST).status_code == 401
    with sent.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM authority_number").scalar_one() == 0


def test_taking_a_list_and_refusing_one_are_written_down(sent: Sent) -> None:
    sent.client.post("/v1/offices/SG/authority?right=trademark", content=LIST, headers=sent.headers())
    sent.client.post("/v1/offices/SG/authority", content=b"x", headers=sent.headers())
    refused, taken = sent.get("/v1/audit?action=authority").json()["results"]
    assert (refused["outcome"], refused["detail"]["code"]) == ("refused", "not-an-authority-file")
    assert (taken["subject"], taken["detail"]["numbers"]) == ("trademark", 3)
