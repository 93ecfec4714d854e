"""A right is found by its id in any spelling, with its history and its source."""

import datetime as dt

import pytest
from sqlalchemy import text

from register.model import Record
from register.store.blocks import Place
from register.store.database import Database
from register.store.feeds import note_file
from register.store.reading import (
    Several,
    as_on,
    find_record,
    find_records,
    find_source,
    history,
    sources_of_feed,
    spellings,
)
from register.store.upsert import Upsert
from register.store.versions import Version
from tests.register.store.delivering import Office, mark, of_right, rejects, says


def found(database: Database, asked: str) -> Version | Several | None:
    with database.reading() as connection:
        return find_record(connection, asked)


def design(identifier: str | None) -> Record:
    return of_right("design", "30-2021-0059920", office="KR", design_number=identifier)


def test_a_right_is_found_by_its_id_with_where_it_came_from(office: Office) -> None:
    feed = office.begin()
    said = says(mark("1", "ALPHA"), number=7, file="a.zip/b.xml")._replace(line=70, offset=7000)
    Upsert(office.database, feed).apply([rejects(number=6), said])
    version = found(office.database, "sg-tm-1")
    assert isinstance(version, Version)
    assert version.record == mark("1", "ALPHA")
    where = version.provenance
    assert (where.feed, where.file, where.record, where.line, where.offset) == (
        feed.id,
        "a.zip/b.xml",
        7,
        70,
        7000,
    )
    assert (where.format, where.mapping) == ("jsonl", "1")
    assert dt.datetime.fromisoformat(where.received) == feed.received_at
    assert version.changed_at >= feed.received_at


def test_the_files_of_an_archive_may_have_formats_of_their_own(office: Office) -> None:
    feed = office.begin(format_name=None)
    with office.database.writing() as connection:
        note_file(connection, feed.id, "a.zip/b.xml", format_name="st66")
        note_file(connection, feed.id, "a.zip/c.jsonl", format_name="jsonl")
    upsert = Upsert(office.database, feed)
    upsert.apply([says(mark("1"), file="a.zip/b.xml"), says(mark("2"), file="a.zip/c.jsonl")])
    assert office.held("sg-tm-1").provenance.format == "st66"
    assert office.held("sg-tm-2").provenance.format == "jsonl"


@pytest.mark.parametrize(
    "asked",
    [
        "sg-tm-40202001321q",
        "SG-TM-40202001321Q",
        "sg-tm-40-2020-01321Q",
        "SG/TM/40 2020 01321 q",
        "ＳＧ-ＴＭ-40202001321Q",
    ],
)
def test_an_id_is_found_in_another_case_and_with_other_punctuation(office: Office, asked: str) -> None:
    office.delivers(says(mark("40202001321Q")))
    version = found(office.database, asked)
    assert isinstance(version, Version)
    assert version.id == "sg-tm-40202001321q"


@pytest.mark.parametrize(
    "asked", ["sg-tm-2", "sg-xx-1", "nothing", "", "sg-tm-", "sg-tm-\0", "x" * 5000, "sg-tm-%"]
)
def test_what_is_no_id_of_a_right_held_is_not_found(office: Office, asked: str) -> None:
    office.delivers(says(mark("1")))
    assert found(office.database, asked) is None


@pytest.mark.parametrize(
    "asked",
    [
        "kr-ds-3020210059920",
        "KR-DS-30-2021-0059920",
        "kr-ds-3020210059920-M001",
        "KR-DS-30-2021-0059920 M001",
    ],
)
def test_the_only_design_of_an_application_is_found_by_the_application(office: Office, asked: str) -> None:
    office.delivers(says(design("M001")))
    version = found(office.database, asked)
    assert isinstance(version, Version)
    assert version.id == "kr-ds-3020210059920-m001"


def test_of_an_application_with_several_designs_all_ids_are_given(office: Office) -> None:
    office.delivers(
        says(design("M001")), says(design("M002")), says(design("M003")), says(design("M003"), "delete")
    )
    several = found(office.database, "KR-DS-30-2021-0059920")
    assert several == Several(("kr-ds-3020210059920-m001", "kr-ds-3020210059920-m002"))


def test_a_design_without_an_identifier_is_meant_before_those_with_one(office: Office) -> None:
    office.delivers(says(design("M001")), says(design(None)))
    version = found(office.database, "KR-DS-3020210059920")
    assert isinstance(version, Version)
    assert version.id == "kr-ds-3020210059920"


