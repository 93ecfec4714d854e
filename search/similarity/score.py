"""From the points of the rules to one score, and the reasons that are worth telling."""

from collections.abc import Sequence
from typing import NamedTuple

from search.forms import Form
from search.similarity.rules import RULES, Asked, Reason, Rule, held

LEAST_SCORE = 0.5
"""What scores less is not shown."""

_SECOND_RULE = 0.15
"""How far a second reason closes what the first leaves open."""
_TRANSLATION = 0.9
_LEAST_REASON, _MOST_REASONS = 0.6, 3
_ROLE_FACTOR = {"t": 1.0, "n": 1.0, "l": 0.95, "r": _TRANSLATION}


class Scoring(NamedTuple):
    """The score, and the points of each rule for the name that gave it."""

    score: float
    points: tuple[float, ...]
    form: Form | None


def score(one: Asked, forms: Sequence[Form], rules: Sequence[Rule] = RULES) -> Scoring:
    """How alike the name asked for and a document with these names are: the best of its names decides."""
    best = Scoring(0.0, (), None)
    for form in forms:
        other = held(form)
        points = tuple([rule.points(one, other) for rule in rules])
        first = max(points)
        total = first
        if first < 1.0:
            second = max([point for point in points if point != first], default=0.0)
            total = first + (1.0 - first) * _SECOND_RULE * second
        total *= _ROLE_FACTOR.get(form.role, 1.0)
        if total > best.score:
            best = Scoring(total, points, form)
    return best


def reasons(one: Asked, scoring: Scoring, rules: Sequence[Rule] = RULES) -> tuple[Reason, ...]:
    """Why, the weightiest first."""
    if scoring.form is None:
        return ()
    ranked = sorted(zip(scoring.points, rules, strict=True), key=lambda pair: -pair[0])
    if ranked[0][0] == 1.0:
        # What is identical is also near in every other way.
        del ranked[1:]
    least = min(_LEAST_REASON, ranked[0][0])
    other = scoring.form
    return tuple(
        Reason(rule.name, f"{rule.shown(one.form)} ~ {rule.shown(other)}", round(points, 3))
        for points, rule in ranked[:_MOST_REASONS]
        if points >= least and points > 0
    )
