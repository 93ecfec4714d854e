"""The table of grades, and the page that shows it."""

import itertools
from pathlib import Path
from typing import get_args

import pytest

from search.clearance.goods import Relation
from search.clearance.grades import GRADE_RULES, GRADES, Grade, grade_of, worst
from search.clearance.reading import told_grade
from search.clearance.standing import LIVE, State

_RELATIONS: tuple[Relation, ...] = get_args(Relation)


@pytest.mark.parametrize(
    ("score", "goods", "state", "grade"),
    [
        (1.0, "same", "in-force", "blocked"),
        (1.0, "same", "pending", "high"),
        (1.0, "same", "in-grace", "high"),
        (1.0, "related", "in-force", "high"),
        (1.0, "unknown", "in-force", "high"),
        (0.9, "same", "in-force", "high"),
        (0.9, "unrelated", "in-force", "low"),
        (0.75, "same", "in-force", "medium"),
        (0.75, "related", "unclear", "low"),
        (0.75, "unrelated", "in-force", "clear"),
        (0.55, "same", "in-force", "low"),
    ],
)
def test_likeness_goods_and_standing_make_the_grade(
    score: float, goods: Relation, state: State, grade: Grade
) -> None:
    assert grade_of(score, goods, state).grade == grade


@pytest.mark.parametrize("goods", _RELATIONS)
@pytest.mark.parametrize("score", [0.5, 0.8, 1.0])
def test_what_is_over_is_never_in_the_way(score: float, goods: Relation) -> None:
    assert grade_of(score, goods, "over").grade == "clear"


def test_every_conflict_gets_a_grade_and_more_likeness_never_a_better_one() -> None:
    for goods, state in itertools.product(_RELATIONS, (*LIVE, "over")):
        ranks = [GRADES.index(grade_of(step / 100, goods, state).grade) for step in range(101)]
        assert ranks == sorted(ranks, reverse=True)


def test_nearer_goods_never_get_a_better_grade() -> None:
    nearer: tuple[Relation, ...] = ("same", "related", "unrelated")
    for step, state in itertools.product(range(101), LIVE):
        ranks = [GRADES.index(grade_of(step / 100, goods, state).grade) for goods in nearer]
        assert ranks == sorted(ranks)


def test_the_worst_of_nothing_is_clear_and_not_knowing_is_worse_than_finding_nothing() -> None:
    assert worst([]) == "clear"
    assert worst(["clear", "unknown"]) == "unknown"


def test_the_page_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[3] / "docs" / "clearance.md").read_text(encoding="utf-8")
    for rule in GRADE_RULES:
        assert f"| {rule.name} | {told_grade(rule)} |" in page
