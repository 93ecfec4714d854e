"""What took long to count, kept while the index is as it was."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
_KEPT = 64
_WORTH_SECONDS = 0.05


class Remembered:
    """Answers by what was asked and by the state of the index; safe to share between threads.

    Only what took long is kept, the last 64 of it: a count over a million records is some hundred kilobytes
    at most.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, object] = OrderedDict()

    def answer(self, asked: Hashable, ask: Callable[[], T]) -> T:
        """The answer to what is asked; nobody may change it. `asked` holds the state of the index."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return cast(T, self._answers[asked])
        begun = time.monotonic()
        found = ask()
        if time.monotonic() - begun >= _WORTH_SECONDS:
            with self._lock:
                self._answers[asked] = found
                while len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
        return found
