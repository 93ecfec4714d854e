"""Sound codes agree where names sound alike, within a script and across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keys.mark import name_keys
from search.keys.saying import MOST_SOUNDS, sounds_of_name
from search.keys.sound import skeleton, sound_of_word


def bones(text: str) -> str:
    return skeleton(name_keys(text).sounds[0])


@pytest.mark.parametrize("letter", ["k", "ka", "ก", "가", "か", "ក", "ກ", "က", "க", "ка", "كا", "卡"])
def test_one_code_for_one_consonant_in_every_script(letter: str) -> None:
    assert skeleton(sound_of_word(letter)).startswith("K")


@pytest.mark.parametrize(
    "other",
    [
        "โคคา โคลา",
        "ໂຄຄາ ໂຄລາ",
        "ကိုကာကိုလာ",
        "코카콜라",
        "コカ・コーラ",
        "Кока-Кола",
        "كوكا كولا",
        "கோகோ கோலா",
        "កូកាកូឡា",
        "可口可乐",
    ],
)
def test_one_skeleton_for_one_brand(other: str) -> None:
    assert bones(other) == bones("Coca-Cola")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phone", "fone"),
        ("pepsi", "pepsy"),
        ("night", "nite"),
        ("quick", "kwik"),
        ("xerox", "zerox"),
        ("city", "sity"),
        ("knight", "nite"),
        ("tech", "tek"),
        ("lynx", "links"),
        ("coffee", "kofi"),
        ("photo", "foto"),
        ("nation", "nashun"),
        ("cat", "kat"),
        ("smart", "smaht"),
        ("nguyễn", "nguyen"),
        ("tiger", "taigur"),
    ],
)
def test_spellings_that_sound_alike_have_the_same_consonants(one: str, other: str) -> None:
    assert bones(one) == bones(other)


@pytest.mark.parametrize(("one", "other"), [("steiger", "regret"), ("cat", "dog"), ("honda", "toyota")])
def test_names_that_sound_unlike_differ(one: str, other: str) -> None:
    assert bones(one) != bones(other)


@pytest.mark.parametrize(
    ("spelled", "other"),
    [
        ("cp", "ซีพี"),
        ("kns", "케이엔에스"),
        ("K Car", "케이카"),
        ("AIA", "에이아이에이"),
        ("B2", "비투"),
        ("7", "세븐"),
    ],
)
def test_initials_and_digits_are_read_by_their_names(spelled: str, other: str) -> None:
    heard = {skeleton(sound) for sound in name_keys(spelled).sounds}
    assert skeleton(name_keys(other).sounds[0]) in heard


def test_a_burmese_name_may_be_read_without_the_stops_that_close_its_syllables() -> None:
    assert len(name_keys("အက်ပယ်").sounds) == 2


def test_a_word_of_vowels_keeps_them() -> None:
    assert skeleton(sound_of_word("aiaia")) == "a"


@given(st.lists(st.text(min_size=1, max_size=10), max_size=4))
def test_a_name_is_said_in_few_ways(words: list[str]) -> None:
    found = sounds_of_name(tuple(words))
    assert len(found) <= MOST_SOUNDS
    assert len(set(found)) == len(found)


@given(st.text(max_size=30))
def test_a_code_is_made_of_its_classes_alone(text: str) -> None:
    assert set("".join(name_keys(text).sounds)) <= set("KPTSMNRaiu0123456789")


@given(st.text(max_size=30))
def test_keys_are_the_same_for_record_and_query(text: str) -> None:
    once = name_keys(text)
    name_keys.cache_clear()
    sound_of_word.cache_clear()
    assert name_keys(text) == once
