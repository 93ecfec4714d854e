"""The index follows the register, whatever happens to the process that writes it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from register.model import Party, Record
from register.store.changes import last_timepoint
from register.store.database import Database
from register.store.index_states import mark_reached, reached
from register.store.migrate import upgrade
from search.beside import Beside
from search.documents import encoded_documents_of
from search.engine import Engine, Everything, Order, Term, Writer
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer, RebuildError, is_caught_up, leading
from search.verify import verify
from tests.register.store.delivering import Office, mark, says


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def indexer(database: Database, engine: Engine) -> Iterator[Indexer]:
    made = Indexer(database, engine)
    yield made
    made.close()


def holding(engine: Engine, text: str) -> int:
    return engine.reader().count(Term("key", (text,)))


def test_an_empty_register_has_an_empty_index(database: Database, engine: Engine, indexer: Indexer) -> None:
    assert indexer.drain() == (0, 0)
    assert engine.reader().count(Everything()) == 0
    assert is_caught_up(database, engine, 0)
    assert verify(database, engine).consistent


def test_what_is_delivered_is_found_and_what_changes_is_followed(
    database: Database, engine: Engine, indexer: Indexer, office: Office
) -> None:
    indexer.drain()
    office.delivers(says(mark("1", "STEIGER")), says(mark("2", "UNITEL"), number=2))
    assert not is_caught_up(database, engine, database.read(last_timepoint))
    assert indexer.drain().changes == 2
    assert is_caught_up(database, engine, database.read(last_timepoint))
    assert (holding(engine, "steiger"), holding(engine, "unitel")) == (1, 1)
    office.delivers(says(mark("1", "STAIGER")), says(mark("2", "UNITEL"), "delete", number=2))
    assert indexer.drain().changes == 2
    assert (holding(engine, "steiger"), holding(engine, "staiger"), holding(engine, "unitel")) == (0, 1, 0)
    assert verify(database, engine).consistent
    assert indexer.drain().changes == 0


def test_a_lost_checkpoint_is_harmless(
    database: Database, engine: Engine, indexer: Indexer, office: Office
) -> None:
    office.delivers(*(says(mark(f"{n}", f"NAME {n}"), number=n) for n in range(1, 30)))
    indexer.drain()
    live = engine.live()
    assert live is not None
    with database.writing() as connection:
        mark_reached(connection, live, 0)
    indexer.drain()
    assert engine.reader().count(Everything()) == 29
    assert verify(database, engine).consistent


def test_one_process_leads_at_a_time(database: Database) -> None:
    with leading(database) as first:
        assert first
        with leading(database) as second:
            assert not second
    with leading(database) as again:
        assert again


def test_a_rebuilt_index_holds_the_same_and_takes_its_place(
    database: Database, engine: Engine, indexer: Indexer, office: Office
) -> None:
    office.delivers(*(says(mark(f"{n}", f"NAME {n}"), number=n) for n in range(1, 40)))
    office.delivers(says(mark("7"), "delete"))
    indexer.drain()
    before = engine.live()
    reader = engine.reader()
    told: list[int] = []
    name = indexer.rebuild(told.append)
    assert engine.live() == name != before
    assert reader.count(Everything()) == 38
    assert told[-1] == 39
    assert verify(database, engine).consistent
    assert database.read(lambda connection: reached(connection, name)) == database.read(last_timepoint)


def test_the_index_before_is_kept_and_older_ones_are_dropped(
    database: Database, engine: Engine, indexer: Indexer, office: Office
) -> None:
    office.delivers(says(mark("1", "STEIGER")))
    names = [indexer.rebuild() for _ in range(3)]
    assert engine.names() == names[1:]


def test_a_half_made_index_is_dropped_by_the_next_rebuild(
    database: Database, engine: Engine, indexer: Indexer, office: Office
) -> None:
    office.delivers(says(mark("1", "STEIGER")))
    live = indexer.rebuild()
    half = engine.create()
    assert engine.live() == live
    name = indexer.rebuild()
    assert half not in engine.names()
    assert engine.live() == name


def _lose(writer: Writer, begun: object) -> None:
    """Writes nothing."""


def test_an_index_that_lacks_records_is_never_made_live(
    database: Database, engine: Engine, indexer: Indexer, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.delivers(*(says(mark(f"{n}", f"NAME {n}"), number=n) for n in range(1, 5)))
    live = indexer.rebuild()
    monkeypatch.setattr("search.filling._write", _lose)
    with pytest.raises(RebuildError, match="holds 0 records, the register 4"):
        indexer.rebuild()
    assert engine.live() == live
    assert engine.reader().count(Everything()) == 4


def test_an_index_with_the_fields_of_another_version_is_built_anew(
    database: Database, engine: Engine, indexer: Indexer, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.delivers(says(mark("1", "STEIGER")))
    indexer.drain()
    before = engine.live()
    monkeypatch.setattr("search.indexer.SCHEMA_VERSION", "another")
    assert indexer.ensure_live() == engine.live() != before
    assert holding(engine, "steiger") == 1


DRAIN = """
import sys
from pathlib import Path
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
import search.filling as filling
import search.indexer as indexing
filling.BATCH, filling._WORTH_A_PROCESS, indexing._COMMIT_DOCUMENTS = 40, 80, 120
database = Database(sys.argv[1])
indexer = indexing.Indexer(database, TantivyEngine(Path(sys.argv[2])))
print("begun", flush=True)
getattr(indexer, sys.argv[3])()
"""


def test_what_is_made_in_another_process_is_what_is_made_here(
    database: Database, engine: Engine, indexer: Indexer, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.delivers(
        *(says(by(f"{n}", f"Torvane {n % 50} Ltd."), number=n) for n in range(1, 200)),
        says(mark("7"), "delete", number=200),
    )
    monkeypatch.setattr("search.filling.BATCH", 20)
    indexer.drain()
    here = everything(engine)
    begun: list[object] = []

    def begin(beside: Beside, work: Callable[[Any], Any], given: object) -> Callable[[], Any]:
        begun.append(work)
        return _begin(beside, work, given)

    monkeypatch.setattr("search.filling._WORTH_A_PROCESS", 0)
    monkeypatch.setattr("search.beside.Beside.begin", begin)
    indexer.rebuild()
    assert encoded_documents_of in begun
    assert everything(engine) == here
    assert verify(database, engine).consistent


_begin = Beside.begin


def by(number: str, applicant: str) -> Record:
    return mark(number, f"NAME {number}", applicants=(Party(applicant, country="SG"),))


def everything(engine: Engine) -> list[tuple[str, bytes]]:
    """Every document's id and short form."""
    hits = engine.reader().find(Everything(), Order("timepoint", descending=False), 1000, None).hits
    return [(hit.id, hit.short) for hit in hits]


@pytest.mark.parametrize("work", ["drain", "rebuild"])
def test_a_kill_at_any_moment_ends_like_a_run_without_it(
    database: Database,
    fresh_database_url: str,
    office: Office,
    embedded: TantivyEngine,
    tmp_path: Path,
    work: str,
) -> None:
    draw = random.Random(work)
    for turn in range(4):
        office.delivers(
            *(says(mark(f"{n}", f"NAME {n} {turn}"), number=n) for n in range(1, 400)),
            says(mark(f"{turn + 1}"), "delete", number=400),
        )
        command = [sys.executable, "-c", DRAIN, fresh_database_url, str(tmp_path / "index"), work]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert process.stdout is not None
        with process.stdout as said:
            said.readline()
            time.sleep(draw.uniform(0, 0.4))
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
    indexer = Indexer(database, embedded)
    indexer.drain()
    indexer.close()
    result = verify(database, embedded)
    assert result.problems == []
    assert result.records == embedded.reader().count(Everything()) == 398


def test_a_process_that_leads_does_not_hold_a_migration_up(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    with leading(database) as lead:
        assert lead
        upgrade(empty_database_url)
    database.close()
