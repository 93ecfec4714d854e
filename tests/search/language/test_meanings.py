"""What names mean, across scripts and languages."""

import pytest

from search.keys.normal import normal
from search.keys.scripts import script_of
from search.language.meanings import Element, concepts, elements


def meant(name: str) -> tuple[str, ...]:
    words, key = normal(name)
    return concepts(words, script_of(key))


def parts(name: str) -> tuple[Element, ...]:
    words, key = normal(name)
    return elements(words, script_of(key))


@pytest.mark.parametrize("name", ["RED BULL", "Bulls, red", "红牛", "紅牛", "TORO ROJO", "toros rojos"])
def test_a_red_bull_is_one_in_any_language_and_order(name: str) -> None:
    assert {"bull", "red"} <= set(meant(name))


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("花花公子", "playboy"),
        ("超越", "surpass"),
        ("星", "star"),
        ("銀行", "bank"),
        ("お茶", "tea"),
        ("スター", "star"),
        ("은행", "bank"),
        ("사랑", "love"),
        ("ดาว", "star"),
        ("โรงพยาบาล", "hospital"),
        ("ທະນາຄານ", "bank"),
        ("ផ្កាយ", "star"),
        ("ရွှေ", "gold"),
        ("நட்சத்திரம்", "star"),
        ("سمكة", "fish"),
        ("собака", "dog"),
        ("matahari", "sun"),
        ("bituin", "star"),
        ("ngôi sao", "star"),
        ("estrella", "star"),
        ("soleil", "sun"),
        ("Wolf", "wolf"),
        ("lupo", "wolf"),
        ("cavalo", "horse"),
    ],
)
def test_a_word_means_what_its_language_says(name: str, concept: str) -> None:
    assert concept in meant(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Stars of Gold", ("gold", "star")),
        ("GOLDEN STAR CO., LTD.", ("gold", "star")),
        ("Colours", ("color",)),
        ("Mice", ("mouse",)),
        ("Flying Tigers", ("flying", "tiger")),
    ],
)
def test_english_words_stand_by_one_form_and_legal_forms_say_nothing(
    name: str, expected: tuple[str, ...]
) -> None:
    assert meant(name) == expected


@pytest.mark.parametrize("name", ["股份有限公司", "株式会社", "주식회사", "Sdn. Bhd.", "Zxqwv", "+++", ""])
def test_what_names_nothing_has_no_concepts(name: str) -> None:
    assert meant(name) == ()


def test_words_are_found_inside_names_without_spaces() -> None:
    assert [part.word for part in parts("南洋商業銀行")] == ["南洋", "商業銀行"]
    assert [part.word for part in parts("우리은행")][-1] == "은행"
    assert [part.word for part in parts("삼성전자")] == ["전자"]
    assert parts("ธนาคารกรุงไทย")[0].word == "ธนาคาร"


def test_short_words_inside_a_foreign_name_are_chance() -> None:
    assert parts("タカラトミー") == ()
    assert parts("ดับบลิวเอชเอ") == ()


def test_a_common_english_word_is_not_read_in_another_language() -> None:
    assert parts("Red Son") == (Element("red", ("red",), ("en",)), Element("son", ("son",), ("en",)))


def test_a_rare_english_word_may_mean_something_else_elsewhere() -> None:
    assert {"bread", "pan"} <= set(meant("pan"))
    assert meant("playboy") == ("playboy",)


def test_a_part_says_in_which_language_it_was_read() -> None:
    (part,) = parts("lupo")

    assert part.phrases[0] == "wolf"
    assert part.languages[0] == "it"


def test_a_phrase_in_latin_letters_is_read_as_one() -> None:
    (part,) = parts("BUENOS DIAS")

    assert "good morning" in part.phrases
    assert {"good", "morning"} <= set(part.concepts)


def test_scripts_may_be_mixed() -> None:
    assert {"bank", "star"} <= set(meant("STAR은행"))
