"""What may come between a source and its feed.

SourceProblem              the run stops; the next one goes on at the place reached
├── LimitReached           … not before a given time
├── RefusedAskError        … as the server will not answer this request
├── AbandonedError         … from the beginning: the place is worth nothing any more
└── TryAgain               … after a few tries at once
BoundReached               the run ends with what it has; the next one takes the rest
StoppedError               the process is to end
"""

import datetime as dt


class SourceProblem(Exception):  # noqa: N818 - a problem is what the field and its users call it
    """A source cannot be asked to its end; the message says why, without secrets."""


class LimitReached(SourceProblem):
    """The source wants no further request before `until`; None: before its day is over."""

    def __init__(self, why: str, until: dt.datetime | None = None) -> None:
        super().__init__(why)
        self.until = until


class RefusedAskError(SourceProblem):
    """The server answered with a status that says that the request is wrong."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.status = status


class AbandonedError(SourceProblem):
    """What was reached cannot be gone on from."""


class TryAgain(SourceProblem):
    """The same request may succeed, after `wait` seconds where the server says so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class BoundReached(Exception):  # noqa: N818 - no error: the bound is kept
    """A bound of the run is reached; the message names it."""


class StoppedError(Exception):
    """The process was told to stop."""
