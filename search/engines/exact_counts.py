"""Exact counts of the commonest values, from counts that an engine has cut short.

Engines count the values of a field in each of their parts and keep only the commonest of each: a count may
lack what a part forgot, by no more than the error that the engine tells. Where the values on top stand out,
counting those few again is exact and much cheaper than keeping every value.
"""

from collections.abc import Callable, Mapping, Sequence

Counts = list[tuple[str, int]]
Recount = Callable[[Sequence[str]], Mapping[str, int]]


def in_order(counts: Sequence[tuple[str, int]]) -> Counts:
    """Commonest first, equal counts by value."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def settled(
    counts: Counts, error: int, size: int, recount: Callable[[Sequence[str]], Mapping[str, int]]
) -> Counts | None:
    """The `size` commonest values with exact counts; None where the counts given cannot tell.

    `counts` are the commonest by what was counted, more than `size` of them where there are more values;
    `recount` counts some values again, all at once.
    """
    if not error:
        return in_order(counts)[:size]
    if len(counts) <= size:
        return None
    held = recount([value for value, _ in counts])
    exact = in_order([(value, held.get(value, 0)) for value, _ in counts])
    most_elsewhere = min(count for _, count in counts) + error
    return exact[:size] if exact[size - 1][1] > most_elsewhere else None
