"""Counts cut short by an engine become exact, or are known not to be."""

from collections.abc import Sequence

from search.engines.exact_counts import settled

TRUE = {"a": 90, "b": 60, "c": 55, "d": 9, "e": 8}


def recounted(values: Sequence[str]) -> dict[str, int]:
    return {value: TRUE[value] for value in values}


def test_counts_without_error_are_taken_in_order() -> None:
    assert settled([("b", 2), ("a", 2), ("c", 3)], 0, 2, recounted) == [("c", 3), ("a", 2)]


def test_values_that_stand_out_are_counted_again() -> None:
    cut = [("a", 88), ("c", 55), ("b", 50), ("d", 5)]
    assert settled(cut, 12, 2, recounted) == [("a", 90), ("b", 60)]


def test_where_others_might_be_commoner_nothing_is_told() -> None:
    assert settled([("d", 9), ("e", 8), ("c", 7)], 12, 2, recounted) is None
    assert settled([("a", 90)], 3, 2, recounted) is None
