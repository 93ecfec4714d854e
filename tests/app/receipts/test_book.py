"""The book of receipts: given out at once, in the register soon, and not lost by a kill."""

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.receipts.book import FOLDER, ReceiptBook
from register.store.database import Database
from register.store.receipts import forget_receipts
from register.store.schema import receipt as receipt_table
from search.query import Filters, SearchQuery
from search.receipts.content import Circumstances, Receipt, decode_receipt, index_used, receipt_of
from search.receipts.identity import identity_of
from search.service import Answer, Hit, Ranked, Total

OVER = Circumstances("1.0", index_used("ipregister-1-20260630020000", "tantivy", 17), {"TH": 2, "SG": 1})


def made(text: str = "solvanta") -> Receipt:
    hits = [Hit("th-tm-1", 2, 0.9, (), b"{}")]
    answer = Answer(hits, Total(1, "eq"), {}, None, {}, [Ranked("th-tm-1", 2, 0.9)])
    return receipt_of(SearchQuery(text), answer, OVER)


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    with closing(Database(fresh_database_url, connections=2)) as opened:
        yield opened


def held(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(receipt_table)) or 0


def test_a_receipt_is_found_at_once_and_again_when_it_is_in_the_register(
    database: Database, tmp_path: Path
) -> None:
    book, receipt = ReceiptBook(database, tmp_path), made()
    identity = book.issue(receipt)
    content = book.find(identity)
    assert content is not None
    assert decode_receipt(content) == receipt
    assert held(database) == 0
    book.flush()
    assert held(database) == 1
    assert book.find(identity) == content
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_the_id_is_the_hash_of_what_is_kept(database: Database, tmp_path: Path) -> None:
    book = ReceiptBook(database, tmp_path)
    identity = book.issue(made())
    book.flush()
    assert identity_of(book.find(identity) or b"") == identity


def test_the_same_search_twice_has_two_receipts(database: Database, tmp_path: Path) -> None:
    book = ReceiptBook(database, tmp_path)
    assert book.issue(made()) != book.issue(made())


def test_another_process_finds_it_before_it_is_in_the_register(database: Database, tmp_path: Path) -> None:
    identity = ReceiptBook(database, tmp_path).issue(made())
    assert ReceiptBook(database, tmp_path).find(identity) is not None


def test_an_unknown_id_is_none(database: Database, tmp_path: Path) -> None:
    assert ReceiptBook(database, tmp_path).find(identity_of(b"nothing")) is None


def test_opened_it_brings_receipts_in_by_itself(database: Database, tmp_path: Path) -> None:
    book = ReceiptBook(database, tmp_path)
    book.open()
    book.issue(made())
    book.close()
    assert held(database) == 1


def test_what_the_register_cannot_take_now_is_taken_later(database: Database, tmp_path: Path) -> None:
    book = ReceiptBook(database, tmp_path)
    identity = book.issue(made())
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE receipt RENAME TO away"))
    with pytest.raises(Exception, match="receipt"):
        book.flush()
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO receipt"))
    book.flush()
    assert held(database) == 1
    assert book.find(identity) is not None


KILLED = """
import os, signal, sys
from pathlib import Path
from app.receipts.book import ReceiptBook
from register.store.database import Database
from tests.app.receipts.test_book import made
book = ReceiptBook(Database(sys.argv[1]), Path(sys.argv[2]))
print(book.issue(made()), book.issue(made("other")), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_no_receipt_that_it_gave_out(
    database: Database, fresh_database_url: str, tmp_path: Path
) -> None:
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, fresh_database_url, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    given = ended.stdout.split()
    book = ReceiptBook(database, tmp_path)
    assert book.take_orphans() == 2
    assert book.take_orphans() == 0
    assert held(database) == 2
    assert all(book.find(identity) is not None for identity in given)


def test_a_receipt_cut_off_by_a_kill_harms_no_other(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / "1-1-ab.spool").write_bytes((3).to_bytes(4, "big") + b"abc" + (9).to_bytes(4, "big") + b"cut")
    book = ReceiptBook(database, tmp_path)
    assert book.take_orphans() == 1
    assert book.find(identity_of(b"abc")) == b"abc"


def test_the_spool_of_a_living_process_is_left_to_it(database: Database, tmp_path: Path) -> None:
    living = ReceiptBook(database, tmp_path)
    living.issue(made())
    assert ReceiptBook(database, tmp_path).take_orphans() == 0
    living.flush()
    assert held(database) == 1


def test_receipts_nobody_asks_for_are_forgotten_and_others_kept(database: Database, tmp_path: Path) -> None:
    book = ReceiptBook(database, tmp_path)
    asked, forgotten = book.issue(made()), book.issue(made())
    book.flush()
    with database.writing() as connection:
        connection.execute(text("UPDATE receipt SET used_at = now() - interval '500 days'"))
    assert book.find(asked) is not None
    with database.writing() as connection:
        assert forget_receipts(connection, dt.timedelta(days=400)) == 1
    assert book.find(asked) is not None
    assert book.find(forgotten) is None


def test_nothing_is_kept_of_who_has_searched() -> None:
    assert set(Receipt.__struct_fields__) == {
        "issued_at",
        "query",
        "understood",
        "rules",
        "index",
        "software",
        "as_of",
        "gaps",
        "total",
        "relation",
        "results",
        "ranked",
        "left",
        "salt",
    }


def test_gaps_are_those_of_the_offices_that_were_asked() -> None:
    answer = Answer([], Total(0, "eq"), {}, None, {})
    assert receipt_of(SearchQuery("a"), answer, OVER).gaps == {"TH": 2, "SG": 1}
    asked = SearchQuery("a", filters=Filters(offices=("SG", "KR")))
    assert receipt_of(asked, answer, OVER).gaps == {"SG": 1}
