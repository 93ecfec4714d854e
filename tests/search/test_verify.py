"""The comparison of register and index finds what is missing, stale or too much."""

from collections.abc import Iterator

import pytest

from register.store.database import Database
from search.document import document_of
from search.engine import Engine
from search.indexer import Indexer
from search.verify import verify
from tests.register.store.delivering import Office, mark, says


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


@pytest.fixture
def indexer(database: Database, engine: Engine) -> Iterator[Indexer]:
    """Of a register with three marks, all in the index."""
    Office(database).delivers(*(says(mark(f"{n}", f"NAME {n}"), number=n) for n in (1, 2, 3)))
    made = Indexer(database, engine)
    made.drain()
    made.close()
    yield made
    made.close()


def test_both_sides_the_same(database: Database, engine: Engine, indexer: Indexer) -> None:
    assert verify(database, engine) == (True, 3, {"SG": 3}, [], 0)


def test_without_an_index_everything_is_missing(database: Database, engine: Engine) -> None:
    Office(database).delivers(says(mark("1", "STEIGER")))
    result = verify(database, engine)
    assert not result.consistent
    assert result.problems == ["sg-tm-1 version 1 is not in the index"]


def test_missing_stale_and_surplus_are_named(database: Database, engine: Engine, indexer: Indexer) -> None:
    live = engine.live()
    assert live is not None
    writer = engine.writer(live)
    writer.remove([("sg-tm-1", 1_000)])
    writer.put([document_of(mark("9", "SURPLUS"), 1, 1_001)])
    writer.commit()
    writer.close()
    Office(database).delivers(says(mark("2", "CHANGED")), digest="later")
    result = verify(database, engine)
    assert not result.consistent
    assert result.records == 3
    assert sorted(result.problems) == [
        "sg-tm-1 version 1 is not in the index",
        "sg-tm-2 version 1 is in the index and not in the register",
        "sg-tm-2 version 2 is not in the index",
        "sg-tm-9 version 1 is in the index and not in the register",
    ]


def test_at_most_a_hundred_problems_are_named_and_all_are_counted(database: Database, engine: Engine) -> None:
    Office(database).delivers(*(says(mark(f"{n}", "NAME"), number=n) for n in range(1, 131)))
    result = verify(database, engine)
    assert len(result.problems) == 100
    assert result.wrong == 130
