"""A JSON delivery read element by element, as a stream."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.draft import Damage, HarmfulFeedError, NotAFeedError, Position
from ingest.encoding import CHUNK_BYTES, UnknownEncodingError, Utf8Stream
from ingest.formats.registry import Opened

MAX_VALUE_CHARACTERS = 64 << 20
KEPT_DAMAGE_BYTES = 64 << 10
_MARGIN = 64
# One array straight in another says nothing; more than a page of pages is none of ours.
_MAX_ARRAYS = 4

_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile("[\udc80-\udcff]")
_decode = json.JSONDecoder(strict=False).raw_decode


class JsonRecord(NamedTuple):
    """One element: its value, the members of the objects around it that stood before it, its bytes, its
    place.
    """

    value: Any
    context: dict[str, Any]
    source: bytes
    position: Position


class _BrokenError(Exception):
    """The JSON cannot be read on from here."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class _Window:
    """The text still to be read, `pos` the place in it, `offset` and `line` the place in the file as bytes
    and lines.
    """

    def __init__(self, stream: Utf8Stream) -> None:
        self.text = ""
        self.pos = 0
        self.ended = False
        self.offset = 0
        self.line = 1
        self._pending = b""
        self._stream = stream

    def refill(self) -> bool:
        """Read at least as much again as is there; False at the end of the file."""
        if self.ended:
            return False
        more = self._stream.read(max(CHUNK_BYTES, len(self.text) - self.pos))
        data, self._pending = self._pending + more, b""
        if more:
            cut = _whole_characters(data)
            data, self._pending = data[:cut], data[cut:]
        else:
            self.ended = True
        self.text = self.text[self.pos :] + data.decode("utf-8", "surrogateescape")
        self.pos = 0
        return not self.ended

    def pass_to(self, pos: int) -> bytes:
        """Move on to `pos`; the bytes passed."""
        passed = self.text[self.pos : pos].encode("utf-8", "surrogateescape")
        self.offset += len(passed)
        self.line += passed.count(b"\n")
        self.pos = pos
        return passed

    def peek(self) -> str:
        """The next character that is no white space, with `pos` on it; "" at the end of the file."""
        while True:
            match = _SPACE.match(self.text, self.pos)
            assert match is not None
            self.pass_to(match.end())
            if self.pos < len(self.text):
                return self.text[self.pos]
            if not self.refill() and self.pos >= len(self.text):
                return ""

    def value_end(self) -> tuple[Any, int]:
        """The value that begins at `pos`, and where it ends. Raises `_BrokenError`."""
        while True:
            try:
                value, end = _decode(self.text, self.pos)
            except json.JSONDecodeError as error:
                inside = error.pos < len(self.text) - _MARGIN and not error.msg.startswith(
                    "Unterminated string"
                )
                if self.ended or inside:
                    code = "bad-json" if inside or error.pos < len(self.text) - 1 else "truncated"
                    line = self.line + error.lineno - 1 - self.text.count("\n", 0, self.pos)
                    raise _BrokenError(code, f"{error.msg} at line {line}") from None
            except RecursionError:
                raise _BrokenError("bad-json", "nested too deeply") from None
            except ValueError as error:
                raise _BrokenError("bad-json", str(error)) from None
            else:
                if end < len(self.text) or self.ended:
                    return value, end
            if len(self.text) - self.pos > MAX_VALUE_CHARACTERS:
                raise HarmfulFeedError(f"a single value of more than {MAX_VALUE_CHARACTERS >> 20} MiB")
            self.refill()


def json_records(opened: Opened, path: tuple[str, ...]) -> Iterator[JsonRecord | Damage]:
    """The elements of the array at `path` (member names from the top); an object in its place counts as one,
    null as none.

    Arrays on the way are entered, and documents may stand one after another, so that pages of a search may be
    gathered in one file. An empty path means the top-level value. Where the JSON is broken, everything before
    is given, then one damage; an object that ought to lead to the records and does not is a damage too.
    Raises `NotAFeedError` where nothing stands at the path.
    """
    try:
        window = _Window(Utf8Stream(opened.stream))
    except UnknownEncodingError as error:
        raise NotAFeedError(f"text in an encoding that is not known: {error}") from None
    yield from _Walk(opened.name, window).at(path)


