"""How to read a clearance report, told by the rules themselves."""

from functools import cache
from typing import get_args

from search.clearance.goods import GOODS_RULES, GOODS_RULES_VERSION, Relation
from search.clearance.grades import GRADE_RULES, GRADE_RULES_VERSION, GradeRule
from search.clearance.report import ClearanceReading, ClearanceRule
from search.clearance.standing import LIVE
from search.similarity.rules import RULES, RULES_VERSION

_NOTES = (
    "Likeness and goods are compared apart: the score says how alike the names are, the points of the goods "
    "how near the goods are; the table of grades puts the two and the standing of the mark together.",
    "A grade says how much stands in the way as far as the data reaches. `clear` says that nothing was found "
    "in the way, and never that a name is free; `unknown` that of this place no trademarks are held.",
    "A mark that is over is listed and graded `clear`. A registration whose expiry date is past may still be "
    "renewed: within the grace period of its office it counts as if it were pending.",
    "A Nice class says where to look and proves nothing: goods of one class may be far apart, goods of two "
    "classes near. Related classes are those that the USPTO publishes, in the direction published.",
    "Marks without words, unregistered marks, company names, domain names and names in use are not searched.",
)


@cache
def how_to_read() -> ClearanceReading:
    return ClearanceReading(
        grades=tuple(ClearanceRule(name=rule.name, told=told_grade(rule)) for rule in GRADE_RULES),
        goods=tuple(ClearanceRule(name=name, told=f"{points}: {told}") for name, points, told in GOODS_RULES),
        likeness=tuple(ClearanceRule(name=rule.name, told=f"version {rule.version}") for rule in RULES),
        versions={"likeness": RULES_VERSION, "goods": GOODS_RULES_VERSION, "grades": GRADE_RULES_VERSION},
        notes=_NOTES,
    )


def told_grade(rule: GradeRule) -> str:
    """A row of the table of grades as a sentence."""
    goods = "any goods" if set(rule.goods) == set(get_args(Relation)) else f"goods {' or '.join(rule.goods)}"
    states = "not over" if rule.states == LIVE else " or ".join(rule.states)
    least = f"likeness from {rule.least_score:.2f}" if rule.least_score else "any likeness"
    return f"{least}; {goods}; {states}: {rule.grade}"
