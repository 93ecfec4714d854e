"""Clauses in OpenSearch's query language."""

from typing import Any

from search.engine import All, Clause, Everything, Fuzzy, Not, Phrase, Prefix, Range, Ranked, Term
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
