"""Candidates scored in our own code, best first."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.engine import Candidates, Clause, Ranked, Reader, Source
from search.errors import InputError
from search.forms import form_of
from search.keys.mark import NameKeys
from search.plan import TEXT_RULE, Scored
from search.similarity.crowd import thinned
from search.similarity.names import Asked, asked
from search.similarity.rules import Reason, rules_without
from search.similarity.score import LEAST_SCORE, Scores
from search.sources import Grams

_WORDS, _CONCEPTS = "word", "concept"
# Among so few names even common pieces are found at once, and counting them first takes longer.
_FEW_NAMES = 20_000
_TITLE_ROLE = "n"
_TEXT_POINTS = 0.6


class Kept(NamedTuple):
    """A candidate that is like enough. `length` breaks ties: the shorter name first.

    `name` is the name that decided, as a place in the columns of the scores. `rule` where no rule of likeness
    has brought it here.
    """

    id: str
    version: int
    score: float
    length: int
    name: int
    rule: str | None = None


class Ranking(NamedTuple):
    """What is kept, best first. `whole` is False where a source had more candidates than were looked at;
    `left` names the ways of finding for which there was no time.
    """

    kept: Sequence[Kept]
    whole: bool
    left: tuple[str, ...]
    one: Asked
    scores: Scores

    def why(self, kept: Kept) -> tuple[Reason, ...]:
        if kept.rule is not None:
            return (Reason(kept.rule, self.one.form.words, kept.score),)
        return self.scores.reasons(kept.name)


def ranking(
    reader: Reader, plan: Scored, scripts: Mapping[str, int], seconds: float | None = None
) -> Ranking:
    """The candidates of a plan, scored; those below the least score are left out.

    `scripts` says about how many documents have names in each script. After `seconds` no further way of
    finding is tried.
    """
    rules = rules_without(plan.without_rules, of_sound=plan.by_sound)
    if not rules:
        raise InputError(
            "withoutRules",
            "no rule is left to compare by",
            "leave at least one rule on, or ask for match=exact",
        )
    held = _frequencies(reader, plan, scripts)
    one = asked(form_of("q", plan.name), _weights(plan.name, held), _unit_weights(plan.name, held))
    sources: list[Source] = []
    names: list[str] = []
    for named in plan.sources:
        chosen = _chosen(named.what, held) if isinstance(named.what, Grams) else named.what
        if chosen is not None:
            sources.append(named.source(chosen, plan.filters))
            names.append(named.name)
    found = reader.candidates(sources, seconds)
    scores = Scores(one, found.forms, rules)
    kept = sorted(_kept(found, scores), key=order_of_kept)
    left = tuple(names[place] for place in sorted(found.left))
    return Ranking(kept, not found.full and not left, left, one, scores)


def order_of_kept(kept: Kept) -> tuple[float, int, str]:
    return -kept.score, kept.length, kept.id


def _kept(found: Candidates, scores: Scores) -> list[Kept]:
    kept = []
    ids, versions = found.ids, found.versions
    roles, words = scores.columns.roles, scores.columns.words
    for place, total, name in zip(
        scores.documents.tolist(), thinned(scores).tolist(), scores.names.tolist(), strict=True
    ):
        # Only the source of running text brings documents of other rights.
        if total < _TEXT_POINTS and roles[name] == _TITLE_ROLE:
            score, rule = _TEXT_POINTS, TEXT_RULE
        elif total >= LEAST_SCORE:
            score, rule = round(total, 4), None
        else:
            continue
        kept.append(Kept(ids[place], versions[place], score, len(words[name]), name, rule))
    return kept


_Held = Mapping[tuple[str, str], int]
"""How many documents hold a value, by field and value."""


def _frequencies(reader: Reader, plan: Scored, scripts: Mapping[str, int]) -> _Held:
    """Of the words and concepts of the name and of the grams to choose from, in one request."""
    asked_for = [(_WORDS, word) for word in plan.name.words]
    asked_for += [(_CONCEPTS, concept) for concept in plan.name.concepts]
    for named in plan.sources:
        few = named.script is not None and scripts.get(named.script, 0) <= _FEW_NAMES
        if isinstance(named.what, Grams) and not few:
            asked_for += [(named.what.field, gram) for gram in named.what.grams]
    values = list(dict.fromkeys(asked_for))
    return dict(zip(values, reader.frequency(values), strict=True))


def _weights(name: NameKeys, held: _Held) -> dict[str, float]:
    """How much each word of the name counts: the rarer in the register, the more; 1 in sum."""
    rarity = {word: 1.0 / (1.0 + math.log1p(held[_WORDS, word])) for word in name.words}
    whole = sum(rarity.values())
    return {word: value / whole for word, value in rarity.items()}


def _unit_weights(name: NameKeys, held: _Held) -> tuple[float, ...]:
    """How much each unit of the name counts: the rarer what it says or means, the more."""
    weights = []
    for unit in name.units:
        counts = [held.get((_CONCEPTS, concept), 0) for concept in unit.concepts]
        counts += [held.get((_WORDS, word), 0) for word in unit.text.split(" ")]
        weights.append(1.0 / (1.0 + math.log1p(max(counts, default=0))))
    return tuple(weights)


def _chosen(grams: Grams, held: _Held) -> Clause | None:
    """The rarest grams of each group that occur at all, None where none does; all that were not counted."""
    chosen: dict[str, None] = {}
    for group in grams.groups:
        if any((grams.field, gram) not in held for gram in group):
            chosen.update(dict.fromkeys(group))
            continue
        counted = sorted((count, gram) for gram in group if (count := held[grams.field, gram]))
        chosen.update(dict.fromkeys(gram for _, gram in counted[: grams.most]))
    return Ranked(grams.field, tuple(chosen)) if chosen else None
