"""Numbers of applications and documents in one form, and families by their priorities."""

import datetime as dt

import pytest

from register.model import Priority
from search.keys.documents import document_key
from search.keys.families import family_keys, priority_family
from tests.search.sample import record


@pytest.mark.parametrize(
    ("key", "office", "year", "written"),
    [
        (
            "kr2019.12345",
            "KR",
            2019,
            ("10-2019-0012345", "1020190012345", "KR20190012345", "제10-2019-0012345호"),
        ),
        ("kr2019.200012345", "KR", 2019, ("20-2019-0012345", "2020190012345")),
        ("ep2019.123456", "EP", 2019, ("19123456.7", "EP19123456", "EP20190123456", "2019123456")),
        ("us62123456", "US", 2019, ("62/123,456", "62123456", "US201962123456P", "US 62/123,456")),
        ("us2019.123456", "US", None, ("2019/0123456 A1", "20190123456", "US2019123456")),
        ("us9358892", "US", None, ("9,358,892 B2", "09358892", "US9358892B2")),
        ("usd123456", "US", None, ("D123456", "USD123456S1")),
        ("pctkr2019.12345", "WO", 2019, ("PCT/KR2019/012345", "PCT/KR19/12345", "WO2019KR12345")),
        ("wo2019.123456", "WO", None, ("2019/123456", "WO2019123456A1", "WO 2019/123456 A1")),
        ("jp2019.123456", "JP", 2019, ("2019-123456", "特願2019-123456", "JP20190123456")),
        ("jp1998.123456", "JP", None, ("特開平10-123456", "H10-123456 A")),
        ("de2019.10123456", "DE", 2019, ("10 2019 123 456.7", "102019123456.7", "DE201910123456")),
        ("gb2019.12345", "GB", 2019, ("1912345.6", "GB20190012345")),
        ("cn2019.10123456", "CN", 2019, ("201910123456.7", "CN201910123456", "2019101234567")),
        ("tw2019.123456", "TW", 2019, ("108123456",)),
        ("kr101944113", "KR", None, ("10-1944113-0000", "1019441130000", "101944113 B1")),
    ],
)
def test_a_number_is_one_however_it_is_written(
    key: str, office: str, year: int | None, written: tuple[str, ...]
) -> None:
    assert {document_key(office, number, year) for number in written} == {key}
    assert document_key(None, key) == key


@pytest.mark.parametrize(
    ("office", "number"), [("KR", None), ("KR", ""), (None, "123456"), ("KR", "none"), ("KR", "9" * 99)]
)
def test_what_names_no_document_has_no_form(office: str | None, number: str | None) -> None:
    assert document_key(office, number) is None


def test_a_first_filing_is_its_own_priority() -> None:
    first = record("KR", "10-2019-0012345", "A", right="patent", filed="2019-01-30")
    claim = Priority("KR", "KR20190012345", dt.date(2019, 1, 30))
    later = record("US", "16123456", "B", right="patent", filed="2020-01-29", priorities=(claim,))
    assert priority_family(first) == priority_family(later)


def test_a_family_is_the_whole_set_of_priorities_in_any_order() -> None:
    one, other = Priority("KR", "10-2019-0000001"), Priority("US", "62/123,456")
    both = record("US", "1", "A", right="patent", priorities=(one, other))
    swapped = record("EP", "2", "B", right="patent", priorities=(other, one))
    alone = record("JP", "3", "C", right="patent", priorities=(one,))
    assert priority_family(both) == priority_family(swapped) != priority_family(alone)


def test_a_claim_without_a_number_decides_on_no_family() -> None:
    assert priority_family(record("US", "1", "A", right="patent", priorities=(Priority("KR"),))) is None


def test_the_national_part_of_an_international_application_is_of_its_family() -> None:
    claim = Priority("WO", "PCT/KR2019/012345")
    national = record("US", "1", "A", right="patent", international_number="PCT/KR2019/012345")
    assert priority_family(national) == priority_family(
        record("EP", "2", "B", right="patent", priorities=(claim,))
    )


def test_marks_have_no_family() -> None:
    assert family_keys(record("SG", "1", "A", family="123")) == ()
