"""Bytes to records: how many for a second of one core, beside the bare parsing of the same bytes."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from lxml import etree

from ingest.detect import detect
from ingest.formats.registry import Opened
from ingest.mapping import Mapper
from loadtests.feeds import FEEDS, write_feed
from loadtests.table import print_table
from loadtests.timing import RUNS, best_of
from register.collector import patient_collector
from register.model import encode_record
from register.statement import Statement

WANTED = 3_000


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


def measure(count: int, feeds: Path) -> None:
    """Print the table; `feeds` keeps the generated feeds."""
    rows = []
    for name, (office, _) in FEEDS.items():
        data = write_feed(name, count, feeds).read_bytes()
        with patient_collector():
            bare = best_of(RUNS, partial(_BARE[name], data))
            ours = best_of(RUNS, partial(whole, data, office))
        rows.append(
            (
                name,
                f"{len(data) / count:,.0f}",
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
