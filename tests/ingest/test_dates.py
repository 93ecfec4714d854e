import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import FORMS, ImpossibleDateError, date_reader

READ = date_reader()


@pytest.mark.parametrize(
    "value",
    [
        "2024-01-31",
        "20240131",
        "2024-01-31T00:00:00Z",
        "2024-01-31T23:59:59.123+09:00",
        "2024-01-31 00:00:00.0",
        "2024-01-31-05:00",
        "2024-01-31Z",
        "202401312359",
        "20240131235959",
        "  2024-01-31\n",
    ],
)
def test_the_day_is_read_as_written(value: str) -> None:
    assert READ(value) == dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "-",
        "0",
        "00000000",
        "0000-00-00",
        "  /  /  ",
        "0000-00-00T00:00:00",
        "null",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_no_date_is_none(value: str) -> None:
    assert READ(value) is None


@pytest.mark.parametrize("value", ["18790000", "18790400", "1879-00-00", "2014-06-00", "2014-06"])
def test_a_partial_date_is_none(value: str) -> None:
    assert READ(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "2024-13-45",
        "20230230",
        "2023-02-29",
        "10101",
        "2024",
        "2020-10-",
        "17991231",
        "22010101",
        "2567-01-31",
        "31/01/2024",
        "abc",
        "2024-01-31x",
    ],
)
def test_an_impossible_date_is_an_error_with_the_value_and_the_reason(value: str) -> None:
    with pytest.raises(ImpossibleDateError) as error:
        READ(value)
    assert error.value.value == value
    assert error.value.why


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("DD-MM-YYYY", "31-01-2024"),
        ("DD/MM/YYYY", "31/1/2024"),
        ("DD.MM.YYYY", "31.01.2024"),
        ("MM/DD/YYYY", "1/31/2024"),
        ("YYYY/MM/DD", "2024/01/31"),
        ("YYYY.MM.DD", "2024.01.31"),
        ("DD/MM/YYYY", "31/01/2024 00:00:00"),
    ],
)
def test_a_further_form_is_read_where_it_is_allowed_and_only_there(form: str, value: str) -> None:
    allowed = next(known for known in FORMS if known == form)
    assert date_reader((allowed,))(value) == dt.date(2024, 1, 31)
    with pytest.raises(ImpossibleDateError):
        READ(value)


def test_the_buddhist_era_is_read_where_the_office_uses_it() -> None:
    read = date_reader(("DD/MM/YYYY",), buddhist_era=True)
    assert read("2567-02-29") == dt.date(2024, 2, 29)
    assert read("31/01/2567") == dt.date(2024, 1, 31)
    assert read("2024-01-31") == dt.date(2024, 1, 31)


def test_thai_digits_are_digits() -> None:
    assert date_reader(buddhist_era=True)("๒๕๖๗-๐๑-๓๑") == dt.date(2024, 1, 31)


def test_a_malformed_date_is_absent_where_the_office_is_known_for_them() -> None:
    read = date_reader(malformed_is_absent=True)
    assert read("10101") is None
    assert read("2024-13-45") is None
    assert read("20240131") == dt.date(2024, 1, 31)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)))
def test_every_day_of_four_centuries_is_read_in_both_common_forms(day: dt.date) -> None:
    assert READ(day.isoformat()) == day
    assert READ(day.strftime("%Y%m%d")) == day
    assert READ(f"{day.isoformat()}T12:00:00-04:00") == day


@given(st.dates(dt.date(1860, 1, 1), dt.date(2150, 12, 31)))
def test_every_day_of_the_buddhist_era_is_543_years_earlier(day: dt.date) -> None:
    assert date_reader(buddhist_era=True)(f"{day.year + 543}{day:%m%d}") == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_of_the_bounds_or_none_or_the_one_error(value: str) -> None:
    try:
        day = READ(value)
    except ImpossibleDateError:
        return
    assert day is None or 1800 <= day.year <= 2200
