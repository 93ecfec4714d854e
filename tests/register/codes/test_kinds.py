import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.kinds import FEATURES, KINDS, mark_feature, mark_kind
from register.codes.table import rows


@pytest.mark.parametrize(
    ("word", "feature"),
    [
        ("Word", "word"),
        ("COMBINED", "combined"),
        ("Stylized characters", "stylized"),
        ("3-D", "three-dimensional"),
        ("Three dimensional", "three-dimensional"),
        ("SHAPE_3D", "three-dimensional"),
        ("Colour", "colour"),
        ("Color", "colour"),
        ("Olfactory", "olfactory"),
        ("Pattern", "pattern"),
        ("Kennfaden", "tracer"),
        ("FIGURATIVE MARK", "figurative"),
        ("Merek Kata dan Lukisan", "combined"),
        ("AN ILLUSTRATION DRAWING WITHOUT ANY WORDS(S)/ LETTER(S)/NUMBER(S)", "figurative"),
        ("STANDARD CHARACTER MARK", "word"),
        ("D_DENOMINATIVO", "word"),
        ("Wort-/Bildmarke", "combined"),
        ("立体商標", "three-dimensional"),
    ],
)
def test_words_of_many_formats_are_one_feature(word: str, feature: str) -> None:
    assert mark_feature(word) == feature


def test_case_space_and_punctuation_do_not_count() -> None:
    assert mark_feature(" stylized-CHARACTERS ") == "stylized"
    assert mark_feature("TYPESET WORD(S)/LETTER(S)/NUMBER(S)") == "word"


@pytest.mark.parametrize(
    ("word", "office", "feature"),
    [
        ("4000", "US", "word"),
        ("3S16", "US", "combined"),
        ("2000", "US", "figurative"),
        ("0000", "US", None),
        ("4000", "KR", None),
        ("B", "PH", "combined"),
        ("B", None, None),
        ("IMAGE", "MY", "figurative"),
        ("Odor", "ID", "olfactory"),
        ("Movement", "SG", "motion"),
        ("문자상표", "KR", "word"),
    ],
)
def test_an_office_may_have_words_of_its_own(word: str, office: str | None, feature: str | None) -> None:
    assert mark_feature(word, office) == feature


def test_words_and_a_picture_at_once_are_combined() -> None:
    assert mark_feature("Word, Device") == "combined"
    assert mark_feature("Word | Word") == "word"
    assert mark_feature("Word, nonsense") is None


@pytest.mark.parametrize("word", ["", " ", "Undefined", "NOT DEFINED", "nonsense", "-", "*"])
def test_a_word_that_says_nothing_is_no_feature(word: str) -> None:
    assert mark_feature(word) is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Individual", "individual"),
        ("INDIVIDUAL", "individual"),
        ("Trademark", "individual"),
        ("TRADE MARK", "individual"),
        ("Service mark", "individual"),
        ("Service Marks", "individual"),
        ("Trademark, Service Mark", "individual"),
        ("Merek Dagang & Jasa", "individual"),
        ("Collective", "collective"),
        ("Collective trademark", "collective"),
        ("Merek Kolektif", "collective"),
        ("Foreign Collective Mark", "collective"),
        ("Certificate", "certification"),
        ("CERTIFICATION", "certification"),
        ("Guarantee", "certification"),
        ("DEFENSIVE", "defensive"),
        ("Defensive mark", "defensive"),
        ("Collective Membership Mark", "membership"),
        ("Slogan", "slogan"),
        ("商標", "individual"),
        ("เครื่องหมายร่วม", "collective"),
    ],
)
def test_words_of_many_formats_are_one_kind(word: str, kind: str) -> None:
    assert mark_kind(word) == kind


@pytest.mark.parametrize("word", ["", "Mark", "Merek Perpanjangan (R)", "Madrid Designated", "NOT DEFINED"])
def test_a_word_that_says_nothing_is_no_kind(word: str) -> None:
    assert mark_kind(word) is None


def test_words_that_disagree_are_no_kind() -> None:
    assert mark_kind("Collective, Certification") is None


def test_every_row_of_the_table_is_understood() -> None:
    for dimension, concept, office, value in rows(
        "mark_kinds.csv", "dimension", "concept", "office", "value"
    ):
        word = value.replace("*", "000")
        found = mark_feature(word, office) if dimension == "feature" else mark_kind(word, office)
        assert found == (None if concept == "undefined" else concept), (dimension, office, value)


def test_every_word_of_our_own_means_itself() -> None:
    assert all(mark_feature(feature) == feature for feature in FEATURES)
    assert all(mark_kind(kind) == kind for kind in KINDS)


@given(st.text(max_size=20), st.sampled_from([None, "US", "KR", "ID"]))
def test_any_word_is_in_the_vocabulary_or_none(word: str, office: str | None) -> None:
    assert mark_feature(word, office) in (None, *FEATURES)
    assert mark_kind(word, office) in (None, *KINDS)
