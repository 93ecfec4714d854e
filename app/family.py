"""Processes that belong together: children end when their parent does, however it ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO

LIFELINE = "IPREGISTER_LIFELINE"
_GRACE_SECONDS = 20.0


def spawn(module: str, arguments: Sequence[str], pass_fds: Sequence[int] = ()) -> "Child":
    """Start `python -m module arguments…` as a child that is told when this process is gone."""
    ours, theirs = os.pipe()
    os.set_inheritable(ours, True)
    environment = {**os.environ, LIFELINE: str(ours)}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        pass_fds=[ours, *pass_fds],
    )
    os.close(ours)
    return Child(process, os.fdopen(theirs, "wb"))


class Child:
    """A child process and the lifeline whose end it watches."""

    def __init__(self, process: subprocess.Popen[bytes], lifeline: IO[bytes]) -> None:
        self.process = process
        self._lifeline = lifeline

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self, seconds: float = _GRACE_SECONDS) -> None:
        """Ask it to stop, wait, and end it where it does not."""
        if self.alive():
            self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._lifeline.close()


def watch_lifeline(stop: Callable[[], None]) -> None:
    """Call `stop` once the parent is gone, and leave for good where that does not end this process in time.

    Does nothing in a process that was not started by `spawn`.
    """
    given = os.environ.pop(LIFELINE, None)
    if given is None:
        return
    descriptor = int(given)
    os.set_inheritable(descriptor, False)

    def wait() -> None:
        while os.read(descriptor, 1):
            pass
        stop()
        time.sleep(_GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def stop_event() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    event = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: event.set())
    return event
