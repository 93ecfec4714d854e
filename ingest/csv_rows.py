"""The rows of a CSV delivery, as a stream; a broken one does not take the next with it.

Quoting is that of RFC 4180: a cell in quotation marks may hold the separator, line breaks and doubled
quotation marks. A quotation mark inside a cell that does not begin with one is a plain character.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from ingest.formats.registry import Opened
from ingest.lines import Line, lines

# A cell's text may run over lines, but a mark that is never closed must not swallow the file.
MAX_LINES_OF_A_ROW = 500
MAX_ROW_BYTES = 1 << 20


class Row(NamedTuple):
    """A row: the number and offset of its first line, its bytes, its cells.

    `problem` says what is wrong with its quoting or encoding; `cells` is empty then.
    """

    line: int
    offset: int
    data: bytes
    cells: list[str]
    problem: str = ""


class _Cells:
    """The cells of one row, fed line by line."""

    def __init__(self, separator: str) -> None:
        self.cells: list[str] = []
        self.problem = ""
        self._separator = separator
        self._open: list[str] | None = None

    def feed(self, text: str) -> bool:
        """Take a line; whether the row ends with it (or is broken)."""
        pos = 0
        if self._open is not None:
            self._open.append("\n")
        while True:
            if self._open is None:
                if not text.startswith('"', pos):
                    end = text.find(self._separator, pos)
                    self.cells.append(text[pos:] if end < 0 else text[pos:end])
                    if end < 0:
                        return True
                    pos = end + 1
                    continue
                self._open = []
                pos += 1
            mark = text.find('"', pos)
            if mark < 0:
                self._open.append(text[pos:])
                return False
            self._open.append(text[pos:mark])
            pos = mark + 1
            if text.startswith('"', pos):
                self._open.append('"')
                pos += 1
                continue
            self.cells.append("".join(self._open))
            self._open = None
            if pos == len(text):
                return True
            if text[pos] != self._separator:
                self.problem = "a quotation mark stands inside a cell in quotation marks"
                return True
            pos += 1


def rows(opened: Opened, separator: str) -> Iterator[Row]:
    """Every row that is not blank, from the first line on."""
    source = lines(opened)
    ahead: deque[Line] = deque()
    while (line := ahead.popleft() if ahead else next(source, None)) is not None:
        if not line.whole:
            yield Row(line.number, line.offset, line.data, [], "the line is longer than a record can be")
        elif b'"' in line.data:
            yield _quoted(line, source, ahead, separator)
        elif line.data.strip():
            text = _decoded(line.data)
            cells = [] if text is None else text.split(separator)
            yield Row(line.number, line.offset, line.data, cells, "" if text is not None else _NOT_UTF8)


_NOT_UTF8 = "bytes that are no UTF-8"


def _quoted(line: Line, source: Iterator[Line], ahead: deque[Line], separator: str) -> Row:
    """A row that begins at a line with quotation marks; further lines that it takes up are used up."""
    cells, taken, size = _Cells(separator), 0, 0
    current: Line | None = line
    while current is not None and current.whole:
        text = _decoded(current.data)
        if text is None:
            return Row(line.number, line.offset, line.data, [], _NOT_UTF8)
        size += len(current.data)
        if cells.feed(text):
            break
        taken += 1
        if taken > MAX_LINES_OF_A_ROW or size > MAX_ROW_BYTES:
            current = None
            break
        if taken > len(ahead) and (more := next(source, None)) is not None:
            ahead.append(more)
        current = ahead[taken - 1] if taken <= len(ahead) else None
    if current is None or not current.whole:
        return Row(line.number, line.offset, line.data, [], "a quotation mark is never closed")
    if cells.problem:
        return Row(line.number, line.offset, line.data, [], cells.problem)
    used = [ahead.popleft() for _ in range(taken)]
    return Row(line.number, line.offset, b"\n".join([line.data, *(more.data for more in used)]), cells.cells)


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
