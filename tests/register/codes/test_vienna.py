import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.vienna import (
    codes,
    is_vienna,
    normalise_vienna,
    vienna_codes,
    vienna_parents,
    vienna_title,
)


@pytest.mark.parametrize(
    "text",
    [
        "011509",
        "11509",
        "01.15.09",
        "1.15.9",
        "A01.15.09",
        "a1.15.9",
        "1-15-9",
        "01 15 09",
        "CFE (8) 1.15.9",
        "(531) 01.15.09",
    ],
)
def test_every_spelling_of_a_section_is_one(text: str) -> None:
    assert normalise_vienna(text) == "01.15.09"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("26.4", "26.04"),
        ("2604", "26.04"),
        ("270500", "27.05"),
        ("26.04.00", "26.04"),
        ("26", "26"),
        ("1", "01"),
        ("A26.04.05", "26.04.05"),
    ],
)
def test_categories_and_divisions_stand_alone(text: str, code: str) -> None:
    assert normalise_vienna(text) == code


@pytest.mark.parametrize("text", ["", "A", "00", "45.01", "01.00.05", "1.2.3.4", "0115091", "SR0001", "star"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert normalise_vienna(text) is None


def test_a_section_of_another_edition_is_kept_and_told_apart() -> None:
    assert normalise_vienna("01.15.98") == "01.15.98"
    assert not is_vienna("01.15.98")
    assert vienna_title("01.15.98") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("011509|011521|020910", ("01.15.09", "01.15.21", "02.09.10")),
        ("26.4.5; 27.5.1", ("26.04.05", "27.05.01")),
        ("260405 270501 260405", ("26.04.05", "27.05.01")),
        ("26.04.05, star", ("26.04.05",)),
        ("", ()),
    ],
)
def test_a_list_is_taken_apart(text: str, found: tuple[str, ...]) -> None:
    assert vienna_codes(text) == found


def test_parents_are_the_widest_first() -> None:
    assert vienna_parents("01.15.09") == ("01", "01.15")
    assert vienna_parents("01.15") == ("01",)
    assert vienna_parents("01") == ()


def test_every_code_has_a_title_its_own_form_and_its_parents() -> None:
    assert len(codes()) > 2000
    for code in codes():
        assert vienna_title(code)
        assert normalise_vienna(code) == code
        assert all(is_vienna(parent) for parent in vienna_parents(code))


@given(
    st.one_of(
        st.text(max_size=20), st.from_regex(r"A?[0-9]{0,2}[.-]?[0-9]{0,2}[.-]?[0-9]{0,2}", fullmatch=True)
    )
)
def test_normalising_twice_is_the_same_as_once(text: str) -> None:
    code = normalise_vienna(text)
    assert code is None or normalise_vienna(code) == code
