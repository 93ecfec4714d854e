"""Marks with figures like those of given Vienna codes or of a given mark, the likest first."""

from collections.abc import Sequence
from typing import NamedTuple

from register.codes.vienna import normalise_vienna
from search.engine import All, Clause, Not, Ranked, Reader, Source, Term
from search.errors import InputError
from search.filters import filter_clauses
from search.keys.numbers import as_identity
from search.query import SearchQuery
from search.short import vienna_codes_in
from search.similarity.figures import (
    LEAST_SCORE,
    FigureScore,
    elements,
    figure_reasons,
    figure_scorer,
    finest,
    levels_of,
)
from search.similarity.rules import Reason
from search.sources import BEST_FIRST

MAX_ELEMENTS = 40
# Fetching and scoring one takes about 40 microseconds; those that share the most rare codes come first.
_CANDIDATES = 300
_FIELD, _MARK = "figure", ("right", "trademark")


class FigureKept(NamedTuple):
    """A mark whose figures are like enough. `length`, the number of its figures, breaks ties: fewer first."""

    id: str
    version: int
    score: float
    length: int
    figures: FigureScore


class FigureRanking(NamedTuple):
    """What is kept, best first. `whole` is False where there were more candidates than were looked at."""

    kept: Sequence[FigureKept]
    whole: bool

    def why(self, kept: FigureKept) -> tuple[Reason, ...]:
        return figure_reasons(kept.figures)


class _Asked(NamedTuple):
    codes: tuple[str, ...]
    ids: tuple[str, ...]


def figure_ranking(reader: Reader, query: SearchQuery) -> FigureRanking:
    """The marks like `query.vienna_like`, within its filters.

    Raises `InputError` for a value that is neither a code nor the id of a record with codes, and for a text
    beside it.
    """
    if (query.text or "").strip():
        raise InputError(
            "viennaLike", "names and figures are not ranked together", "give either q or viennaLike"
        )
    filters = filter_clauses(query.filters)
    asked = _asked(reader, query.vienna_like)
    every = list(dict.fromkeys(level for code in asked.codes for level in levels_of(code)))
    marks, *counts = reader.frequency([_MARK, *(("vienna", code) for code in every)])
    held = dict(zip(every, counts, strict=True))
    source = Source(
        All((_candidates(asked.codes),), (*filters, *_others(asked.ids))), _CANDIDATES, BEST_FIRST
    )
    found = reader.candidates([source])
    shorts = reader.fetch(found.ids)
    score = figure_scorer(elements(asked.codes, held, marks))
    kept = []
    for hit in shorts.values():
        figures = score(vienna_codes_in(hit.short))
        if figures.score >= LEAST_SCORE:
            kept.append(FigureKept(hit.id, hit.version, figures.score, figures.figures, figures))
    kept.sort(key=lambda one: (-one.score, one.length, one.id))
    return FigureRanking(kept, not found.full)


def _candidates(codes: Sequence[str]) -> Clause:
    """What shares a code, or the one that it stands right under: a category alone would say too little."""
    return Ranked(_FIELD, tuple(dict.fromkeys(level for code in codes for level in levels_of(code)[:2])))


def _others(ids: Sequence[str]) -> tuple[Clause, ...]:
    """Every mark is like itself."""
    return (Not(Term("id", tuple(ids))),) if ids else ()


def _asked(reader: Reader, given: Sequence[str]) -> _Asked:
    codes: list[str] = []
    ids: list[str] = []
    for value in given:
        code = normalise_vienna(value)
        identity = as_identity(value) if code is None else None
        if code is not None:
            codes.append(code)
        elif identity is not None:
            ids.append(identity)
        else:
            raise InputError(
                "viennaLike",
                f"{value!r} is no Vienna code and no id of a record",
                "give codes such as 26.4.5, or the id of a mark such as sg-tm-40202001321q",
            )
    held = reader.fetch(ids)
    for identity in ids:
        if identity not in held:
            raise InputError(
                "viennaLike", f"no record has the id {identity!r}", "search for its number with q"
            )
        codes += vienna_codes_in(held[identity].short)
    wanted = finest(codes)
    if not wanted:
        raise InputError(
            "viennaLike", f"the office gave {' and '.join(ids)} no Vienna code", "give the codes themselves"
        )
    if len(wanted) > MAX_ELEMENTS:
        raise InputError(
            "viennaLike", f"these are {len(wanted)} codes", f"give at most {MAX_ELEMENTS}, the telling ones"
        )
    return _Asked(wanted, tuple(ids))
