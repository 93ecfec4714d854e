"""A sample of a delivery as columns with values, whatever its form: delimited text, JSON or XML."""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from ingest.csv_rows import rows
from ingest.describe import describe, is_media
from ingest.described.table import Kind
from ingest.described.transcoding import Transcoded, says_encoding
from ingest.described.values import column_of, columns_in, nest_of, steps_of, values_at
from ingest.draft import Damage, NotAFeedError
from ingest.encoding import ByteSource, as_utf8
from ingest.formats.local_names import LOCAL
from ingest.formats.registry import HEAD_BYTES, Head, Opened
from ingest.json_records import json_records
from ingest.opening import open_delivery
from ingest.xml_records import xml_records

SAMPLE_BYTES: Final = 16 << 20
MOST_RECORDS: Final = 5_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_LEAST_COLUMNS = 3
# Encodings of more than one byte a letter, and Thai, by the office that may write them.
_ENCODINGS_OF: Final = {
    "TH": ("cp874",), "KR": ("cp949",), "JP": ("cp932", "euc_jp"), "CN": ("gb18030",), "TW": ("big5",),
    "HK": ("big5",), "VN": ("cp1258",), "RU": ("cp1251",), "EA": ("cp1251",), "MN": ("cp1251",),
}  # fmt: skip


class Column(NamedTuple):
    """A column of a sample: the names on the way to it, its values (each occurrence, those that are empty
    left out), in how many records it has one, and whether a record has several.
    """

    way: tuple[str, ...]
    values: list[str]
    filled: int
    several: bool


class Sample(NamedTuple):
    """What a sample is: `records` where its records stand (as in `FormatTable`), `encoding` "" where the file
    says it or is UTF-8, `looked_at` how many records were read.
    """

    kind: Kind
    records: str
    encoding: str
    separator: str
    looked_at: int
    columns: list[Column]


def first_file(path: Path) -> tuple[str, bytes]:
    """The first file of a sample that is no picture, by name, and its first bytes. Raises `NotAFeedError`."""
    for name, stream in open_delivery(path):
        head = stream.peek(HEAD_BYTES)
        if not head.strip() or is_media(head):
            continue
        return name, _read(stream, SAMPLE_BYTES)
    raise NotAFeedError("a sample without a file that holds anything", "give a file with some records")


