"""Numbers are found in any form that people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keys.numbers import as_identity, number_keys, number_query


@pytest.mark.parametrize(
    ("delivered", "typed"),
    [
        ("40202001321Q", "40-2020-1321Q"),
        ("40202001321Q", "40 2020 01321 Q"),
        ("40202001321Q", "40202001321"),
        ("40202001321Q", "SG 40202001321Q"),
        ("1504436", "TH 1504436"),
        ("4-2020-012345", "4-2020-12345"),
        ("42020012345", "4-2020-12345"),
        ("4/1981/00000115", "4-1981-115"),
        ("4003600590000", "40-0360059"),
        ("4003600590000", "제40-0360059호"),
        ("1020200012345", "KR10-2020-0012345"),
        ("1020200012345", "10-2020-0012345"),
        ("9358892", "US 9,358,892 B2"),
        ("09358892", "US9358892"),
        ("10167109", "EP10167109.1"),
        ("10167109", "EP 10 167 109"),
        ("10167109", "EP101671091"),
        ("2022259205", "WO 2022/259205"),
        ("WO2022259205", "WO 2022/259205 A1"),
        ("WO2003012345", "WO 03/012345"),
        ("DID2017000184", "DID2017000184"),
        ("DID2017000184", "2017000184"),
        ("D002014030000", "D00 2014 030000"),
        ("TM2020001234", "MY TM2020001234"),
        ("2017/3420", "2017/003420"),
        ("2017/3420", "20173420"),
        ("KH/673426/M", "673426"),
        ("W00928475", "928475"),
        ("004247823-0001", "004247823-0001"),
        ("15123456", "15/123,456"),
        ("VN/4-2012-12345", "4-2012-12345"),
        ("1900-62281", "1900-62281"),
        ("250000001", "Application No. 250000001"),
        ("２５０００", "25000"),
    ],
)
def test_a_number_delivered_meets_the_number_typed(delivered: str, typed: str) -> None:
    query = number_query(typed)
    assert query is not None
    assert query.sure
    assert set(query.keys) & set(number_keys(delivered))


@pytest.mark.parametrize(
    "text", ["coffee", "7UP", "3M", "iPhone 15", "X1R", "20 things to do in 2024", "สยาม 2000", "", "+++"]
)
def test_a_name_is_no_number(text: str) -> None:
    assert number_query(text) is None


@pytest.mark.parametrize("text", ["501", "4711", "7-11", "1664"])
def test_a_short_number_may_be_a_name(text: str) -> None:
    query = number_query(text)
    assert query is not None
    assert not query.sure


def test_the_office_before_a_number_is_told() -> None:
    for typed, office in (
        ("TH 1504436", "TH"),
        ("EP10167109.1", "EP"),
        ("EU 004247823", "EM"),
        ("40202001321Q", None),
    ):
        query = number_query(typed)
        assert query is not None
        assert query.office == office


@pytest.mark.parametrize("text", ["sg-tm-40202001321q", "KR-DS-3020210059920-M001"])
def test_an_identity_is_known(text: str) -> None:
    assert as_identity(text) == text.lower()


@pytest.mark.parametrize("text", ["sg-tm", "qq-tm-1", "sg-zz-1", "a-b-c", "40-2020-1321Q", "sg-tm-1-2-3"])
def test_what_is_no_identity(text: str) -> None:
    assert as_identity(text) is None


@given(st.text(max_size=80))
def test_keys_are_few_and_never_blank(text: str) -> None:
    keys = number_keys(text)
    assert len(keys) <= 8
    assert all(keys)
    assert len(set(keys)) == len(keys)


@given(
    st.integers(1, 99),
    st.integers(1990, 2030),
    st.integers(1, 9_999_999),
    st.sampled_from(["-", "/", " ", ""]),
)
def test_leading_zeros_of_the_serial_do_not_matter(kind: int, year: int, serial: int, between: str) -> None:
    padded = f"{kind}{between}{year}{between}{serial:07d}"
    plain = f"{kind}-{year}-{serial}"
    assert set(number_keys(padded)) & set(number_keys(plain))
