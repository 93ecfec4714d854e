"""Timing that another load on the machine disturbs least: several short runs, of which the best counts."""

import functools
import gc
import os
import platform
import time
from collections.abc import Callable, Sequence

RUNS = 3


def best_of(runs: int, work: Callable[[], int]) -> float:
    """The best rate of some runs, in records for a second of one core: what the code can do when left
    alone.
    """
    rates = []
    for _ in range(runs):
        begun = time.process_time()
        count = work()
        rates.append(count / (time.process_time() - begun))
    return max(rates)


def forget_answers() -> None:
    """Empty the caches of the keys, so that each run computes what the first had to."""
    for held in gc.get_objects():
        if isinstance(held, functools._lru_cache_wrapper) and held.__module__.startswith("search."):
            held.cache_clear()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> str:
    """The machine in a sentence, with how busy it is: a figure means nothing without it."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}{load}, {time.strftime('%Y-%m-%d %H:%M')}"
    )
