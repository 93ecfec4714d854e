"""The normal form: what is taken away, what is kept, and that it is stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keys.normal import MAX_KEY_CHARACTERS, folded_text, normal


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RED-BULL", ("red", "bull")),
        ("Café  Đông Dương", ("cafe", "dong", "duong")),
        ("ｓｏｎｙ®", ("sony",)),
        ("LOHB’s", ("lohbs",)),
        ("Ærøskøbing ŁÓDŹ", ("aeroskobing", "lodz")),
        ("STRASSE straße", ("strasse", "strasse")),
        ("U.S.A.", ("u", "s", "a")),
        ("АЙС", ("айс",)),
        ("ガム", ("ガム",)),
        ("คาเฟ่", ("คาเฟ่",)),
        ("គោ\u200bគី", ("គោ", "គី")),
        ("كُوكَا", ("كوكا",)),
        ("№ ①", ("no", "1")),
        ("+++", ("+++",)),
        ("☕", ("☕",)),
        ("", ()),
        (" \t\n", ()),
    ],
)
def test_the_words_of_a_text(text: str, words: tuple[str, ...]) -> None:
    assert normal(text).words == words


@pytest.mark.parametrize(
    "other", ["REDBULL", "red bull", "Red–Bull", "RED\u00a0BULL", "ＲＥＤ　ＢＵＬＬ", "Réd Bùll"]
)
def test_spellings_of_one_mark_have_one_key(other: str) -> None:
    assert normal(other).key == "redbull"


def test_a_very_long_text_is_cut() -> None:
    assert len(normal("x" * 10_000).key) == MAX_KEY_CHARACTERS


@given(st.text(max_size=60))
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    once = folded_text(text)
    assert folded_text(once) == once


@given(st.text(max_size=60))
def test_a_key_is_its_words_without_spaces_and_is_there_where_anything_is_written(text: str) -> None:
    words, key = normal(text)
    assert key == "".join(words)[:MAX_KEY_CHARACTERS]
    assert not any(character.isspace() for character in key)
    if any(character.isalnum() for character in text):
        assert key


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert folded_text(text.upper()) == folded_text(text.lower())
