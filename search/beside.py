"""Processes beside this one, for work that needs no database: it is begun there, and waited for here."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

from register.collector import collect_seldom

_MOST_PROCESSES: Final = 3
_PARENT_LOOKED_AT_SECONDS: Final = 1.0

Given = TypeVar("Given")
Done = TypeVar("Done")


def processes_beside() -> int:
    """As many as there are cores besides the one of this process: at least one, for that is often idle."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(_MOST_PROCESSES, cores - 1))


class Beside:
    """Starts its processes when they are first wanted; they end with this process however that ends. Not to
    be shared between threads.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._begun: list[Future[Any]] = []

    def begin(self, work: Callable[[Given], Done], given: Given) -> Callable[[], Done]:
        """Begin work there, and where they all have enough to do, do it here; what is given back waits for
        it. `work` is a function of a module, and where a process was killed it is done here.
        """
        self._begun = [one for one in self._begun if not one.done()]
        if len(self._begun) > self._processes:
            done = work(given)
            return lambda: done
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes, multiprocessing.get_context("spawn"), _begin, (os.getpid(),)
            )
        pool = self._pool
        try:
            begun = pool.submit(work, given)
        except BrokenProcessPool:
            self.close()
            return lambda: work(given)
        self._begun.append(begun)

        def wait() -> Done:
            try:
                return begun.result()
            except BrokenProcessPool:
                # Others may have begun anew meanwhile; what they are given is not to be dropped.
                if self._pool is pool:
                    self.close()
                return work(given)

        return wait

    def close(self) -> None:
        """Let the other processes go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
            self._begun.clear()


def _begin(parent: int) -> None:
    collect_seldom()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_LOOKED_AT_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
