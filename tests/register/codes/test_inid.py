import pytest

from register.codes.inid import Standard, inid_codes, inid_name, inid_standard
from register.model import RIGHTS


def test_the_same_number_means_another_thing_for_another_right() -> None:
    assert inid_name("51", "patent") == "International Patent Classification"
    assert inid_name("51", "utility-model") == "International Patent Classification"
    assert inid_name("51", "design") == "Locarno Classification (class and subclass)"
    assert inid_name("511", "trademark") == "Nice Classification, goods and services"


def test_brackets_may_stay() -> None:
    assert inid_name("(531)", "trademark") == "Vienna Classification"


def test_unknown_codes_and_rights_without_codes_have_no_name() -> None:
    assert inid_name("999", "trademark") is None
    assert inid_name("11", "geographical-indication") is None


def test_every_right_but_indications_has_a_standard() -> None:
    assert [right for right in RIGHTS if inid_standard(right) is None] == ["geographical-indication"]


@pytest.mark.parametrize(("standard", "digits"), [("ST.9", 2), ("ST.60", 3), ("ST.80", 2)])
def test_every_code_has_a_meaning_and_as_many_digits_as_its_standard(standard: Standard, digits: int) -> None:
    codes = inid_codes(standard)
    assert all(codes.values())
    assert all(len(code) == digits and code.isdecimal() for code in codes)
