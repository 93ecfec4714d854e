"""Sources of tables, pulled into a register, and what the register then holds."""

import json
from pathlib import Path
from typing import Any

from ingest.pulling.clock import Pace
from ingest.pulling.handing_over import HandOver, loading
from ingest.pulling.run import Pulled, Puller
from ingest.pulling.source import Source, read_source
from register.store.changes import newest_after
from register.store.database import Database
from register.store.feeds import Feed, list_feeds
from register.store.sources import SourceRun, SourceState, runs_of, source_state
from tests.ingest.pulling.serving import FakeClock

AGENT = "ipregister-test"


def source_of(url: str, kind: str, **further: Any) -> Source:
    """A source of Singapore, asked every six hours."""
    table = {"name": "the-source", "office": "SG", "kind": kind, "url": url, "every": "6h", **further}
    return read_source(table, "test")


def mark_of(number: int, text: str = "LIME") -> dict[str, Any]:
    """A mark of Singapore in our own format."""
    return {
        "office": "SG",
        "right": "trademark",
        "applicationNumber": f"402020{number:05d}A",
        "texts": [{"text": text, "language": "en"}],
        "filingDate": "2020-01-31",
        "status": "registered",
    }


def lines(*numbers: int, text: str = "LIME") -> bytes:
    return b"".join(json.dumps(mark_of(number, text)).encode() + b"\n" for number in numbers)


class Pulling:
    """A register, and pulls into it."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.root = root
        self.clock = FakeClock()
        self.pace = Pace()

    def pull(self, source: Source, hand_over: HandOver | None = None) -> Pulled:
        pulled = self.puller(hand_over).pull(source)
        assert pulled is not None
        return pulled

    def puller(self, hand_over: HandOver | None = None) -> Puller:
        hand = hand_over or loading(self.database)
        return Puller(self.database, self.root, hand, AGENT, self.clock, self.pace)

    def numbers(self) -> list[int]:
        """The serial numbers of the marks in the register."""
        with self.database.reading() as connection:
            held = newest_after(connection, 0, 1_000_000)
        return sorted(int(one.id.rpartition("-")[2].removeprefix("402020").rstrip("a")) for one in held)

    def ids(self) -> list[str]:
        with self.database.reading() as connection:
            return sorted(one.id for one in newest_after(connection, 0, 1_000_000))

    def feeds(self) -> list[Feed]:
        """Newest first."""
        with self.database.reading() as connection:
            return list_feeds(connection)

    def runs(self, name: str = "the-source") -> list[SourceRun]:
        """Newest first."""
        with self.database.reading() as connection:
            return runs_of(connection, name, 100)

    def state(self, name: str = "the-source") -> SourceState:
        with self.database.reading() as connection:
            state = source_state(connection, name)
        assert state is not None
        return state

    def files(self) -> list[Path]:
        """What lies in the spool."""
        return [path for path in self.root.rglob("*") if path.is_file()]
