import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.nice import (
    classes,
    nice_classes,
    nice_kind,
    nice_title,
    normalise_nice,
    related_classes,
)


def test_there_are_45_classes_each_with_a_title() -> None:
    assert sorted(classes()) == list(range(1, 46))
    assert all(nice_title(number) for number in classes())


def test_goods_end_with_class_34() -> None:
    assert [nice_kind(number) for number in (1, 34, 35, 45)] == ["goods", "goods", "services", "services"]
    assert nice_kind(46) is None
    assert nice_title(0) is None


def test_related_classes_are_one_directional_as_published() -> None:
    one_way = [
        (number, related)
        for number in classes()
        for related in related_classes(number)
        if number not in related_classes(related)
    ]
    assert one_way


def test_related_classes_are_classes_and_never_the_class_itself() -> None:
    for number in classes():
        assert related_classes(number)
        assert number not in related_classes(number)
        assert set(related_classes(number)) <= set(classes())
    assert related_classes(46) == ()


@pytest.mark.parametrize(
    "text", ["9", "09", "009", " 9 ", "Class 9", "CLASS 09", "cl. 9", "IC 009", "Kelas 9"]
)
def test_a_class_is_read_in_any_spelling(text: str) -> None:
    assert normalise_nice(text) == 9


@pytest.mark.parametrize("text", ["", "0", "46", "100", "A", "B", "200", "9.1", "Class", "G1201"])
def test_what_is_no_class_is_none(text: str) -> None:
    assert normalise_nice(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("09", (9,)),
        ("16|35|41", (16, 35, 41)),
        ("16 09 41", (16, 9, 41)),
        ("09;42", (9, 42)),
        ("9, 42, 9", (9, 42)),
        ("Class 16, Class 9", (16, 9)),
        ("9,200,A", (9,)),
        ("", ()),
    ],
)
def test_a_list_of_classes_is_read_in_any_spelling(text: str, numbers: tuple[int, ...]) -> None:
    assert nice_classes(text) == numbers


@given(st.lists(st.integers(1, 45), unique=True), st.sampled_from("|,; "))
def test_a_list_gives_back_what_was_written(numbers: list[int], between: str) -> None:
    assert nice_classes(between.join(map(str, numbers))) == tuple(numbers)


@given(st.text(max_size=20))
def test_any_text_gives_classes_or_nothing(text: str) -> None:
    assert set(nice_classes(text)) <= set(classes())