class _Walk:
    def __init__(self, name: str, window: _Window) -> None:
        self._name = name
        self._window = window
        self._context: dict[str, Any] = {}
        self._number = 0
        self._arrived = False
        self._astray: list[Damage] = []

    def at(self, path: tuple[str, ...]) -> Iterator[JsonRecord | Damage]:
        try:
            while self._window.peek() != "":
                self._context = {}
                yield from self._along(path)
        except _BrokenError as error:
            yield self._broken(error)
            return
        if path and not self._arrived:
            raise NotAFeedError(f"JSON without the member {path[0]!r}")

    def _along(self, path: tuple[str, ...], arrays: int = 0) -> Iterator[JsonRecord | Damage]:
        """What stands at the path in the value that begins here, within so many arrays; it is passed over."""
        window = self._window
        sign = window.peek()
        if sign == "[" and arrays < _MAX_ARRAYS:
            yield from self._elements(path, arrays + 1)
        elif not path:
            yield from self._arrive()
        elif sign == "{":
            yield from self._member(path)
        else:
            yield from self._stray(path[0], self._here(), window.pass_to(window.value_end()[1]))

    def _arrive(self) -> Iterator[JsonRecord | Damage]:
        self._arrived = True
        yield from self._astray
        self._astray.clear()
        taken = self._element()
        if isinstance(taken, Damage) or taken.value is not None:
            yield taken

    def _member(self, path: tuple[str, ...]) -> Iterator[JsonRecord | Damage]:
        window = self._window
        here, found = self._here(), False
        window.pass_to(window.pos + 1)
        while (sign := window.peek()) != "}":
            if sign == ",":
                window.pass_to(window.pos + 1)
                continue
            if sign == "":
                raise _BrokenError("truncated", "the file ends inside an object")
            key, end = window.value_end()
            window.pass_to(end)
            if not isinstance(key, str) or window.peek() != ":":
                raise _BrokenError("bad-json", f"a member without a name and a colon at line {window.line}")
            window.pass_to(window.pos + 1)
            window.peek()
            if key == path[0]:
                found = True
                yield from self._along(path[1:])
                continue
            value, end = window.value_end()
            window.pass_to(end)
            if not found:
                self._context[key] = value
        window.pass_to(window.pos + 1)
        if not found:
            yield from self._stray(path[0], here, b"{")

    def _here(self) -> Position:
        return Position(self._name, self._number + 1, self._window.line, self._window.offset)

    def _stray(self, member: str, place: Position, source: bytes) -> Iterator[Damage]:
        """A damage for what does not lead to the records; held back until something does."""
        self._number += 1
        reason, mend = f"JSON without the member {member!r}", "send the reply with its records"
        damage = Damage(place, "not-a-record", reason, mend, source[:KEPT_DAMAGE_BYTES])
        if self._arrived:
            yield damage
        else:
            self._astray.append(damage)

    def _elements(self, path: tuple[str, ...], arrays: int) -> Iterator[JsonRecord | Damage]:
        window = self._window
        window.pass_to(window.pos + 1)
        self._arrived = self._arrived or not path
        while (sign := window.peek()) != "]":
            if sign == ",":
                window.pass_to(window.pos + 1)
            elif sign == "":
                raise _BrokenError("truncated", "the file ends inside an array")
            else:
                yield from self._along(path, arrays)
        window.pass_to(window.pos + 1)

    def _element(self) -> JsonRecord | Damage:
        window = self._window
        value, end = window.value_end()
        self._number += 1
        position = Position(self._name, self._number, window.line, window.offset)
        source = window.pass_to(end)
        if _SURROGATE.search(source.decode("utf-8", "surrogateescape")):
            reason, mend = "bytes that are no UTF-8", "send the record as UTF-8"
            return Damage(position, "bad-encoding", reason, mend, source[:KEPT_DAMAGE_BYTES])
        return JsonRecord(value, self._context, source, position)

    def _broken(self, error: _BrokenError) -> Damage:
        window = self._window
        self._number += 1
        rest = window.text[window.pos : window.pos + KEPT_DAMAGE_BYTES // 4].encode(
            "utf-8", "surrogateescape"
        )
        position = Position(self._name, self._number, window.line, window.offset)
        return Damage(
            position, error.code, f"the JSON cannot be read on: {error}", "send the file again, whole", rest
        )


def _whole_characters(data: bytes) -> int:
    """How many bytes can be decoded without cutting a character at the end."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        width = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
        return len(data) if width <= back else len(data) - back
    return len(data)
