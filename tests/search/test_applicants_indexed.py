"""What is resolved and decided of applicants is what the index, a rebuilt index and the register say."""

from collections.abc import Iterator, Mapping

import pytest

from register.model import Party, Record, Text
from register.spelling import spelling_of
from register.store.applicant_decisions import Decision, DecisionError, merge, split, undo
from register.store.applicant_reading import current_applicant, spellings_of
from register.store.applicants import applicants_of
from register.store.audit import SERVICE
from register.store.database import Database
from search.applicants.book import ApplicantBook, Met
from search.applicants.calling import so_called, suggestions
from search.applicants.preparing import all_prepared
from search.engine import Engine, Order, Term
from search.indexer import Indexer
from search.short import decode_short
from search.verify import verify
from tests.register.store.delivering import Office, mark, says


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


@pytest.fixture
def indexer(database: Database, engine: Engine) -> Iterator[Indexer]:
    made = Indexer(database, engine)
    made.drain()
    yield made
    made.close()


def by(place: int, name: str, country: str = "KR", **fields: object) -> Record:
    party = Party(name=name, country=country, **fields)  # type: ignore[arg-type]  # as the test gives them
    return mark(str(place), f"MARK {place}", applicants=(party,))


def deliver(database: Database, indexer: Indexer, *records: Record) -> None:
    Office(database).delivers(
        *(says(record, number=place) for place, record in enumerate(records, 1)), digest=repr(records)
    )
    indexer.drain()


def indexed(engine: Engine, number: int) -> str | None:
    """The applicant that a record has in the index."""
    hits = engine.reader().find(Term("id", (f"sg-tm-{number}",)), Order("filed"), 1).hits
    return decode_short(hits[0].short).applicants[0].applicant


def kept(database: Database, record: Record) -> str:
    spelling = spelling_of(record.office, record.applicants[0]).id
    return database.read(lambda connection: applicants_of(connection, [spelling]))[spelling]


NARU = (by(1, "NARUTECH Co.,Ltd."), by(2, "나루텍"), by(3, "Zephrova Inc."))


def test_spellings_in_two_scripts_are_one_in_index_and_register(
    database: Database, engine: Engine, indexer: Indexer
) -> None:
    deliver(database, indexer, *NARU)
    assert indexed(engine, 1) == indexed(engine, 2) == kept(database, NARU[1])
    assert indexed(engine, 3) == kept(database, NARU[2]) != indexed(engine, 1)
    assert verify(database, engine).consistent


def test_what_joins_later_moves_in_the_index(database: Database, engine: Engine, indexer: Indexer) -> None:
    deliver(database, indexer, by(1, "Corvale Ltd", "SG"), by(2, "Zephrova Inc", "US"))
    first = indexed(engine, 1)
    assert first != indexed(engine, 2)
    deliver(
        database, indexer, by(3, "Corvale Ltd", "SG", number="P-7"), by(4, "Zephrova Inc", "US", number="P-7")
    )
    assert {indexed(engine, number) for number in (1, 2, 3, 4)} == {first}


def test_a_party_delivered_in_two_scripts_joins_its_spellings(
    database: Database, engine: Engine, indexer: Indexer
) -> None:
    deliver(database, indexer, by(1, "Lumora Pte. Ltd.", "SG"), by(2, "璐珂洛", "SG"))
    assert indexed(engine, 1) != indexed(engine, 2)
    deliver(database, indexer, by(3, "Lumora Pte. Ltd.", "SG", names=(Text("璐珂洛", "zh"),)))
    assert indexed(engine, 1) == indexed(engine, 2) == indexed(engine, 3)


def decided(database: Database, decide: object) -> Decision:
    with database.writing() as connection:
        made: Decision = decide(connection)  # type: ignore[operator]  # a decision of the test
        return made


def test_a_merge_a_split_and_an_undo_are_seen_and_stay(
    database: Database, engine: Engine, indexer: Indexer
) -> None:
    deliver(database, indexer, *NARU)
    naru, zephrova = kept(database, NARU[0]), kept(database, NARU[2])
    merged = decided(database, lambda connection: merge(connection, naru, zephrova, by=SERVICE))
    indexer.drain()
    assert {indexed(engine, number) for number in (1, 2, 3)} == {naru}
    assert database.read(lambda connection: current_applicant(connection, zephrova)) == naru

    spelling = spelling_of("SG", NARU[1].applicants[0]).id
    apart = decided(database, lambda connection: split(connection, naru, [spelling], by=SERVICE))
    indexer.drain()
    assert indexed(engine, 2) == apart.other != naru
    indexer.rebuild()
    indexer.drain()
    assert (indexed(engine, 1), indexed(engine, 2), indexed(engine, 3)) == (naru, apart.other, naru)

    decided(database, lambda connection: undo(connection, merged.id, by=SERVICE))
    decided(database, lambda connection: undo(connection, apart.id, by=SERVICE))
    indexer.drain()
    assert (indexed(engine, 1), indexed(engine, 2), indexed(engine, 3)) == (naru, naru, zephrova)
    assert verify(database, engine).consistent


