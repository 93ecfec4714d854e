"""Where in a delivery the records stand: a look at the first bytes of a stream that can be read only once,
and the reading of a JSON delivery from there on."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ingest.draft import Damage, Delivered, Draft
from ingest.encoding import ByteSource, as_utf8
from ingest.formats.registry import HEAD_BYTES, Head, Opened
from ingest.json_records import KEPT_DAMAGE_BYTES, json_records

_MAX_DEPTH = 6
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

    The path is of the array, or of the object where it stands alone, as `ingest.json_records` takes it.
    """
    text = data.decode("utf-8", "replace")
    start = _past_space(text, 0)
    return _path_at(text, start, is_record, ()) if start < len(text) else None


def json_drafts(
    opened: Opened,
    is_record: Callable[[frozenset[str]], bool],
    drafts: Callable[[dict[str, Any]], Iterable[Draft]],
    without: Callable[[Head], None],
) -> Iterator[Delivered | Damage]:
    """The drafts of a JSON delivery whose records have member names that `is_record` knows.

    `drafts` gives what one element states: one draft, or several where it nests. `without` is called where no
    record stands in the head: it raises `NotAFeedError`, or returns where the delivery is rightly empty.
    """
    head, opened = peeked(opened)
    path = record_path(head.data, is_record)
    if path is None:
        without(head)
        return
    number = 0
    for found in json_records(opened, path):
        if isinstance(found, Damage):
            number += 1
            yield found._replace(position=found.position._replace(record=number))
        elif isinstance(found.value, dict):
            for draft in drafts(found.value):
                number += 1
                yield Delivered(draft, found.position._replace(record=number), found.source)
        else:
            number += 1
            reason = f"a JSON {type(found.value).__name__} where a record is expected"
            place = found.position._replace(record=number)
            yield Damage(place, "not-a-record", reason, "send an object", found.source[:KEPT_DAMAGE_BYTES])


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
