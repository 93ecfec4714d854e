"""Clauses in tantivy's own query objects."""

import re
from collections.abc import Sequence
from itertools import permutations

import tantivy

from search.engine import (
    All,
    Any,
    Clause,
    Everything,
    Fuzzy,
    Near,
    Not,
    Phrase,
    Prefix,
    Range,
    Ranked,
    Term,
    Wildcard,
)

_Query = tantivy.Query
_Occur = tantivy.Occur
# Up to here a union of terms is quicker than a set, which walks the whole dictionary.
_MOST_TERMS_OF_A_UNION = 64
_PATTERNS = {"*": r"[\s\S]*", "?": r"[\s\S]"}


def translate(schema: tantivy.Schema, clause: Clause) -> tantivy.Query:
    """The clause as a query. Clauses that only match score 1."""
    match clause:
        case Term(field, values):
            return _Query.const_score_query(_terms(schema, field, values), 1.0)
        case Ranked(field, tokens):
            return _Query.boolean_query(
                [(_Occur.Should, _Query.term_query(schema, field, token, "freq")) for token in tokens]
            )
        case Prefix(field, value):
            # A walk with no edit allowed: a regular expression would need the value's own signs escaped.
            return _Query.fuzzy_term_query(schema, field, value, 0, True, True)
        case Fuzzy(field, value, distance):
            return _Query.fuzzy_term_query(schema, field, value, distance, True, False)
        case Wildcard(field, pieces):
            pattern = "".join(_PATTERNS.get(piece) or _literal(piece) for piece in pieces)
            return _Query.const_score_query(_Query.regex_query(schema, field, pattern), 1.0)
        case Near():
            return _Query.const_score_query(_near(schema, clause), 1.0)
        case Phrase(field, words):
            if len(words) == 1:
                return _Query.term_query(schema, field, words[0], "position")
            return _Query.phrase_query(schema, field, list(words))
        case Range(field, low, high):
            if low is None and high is None:
                return _Query.all_query()
            return _Query.range_query(
                schema, field, tantivy.FieldType.Unsigned, lower_bound=low, upper_bound=high
            )
        case Everything():
            return _Query.all_query()
        case All((one,), ()):
            # Wrapped, a union of terms is walked to its end: documents that cannot be among the best too.
            return translate(schema, one)
        case All(clauses, filters):
            parts = [(_Occur.Must, translate(schema, one)) for one in clauses]
            parts += [_filter(schema, one) for one in filters]
            if not any(occur == _Occur.Must for occur, _ in parts):
                parts.append((_Occur.Must, _Query.all_query()))
            return _Query.boolean_query(parts)
        case Any(clauses):
            if not clauses:
                return _Query.empty_query()
            return _Query.boolean_query([(_Occur.Should, translate(schema, one)) for one in clauses])
        case Not(inner):
            return _Query.boolean_query(
                [(_Occur.Must, _Query.all_query()), (_Occur.MustNot, translate(schema, inner))]
            )


def _filter(schema: tantivy.Schema, clause: Clause) -> tuple[tantivy.Occur, tantivy.Query]:
    if isinstance(clause, Not):
        return _Occur.MustNot, translate(schema, clause.clause)
    return _Occur.Must, _Query.const_score_query(translate(schema, clause), 0.0)


def _near(schema: tantivy.Schema, near: Near) -> tantivy.Query:
    """A union of phrases with places of their own.

    Two words with a slop match where their distance is that of their places, give or take the slop (measured
    with tantivy 0.27). For longer phrases the slop holds between any of their words, so that each distance is
    a phrase.
    """
    if len(near.first) == len(near.second) == 1:
        return _union([_placed(schema, near.field, *one) for one in _spread(near)])
    pairs = {(near.first, near.second)} if near.ordered else {*permutations((near.first, near.second))}
    return _union(
        [
            _placed(schema, near.field, first, len(first) + gap, second, 0)
            for first, second in sorted(pairs)
            for gap in range(near.gap + 1)
        ]
    )


_Words = tuple[str, ...]


def _spread(near: Near) -> list[tuple[_Words, int, _Words, int]]:
    """Two words with the place of the second and the slop around it, so that all distances are met."""
    first, second, gap = near.first, near.second, near.gap
    if not near.ordered and first != second:
        # Two words never stand in one place, so that both orders are one phrase.
        return [(first, 0, second, gap + 1)]
    half = gap // 2
    places = (1 + half,) if gap % 2 == 0 else (1 + half, 2 + half)
    return [(first, place, second, half) for place in places]


def _placed(
    schema: tantivy.Schema, field: str, first: _Words, begins: int, second: _Words, slop: int
) -> tantivy.Query:
    """The words of the first from the place 0, those of the second from the place `begins`."""
    words: list[str | tuple[int, str]] = [*enumerate(first)]
    words += [(begins + at, word) for at, word in enumerate(second)]
    return _Query.phrase_query(schema, field, words, slop)


def _union(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return _Query.boolean_query([(_Occur.Should, one) for one in queries])


def _literal(piece: str) -> str:
    """The piece in a regular expression, in which only these signs mean more than themselves."""
    return re.sub(r"([\\.+*?()|\[\]{}^$#&\-~/])", r"\\\1", piece)


def _terms(schema: tantivy.Schema, field: str, values: Sequence[str | int]) -> tantivy.Query:
    if not values:
        return _Query.empty_query()
    if len(values) == 1:
        return _Query.term_query(schema, field, values[0], "basic")
    if len(values) > _MOST_TERMS_OF_A_UNION:
        return _Query.term_set_query(schema, field, list(values))
    return _Query.boolean_query(
        [(_Occur.Should, _Query.term_query(schema, field, value, "basic")) for value in values]
    )
