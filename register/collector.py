"""The garbage collector, where records go by in great numbers: they hold no cycles, so it finds nothing, and
looking costs up to a third of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_COLLECT_AFTER_OBJECTS = 200_000


def collect_seldom() -> None:
    """From now on, for as long as the process lives."""
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER_OBJECTS, 10, 10)


@contextmanager
def patient_collector() -> Iterator[None]:
    """It looks seldom until the block ends."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
