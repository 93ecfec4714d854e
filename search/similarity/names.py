"""The two sides of a comparison: the name asked for, and the names held, in columns so that each rule
compares with all at once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from search.forms import Form, FormColumns, said
from search.keys.sound import skeleton
from search.keys.spelling import plain_spelling
from search.similarity.lookalikes import lookalike

# Letters of other scripts are not drawn like one another's, nor like digits.
_DRAWN_ALIKE = frozenset(("Latn", "Cyrl", "Grek", "Hani", "Kana", "Zyyy"))

Points = NDArray[np.float32]
"""Points from 0 to 1, one for each name held."""


class Asked(NamedTuple):
    """The name asked for, with what is computed once for all comparisons. `weights` are its words by
    rarity, 1 in sum.
    """

    form: Form
    key: str
    words: tuple[str, ...]
    sorted_words: str
    lookalike: str
    skeletons: tuple[str, ...]
    spelling: str
    weights: Mapping[str, float]
    unit_weights: tuple[float, ...]
    concepts: frozenset[str]


def asked(form: Form, weights: Mapping[str, float], unit_weights: tuple[float, ...] = ()) -> Asked:
    words = tuple(form.words.split(" ")) if form.words else ()
    return Asked(
        form,
        form.key,
        words,
        " ".join(sorted(words)),
        lookalike(form.key),
        tuple(map(skeleton, form.sounds)),
        plain_spelling(form.roman),
        weights,
        unit_weights or (1.0,) * len(form.units),
        frozenset(concept for unit in form.units for concept in unit.concepts),
    )


class HeldNames:
    """Names held, in columns; what a rule does not look at is not computed."""

    def __init__(self, columns: FormColumns) -> None:
        self.columns = columns
        self.keys = columns.keys
        self.words = columns.words
        self.romans = columns.romans
        self._sharing: tuple[frozenset[str], list[int]] | None = None
        self._of_script: dict[str, NDArray[np.bool_]] = {}
        self._heard: dict[str, tuple[Points, Points]] = {}

    def __len__(self) -> int:
        return len(self.columns)

    @cached_property
    def lengths(self) -> Points:
        return np.fromiter(map(len, self.keys), np.float32, len(self))

    @cached_property
    def lookalikes(self) -> list[str]:
        return [
            lookalike(key) if script in _DRAWN_ALIKE else key
            for key, script in zip(self.keys, self.columns.scripts, strict=True)
        ]

    @cached_property
    def spellings(self) -> list[str]:
        return list(map(plain_spelling, self.romans))

    @cached_property
    def _said(self) -> list[tuple[str, ...]]:
        return list(map(said, self.columns.sounds))

    @cached_property
    def sounds(self) -> list[str]:
        """The ways in which all names may be said, one after another; `starts` says where each name's
        begin.
        """
        return [sound for sounds in self._said for sound in sounds or ("",)]

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        counts = [len(sounds) or 1 for sounds in self._said]
        return np.fromiter(accumulate(counts[:-1], initial=0), np.intp, len(counts))

    @cached_property
    def skeletons(self) -> list[str]:
        return list(map(skeleton, self.sounds))

    @cached_property
    def skeleton_lengths(self) -> Points:
        return np.fromiter(map(len, self.skeletons), np.float32, len(self.skeletons))

    def sharing(self, concepts: frozenset[str]) -> Sequence[int]:
        """Which names may mean one of these concepts."""
        if self._sharing is None or self._sharing[0] != concepts:
            units = self.columns.units
            pattern = re.compile("|".join(map(re.escape, concepts))) if concepts else None
            places = (
                []
                if pattern is None
                else [place for place, told in enumerate(units) if told and pattern.search(told) is not None]
            )
            self._sharing = concepts, places
        return self._sharing[1]

    def of_script(self, script: str) -> NDArray[np.bool_]:
        if script not in self._of_script:
            same = [script == one for one in self.columns.scripts]
            self._of_script[script] = np.fromiter(same, np.bool_, len(self))
        return self._of_script[script]

    def heard(self, sound: str) -> tuple[Points, Points]:
        """How alike the consonants of one sound are, and the whole of it, to each of `sounds`. Nobody may
        change the points: several rules look at them.
        """
        if sound not in self._heard:
            self._heard[sound] = (
                compared(skeleton(sound), self.skeletons, Levenshtein.normalized_similarity),
                compared(sound, self.sounds, Levenshtein.normalized_similarity),
            )
        return self._heard[sound]

    def best_of_sounds(self, points: NDArray[np.floating]) -> NDArray[np.floating]:
        """Of points for each way of saying, those of the best for each name."""
        return points if len(points) == len(self) else np.maximum.reduceat(points, self.starts)


def compared(one: str, others: Sequence[str], scorer: Callable[..., float]) -> Points:
    """A similarity of `rapidfuzz` between one text and each of the others."""
    found: Points = process.cdist([one], others, scorer=scorer, dtype=np.float32)[0]
    return found
