"""A first identity of applicants, from their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.applicants import applicant_id
from register.model import Party


def identity(name: str, country: str | None = None) -> str:
    return applicant_id(Party(name=name, country=country))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hon Hai Precision Ind. Co., Ltd.", "HON HAI PRECISION IND.CO.,LTD"),
        ("Acme Sdn. Bhd.", "ACME"),
        ("주식회사 아크메", "(주)아크메"),
        ("บริษัท อักมี จำกัด (มหาชน)", "อักมี"),
        ("Công ty TNHH Đồng Tâm", "Dong Tam"),
        ("ＡＣＭＥ", "acme"),
    ],
)
def test_spellings_of_one_name_are_one_applicant(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(("one", "other"), [("Acme", "Acne"), ("Ltd.", "Inc."), ("Acme Foods", "Acme Tools")])
def test_other_names_are_other_applicants(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_the_country_is_no_part_of_it() -> None:
    assert identity("Acme", "SG") == identity("Acme", "TH")


def test_an_identity_stays_the_same_for_ever() -> None:
    assert identity("Acme Ltd.") == "ap-z4yo5ffybbiri"


@given(st.text(max_size=60))
def test_an_identity_has_one_shape(name: str) -> None:
    made = identity(name)
    assert made.startswith("ap-")
    assert len(made) == 16
    assert made[3:].isalnum()
    assert made == made.lower()
