"""Families and citations over an index, on both engines."""

from collections.abc import Collection

import pytest

from register.model import Citation, Priority, Publication, Record
from search.engine import Engine
from search.relations import citations_of, cited_by, family_of
from tests.search.sample import filled, record

FIRST = record(
    "KR", "10-2019-0012345", "First", right="patent", filed="2019-01-30", publication_number="1020190099999"
)
CLAIM = Priority("KR", "KR20190012345")
SECOND = record(
    "US",
    "16123456",
    "Second",
    right="patent",
    filed="2020-01-29",
    priorities=(CLAIM,),
    registration_number="9,358,892",
)
THIRD = record(
    "EP", "20123456.7", "Third", right="patent", filed="2020-01-30", priorities=(CLAIM,), family="777"
)
FOURTH = record("JP", "2020-1", "Fourth", right="patent", filed="2020-02-01", family="777")
OTHER_ID = record(
    "CN", "202010000001.2", "Other id", right="patent", filed="2020-02-02", priorities=(CLAIM,), family="888"
)
TWO = record(
    "TW",
    "109000001",
    "Two claims",
    right="patent",
    filed="2020-02-03",
    priorities=(CLAIM, Priority("US", "62/1")),
)
CITING = record(
    "US",
    "17000001",
    "Citing",
    right="patent",
    filed="2021-05-01",
    citations=(
        Citation("US", "US9358892B2", "B2", by="examiner"),
        Citation(text="A book"),
        Citation("JP", "H10-1"),
    ),
    publications=(Publication("US", "2022/0000001", "A1"),),
)
ALSO = record(
    "SG",
    "10202200001A",
    "Also",
    right="patent",
    filed="2022-05-01",
    citations=(Citation("KR", "10-2019-0099999"), Citation("US", "9358892")),
)
ITSELF = record(
    "US",
    "18000001",
    "Itself",
    right="patent",
    registration_number="11000001",
    citations=(Citation("US", "11000001"),),
)
RECORDS = (FIRST, SECOND, THIRD, FOURTH, OTHER_ID, TWO, CITING, ALSO, ITSELF)
BY_ID = {one.id: one for one in RECORDS}


def held(ids: Collection[str]) -> dict[str, Record]:
    return {identity: BY_ID[identity] for identity in ids}


def titles(engine: Engine, of: Record) -> list[tuple[str | None, str]]:
    found = family_of(engine.reader(), of, held)
    assert found.whole
    return [(BY_ID[one.hit.id].title, one.basis) for one in found.members]


def test_members_with_the_same_priorities_or_the_same_id(engine: Engine) -> None:
    filled(engine, (FIRST, SECOND, THIRD, FOURTH, TWO))
    expected = [
        ("First", "priorities"),
        ("Second", "priorities"),
        ("Third", "delivered"),
        ("Fourth", "delivered"),
    ]
    for one in (FIRST, SECOND, THIRD, FOURTH):
        assert titles(engine, one) == expected
    assert titles(engine, TWO) == [("Two claims", "priorities")]


def test_two_ids_are_never_one_family(engine: Engine) -> None:
    filled(engine, RECORDS)
    assert ("Other id", "delivered") not in titles(engine, THIRD)
    assert ("Third", "delivered") not in titles(engine, OTHER_ID)
    assert ("First", "priorities") in titles(engine, OTHER_ID)


def test_a_family_without_an_id_is_by_priorities(engine: Engine) -> None:
    filled(engine, (FIRST, SECOND, TWO))
    assert titles(engine, SECOND) == [("First", "priorities"), ("Second", "priorities")]
    assert family_of(engine.reader(), SECOND, held).priorities == ("kr2019.12345",)


def test_citations_lead_to_the_records_held(engine: Engine) -> None:
    filled(engine, RECORDS)
    first, book, absent = citations_of(engine.reader(), CITING, held)
    assert [hit.id for hit in first.hits] == [SECOND.id]
    assert (book.citation.text, list(book.hits), list(absent.hits)) == ("A book", [], [])
    assert [hit.id for one in citations_of(engine.reader(), ALSO, held) for hit in one.hits] == [
        FIRST.id,
        SECOND.id,
    ]


@pytest.mark.parametrize(
    ("of", "by"), [(SECOND, [ALSO, CITING]), (FIRST, [ALSO]), (CITING, []), (ITSELF, [])]
)
def test_what_cites_a_record_is_told_newest_first(engine: Engine, of: Record, by: list[Record]) -> None:
    filled(engine, RECORDS)
    found = cited_by(engine.reader(), of, 10)
    assert [hit.id for hit in found.hits] == [one.id for one in by]
    assert found.total == len(by)
