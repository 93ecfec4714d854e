"""A described format as one that is found by looking and read as a stream, like those with a reader of their
own."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from ingest.csv_rows import Row, rows
from ingest.described.drafts import DraftMaker, StrangeWordError
from ingest.described.table import FormatTable, field_of
from ingest.described.transcoding import Transcoded, decoded
from ingest.described.values import nest_of, steps_of
from ingest.draft import Damage, Delivered, NotAFeedError, Position
from ingest.formats.registry import Format, Head, Opened
from ingest.json_records import json_records
from ingest.xml_envelope import envelope_of
from ingest.xml_records import xml_records
from register.statement import NO_ENVELOPE, Envelope

KEPT_DAMAGE_BYTES = 64 << 10
# An office that describes its file knows it better than a glance at it.
_SURE = 97
_LEAST_SHARE = 0.4
_ELEMENT = re.compile(r"<([^\s<>/!?]+)")


def described_format(table: FormatTable) -> Format:
    """The format of a table. Raises ValueError, which says what is wrong in the table."""
    if not table.name or not all(part.isalnum() for part in table.name.split("-")):
        raise ValueError(f"name: {table.name!r} is no name of letters, digits and hyphens")
    if not any(_says(word, "applicationNumber") for word in table.columns.values()):
        raise ValueError("columns: none is `applicationNumber`, without which records cannot be told apart")
    if table.kind == "csv" and len(table.separator) != 1:
        raise ValueError(f"separator: {table.separator!r} is not one character")
    if table.kind == "xml" and not table.records:
        raise ValueError("records: the name of the record's element is needed for XML")
    if table.encoding:
        try:
            codecs.lookup(table.encoding)
        except LookupError:
            raise ValueError(f"encoding: {table.encoding!r} is not known") from None
    reading = _Reading(table)
    read = {"csv": reading.csv, "json": reading.json, "xml": reading.xml}[table.kind]
    return Format(table.name, f"{table.name} (described by the office's profile)", _looks(table), read)


def _says(word: str, name: str) -> bool:
    field = field_of(word)
    return field is not None and field.name == name


def _looks(table: FormatTable) -> Callable[[Head], int]:
    taken = {column: word for column, word in table.columns.items() if word}
    numbers = {column for column, word in taken.items() if _says(word, "applicationNumber")}

    def share(found: Callable[[str], bool]) -> int:
        known = {column for column in taken if found(column)}
        enough = bool(known & numbers) and len(known) >= _LEAST_SHARE * len(taken)
        return _SURE if enough else 0

    def looks(head: Head) -> int:
        if table.kind == "csv":
            if head.kind not in ("text", "json", "xml"):
                return 0
            names = _header(head, table)
            return share(lambda column: column.casefold() in names)
        if head.kind != table.kind:
            return 0
        if table.kind == "json":
            keys = frozenset(map(_unescaped, head.keys))
            return share(lambda column: set(steps_of(column)) <= keys)
        names = _names(head, table)
        if table.records not in names:
            return 0
        return share(lambda column: all(s.startswith("@") or s in names for s in steps_of(column)))

    return looks


def _unescaped(key: str) -> str:
    """A member's name whose letters may be written as escapes."""
    if "\\" not in key:
        return key
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _names(head: Head, table: FormatTable) -> frozenset[str]:
    """Local names of elements in the head, letters beyond ASCII too."""
    found = _ELEMENT.finditer(decoded(head.data, table.encoding))
    return frozenset(match[1].rpartition(":")[2] for match in found)


def _header(head: Head, table: FormatTable) -> frozenset[str]:
    line = next((line for line in decoded(head.data, table.encoding).splitlines() if line.strip()), "")
    return frozenset(name.strip().strip('"').strip().casefold() for name in line.split(table.separator))


class _Reading:
    """Reads the files of one format."""

    def __init__(self, table: FormatTable) -> None:
        self._table = table
        self._maker = DraftMaker(table)
        self._path = steps_of(table.records) if table.records else ()
        self._columns = {column.casefold(): column for column in table.columns}

    def _decoded(self, opened: Opened) -> Opened:
        if not self._table.encoding or opened.again is not None:
            return opened
        return opened._replace(stream=Transcoded(opened.stream, self._table.encoding))

    def csv(self, opened: Opened) -> Iterator[Delivered | Damage]:
        source = rows(self._decoded(opened), self._table.separator)
        header = next(source, None)
        if header is None:
            raise NotAFeedError("an empty file", f"taken is a table with the columns of {self._table.name}")
        names = self._names(header)
        envelope = Envelope(header.data + b"\n")
        for number, row in enumerate(source, 1):
            position = Position(opened.name, number, row.line, row.offset)
            if row.problem:
                mend = "double the quotation marks inside a cell, close each, and write one encoding"
                yield Damage(position, "bad-row", row.problem, mend, row.data[:KEPT_DAMAGE_BYTES], envelope)
            elif len(row.cells) != len(names):
                reason = f"{len(row.cells)} cells where the header has {len(names)} columns"
                mend = "put cells that hold the separator into quotation marks, and leave no cell out"
                yield Damage(position, "wrong-cells", reason, mend, row.data[:KEPT_DAMAGE_BYTES], envelope)
            else:
                record = dict(zip(names, map(str.strip, row.cells), strict=True))
                yield self._delivered(record, position, row.data, envelope)

    def _names(self, header: Row) -> list[str]:
        """The header as the table writes its columns. Raises `NotAFeedError` where the number has none."""
        if header.problem:
            raise NotAFeedError(f"a table whose header cannot be read: {header.problem}")
        told = [name.strip().removeprefix("\ufeff") for name in header.cells]
        names = [self._columns.get(name.casefold(), name) for name in told]
        taken = [column for column, word in self._table.columns.items() if _says(word, "applicationNumber")]
        if not set(taken) & set(names):
            raise NotAFeedError(
                f"a table without the column {' or '.join(map(repr, taken))}",
                f"its columns are {', '.join(map(repr, names[:20]))}",
            )
        return names

    def json(self, opened: Opened) -> Iterator[Delivered | Damage]:
        path = self._path if opened.again is None else ()
        for found in json_records(self._decoded(opened), path):
            if isinstance(found, Damage):
                yield found
            elif not isinstance(found.value, dict):
                reason = f"a JSON {type(found.value).__name__} where a record is expected"
                kept = found.source[:KEPT_DAMAGE_BYTES]
                yield Damage(found.position, "not-a-record", reason, "send an object", kept)
            else:
                yield self._delivered(found.value, found.position, found.source)

    def xml(self, opened: Opened) -> Iterator[Delivered | Damage]:
        for found in xml_records(self._decoded(opened), (self._table.records,)):
            if isinstance(found, Damage):
                yield found
            else:
                nest = nest_of(found.element)
                record = nest if isinstance(nest, dict) else {}
                yield self._delivered(record, found.position, found.source, envelope_of(found.context))

    def _delivered(
        self, record: Any, position: Position, source: bytes, envelope: Envelope = NO_ENVELOPE
    ) -> Delivered | Damage:
        try:
            return Delivered(self._maker.draft(record), position, source, envelope)
        except StrangeWordError as error:
            kept = source[:KEPT_DAMAGE_BYTES]
            return Damage(position, "unknown-word", error.reason, error.mend, kept, envelope)
