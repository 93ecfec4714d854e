"""Candidates scored in our own code, best first."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from search.engine import Candidate, Clause, Ranked, Reader
from search.forms import decode_forms, form_of
from search.keys.mark import NameKeys
from search.plan import TEXT_RULE, Scored
from search.similarity.rules import RULES, Asked, Reason, Rule, asked
from search.similarity.score import LEAST_SCORE, Scoring, reasons, score
from search.sources import Grams

# How much is taken from a name of another script for each doubling of those that are as much alike, within
# `_TIED`.
_CROWD, _TIED, _LEAST_LEFT = 0.05, 0.02, 0.6
_WORDS = "word"
_TITLE_ROLE = "n"
_TEXT_POINTS = 0.6


class Kept(NamedTuple):
    """A candidate that is like enough. `length` breaks ties: the shorter name first. `rule` where no rule
    of likeness has brought it here.
    """

    id: str
    version: int
    score: float
    length: int
    scoring: Scoring
    rule: str | None = None


class Ranking(NamedTuple):
    """What is kept, best first. `whole` is False where a source had more candidates than were looked at."""

    kept: Sequence[Kept]
    whole: bool
    one: Asked
    rules: Sequence[Rule]

    def why(self, kept: Kept) -> tuple[Reason, ...]:
        if kept.rule is not None:
            return (Reason(kept.rule, self.one.form.words, kept.score),)
        return reasons(self.one, kept.scoring, self.rules)


def ranking(reader: Reader, plan: Scored) -> Ranking:
    """The candidates of a plan, scored; those below the least score are left out."""
    rules = tuple(rule for rule in RULES if rule.of_sound) if plan.by_sound else RULES
    held = _frequencies(reader, plan)
    one = asked(form_of("q", plan.name), _weights(plan.name, held))
    sources = []
    for named in plan.sources:
        chosen = _rarest(named.what, held) if isinstance(named.what, Grams) else named.what
        if chosen is not None:
            sources.append(named.source(chosen, plan.filters))
    found = reader.candidates(sources)
    scored = [_kept(one, candidate, rules) for candidate in found.documents]
    kept = [one_kept for one_kept in _thinned(one, scored) if one_kept.score >= LEAST_SCORE]
    kept.sort(key=order_of_kept)
    return Ranking(kept, not found.full, one, rules)


def order_of_kept(kept: Kept) -> tuple[float, int, str]:
    return -kept.score, kept.length, kept.id


def _thinned(one: Asked, scored: Sequence[Kept]) -> Iterator[Kept]:
    """The names with those of another script taken back where many of that script sound as much alike.

    Mandarin has some 400 syllables: hundreds of Han names say nearly the same, and say little each. A name
    that is alone in its script with that likeness keeps its score.
    """
    by_script: dict[str, list[Kept]] = {}
    for kept in scored:
        form = kept.scoring.form
        if form is None or form.script == one.form.script or kept.score < LEAST_SCORE:
            yield kept
        else:
            by_script.setdefault(form.script, []).append(kept)
    for alike in by_script.values():
        alike.sort(key=order_of_kept)
        scores = [-kept.score for kept in alike]
        for kept in alike:
            as_much_alike = bisect_right(scores, _TIED - kept.score)
            yield kept._replace(
                score=round(kept.score * max(_LEAST_LEFT, 1.0 - _CROWD * math.log2(as_much_alike)), 4)
            )


def _kept(one: Asked, candidate: Candidate, rules: Sequence[Rule]) -> Kept:
    forms = decode_forms(candidate.forms)
    scoring = score(one, forms, rules)
    total = scoring.score
    # Only the source of running text brings documents of other rights.
    by_text = total < _TEXT_POINTS and bool(forms) and forms[0].role == _TITLE_ROLE
    if by_text:
        total = _TEXT_POINTS
    length = len(scoring.form.words) if scoring.form is not None else 0
    return Kept(
        candidate.id, candidate.version, round(total, 4), length, scoring, TEXT_RULE if by_text else None
    )


_Held = Mapping[tuple[str, str], int]
"""How many documents hold a value, by field and value."""


def _frequencies(reader: Reader, plan: Scored) -> _Held:
    """Of the words of the name and of all grams, in one request."""
    asked_for = [(_WORDS, word) for word in plan.name.words]
    for named in plan.sources:
        if isinstance(named.what, Grams):
            asked_for += [(named.what.field, gram) for gram in named.what.grams]
    values = list(dict.fromkeys(asked_for))
    return dict(zip(values, reader.frequency(values), strict=True))


def _weights(name: NameKeys, held: _Held) -> dict[str, float]:
    """How much each word of the name counts: the rarer in the register, the more; 1 in sum."""
    rarity = {word: 1.0 / (1.0 + math.log1p(held[_WORDS, word])) for word in name.words}
    whole = sum(rarity.values())
    return {word: value / whole for word, value in rarity.items()}


def _rarest(grams: Grams, held: _Held) -> Clause | None:
    """The rarest of the grams that occur at all; None where none does."""
    counted = sorted((held[grams.field, gram], gram) for gram in grams.grams)
    chosen = tuple(gram for count, gram in counted if count)[: grams.most]
    return Ranked(grams.field, chosen) if chosen else None