def test_decisions_hold_for_what_comes_later(database: Database, engine: Engine, indexer: Indexer) -> None:
    deliver(database, indexer, *NARU)
    naru, zephrova = kept(database, NARU[0]), kept(database, NARU[2])
    decided(database, lambda connection: merge(connection, naru, zephrova, by=SERVICE))
    spelling = spelling_of("SG", NARU[1].applicants[0]).id
    apart = decided(database, lambda connection: split(connection, naru, [spelling], by=SERVICE))
    indexer.close()
    later = Indexer(database, engine)
    deliver(database, later, by(4, "ZEPHROVA, INC."), by(5, "(주)나루텍"), by(6, "Narutech"))
    later.close()
    assert indexed(engine, 4) == indexed(engine, 6) == naru
    assert indexed(engine, 5) == apart.other


def test_what_cannot_be_decided_is_told(database: Database, indexer: Indexer) -> None:
    deliver(database, indexer, *NARU)
    naru = kept(database, NARU[0])
    spellings = [spelling_of("SG", record.applicants[0]).id for record in NARU[:2]]
    for decide in (
        lambda connection: merge(connection, naru, naru, by=SERVICE),
        lambda connection: merge(connection, naru, "ap-aaaaaaaaaaaaa", by=SERVICE),
        lambda connection: split(connection, naru, spellings, by=SERVICE),
        lambda connection: split(connection, naru, [17], by=SERVICE),
        lambda connection: undo(connection, 99, by=SERVICE),
    ):
        with pytest.raises(DecisionError):
            decided(database, decide)


def test_an_applicant_is_known_by_any_of_its_spellings(database: Database, indexer: Indexer) -> None:
    deliver(database, indexer, *NARU)
    naru = kept(database, NARU[0])
    assert database.read(lambda connection: so_called(connection, "나루텍", 5)) == [naru]
    assert database.read(lambda connection: so_called(connection, "narutech", 5)) == [naru]
    assert database.read(lambda connection: suggestions(connection, "naru", 5)) == [
        ("NARUTECH Co.,Ltd.", naru)
    ]
    assert database.read(lambda connection: suggestions(connection, "나루", 5))[0] == ("나루텍", naru)
    shown = database.read(lambda connection: spellings_of(connection, naru))
    assert {one.name for one in shown} == {"NARUTECH Co.,Ltd.", "나루텍"}
    assert all(one.why for one in shown)


def resolved(book: ApplicantBook, met: Met) -> list[Mapping[str, str]]:
    return book.resolve(met, all_prepared(met.fresh))


def test_two_processes_resolve_into_one_book(database: Database) -> None:
    one, other = ApplicantBook(database), ApplicantBook(database)
    first = resolved(one, one.meet([by(1, "NARUTECH Co.,Ltd.")]))[0]
    second = resolved(other, other.meet([by(2, "나루텍")]))[0]
    third = resolved(one, one.meet([by(3, "Narutech")]))[0]
    assert set(first.values()) == set(second.values()) == set(third.values())


def test_what_another_has_resolved_meanwhile_is_taken_as_it_is(database: Database) -> None:
    one, other = ApplicantBook(database), ApplicantBook(database)
    records = [by(1, "NARUTECH Co.,Ltd."), by(2, "Orvane Pte. Ltd.")]
    met = one.meet(records)
    theirs = resolved(other, other.meet(records))
    assert resolved(one, met) == theirs
    assert resolved(one, one.meet(records)) == theirs


def test_verify_tells_what_is_resolved_otherwise_than_it_should(
    database: Database, engine: Engine, indexer: Indexer
) -> None:
    deliver(database, indexer, *NARU)
    with database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE applicant_spelling SET applicant = 'ap-aaaaaaaaaaaaa' WHERE name LIKE 'Zeph%%'"
        )
    found = verify(database, engine)
    assert not found.consistent
    assert "should be of" in found.problems[0]
