"""Records as CSV (RFC 4180), in UTF-8 with the mark that tells spreadsheets so."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from app.exports.columns import Column, cells_of
from app.exports.found import Found

_FIRST_OF_FORMULA = frozenset("=+-@'")
_FORMULA = re.compile(r"'*[=+\-@]")


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula: an apostrophe before what would begin one.

    One that begins so with an apostrophe of its own gets another, so that what was there can be told.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


class CsvWriter:
    def __init__(self, columns: Sequence[Column], with_score: bool) -> None:
        self._columns = columns
        self._with_score = with_score

    def begin(self) -> bytes:
        heads = [column.name for column in self._columns]
        return b"\xef\xbb\xbf" + _encoded([heads + ["score", "why"] * self._with_score])

    def add(self, found: Sequence[Found]) -> bytes:
        return _encoded(self._rows(found))

    def end(self) -> bytes:
        return b""

    def _rows(self, found: Sequence[Found]) -> Iterator[list[str]]:
        first, columns = _FIRST_OF_FORMULA, self._columns
        for one in found:
            cells = cells_of(columns, one.body, one.resolved)
            if self._with_score:
                cells += one.score_cells()
            yield [guarded(cell) if cell[:1] in first else cell for cell in cells]


def _encoded(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode("utf-8", "replace")
