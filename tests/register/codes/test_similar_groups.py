import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.similar_groups import (
    codes,
    normalise_similar_group,
    similar_group_example,
    similar_group_kind,
)


def test_the_letter_tells_goods_from_services() -> None:
    assert similar_group_kind("G1201") == "goods"
    assert similar_group_kind("S120907") == "services"


@pytest.mark.parametrize("text", ["", "G12", "G12345", "X1201", "G1201A"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert normalise_similar_group(text) is None


def test_every_code_has_its_own_form_and_a_row() -> None:
    for code in codes():
        assert normalise_similar_group(f" {code.lower()} ") == code
        assert similar_group_example(code) is not None
    assert similar_group_example("G999999") is None


@given(st.text(max_size=10))
def test_normalising_twice_is_the_same_as_once(text: str) -> None:
    code = normalise_similar_group(text)
    assert code is None or normalise_similar_group(code) == code
