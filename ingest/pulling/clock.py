"""Time as a run sees it, and the pace at which it asks."""

import datetime as dt
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

from ingest.pulling.problems import StoppedError


class Clock(Protocol):
    """Time of day (UTC), seconds that only grow, and waiting, which raises `StoppedError` where the process
    is to end.
    """

    def now(self) -> dt.datetime: ...

    def seconds(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock. Waits end when `stop` is set."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def seconds(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        if self._stop.wait(max(0.0, seconds)):
            raise StoppedError


@dataclass(slots=True)
class Pace:
    """When each host was last asked. One for a process: sources of one host share its pace."""

    _last: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str, a_second: float, clock: Clock) -> None:
        """Return when the host may be asked again, and write down that it is asked now."""
        last = self._last.get(host)
        rest = 0.0 if last is None else last + 1.0 / a_second - clock.seconds()
        # Also where there is nothing to wait for: told to stop, no further request leaves.
        clock.sleep(max(0.0, rest))
        self._last[host] = clock.seconds()
