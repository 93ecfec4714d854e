"""How alike the figures of two marks are, by the Vienna codes that offices give them.

A code shared counts by how rare it is in the register: what nearly every mark has (letters in a special form,
colours) says little. Two codes that only stand under the same division or category share what that holds, at
a part of its worth.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from register.codes.vienna import normalise_vienna, vienna_parents, vienna_title
from search.similarity.rules import Reason

FIGURES_VERSION = 1
"""Changes where the scores of figures do."""

LEAST_SCORE = 0.1
"""What scores less is not shown."""

SAME_RULES = ("same Vienna category", "same Vienna division", "same Vienna section")
"""Why a mark is there, by the level of the code that both share."""

# What is shared at a category, a division, a section.
_SHARES = (0.2, 0.5, 1.0)
# What each figure that was not asked for takes away, beside one that is missing. A mark that holds all that
# was asked for, and as much again, keeps 0.83.
_MORE = 0.2


@dataclass(frozen=True, slots=True)
class Element:
    """A code asked for, as the codes from it up to its category, each with what sharing it is worth."""

    code: str
    levels: tuple[tuple[str, float], ...]

    @property
    def worth(self) -> float:
        return self.levels[0][1]


class Shared(NamedTuple):
    """What an element has in common with a mark: the code they share, the mark's own, and its part of the
    whole.
    """

    asked: str
    common: str
    held: str
    points: float


class FigureScore(NamedTuple):
    """`score` from 0 to 1; `figures` are how many the mark has; `shared` has the weightiest first."""

    score: float
    figures: int
    shared: tuple[Shared, ...]


def finest(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes as delivered -> normalised ones, each once, without those that others stand under."""
    known = dict.fromkeys(code for given in codes if (code := normalise_vienna(given)) is not None)
    above = {parent for code in known for parent in levels_of(code)[1:]}
    return tuple([code for code in known if code not in above])


@lru_cache(maxsize=16384)
def levels_of(code: str) -> tuple[str, ...]:
    """A normalised code and what it stands under, the widest last."""
    return (code, *reversed(vienna_parents(code)))


def elements(codes: Sequence[str], held: Mapping[str, int], marks: int) -> tuple[Element, ...]:
    """The elements asked for. `held` says how many of the register's `marks` have a code, by every level of
    the codes.
    """

    def rarity(code: str) -> float:
        # What no mark has is as rare as what it stands under: of another edition, or a slip of the pen.
        count = next((held[level] for level in levels_of(code) if held[level]), 1)
        return math.log1p(marks / count)

    found = []
    for code in codes:
        own = _SHARES[_depth(code)]
        shares = ((level, _SHARES[_depth(level)] / own * rarity(level)) for level in levels_of(code))
        found.append(Element(code, tuple(shares)))
    return tuple(found)


def figure_scorer(asked: Sequence[Element]) -> Callable[[Iterable[str]], FigureScore]:
    """What scores the codes of a mark against the elements asked for: shared worth by all that was asked
    for, and a part of all that was not (Tversky's ratio).
    """
    wanted = {element.code for element in asked}
    near = {level for element in asked for level, _ in element.levels}
    worth = sum(element.worth for element in asked)
    usual = worth / len(asked)

    def score(codes: Iterable[str]) -> FigureScore:
        given = finest(codes)
        held: dict[str, str] = {}
        for code in given:
            for level in levels_of(code):
                held.setdefault(level, code)
        shared = []
        for element in asked:
            for level, points in element.levels:
                if level in held:
                    shared.append(Shared(element.code, level, held[level], points / worth))
                    break
        more = sum([1.0 - _covered(code, wanted, near) for code in given])
        total = sum([one.points for one in shared]) * worth / (worth + _MORE * more * usual)
        shared.sort(key=lambda one: (-one.points, one.asked))
        return FigureScore(round(total, 4), len(given), tuple(shared))

    return score


def figure_reasons(score: FigureScore) -> tuple[Reason, ...]:
    """The codes that are shared, with their titles."""
    return tuple(
        Reason(SAME_RULES[_depth(one.common)], _told(one), round(one.points, 3)) for one in score.shared
    )


def _covered(code: str, wanted: set[str], near: set[str]) -> float:
    """How much of a mark's code was asked for, from 0 to 1."""
    for level in levels_of(code):
        if level in wanted:
            return 1.0
        if level in near:
            return _SHARES[_depth(level)] / _SHARES[_depth(code)]
    return 0.0


def _told(one: Shared) -> str:
    title = vienna_title(one.common)
    named = one.common if title is None else f"{one.common} {title}"
    return named if one.asked == one.held else f"{named} ({one.asked} ~ {one.held})"


def _depth(code: str) -> int:
    return code.count(".")
