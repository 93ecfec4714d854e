"""Likeness of figures by their Vienna codes."""

from search.similarity.figures import (
    SAME_RULES,
    FigureScore,
    elements,
    figure_reasons,
    figure_scorer,
    finest,
    levels_of,
)

HELD = {
    "01": 3000,
    "01.15": 500,
    "01.15.09": 20,
    "26": 40_000,
    "26.04": 9000,
    "26.04.05": 400,
    "27": 60_000,
    "27.05": 50_000,
    "27.05.01": 45_000,
}
CATEGORY, DIVISION, SECTION = SAME_RULES


def scored(asked: tuple[str, ...], held: tuple[str, ...]) -> FigureScore:
    codes = finest(asked)
    counts = {level: HELD.get(level, 0) for code in codes for level in levels_of(code)}
    return figure_scorer(elements(codes, counts, 100_000))(held)


def test_the_same_figures_are_wholly_alike() -> None:
    assert scored(("26.4.5", "1.15.9"), ("01.15.09", "26.04.05")).score == 1.0


def test_nothing_in_common_is_nothing() -> None:
    assert scored(("26.4.5",), ("05.03.11",)) == FigureScore(0.0, 1, ())


def test_a_section_counts_more_than_its_division_and_that_more_than_its_category() -> None:
    section, division, category = (
        scored(("26.4.5",), (code,)).score for code in ("26.4.5", "26.4.1", "26.1.1")
    )
    assert section == 1.0
    assert section > division > category > 0.0


def test_a_rare_code_counts_more_than_a_common_one() -> None:
    asked = ("1.15.9", "27.5.1")
    rare, common = scored(asked, ("1.15.9",)), scored(asked, ("27.5.1",))
    assert rare.score > 0.8 > 0.2 > common.score


def test_a_figure_that_was_not_asked_for_takes_a_little_away() -> None:
    alone, beside = (scored(("26.4.5",), held).score for held in (("26.4.5",), ("26.4.5", "5.3.11")))
    assert alone > beside > 0.8


def test_everything_below_a_division_is_what_was_asked_for() -> None:
    assert scored(("26.4",), ("26.4.5",)).score == 1.0
    assert scored(("26.4",), ("26.4.5", "26.4.1")).score == 1.0


def test_a_code_less_precise_than_the_one_asked_for_shares_its_division() -> None:
    assert [one.common for one in scored(("26.4.5",), ("26.4",)).shared] == ["26.04"]


def test_a_code_that_stands_above_another_of_the_list_adds_nothing() -> None:
    assert finest(("26", "26.4", "26.04.05", "1", "nonsense")) == ("26.04.05", "01")


def test_a_code_that_no_mark_has_can_be_asked_for() -> None:
    score = scored(("26.4.98",), ("26.4.5",))
    assert 0.0 < score.score < 0.5
    assert [one.common for one in score.shared] == ["26.04"]


def test_the_reasons_name_what_is_shared_the_weightiest_first() -> None:
    reasons = figure_reasons(scored(("26.4.5", "1.15.9", "27.5.1"), ("26.4.1", "1.15.9", "27.5.1")))
    assert [reason.rule for reason in reasons] == [SECTION, DIVISION, SECTION]
    assert reasons[0].compared == "01.15.09 Luminous sources, rays, shafts of light"
    assert reasons[1].compared == "26.04 Quadrilaterals (26.04.05 ~ 26.04.01)"
    assert reasons[0].points > reasons[1].points > reasons[2].points
