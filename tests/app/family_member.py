"""A member of a family: `python -m tests.app.family_member parent|child|stubborn DESCRIPTOR`.

Each holds the descriptor, a pipe to the test, open as long as it lives; a child writes to it once it can be
told to stop.
"""

import os
import signal
import sys
import threading

from app.family import spawn, stop_event, watch_lifeline


def parent(descriptor: int) -> None:
    child = spawn("tests.app.family_member", ["child", str(descriptor)], [descriptor])
    child.process.wait()


def child(descriptor: int) -> None:
    stop = stop_event()
    watch_lifeline(stop.set)
    os.write(descriptor, b".")
    stop.wait()


def stubborn(descriptor: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(descriptor, b".")
    threading.Event().wait()


if __name__ == "__main__":
    {"parent": parent, "child": child, "stubborn": stubborn}[sys.argv[1]](int(sys.argv[2]))
