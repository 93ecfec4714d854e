"""Where in a delivery the records stand: a look at the first bytes of a stream that can be read only once,
and the reading of a JSON delivery from there on."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from ingest.draft import Damage, Delivered, Draft, Position
from ingest.encoding import ByteSource, as_utf8
from ingest.formats.registry import HEAD_BYTES, Head, Opened
from ingest.json_records import KEPT_DAMAGE_BYTES, JsonRecord, json_records

_MAX_DEPTH = 6
_MAX_ARRAYS = 3
_PATIENCE = 100
_SPACE = " \t\r\n"
_decode = json.JSONDecoder(strict=False).raw_decode


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were taken and are given again."""

    def __init__(self, head: bytes, rest: ByteSource) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        head, self._head = self._head, b""
        if not head:
            return self._rest.read(size)
        if 0 <= size < len(head):
            head, self._head = head[:size], head[size:]
            return head
        return head + self._rest.read(size if size < 0 else size - len(head))


def peeked(opened: Opened) -> tuple[Head, Opened]:
    """The head of the file, and the file to be read from its beginning."""
    taken = b""
    while len(taken) < HEAD_BYTES and (more := opened.stream.read(HEAD_BYTES - len(taken))):
        taken += more
    rejoined = opened._replace(stream=_Rejoined(taken, opened.stream))
    return Head(as_utf8(taken), opened.name), rejoined


def record_path(data: bytes, is_record: Callable[[frozenset[str]], bool]) -> tuple[str, ...] | None:
    """The member names that lead to the first record: an object, or an array of objects, whose member names
    `is_record` knows. An empty path is the top level; None where no record stands in these first bytes.

    The path is of the array, or of the object where it stands alone, as `ingest.json_records` takes it. Where
    whole replies stand in an array, it is the path in the first one that has a record.
    """
    text = data.decode("utf-8", "replace")
    start = _past_space(text, 0)
    if start >= len(text):
        return None
    found = (_path_at(text, place, is_record, ()) for place in _documents(text, start))
    return next((path for path in found if path is not None), None)


def json_drafts(
    opened: Opened,
    is_record: Callable[[frozenset[str]], bool],
    draft_of: Callable[[dict[str, Any]], Draft | None],
    without: Callable[[Head], None],
    records_in: Callable[[dict[str, Any]], list[dict[str, Any]]] = lambda value: [value],
) -> Iterator[Delivered | Damage]:
    """The drafts of a JSON delivery whose records have member names that `is_record` knows.

    `draft_of` gives None where there is only a part of a record. `records_in` gives the records that an
    element nests, where it is none itself; of several, the bytes of each are its JSON written anew. `without`
    is called where all are parts or no record stands in the head: it raises `NotAFeedError`, or returns where
    the delivery is rightly empty.
    """
    if opened.again is not None:
        yield from _numbered(json_records(opened, ()), draft_of, records_in)
        return
    head, opened = peeked(opened)
    path = record_path(head.data, is_record)
    if path is None:
        without(head)
        return
    parts: list[Damage] | None = []
    for found in _numbered(json_records(opened, path), draft_of, records_in):
        if parts is not None and isinstance(found, Damage) and found.code == "partial":
            parts.append(found)
            if len(parts) < _PATIENCE:
                continue
            found = parts.pop()
        yield from parts or ()
        parts = None
        yield found
    if parts:
        without(head)
    yield from parts or ()


def _numbered(
    found: Iterator[JsonRecord | Damage],
    draft_of: Callable[[dict[str, Any]], Draft | None],
    records_in: Callable[[dict[str, Any]], list[dict[str, Any]]],
) -> Iterator[Delivered | Damage]:
    number = 0
    for element in found:
        place = element.position._replace(record=number + 1)
        if isinstance(element, Damage):
            number += 1
            yield element._replace(position=place)
        elif not isinstance(element.value, dict):
            number += 1
            reason = f"a JSON {type(element.value).__name__} where a record is expected"
            source = element.source[:KEPT_DAMAGE_BYTES]
            yield Damage(place, "not-a-record", reason, "send an object", source)
        else:
            records = records_in(element.value)
            if not records:
                number += 1
                yield _delivered(None, place, element.source)
            for record in records:
                number += 1
                source = element.source if len(records) == 1 else json.dumps(record).encode()
                yield _delivered(draft_of(record), place._replace(record=number), source)


def _delivered(draft: Draft | None, place: Position, source: bytes) -> Delivered | Damage:
    if draft is not None:
        return Delivered(draft, place, source)
    reason, mend = "only a part of a record", "send the record with its bibliographic data"
    return Damage(place, "partial", reason, mend, source[:KEPT_DAMAGE_BYTES])


def _path_at(
    text: str, pos: int, is_record: Callable[[frozenset[str]], bool], path: tuple[str, ...]
) -> tuple[str, ...] | None:
    if text[pos] == "[":
        pos = _past_space(text, pos + 1)
        return path if pos < len(text) and text[pos] == "{" and is_record(_names(text, pos)) else None
    if text[pos] != "{":
        return None
    if is_record(_names(text, pos)):
        return path
    if len(path) < _MAX_DEPTH:
        for name, place in _members(text, pos):
            found = _path_at(text, place, is_record, (*path, name))
            if found is not None:
                return found
    return None


def _documents(text: str, pos: int, arrays: int = 0) -> Iterator[int]:
    """Where each document begins: the value at `pos`, and where that is an array, its elements."""
    yield pos
    if text[pos] == "[" and arrays < _MAX_ARRAYS:
        for place in _elements(text, pos):
            yield from _documents(text, place, arrays + 1)


def _elements(text: str, pos: int) -> Iterator[int]:
    """Where each element of the array at `pos` begins, as far as the text goes."""
    pos = _past_space(text, pos + 1)
    while pos < len(text) and text[pos] != "]":
        yield pos
        try:
            _, pos = _decode(text, pos)
        except (ValueError, RecursionError):
            return
        pos = _past_space(text, pos)
        if pos >= len(text) or text[pos] != ",":
            return
        pos = _past_space(text, pos + 1)


def _names(text: str, pos: int) -> frozenset[str]:
    """The member names of the object that begins at `pos`, as far as the text goes."""
    return frozenset(name for name, _ in _members(text, pos))


def _members(text: str, pos: int) -> Iterator[tuple[str, int]]:
    """(name, where its value begins) of each member of the object at `pos`, as far as the text goes."""
    pos = _past_space(text, pos + 1)
    while pos < len(text) and text[pos] == '"':
        try:
            name, pos = _decode(text, pos)
            pos = _past_space(text, pos)
            if pos >= len(text) or text[pos] != ":":
                return
            pos = _past_space(text, pos + 1)
            if pos >= len(text):
                return
            yield name, pos
            _, pos = _decode(text, pos)
        except (ValueError, RecursionError):
            return
        pos = _past_space(text, pos)
        if pos >= len(text) or text[pos] != ",":
            return
        pos = _past_space(text, pos + 1)


def _past_space(text: str, pos: int) -> int:
    while pos < len(text) and text[pos] in _SPACE:
        pos += 1
    return pos
