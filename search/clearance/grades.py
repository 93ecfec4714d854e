"""What grade a conflict gets: one table, read from its top, the first row that fits decides.

`docs/clearance.md` shows the same table; a test holds the two together.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from search.clearance.goods import Relation
from search.clearance.standing import LIVE, State

GRADE_RULES_VERSION = "1"

Grade = Literal["blocked", "high", "medium", "low", "clear", "unknown"]
"""`unknown` is no conflict's grade: it is that of an office of which no trademarks are held."""

GRADES: tuple[Grade, ...] = ("blocked", "high", "medium", "low", "unknown", "clear")
"""The worst first; that nothing can be said is worse than that nothing was found."""

_THE_SAME, _VERY_ALIKE, _ALIKE, _SOMEWHAT = 0.97, 0.85, 0.7, 0.5
LEAST_LIKENESS = _SOMEWHAT
"""What is less alike than the table knows is no conflict, and not in the report."""

_NOT_SAID: tuple[Relation, ...] = ("unknown", "not-asked")
_NOT_IN_FORCE: tuple[State, ...] = ("pending", "in-grace", "unclear")


class GradeRule(NamedTuple):
    """Conflicts of at least this likeness, with one of these relations of goods, in one of these states."""

    name: str
    least_score: float
    goods: tuple[Relation, ...]
    states: tuple[State, ...]
    grade: Grade

    def fits(self, score: float, goods: Relation, state: State) -> bool:
        return score >= self.least_score and goods in self.goods and state in self.states


_ANY: tuple[Relation, ...] = ("same", "related", "unrelated", *_NOT_SAID)
GRADE_RULES: tuple[GradeRule, ...] = (
    GradeRule("over: no longer in the way", 0.0, _ANY, ("over",), "clear"),
    GradeRule("the same name, same goods, in force", _THE_SAME, ("same",), ("in-force",), "blocked"),
    GradeRule(
        "the same name, same goods, not yet or perhaps in force", _THE_SAME, ("same",), _NOT_IN_FORCE, "high"
    ),
    GradeRule("the same name, related goods", _THE_SAME, ("related",), LIVE, "high"),
    GradeRule("the same name, goods not compared", _THE_SAME, _NOT_SAID, LIVE, "high"),
    GradeRule("very alike, same goods, in force", _VERY_ALIKE, ("same",), ("in-force",), "high"),
    GradeRule(
        "very alike, same goods, not yet or perhaps in force", _VERY_ALIKE, ("same",), _NOT_IN_FORCE, "medium"
    ),
    GradeRule("very alike, related goods", _VERY_ALIKE, ("related",), LIVE, "medium"),
    GradeRule("very alike, goods not compared", _VERY_ALIKE, _NOT_SAID, LIVE, "medium"),
    GradeRule("alike, same goods", _ALIKE, ("same",), LIVE, "medium"),
    GradeRule("alike, related goods", _ALIKE, ("related",), LIVE, "low"),
    GradeRule("alike, goods not compared", _ALIKE, _NOT_SAID, LIVE, "low"),
    GradeRule("the same or very alike, unrelated goods", _VERY_ALIKE, ("unrelated",), LIVE, "low"),
    GradeRule("somewhat alike, same goods", _SOMEWHAT, ("same",), LIVE, "low"),
    GradeRule("less alike, or goods further apart", 0.0, _ANY, LIVE, "clear"),
)


def grade_of(score: float, goods: Relation, state: State) -> GradeRule:
    """The row that decides."""
    return next(rule for rule in GRADE_RULES if rule.fits(score, goods, state))


def grade_named(name: str) -> Grade:
    """The grade of a stored name. It was one of ours when it was stored."""
    return next(grade for grade in GRADES if grade == name)


def worst(grades: Iterable[Grade]) -> Grade:
    """The worst of several grades; `clear` of none."""
    return min(grades, key=GRADES.index, default="clear")
