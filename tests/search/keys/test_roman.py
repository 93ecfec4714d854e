"""Romanised forms, script by script: what the general table cannot know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keys.normal import folded_text
from search.keys.roman import roman_word


@pytest.mark.parametrize(
    ("word", "roman"),
    [
        ("sony", "sony"),
        ("เฟรช", "frech"),
        ("โปร", "pro"),
        ("เอเชีย", "echia"),
        ("โคลา", "khola"),
        ("เพลง", "phleng"),
        ("เก้า", "kao"),
        ("มาร์ท", "math"),
        ("ฮอนด้า", "honda"),
        ("ໂຄຄາ", "khokha"),
        ("ຮອນດ້າ", "honda"),
        ("ຫຼວງ", "lwng"),
        ("ໂທລະ", "thola"),
        ("ဟွန်ဒါ", "hunda"),
        ("ကိုကာ", "koka"),
        ("ဂျပန်", "japan"),
        ("சோனி", "soni"),
        ("코카콜라", "kokakolla"),
        ("롭스", "lopseu"),
        ("옷이", "osi"),
        ("넷", "net"),
        ("コッカ", "koka"),
        ("كوكا", "koka"),
        ("кока", "koka"),
        ("可口可乐", "kekoukele"),
        ("삼성samsung", "samseongsamsung"),
        ("+++", ""),
    ],
)
def test_a_word_in_latin_letters(word: str, roman: str) -> None:
    assert roman_word(word) == roman


@given(st.text(max_size=30))
def test_nothing_but_letters_and_digits_is_left(text: str) -> None:
    for word in folded_text(text).split():
        roman = roman_word(word)
        assert roman == "" or (roman.isascii() and roman.isalnum() and roman == roman.lower())
