"""Names that mean the same, unit by unit."""

import pytest

from search.keys.mark import name_keys
from tests.search.similarity.test_rules import points

_MEANING = "same meaning"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHAT NOIR", "BLACK CAT"),
        ("BLACK CAT", "CHAT NOIR"),
        ("GAJAH PUTIH", "WHITE ELEPHANT"),
        ("EL GALLO", "ROOSTER"),
        ("红牛", "RED BULL"),
    ],
)
def test_a_name_and_its_translation_are_alike(one: str, other: str) -> None:
    assert points(_MEANING, one, other) >= 0.75


@pytest.mark.parametrize(
    ("one", "other"), [("CHAT NOIR", "BLACKS"), ("黑天鹅", "BLACK CAT"), ("WHITE CAT", "黑天鹅")]
)
def test_a_part_of_a_meaning_is_no_meaning(one: str, other: str) -> None:
    assert points(_MEANING, one, other) == 0.0


def test_the_article_of_another_language_is_weak() -> None:
    units = name_keys("LE CHIEN ROUGE").units
    assert [(unit.text, unit.weak) for unit in units] == [("le", True), ("chien", False), ("rouge", False)]
