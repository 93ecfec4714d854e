"""Years, series and serial numbers within the numbers of offices."""

import datetime as dt

import pytest

from ingest.number_series import sequences_of, year_meant
from register.coverage import Place
from register.model import Right


@pytest.mark.parametrize(
    ("office", "right", "number", "place"),
    [
        ("SG", "trademark", "40202101321Q", Place(2021, "", 1321)),
        ("SG", "trademark", "T0612345B", Place(2006, "T", 12345)),
        ("SG", "patent", "10202000492Q", Place(2020, "10", 492)),
        ("TH", "trademark", "190123456", Place(2019, "", 123456)),
        ("TH", "trademark", "2560/3420", Place(2017, "", 3420)),
        ("KR", "trademark", "4020200001234", Place(2020, "40", 1234)),
        ("KR", "patent", "10-2020-0001234", Place(2020, "", 1234)),
        ("VN", "trademark", "VN-4-2021-12345", Place(2021, "", 12345)),
        ("PH", "design", "3/2020/000123", Place(2020, "", 123)),
        ("MY", "trademark", "TM2021001234", Place(2021, "", 1234)),
        ("JP", "trademark", "2021-123456", Place(2021, "", 123456)),
        ("US", "trademark", "97123456", None),
        ("SG", "trademark", "40990001321Q", None),
    ],
)
def test_a_number_has_a_place_in_its_offices_sequence(
    office: str, right: Right, number: str, place: Place | None
) -> None:
    assert sequences_of(office).place(right, number) == place


def test_years_of_two_digits_and_of_the_buddhist_era_are_understood() -> None:
    today = dt.date(2026, 11, 25)
    told = {
        year: year_meant(year, today) for year in ("26", "27", "28", "99", "2567", "1999", "2030", "0000")
    }
    assert told == {
        "26": 2026, "27": 2027, "28": 1928, "99": 1999, "2567": 2024, "1999": 1999, "2030": None, "0000": None
    }  # fmt: skip
