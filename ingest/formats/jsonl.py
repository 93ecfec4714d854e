"""Our own `jsonl` format: a record a line, in the words of the API.

What the API and the export give can be taken in again. One bad line is one damage, the rest goes on; blank
lines are passed over. A JSON array of records, or one record printed over many lines, is taken as well.
"""

import re
from collections.abc import Iterator

import msgspec

from ingest.draft import Damage, Delivered, NotAFeedError, Position
from ingest.envelope import peeked, record_path
from ingest.formats.jsonl_line import RecordLine, UnknownWordError, draft_of, member_of
from ingest.formats.registry import Format, Head, Opened
from ingest.json_records import json_records
from ingest.lines import MAX_LINE_BYTES, Line, lines

KEPT_DAMAGE_BYTES = 64 << 10
_NAMES = frozenset(("right", "applicationNumber"))
_UNKNOWN_MEMBER = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING_MEMBER = re.compile(r"Object missing required field `(.*)`")
_decode = msgspec.json.Decoder(RecordLine).decode


def _is_record(names: frozenset[str]) -> bool:
    return names >= _NAMES


def _looks(head: Head) -> int:
    if head.kind not in ("json", "text"):
        return 0
    if head.kind == "json" and record_path(head.data, _is_record) == ():
        return 95
    # The first line may be a bad one.
    wanted = (b'"right"', b'"applicationNumber"')
    records = (line for line in head.lines if line.lstrip().startswith(b"{"))
    return 80 if any(all(name in line for name in wanted) for line in records) else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    if head.kind == "empty":
        raise NotAFeedError("an empty file", "taken is a record a line")
    if opened.again is not None:
        yield _taken(opened.stream.read(), Position(opened.name, 1))
        return
    yield from _from_json(opened) if _is_whole_json(head) else _from_lines(opened)


def _is_whole_json(head: Head) -> bool:
    """Whether the file is one JSON value rather than one a line."""
    first = next((line.strip() for line in head.lines if line.strip()), b"")
    return first.startswith(b"[") or first == b"{"


def _from_lines(opened: Opened) -> Iterator[Delivered | Damage]:
    name, number = opened.name, 0
    for line in lines(opened):
        data = line.data
        if not data.strip():
            continue
        number += 1
        position = Position(name, number, line.number, line.offset)
        yield _taken(data, position) if line.whole else _too_long(line, position)


def _from_json(opened: Opened) -> Iterator[Delivered | Damage]:
    for found in json_records(opened, ()):
        yield found if isinstance(found, Damage) else _taken(found.source, found.position)


def _taken(data: bytes, position: Position) -> Delivered | Damage:
    """A record's JSON as a draft; a damage that names the member where it is no record."""
    try:
        return Delivered(draft_of(_decode(data)), position, data)
    except UnknownWordError as error:
        return _damage(position, "unknown-word", str(error), "write one of these words", data)
    except msgspec.ValidationError as error:
        return _wrong_shape(error, position, data)
    except UnicodeDecodeError:
        return _not_utf8(position, data)
    except (msgspec.DecodeError, RecursionError) as error:
        if not _is_utf8(data):
            return _not_utf8(position, data)
        reason = f"no JSON that can be read: {error}"
        return _damage(position, "bad-json", reason, "write one JSON object a line", data)


def _wrong_shape(error: msgspec.ValidationError, position: Position, data: bytes) -> Damage:
    path, told = member_of(error)
    unknown = _UNKNOWN_MEMBER.fullmatch(told)
    if unknown is not None:
        member = f"{path}.{unknown[1]}" if path else unknown[1]
        reason, mend = (
            f"no member is called `{member[:200]}`",
            "write the member's name as the API does, or leave it out",
        )
        return _damage(position, "unknown-member", reason, mend, data)
    missing = _MISSING_MEMBER.fullmatch(told)
    if missing is not None:
        member = f"{path}.{missing[1]}" if path else missing[1]
        return _damage(position, "missing-member", f"`{member}` is missing", f"give `{member}`", data)
    where = f"`{path}`" if path else "the line"
    return _damage(
        position, "wrong-type", f"{where}: {told}", f"give {where} in the type that is expected", data
    )


def _too_long(line: Line, position: Position) -> Damage:
    reason = f"a line of more than {MAX_LINE_BYTES >> 20} MiB"
    return _damage(position, "too-long", reason, "write one record a line", line.data)


def _not_utf8(position: Position, data: bytes) -> Damage:
    return _damage(position, "bad-encoding", "bytes that are no UTF-8", "send the record as UTF-8", data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _damage(position: Position, code: str, reason: str, mend: str, data: bytes) -> Damage:
    return Damage(position, code, reason, mend, data[:KEPT_DAMAGE_BYTES])


FORMAT = Format("jsonl", "our own jsonl (a record a line)", _looks, _read)
