import pytest

from ingest.draft import Draft, DraftText
from ingest.korean import (
    kind_of_number,
    mark_texts,
    parties,
    put_design_classes,
    put_goods_classes,
    right_of_number,
    two_scripts,
)


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("1020190012345", "patent"),
        ("10-2019-0012345", "patent"),
        ("2020190000123", "utility-model"),
        ("3020210059920", "design"),
        ("4020050014803", "trademark"),
        ("4520050014803", "trademark"),
        ("5019970001185", "trademark"),
        ("1234567", None),
        ("", None),
    ],
)
def test_the_number_says_the_right(number: str, right: str | None) -> None:
    assert right_of_number(number) == right


def test_the_number_of_a_mark_says_its_kind() -> None:
    assert kind_of_number("4120030008696") == "서비스표"
    assert kind_of_number("4320030008696") == "단체표장"
    assert kind_of_number("5020030008696") == ""


@pytest.mark.parametrize(
    ("value", "hangul", "latin"),
    [
        ("주식회사 한빛 Hanbit Co,Ltd", "주식회사 한빛", "Hanbit Co,Ltd"),
        ("HANBIT 24 한빛", "한빛", "HANBIT 24"),
        ("LG전자 주식회사 LG ELECTRONICS INC", "LG전자 주식회사", "LG ELECTRONICS INC"),
    ],
)
def test_a_string_in_two_scripts_is_parted(value: str, hangul: str, latin: str) -> None:
    found = two_scripts(value)
    assert found is not None
    assert (found.hangul, found.latin) == (hangul, latin)


@pytest.mark.parametrize(
    "value", ["S라인밸런스", "한빛", "HANBIT", "", "SK 한빛 SK Hanbit", "한빛 金 Hanbit", "24 365"]
)
def test_any_other_string_stays_whole(value: str) -> None:
    assert two_scripts(value) is None


def test_the_first_text_of_a_mark_is_what_the_office_shows() -> None:
    assert mark_texts("라임 LIME") == [DraftText("라임 LIME"), DraftText("라임", "ko"), DraftText("LIME")]
    assert mark_texts("LIME 라임") == [DraftText("LIME 라임"), DraftText("LIME"), DraftText("라임", "ko")]
    assert mark_texts("라임") == [DraftText("라임", "ko")]
    assert mark_texts("") == []


def test_a_party_in_two_scripts_is_one_party() -> None:
    first, second = parties("주식회사 한빛 Hanbit Inc|김하늘", "holder")
    assert (first.name, first.role) == ("주식회사 한빛", "holder")
    assert first.names == [DraftText("Hanbit Inc"), DraftText("주식회사 한빛 Hanbit Inc")]
    assert (second.name, second.names) == ("김하늘", [])


def test_three_digits_are_classes_of_the_old_korean_list() -> None:
    draft = Draft(right="trademark")
    put_goods_classes(draft, ["05", "007", "112", "45"])
    assert (draft.nice_classes, draft.national_classes) == (["05", "45"], ["007", "112"])


def test_korean_design_classes_are_no_locarno_classes() -> None:
    draft = Draft(right="design")
    put_design_classes(draft, "G2902|14-03", "G2902A|G2902|K8295")
    assert (draft.locarno, draft.national_classes) == (["14-03"], ["G2902", "G2902A", "K8295"])
