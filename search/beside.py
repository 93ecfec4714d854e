"""A process beside this one, for work that needs no database: it is begun there, and waited for here."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from register.collector import collect_seldom

_PARENT_LOOKED_AT_SECONDS: Final = 1.0

Given = TypeVar("Given")
Done = TypeVar("Done")


class Beside:
    """Starts when first wanted, does what it is given in order, and ends with this process however that ends.
    Not to be shared between threads.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, work: Callable[[Given], Done], given: Given) -> Callable[[], Done]:
        """Begin work there; what is given back waits for it. `work` is a function of a module, and where the
        process was killed it is done here.
        """
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (os.getpid(),))
        try:
            begun = self._pool.submit(work, given)
        except BrokenProcessPool:
            self.close()
            return lambda: work(given)

        def wait() -> Done:
            try:
                return begun.result()
            except BrokenProcessPool:
                self.close()
                return work(given)

        return wait

    def close(self) -> None:
        """Let the other process go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(parent: int) -> None:
    collect_seldom()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_LOOKED_AT_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
