"""A source tried: its first request is made and its reply looked into; nothing is kept."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from ingest.pulling.asking import Asker
from ingest.pulling.clock import Clock, Pace
from ingest.pulling.handing_over import Fetched, check_is_feed
from ingest.pulling.hidden import secrets_of
from ingest.pulling.place import Mark
from ingest.pulling.problems import BoundReached, SourceProblem
from ingest.pulling.reply import Reply
from ingest.pulling.run import walk_of
from ingest.pulling.source import Source
from ingest.pulling.walk import Turn


class Tried(NamedTuple):
    """What came: the bytes of the reply, the format of its records (None where it holds none, as an index or
    an empty day), and whether there is more to ask for.
    """

    size: int
    format: str | None
    has_more: bool


def try_source(source: Source, agent: str, clock: Clock) -> Tried | None:
    """Ask for the first page as a first run would; None where there is nothing to ask for yet. Raises
    `SourceProblem`.
    """
    secrets = secrets_of(source.table)
    walk = walk_of(source, secrets, clock)
    mark = Mark(identity=source.identity)
    place = walk.start(mark)
    if place is None:
        return None
    deadline = clock.seconds() + source.table.bounds.seconds
    asker = Asker(source.table, secrets, agent, clock, Pace(), deadline)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.name

        def read(reply: Reply) -> tuple[Turn, Reply]:
            return walk.read(reply, place, mark), reply

        try:
            turn, reply = asker.ask(walk.ask(place, mark), path, read)
        except BoundReached as bound:
            raise SourceProblem(str(bound)) from None
        finally:
            asker.close()
        if turn.body is not None:
            path.write_bytes(turn.body)
        fetched = Fetched(path, source.name, source.table.office, source.table.format)
        found = check_is_feed(fetched) if turn.keep else None
        return Tried(reply.size, found, turn.next is not None)