def test_a_longer_number_is_not_taken_for_a_design_of_a_shorter(office: Office) -> None:
    office.delivers(says(of_right("design", "12", design_number="3")), says(of_right("design", "1234")))
    assert isinstance(version := found(office.database, "sg-ds-12"), Version)
    assert version.id == "sg-ds-12-3"


def test_a_mark_has_one_spelling_only() -> None:
    assert spellings("SG-TM-1/2") == ["sg-tm-12"]
    assert spellings("sg-ds-123") == ["sg-ds-123", "sg-ds-12-3", "sg-ds-1-23"]


def test_several_are_found_at_once_and_missing_ones_left_out(office: Office) -> None:
    office.delivers(says(mark("1")), says(mark("2")))
    with office.database.reading() as connection:
        assert sorted(find_records(connection, ["sg-tm-1", "sg-tm-2", "sg-tm-3"])) == ["sg-tm-1", "sg-tm-2"]
        assert find_records(connection, []) == {}


def test_the_history_has_every_version_oldest_first(office: Office) -> None:
    office.delivers(says(mark("1", "A")))
    office.delivers(says(mark("1", "B")), says(mark("2")), says(mark("1"), "delete"))
    with office.database.reading() as connection:
        versions = history(connection, "sg-tm-1")
        assert history(connection, "sg-tm-9") == []
    assert [(held.version, held.operation, held.record) for held in versions] == [
        (1, "insert", mark("1", "A")),
        (2, "update", mark("1", "B")),
        (3, "delete", mark("1", "B")),
    ]
    assert [held.timepoint for held in versions] == sorted(held.timepoint for held in versions)
    assert versions[0].provenance.feed < versions[1].provenance.feed == versions[2].provenance.feed


def test_on_a_date_the_register_held_the_version_of_that_date_or_else_the_first(office: Office) -> None:
    for day, name in ((1, "A"), (10, "B"), (20, "C")):
        office.delivers(says(mark("1", name)))
        with office.database.writing() as connection:
            connection.execute(
                text(
                    "UPDATE source_block SET changed_at = :day WHERE id = (SELECT max(id) FROM source_block)"
                ),
                {"day": dt.datetime(2024, 1, day, 23, 59, 59, tzinfo=dt.UTC)},
            )
    with office.database.reading() as connection:
        for asked, name in (
            ("2023-12-31", "A"),
            ("2024-01-01", "A"),
            ("2024-01-09", "A"),
            ("2024-01-10", "B"),
            ("2030-01-01", "C"),
        ):
            version = as_on(connection, "sg-tm-1", dt.date.fromisoformat(asked))
            assert version is not None
            assert version.record == mark("1", name), asked
        assert as_on(connection, "sg-tm-9", dt.date(2024, 1, 1)) is None


def test_the_source_of_every_version_is_given_back_byte_for_byte(office: Office) -> None:
    office.delivers(says(mark("1", "A"), source=b"<one/>"), says(mark("2"), source=b"\xff\0"))
    office.delivers(says(mark("1", "B"), source=b"<two/>", number=5, file="two.xml"))
    with office.database.reading() as connection:
        first = find_source(connection, "sg-tm-1", 1)
        second = find_source(connection, "sg-tm-1", 2)
        other = find_source(connection, "sg-tm-2", 1)
        assert find_source(connection, "sg-tm-1", 3) is None
    assert first is not None
    assert other is not None
    assert (first.data, other.data) == (b"<one/>", b"\xff\0")
    assert second is not None
    assert (second.data, second.place) == (b"<two/>", Place("two.xml", 5, 5, None))


def test_sources_larger_than_a_block_are_kept_too(office: Office) -> None:
    sources = [bytes([n]) * 700_000 for n in range(5)]
    feed = office.begin()
    upsert = Upsert(office.database, feed)
    upsert.apply([says(mark(str(n)), source=source, number=n) for n, source in enumerate(sources)])
    with office.database.reading() as connection:
        kept = list(sources_of_feed(connection, feed.id))
        last = find_source(connection, "sg-tm-4", 1)
    assert [held.data for held in kept] == sources
    assert [held.place.number for held in kept] == [0, 1, 2, 3, 4]
    assert last is not None
    assert last.data == sources[4]


def test_a_source_that_differs_is_kept_though_its_content_is_the_same(office: Office) -> None:
    office.delivers(says(mark("1"), source=b"<a/>"))
    feed = office.begin()
    again = says(mark("1"), source=b"<a unread='x'/>")
    Upsert(office.database, feed).apply([again])
    office.delivers(again)
    with office.database.reading() as connection:
        assert [held.data for held in sources_of_feed(connection, feed.id)] == [again.source]
        assert not list(sources_of_feed(connection, feed.id + 1))
    assert office.held().version == 1