def _read(stream: ByteSource, most: int) -> bytes:
    pieces: list[bytes] = []
    while most > 0 and (piece := stream.read(min(most, 1 << 20))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def read_sample(name: str, data: bytes, office: str) -> Sample:
    """The columns of a file of no known format. Raises `NotAFeedError` where it has none."""
    encoding = guess_encoding(data, office)
    opened = Opened(name, office, Transcoded(_Bytes(data), encoding) if encoding else _Bytes(data))
    head = Head(_source(data[:HEAD_BYTES], encoding).read(), name)
    if head.kind == "xml":
        records, nests = _xml(opened, data, encoding)
        return _sample("xml", records, encoding, "", nests)
    if head.kind == "json":
        records, nests = _json(opened, data, encoding)
        return _sample("json", records, encoding, "", nests)
    if head.kind == "text":
        separator = _separator(head)
        return _sample("csv", "", encoding, separator, _csv(opened, separator))
    raise NotAFeedError(f"it looks like {describe(head)}", "give delimited text, JSON or XML")


class _Bytes:
    """Bytes as a source that gives all at once where asked so."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1, /) -> bytes:
        size = len(self._data) if size < 0 else size
        taken, self._data = self._data[:size], self._data[size:]
        return taken


def _source(data: bytes, encoding: str) -> ByteSource:
    """The bytes as UTF-8."""
    if not encoding:
        return _Bytes(as_utf8(data))
    stream, pieces = Transcoded(_Bytes(data), encoding), []
    while piece := stream.read(1 << 20):
        pieces.append(piece)
    return _Bytes(b"".join(pieces))


def guess_encoding(data: bytes, office: str) -> str:
    """The encoding of a file that is not UTF-8 and does not say what it is; "" for the others."""
    if says_encoding(data[:4096]):
        return ""
    probe = data[: 1 << 20]
    try:
        probe.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(probe) - 4:
            return _legacy(probe, office)
    return ""


def _legacy(data: bytes, office: str) -> str:
    """Letters of Latin script stand alone among ASCII, those of others in runs."""
    high = [byte >= 0x80 for byte in data]
    together = sum(1 for one, other in itertools.pairwise(high) if one and other)
    candidates = list(_ENCODINGS_OF.get(office, ()))
    if together > 0.5 * sum(high):
        candidates += ["cp874", "cp949", "big5", "gb18030", "cp932", "cp1251"]
    for name in candidates:
        try:
            data[: len(data) - 4].decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return "cp1252"


def _sample(kind: Kind, records: str, encoding: str, separator: str, nests: list[Any]) -> Sample:
    ways = dict.fromkeys(way for nest in nests for way in columns_in(nest))
    columns = []
    for way in ways:
        told = [values_at(nest, way) for nest in nests]
        given = [[value for value in values if value] for values in told]
        columns.append(
            Column(
                way,
                [value for values in given for value in values],
                sum(1 for values in given if values),
                any(len(values) > 1 for values in given),
            )
        )
    if not nests or len(columns) < _LEAST_COLUMNS:
        raise NotAFeedError(
            f"a file in which no records with {_LEAST_COLUMNS} or more columns were found",
            "give a sample with a heading (delimited text), a list of objects (JSON), or an element a record "
            "(XML)",
        )
    return Sample(kind, records, encoding, separator, len(nests), columns)


def _separator(head: Head) -> str:
    lines = [line.decode("utf-8", "replace") for line in head.lines[:20] if line.strip()]
    if not lines:
        raise NotAFeedError("an empty file")
    return max(_SEPARATORS, key=lambda one: (min(line.count(one) > 0 for line in lines), lines[0].count(one)))


def _csv(opened: Opened, separator: str) -> list[Any]:
    source = rows(opened, separator)
    header = next(source, None)
    if header is None or header.problem:
        raise NotAFeedError("a table whose first line cannot be read as its heading")
    names = [name.strip().removeprefix("\ufeff") for name in header.cells]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise NotAFeedError(f"a table with two columns {twice[0]!r}", "give each column a name of its own")
    found = []
    for row in source:
        if not row.problem and len(row.cells) == len(names):
            found.append(dict(zip(names, row.cells, strict=True)))
        if len(found) >= MOST_RECORDS:
            break
    return found


def _json(opened: Opened, data: bytes, encoding: str) -> tuple[str, list[Any]]:
    documents = list(_documents(_source(data, encoding).read().decode("utf-8", "replace")))
    way = _record_way(documents)
    found = []
    for element in json_records(opened, way):
        if not isinstance(element, Damage) and isinstance(element.value, dict):
            found.append(element.value)
        if len(found) >= MOST_RECORDS:
            break
    return "/".join(way), found


def _documents(text: str) -> Iterator[Any]:
    decode, pos = json.JSONDecoder(strict=False).raw_decode, 0
    while (pos := _past_space(text, pos)) < len(text):
        try:
            value, pos = decode(text, pos)
        except (ValueError, RecursionError):
            return
        yield value


def _past_space(text: str, pos: int) -> int:
    while pos < len(text) and text[pos] in " \t\r\n\ufeff":
        pos += 1
    return pos


def _record_way(documents: list[Any]) -> tuple[str, ...]:
    """The names that lead to the records: to the list whose objects have the most to say, outermost first."""
    lists: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    alone: list[dict[str, Any]] = []
    for document in documents:
        if isinstance(document, dict):
            alone.append(document)
        _find_lists(document, (), lists)
    best = max(lists, key=lambda way: _weight(lists[way]), default=None)
    if best is None:
        return ()
    if alone and _weight(alone) >= _weight(lists[best]):
        return ()
    # A record alone in its document may have lists of its own: its scalars outnumber the columns of those.
    if len(alone) == 1 and _scalars(alone) > max(3, _scalars(lists[best])):
        return ()
    return best


def _find_lists(value: Any, way: tuple[str, ...], lists: dict[tuple[str, ...], list[dict[str, Any]]]) -> None:
    """The lists of objects that are not within another list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            _find_lists(inner, (*way, name), lists)
    elif isinstance(value, list):
        objects = [entry for entry in value if isinstance(entry, dict)]
        if objects:
            lists.setdefault(way, []).extend(objects)


def _weight(objects: list[dict[str, Any]]) -> int:
    return len(objects) * len({way for entry in objects[:200] for way in columns_in(entry)})


def _scalars(objects: list[dict[str, Any]]) -> int:
    return len(
        {name for entry in objects for name, value in entry.items() if not isinstance(value, dict | list)}
    )


def _xml(opened: Opened, data: bytes, encoding: str) -> tuple[str, list[Any]]:
    tag = record_element(_source(data, encoding).read())
    found = []
    for record in xml_records(opened, (tag,)):
        if not isinstance(record, Damage):
            nest = nest_of(record.element)
            if isinstance(nest, dict):
                found.append(nest)
        if len(found) >= MOST_RECORDS:
            break
    return tag, found


def record_element(data: bytes) -> str:
    """The local name of the element that is a record: the outermost one that comes again and again and holds
    several values; of a single record the first with several.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    root = etree.fromstring(_undeclared(data), parser)
    if root is None:
        raise NotAFeedError("XML that cannot be read", "mend the file, or give a part of it that is whole")
    level, single = [root], ""
    while level:
        by_name: dict[str, list[etree._Element]] = {}
        for element in level:
            by_name.setdefault(LOCAL[element.tag], []).append(element)
        rich = {name: found for name, found in by_name.items() if name and _leaves(found) >= _LEAST_COLUMNS}
        again = {name: len(found) * _leaves(found) for name, found in rich.items() if len(found) > 1}
        if again:
            return max(again, key=lambda name: again[name])
        direct = [name for name, found in rich.items() if _direct(found[0]) >= _LEAST_COLUMNS]
        single = single or next(iter(direct), "")
        level = [child for element in level for child in element if LOCAL[child.tag]]
        if single and len(level) > 1 and not _repeats(level):
            break
    if not single:
        raise NotAFeedError("XML without an element that holds several values")
    return single


def _undeclared(data: bytes) -> bytes:
    """Without the declaration of an encoding, for it is UTF-8 now."""
    start = data.lstrip().removeprefix(b"\xef\xbb\xbf")
    return start.partition(b"?>")[2] if start.startswith(b"<?xml") else start


def _leaves(elements: Iterable[etree._Element]) -> int:
    first = next(iter(elements))
    nest = nest_of(first)
    return len(list(columns_in(nest))) if isinstance(nest, dict) else 0


def _direct(element: etree._Element) -> int:
    return sum(1 for child in element if LOCAL[child.tag] and len(child) == 0) + len(element.attrib)


def _repeats(level: Iterable[etree._Element]) -> bool:
    counts = Counter(LOCAL[element.tag] for element in level)
    return any(times > 1 for times in counts.values())


def column_name(kind: Kind, way: tuple[str, ...]) -> str:
    """A column as a table of a profile names it."""
    return way[0] if kind == "csv" else column_of(way)


def way_of(kind: Kind, column: str) -> tuple[str, ...]:
    """The inverse of `column_name`."""
    return (column,) if kind == "csv" else steps_of(column)
