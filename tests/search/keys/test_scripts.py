"""Scripts of letters and of names."""

import pytest

from search.keys.scripts import runs, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Coca-Cola", "Latn"),
        ("Đông", "Latn"),
        ("โค้ก", "Thai"),
        ("ໂຄກ", "Laoo"),
        ("កូកា", "Khmr"),
        ("ကို", "Mymr"),
        ("코카", "Hang"),
        ("可口", "Hani"),
        ("コカ", "Kana"),
        ("كوكا", "Arab"),
        ("கோகோ", "Taml"),
        ("Кока", "Cyrl"),
        ("삼성 s", "Hang"),
        ("2000", "Zyyy"),
        ("+++", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_the_script_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_a_word_is_cut_where_its_script_changes() -> None:
    assert runs("samsung삼성2") == (("Latn", "samsung"), ("Hang", "삼성2"))
    assert runs("2002") == (("Latn", "2002"),)
