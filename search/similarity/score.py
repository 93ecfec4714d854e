"""From the points of the rules to one score, and the reasons that are worth telling."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from search.forms import Form, FormColumns
from search.similarity.names import Asked, HeldNames, Points
from search.similarity.rules import RULES, Reason, Rule

LEAST_SCORE = 0.25
"""What scores less is not shown."""

_SECOND_RULE = 0.15
"""How far a second reason closes what the first leaves open."""
_TRANSLATION = 0.9
_LEAST_REASON, _MOST_REASONS = 0.6, 3
_ROLE_FACTOR = {"t": 1.0, "n": 1.0, "l": 0.95, "r": _TRANSLATION}


class Scores:
    """How alike the name asked for and documents are, the best of a document's names deciding.

    `totals` has a score from 0 to 1 for each document with a name, `documents` says which it is by its place
    among those given, `names` which of its names decided, as a place in `columns`.
    """

    def __init__(self, one: Asked, encoded: Iterable[str], rules: Sequence[Rule] = RULES) -> None:
        self.columns = FormColumns(encoded)
        self.one = one
        self.rules = rules
        if not self.columns.owners:
            self._points = np.zeros((len(rules), 0), np.float32)
            self.totals: Points = np.zeros(0, np.float32)
            self.documents = self.names = np.zeros(0, np.intp)
            return
        held = HeldNames(self.columns)
        if not rules:
            raise ValueError("no rule is left to compare by")
        self._points = np.stack([rule.points(one, held) for rule in rules])
        totals = _totals(self._points, self.columns.roles)
        owners = np.asarray(self.columns.owners, np.intp)
        # By document, the best name first; the earlier one where two are as good.
        order = np.lexsort((np.arange(len(owners)), -totals, owners))
        self.documents, firsts = np.unique(owners[order], return_index=True)
        self.names = order[firsts]
        self.totals = totals[self.names]

    def by_meaning(self) -> NDArray[np.bool_]:
        """For each total, whether a rule of meaning gave the most points."""
        of_meaning = np.fromiter((rule.of_meaning for rule in self.rules), np.bool_, len(self.rules))
        decided: NDArray[np.bool_] = of_meaning[self._points[:, self.names].argmax(axis=0)]
        return decided

    def points(self, name: int) -> tuple[float, ...]:
        """The points of each rule for a name."""
        return tuple(self._points[:, name].tolist())

    def reasons(self, name: int) -> tuple[Reason, ...]:
        """Why a name scores as it does, the weightiest reason first."""
        return reasons(self.one.form, self.columns.form(name), self.points(name), self.rules)


def _totals(points: NDArray[np.float32], roles: Sequence[str]) -> Points:
    """The best rule, and the second best as a part of what the best leaves open."""
    first = points.max(axis=0)
    second = np.partition(points, -2, axis=0)[-2] if len(points) > 1 else np.zeros_like(first)
    totals = first + (1.0 - first) * _SECOND_RULE * second
    factor = np.fromiter((_ROLE_FACTOR.get(role, 1.0) for role in roles), np.float32, len(roles))
    weighed: Points = totals * factor
    return weighed


def reasons(
    one: Form, other: Form, points: Sequence[float], rules: Sequence[Rule] = RULES
) -> tuple[Reason, ...]:
    """The rules that gave points worth telling, the weightiest first."""
    ranked = sorted(zip(points, rules, strict=True), key=lambda pair: -pair[0])
    if ranked[0][0] == 1.0:
        # What is identical is also near in every other way.
        del ranked[1:]
    least = min(_LEAST_REASON, ranked[0][0])
    return tuple(
        Reason(rule.name, f"{rule.shown(one)} ~ {rule.shown(other)}", round(given, 3), rule.version)
        for given, rule in ranked[:_MOST_REASONS]
        if given >= least and given > 0
    )
