"""Readings of Han letters, foreign words in katakana, English sounds."""

import pytest

from search.language.readings import Language, english_sound, han_readings, katakana_foreign, simplified


@pytest.mark.parametrize(
    ("text", "language", "reading"),
    [
        ("宝塚", "ja", "takarazuka"),
        ("三菱", "ja", "mitsubishi"),
        ("資生堂", "ja", "shiseidou"),
        ("香港", "yue", "hoenggong"),
        ("三星", "ko", "samseong"),
        ("安", "vi", "an"),
    ],
)
def test_han_letters_are_read_in_a_language(text: str, language: Language, reading: str) -> None:
    assert reading in han_readings(text, language)


@pytest.mark.parametrize("text", ["", "abc", "星x", "星" * 30])
def test_what_is_no_name_in_han_letters_has_no_reading(text: str) -> None:
    assert han_readings(text, "yue") == ()
    assert han_readings(text, "ja") == ()


@pytest.mark.parametrize(
    ("word", "spelling"), [("ミュラー", "muller"), ("コーヒー", "coffee"), ("アップル", "apple")]
)
def test_a_word_in_katakana_has_its_foreign_spelling(word: str, spelling: str) -> None:
    assert katakana_foreign(word) == spelling


def test_a_word_that_nobody_listed_has_no_foreign_spelling() -> None:
    assert katakana_foreign("ヌヌヌヌ") is None


def test_english_words_sound_as_the_dictionary_says() -> None:
    assert english_sound("knight") == english_sound("night") == ("N", "AY", "T")
    assert english_sound("zxqwv") is None


def test_traditional_letters_become_simplified_ones() -> None:
    assert simplified("臺灣銀行") == "台湾银行"
    assert simplified("红牛 BULL") == "红牛 BULL"
