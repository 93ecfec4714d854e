"""Clauses in OpenSearch's query language."""

import re
from collections.abc import Sequence
from typing import Any

from search.engine import (
    All,
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
from search.engine import Any as AnyOf


def translate(clause: Clause) -> dict[str, Any]:
    """The clause as a query. Clauses that only match score 1."""
    match clause:
        case Term("id", values):
            return {"constant_score": {"filter": {"ids": {"values": list(values)}}}}
        case Term(field, values):
            return {"constant_score": {"filter": {"terms": {field: list(values)}}}}
        case Ranked(field, tokens):
            return {
                "bool": {
                    "should": [{"term": {field: {"value": token}}} for token in tokens],
                    "minimum_should_match": 1,
                }
            }
        case Prefix(field, value):
            return {"prefix": {field: {"value": value, "rewrite": "constant_score"}}}
        case Fuzzy(field, value, distance):
            # Rewritten to the set of all terms that near: the default stops at the fifty best.
            return {
                "fuzzy": {
                    field: {
                        "value": value,
                        "fuzziness": distance,
                        "transpositions": True,
                        "rewrite": "constant_score",
                    }
                }
            }
        case Wildcard(field, pieces):
            pattern = "".join(piece if piece in ("*", "?") else _escaped(piece) for piece in pieces)
            return {"wildcard": {field: {"value": pattern, "rewrite": "constant_score"}}}
        case Near(field, first, second, gap, ordered):
            # Two intervals in an order each: without one, the two phrases might share words.
            pairs = [(first, second)] if ordered or first == second else [(first, second), (second, first)]
            return {"intervals": {field: {"any_of": {"intervals": [_follows(*pair, gap) for pair in pairs]}}}}
        case Phrase(field, words):
            if len(words) == 1:
                return {"term": {field: {"value": words[0]}}}
            return {"match_phrase": {field: {"query": " ".join(words), "analyzer": "whitespace"}}}
        case Range(field, low, high):
            bounds = {name: bound for name, bound in (("gte", low), ("lte", high)) if bound is not None}
            return {"range": {field: bounds}} if bounds else {"match_all": {}}
        case Everything():
            return {"match_all": {}}
        case All(clauses, filters):
            parts: dict[str, Any] = {
                "must": [translate(one) for one in clauses],
                "filter": [translate(one) for one in filters if not isinstance(one, Not)],
                "must_not": [translate(one.clause) for one in filters if isinstance(one, Not)],
            }
            return {"bool": {name: queries for name, queries in parts.items() if queries}}
        case AnyOf(clauses):
            if not clauses:
                return {"match_none": {}}
            return {"bool": {"should": [translate(one) for one in clauses], "minimum_should_match": 1}}
        case Not(inner):
            return {"bool": {"must_not": [translate(inner)]}}


def _follows(first: Sequence[str], second: Sequence[str], gap: int) -> dict[str, Any]:
    """The second phrase behind the first, with so many words between at most."""
    return {"all_of": {"intervals": [_phrase(first), _phrase(second)], "max_gaps": gap, "mode": "ordered"}}


def _phrase(words: Sequence[str]) -> dict[str, Any]:
    return {
        "match": {"query": " ".join(words), "analyzer": "whitespace", "max_gaps": 0, "mode": "ordered"},
    }


def _escaped(piece: str) -> str:
    return re.sub(r"([\\*?])", r"\\\1", piece)
