"""Counts by several fields as terms aggregations, one within another: both engines take and give the same
shape.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from search.engine import MOST_TALLIED, Tallied
from search.fields import KINDS, Kind


def asked(several: Iterable[Sequence[str]], cut: str) -> dict[str, Any]:
    """The aggregations for tallies by these fields; `cut` is what the engine calls the number of values kept
    in a part.

    Tallies that begin with the same field share it.
    """
    wanted: dict[str, Any] = {}
    for fields in several:
        level = wanted
        for place, field in enumerate(fields):
            terms = {"field": field, "size": MOST_TALLIED, cut: MOST_TALLIED}
            one = level.setdefault(field, {"terms": terms})
            if place + 1 < len(fields):
                level = one.setdefault("aggs", {})
    return wanted


def tallied(fields: Sequence[str], answer: Mapping[str, Any]) -> Tallied:
    """The counts by these fields in an answer to `asked`. Raises `ValueError` where values were cut off."""
    return dict(_counts(fields, answer))


def _counts(fields: Sequence[str], answer: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    field, rest = fields[0], fields[1:]
    found = answer[field]
    if found.get("sum_other_doc_count"):
        raise ValueError(f"{field} has more than {MOST_TALLIED} values")
    is_number = KINDS[field] is Kind.NUMBER
    for bucket in found["buckets"]:
        value = int(bucket["key"]) if is_number else bucket["key"]
        if not rest:
            yield (value,), bucket["doc_count"]
            continue
        for values, count in _counts(rest, bucket):
            yield (value, *values), count
