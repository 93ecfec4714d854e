"""Bytes to records: how many a second on one core, beside the bare parsing of the same bytes in the same run."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from lxml import etree

from ingest.detect import detect
from ingest.formats.registry import Opened
from ingest.mapping import Mapper
from loadtests.feeds import FEEDS, write_feed
from loadtests.table import print_table
from register.model import encode_record
from register.statement import Statement

RECORDS = 20_000
WANTED = 3_000


def best_of(runs: int, work: Callable[[], int]) -> float:
    """The best rate of some runs, in records a second: what the code can do when the machine leaves it alone."""
    rates = []
    for _ in range(runs):
        begun = time.perf_counter()
        count = work()
        rates.append(count / (time.perf_counter() - begun))
    return max(rates)


def bare_xml(data: bytes, tag: str) -> int:
    """Parse the bytes and do nothing with them."""
    count = 0
    for _, element in etree.iterparse(io.BytesIO(data), tag=tag, resolve_entities=False, no_network=True):
        count += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def bare_lines(data: bytes) -> int:
    decode = msgspec.json.decode
    return sum(1 for line in data.splitlines() if decode(line))


def whole(data: bytes, office: str) -> int:
    """Read, map and encode every record."""
    kind = detect(data[:65536], "feed")
    mapper = Mapper(office, kind.name)
    count = 0
    for delivered in kind.read(Opened("feed", office, io.BytesIO(data))):
        statement = mapper.statement(delivered)  # type: ignore[arg-type]  # the generated feeds hold no damage
        assert isinstance(statement, Statement), statement
        encode_record(statement.record)
        count += 1
    return count


_BARE: dict[str, Callable[[bytes], int]] = {
    "st66": lambda data: bare_xml(data, "{http://www.wipo.int/standards/XMLSchema/trademarks}TradeMark"),
    "kipris": lambda data: bare_xml(data, "TradeMarkInfo"),
    "uspto-daily": lambda data: bare_xml(data, "case-file"),
    "jsonl": bare_lines,
}


def measure(folder: Path) -> None:
    """Print the table; `folder` keeps the generated feeds."""
    rows = []
    for name, (office, _) in FEEDS.items():
        data = write_feed(name, RECORDS, folder).read_bytes()
        bare = best_of(3, lambda data=data, name=name: _BARE[name](data))  # type: ignore[misc]
        ours = best_of(3, lambda data=data, office=office: whole(data, office))  # type: ignore[misc]
        rows.append(
            (
                name,
                f"{len(data) / RECORDS:,.0f}",
                f"{bare:,.0f}",
                f"{ours:,.0f}",
                f"{ours / bare:.2f}",
                f"{ours / WANTED:.1f}",
            )
        )
    print_table(
        "Bytes to records, one core",
        (
            "format",
            "bytes a record",
            "bare parse/s",
            "records/s",
            "of the bare parse",
            f"of {WANTED:,} wanted",
        ),
        rows,
    )
