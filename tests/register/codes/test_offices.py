from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes import offices

CODES = offices.codes()


def test_a_code_has_the_name_of_st3() -> None:
    assert offices.office_name("KH") == "Cambodia"
    assert offices.office_name("EM") == "European Union Intellectual Property Office (EUIPO)"


def test_an_unknown_code_is_its_own_name() -> None:
    assert offices.office_name("ZZ") == "ZZ"
    assert offices.office("ZZ") is None


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_name(code: str) -> None:
    assert offices.is_st3(code)
    assert offices.office_name(code) != code


def test_codes_no_longer_in_use_are_known_as_such() -> None:
    soviet = offices.office("SU")
    assert soviet is not None
    assert soviet.kind == "former"
    assert soviet.iso3 == "SUN"


def test_lower_case_is_no_st3_code() -> None:
    assert not offices.is_st3("kr")


def test_states_have_an_iso_code_and_organisations_none() -> None:
    assert offices.iso3("TH") == "THA"
    assert offices.iso3("EP") is None
    assert offices.iso3("ZZ") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kr", "KR"),
        (" VN ", "VN"),
        ("KOR", "KR"),
        ("Republic of Korea", "KR"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("대한민국", "KR"),
        ("UNITED STATES OF AMERICA", "US"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Lao PDR", "LA"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("Cote d'Ivoire", "CI"),
        ("CÔTE D'IVOIRE", "CI"),
        ("EUIPO", "EM"),
        ("SU", "SU"),
    ],
)
def test_codes_and_names_are_read_in_any_spelling(text: str, code: str) -> None:
    assert offices.normalise_st3(text) == code


@pytest.mark.parametrize("text", ["", " ", "ZZ", "Atlantis", "-", "K"])
def test_what_is_no_country_is_none(text: str) -> None:
    assert offices.normalise_st3(text) is None


@pytest.mark.parametrize("code", CODES)
def test_a_code_and_its_name_mean_the_code(code: str) -> None:
    found = offices.office(code)
    assert found is not None
    assert offices.normalise_st3(code) == code
    if found.kind != "former":
        assert offices.normalise_st3(found.name) == code
        if found.iso3 is not None:
            assert offices.normalise_st3(found.iso3) == code


@given(st.text(max_size=12))
def test_a_country_read_twice_is_the_same(text: str) -> None:
    code = offices.normalise_st3(text)
    assert code is None or offices.normalise_st3(code) == code


def test_asean_has_eleven_members() -> None:
    assert offices.asean() == ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN")
    assert offices.is_asean("TL")
    assert not offices.is_asean("KR")
    assert not offices.is_asean("ZZ")


@pytest.mark.parametrize(
    ("organisation", "count"),
    [("EM", 27), ("EP", 39), ("BX", 3), ("OA", 17), ("AP", 20), ("EA", 8), ("GC", 6)],
)
def test_an_organisation_has_its_members(organisation: str, count: int) -> None:
    assert len(offices.members(organisation)) == count


def test_every_organisation_and_member_is_a_code_of_st3() -> None:
    for organisation in offices.organisations():
        assert offices.is_st3(organisation)
        assert all(offices.is_st3(member) for member in offices.members(organisation))


def test_members_are_those_of_the_day() -> None:
    assert "GB" in offices.members("EM", date(2020, 12, 31))
    assert "GB" not in offices.members("EM", date(2021, 1, 1))
    assert "GB" not in offices.members("EM")
    assert "HR" not in offices.members("EM", date(2013, 6, 30))
    assert "HR" in offices.members("EM", date(2013, 7, 1))
    assert "GB" in offices.members("EP")


def test_a_state_has_no_members() -> None:
    assert offices.members("TH") == ()
    assert offices.members("ZZ", date(2020, 1, 1)) == ()


def test_a_treaty_binds_from_the_day_of_accession() -> None:
    assert offices.is_party("BN", "madrid")
    assert not offices.is_party("BN", "madrid", date(2017, 1, 5))
    assert offices.is_party("BN", "madrid", date(2017, 1, 6))
    assert not offices.is_party("MM", "madrid")
    assert offices.is_party("KH", "lisbon_geneva_act")
    assert not offices.is_party("ZZ", "lisbon_geneva_act")
