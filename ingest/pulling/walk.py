"""What every kind of source answers: where a run begins, what it asks at a place, and what follows from the
reply.
"""

from typing import NamedTuple, Protocol

from ingest.pulling.asking import Ask
from ingest.pulling.place import Mark, Place
from ingest.pulling.reply import Reply


class Turn(NamedTuple):
    """What a reply led to.

    `next` is asked for next; None: the run has all. `keep` says whether the reply is a part of the feed, and
    `body` what of it, where that is not the whole. `mark` is what is known now. `problem` is told where
    the run ends without all that there is: what came is taken, and the mark stays as it was.
    """

    next: Place | None
    keep: bool
    mark: Mark
    problem: str | None = None
    body: bytes | None = None


class Walk(Protocol):
    """A kind of source. Places and marks are kept between the calls, and between processes."""

    def start(self, mark: Mark, /) -> Place | None:
        """Where a run begins; None where there is nothing to ask for yet."""
        ...

    def ask(self, place: Place, mark: Mark, /) -> Ask:
        """The request for a place."""
        ...

    def read(self, reply: Reply, place: Place, mark: Mark, /) -> Turn:
        """What a reply leads to. Raises `SourceProblem`, of which `TryAgain` where it may be broken."""
        ...
