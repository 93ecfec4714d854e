"""New and deleted records are in the index before long rows of amendments."""

from collections.abc import Iterator

import pytest

from register.store.database import Database
from search import early
from search.engine import Engine, Everything, Term
from search.indexer import Indexer
from search.verify import verify
from tests.register.store.delivering import Office, mark, says


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


@pytest.fixture
def office(database: Database, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(early, "_FAR_BEHIND", 100)
    return Office(database)


def holding(engine: Engine, text: str) -> int:
    return engine.reader().count(Term("key", (text,)))


def test_what_is_new_or_deleted_goes_before_amendments_and_all_is_held_in_the_end(
    database: Database, engine: Engine, office: Office
) -> None:
    indexer = Indexer(database, engine)
    old = 6000
    office.delivers(*(says(mark(str(n), "OLD"), number=n) for n in range(1, old + 1)))
    indexer.drain()
    office.delivers(*(says(mark(str(n), "CHANGED"), number=n) for n in range(1, old - 9)))
    office.delivers(
        *(says(mark(f"new{n}", "NEW"), number=n) for n in range(1, 11)),
        *(says(mark(str(n)), "delete", number=n) for n in range(old - 9, old + 1)),
        says(mark("new1", "NEWER"), number=99),
    )
    looks = 0

    def stop() -> bool:
        nonlocal looks
        looks += 1
        return looks > 1

    indexer.drain(stop)
    assert (holding(engine, "new"), holding(engine, "changed"), holding(engine, "old")) == (9, 0, old - 10)
    assert engine.reader().count(Everything()) == old - 1
    indexer.close()
    again = Indexer(database, engine)
    looks = 0
    again.drain(stop)
    again.drain()
    again.close()
    assert (holding(engine, "new"), holding(engine, "newer"), holding(engine, "old")) == (9, 1, 0)
    assert holding(engine, "changed") == old - 10
    assert verify(database, engine).consistent


def test_a_first_load_is_taken_in_its_order(database: Database, engine: Engine, office: Office) -> None:
    indexer = Indexer(database, engine)
    indexer.drain()
    office.delivers(*(says(mark(str(n), "NEW"), number=n) for n in range(1, 3001)))
    assert indexer.drain().changes == 3000
    indexer.close()
    assert verify(database, engine).consistent
