"""The ledger of coverage: exact for what it has followed, whatever happened in between."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from register.coverage import Place, Sequences, multirange
from register.model import Publication, Right, Status
from register.statement import Statement
from register.store.authority import Listed, replace_authority
from register.store.coverage import CoverageLedger
from register.store.coverage_reading import (
    Gaps,
    coverage_summary,
    gaps_by_year,
    missing_numbers,
    unmapped_words,
)
from tests.register.store.delivering import Office, mark, of_right, patent, says


def _place(_: Right, number: str) -> Place | None:
    """Numbers such as 2021/5, or A2021/5 of a series apart."""
    series = "A" if number.startswith("A") else ""
    year, mark_, serial = number.removeprefix("A").partition("/")
    return Place(int(year), series, int(serial)) if mark_ else None


def ledger(
    office: Office, place: Callable[[Right, str], Place | None] = _place, rule: str = "1"
) -> CoverageLedger:
    return CoverageLedger(office.database, lambda _: Sequences(rule, place))


def summary(office: Office, right: Right = "trademark") -> Gaps:
    with office.database.reading() as connection:
        return next(gaps for gaps in coverage_summary(connection) if gaps.right == right)


def ranges(office: Office) -> list[tuple[int, str, str, str, int]]:
    """Every range of missing numbers: year, series, first, last, how many."""
    with office.database.reading() as connection:
        return [
            (one.year, one.series, one.first, one.last, one.numbers)
            for year in gaps_by_year(connection, "SG")
            for one in missing_numbers(connection, "SG", year, limit=100)
        ]


def test_holes_in_the_sequence_are_missing() -> None:
    assert multirange([3, 1, 2, 7, 7]) == "{[1,4),[7,8)}"
    assert multirange([]) == "{}"


def test_the_sequence_of_a_year_has_its_holes_to_the_highest_number(office: Office) -> None:
    office.delivers(*(says(mark(f"2021/{n}")) for n in (1, 2, 5, 9)), says(mark("A2021/2")), says(mark("77")))
    office.delivers(says(mark("2020/3", filing_date=dt.date(2020, 6, 1))))
    ledger(office).catch_up()
    assert ranges(office) == [
        (2021, "", "3", "4", 2),
        (2021, "", "6", "8", 3),
        (2021, "A", "1", "1", 1),
        (2020, "", "1", "2", 2),
    ]
    found = summary(office)
    assert (found.basis, found.expected, found.held, found.missing) == ("sequence", 14, 6, 8)
    assert found.newest_filed == dt.date(2020, 6, 1)


def test_a_number_that_comes_later_or_is_deleted_is_not_missing(office: Office) -> None:
    office.delivers(says(mark("2021/1")), says(mark("2021/4")))
    kept = ledger(office)
    kept.catch_up()
    office.delivers(says(mark("2021/2")), says(mark("2021/4"), "delete"))
    kept.catch_up()
    kept.catch_up()
    assert ranges(office) == [(2021, "", "3", "3", 1)]


def test_a_sequence_of_which_next_to_nothing_is_held_does_not_count(office: Office) -> None:
    office.delivers(
        says(mark("2021/1")), says(mark("2021/900000")), says(mark("2020/1")), says(mark("2020/3"))
    )
    ledger(office).catch_up()
    with office.database.reading() as connection:
        sparse = {year.year: year.sparse for year in gaps_by_year(connection, "SG")}
    assert sparse == {2021: True, 2020: False}
    assert summary(office).missing == 1


def test_another_rule_places_all_numbers_anew(office: Office) -> None:
    office.delivers(says(mark("2021/1")), says(mark("2021/3")))
    ledger(office).catch_up()
    ledger(office, lambda _, number: Place(1999, "", int(number[-1])), "2").catch_up()
    assert ranges(office) == [(1999, "", "2", "2", 1)]


def _unknown(number: str, word: str | None = "On ice", **fields: Any) -> Statement:
    return says(mark(number, status=Status(plain="unknown", office=word), **fields))


def test_unknown_status_words_are_counted_of_the_records_held(office: Office) -> None:
    kept = ledger(office)
    office.delivers(
        _unknown("1"), _unknown("2"), _unknown("3", "Asleep"), _unknown("4", None), says(mark("5"))
    )
    kept.catch_up()

    def words() -> dict[str, int]:
        with office.database.reading() as connection:
            return {one.word: one.records for one in unmapped_words(connection, "SG").get("SG", [])}

    assert words() == {"On ice": 2, "Asleep": 1}
    office.delivers(says(mark("1")), says(mark("3"), "delete"), _unknown("5", "Asleep"))
    kept.catch_up()
    assert words() == {"On ice": 1, "Asleep": 1}
    office.delivers(_unknown("3", "Asleep"), _unknown("2", "Asleep"))
    kept.catch_up()
    assert words() == {"Asleep": 3}


def test_what_was_followed_in_steps_is_what_is_followed_at_once(office: Office) -> None:
    kept = ledger(office)
    for n in range(1, 40, 3):
        office.delivers(says(mark(f"2021/{n}")), _unknown(f"2020/{n}"), _unknown("2020/1", f"W{n}"))
        kept.step()
    kept.catch_up()
    stepwise = _all(office)
    with office.database.writing() as connection:
        for table in ("coverage", "number_series", "unmapped_status"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE coverage_state SET timepoint = 0"))
    ledger(office).catch_up()
    assert _all(office) == stepwise


def _all(office: Office) -> list[object]:
    with office.database.reading() as connection:
        return [coverage_summary(connection), gaps_by_year(connection, "SG"), unmapped_words(connection)]


def test_an_authority_file_counts_instead_of_the_sequence(office: Office) -> None:
    office.delivers(says(mark("2021/1")), says(mark("2021/5", registration_number="R 7")))
    kept = ledger(office)
    kept.catch_up()
    listed = [
        *(Listed(f"2021/{n}", year=2021) for n in (1, 2, 3)),
        Listed("2021/4", year=2021, exception="W"),
        Listed("R7", year=2022),
        Listed("2021/3", year=2021),
    ]
    (taken,) = replace_authority(office.database, "SG", "a.csv", {"trademark": listed})
    assert (taken.entries, taken.twice) == (5, 1)
    kept.catch_up()
    found = summary(office)
    assert (found.basis, found.expected, found.held, found.missing, found.excepted) == (
        "authority",
        5,
        2,
        2,
        1,
    )
    assert ranges(office) == [(2021, "", "2021/2", "2021/3", 2)]
    office.delivers(says(mark("2021/2")))
    kept.catch_up()
    assert ranges(office) == [(2021, "", "2021/3", "2021/3", 1)]
    replace_authority(office.database, "SG", "b.csv", {"trademark": [Listed("2021/1", year=2021)]})
    kept.catch_up()
    assert summary(office).missing == 0


def test_patents_are_listed_by_their_publications(office: Office) -> None:
    publication = Publication("SG", "190001", "A1")
    office.delivers(says(patent("10", publication)))
    listed = [Listed("190001", "A1", 2020), Listed("190002", "A1", 2020)]
    replace_authority(office.database, "SG", "a.csv", {"patent": listed})
    ledger(office).catch_up()
    assert (summary(office, "patent").held, summary(office, "patent").missing) == (1, 1)


def test_a_list_may_come_before_the_first_record(office: Office) -> None:
    replace_authority(office.database, "SG", "a.csv", {"design": [Listed("D1", year=2020)]})
    kept = ledger(office)
    kept.catch_up()
    assert summary(office, "design").missing == 1
    office.delivers(says(of_right("design", "D1")))
    kept.catch_up()
    assert summary(office, "design").missing == 0


@pytest.mark.parametrize("limit", [1, 2])
def test_ranges_are_given_in_pages(office: Office, limit: int) -> None:
    office.delivers(*(says(mark(f"2021/{n}")) for n in (2, 4, 6)))
    ledger(office).catch_up()
    with office.database.reading() as connection:
        (year,) = gaps_by_year(connection, "SG")
        found = [
            one.first
            for skip in range(0, 4, limit)
            for one in missing_numbers(connection, "SG", year, limit=limit, skip=skip)
        ]
    assert found == ["1", "3", "5"]
