import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.locarno import (
    codes,
    is_locarno,
    locarno_codes,
    locarno_parents,
    locarno_title,
    normalise_locarno,
)


@pytest.mark.parametrize(
    "text",
    [
        "0601",
        "601",
        "06-01",
        "6-1",
        "06.01",
        "06 - 01",
        "LOC (13) Cl. 06-01",
        "LOC(14)CL.06-01",
        "loc (9) cl. 6-01",
        "Cl. 06-01",
    ],
)
def test_every_spelling_of_a_subclass_is_one(text: str) -> None:
    assert normalise_locarno(text) == "06-01"


def test_a_class_may_stand_alone() -> None:
    assert normalise_locarno("6") == "06"
    assert normalise_locarno("Class 26") == "26"


@pytest.mark.parametrize("text", ["C133", "L3269", "E15010", "M24190", "G2902A|G2902|K8295", "D14/432"])
def test_national_classes_are_not_locarno(text: str) -> None:
    assert normalise_locarno(text) is None
    assert locarno_codes(text) == ()


@pytest.mark.parametrize("text", ["", "-", "00-01", "33-01", "99", "06-001", "06-01-02"])
def test_what_is_no_symbol_is_none(text: str) -> None:
    assert normalise_locarno(text) is None


def test_a_subclass_of_another_edition_is_kept_and_told_apart() -> None:
    assert normalise_locarno("06-88") == "06-88"
    assert not is_locarno("06-88")
    assert locarno_title("06-88") is None


def test_a_list_is_taken_apart() -> None:
    assert locarno_codes("06-01; 0602|C133,6.1") == ("06-01", "06-02")


@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_title_its_own_form_and_its_class(code: str) -> None:
    assert locarno_title(code)
    assert is_locarno(code)
    assert normalise_locarno(code) == code
    assert all(is_locarno(parent) for parent in locarno_parents(code))


@given(st.one_of(st.text(max_size=20), st.from_regex(r"[0-9]{0,4}[ ./-]{0,3}[0-9]{0,3}", fullmatch=True)))
def test_normalising_twice_is_the_same_as_once(text: str) -> None:
    code = normalise_locarno(text)
    if code is not None:
        assert normalise_locarno(code) == code
        assert all(is_locarno(parent) for parent in locarno_parents(code))
