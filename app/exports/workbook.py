"""Records as a spreadsheet (ECMA-376), written as a stream.

The library that makes the workbooks of clearances keeps rows in a file until the last one is known, and
writes a fifth of the rows in a second; what is here is a table of texts and dates and no more. It begins with
the first row. Texts are inline strings, which are never formulas.
"""

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import IO, cast
from xml.sax.saxutils import escape

from app.exports.columns import CellKind, Column, cells_of
from app.exports.found import Found

MOST_ROWS = 1_048_576
"""Rows that a sheet can have, the header among them."""
# Beyond 2 GiB a part of a ZIP file needs an extension that spreadsheets take for damage.
_MOST_SHEET_BYTES = 1_900_000_000
MAX_CELL_CHARACTERS = 32_767
_EPOCH = dt.date(1899, 12, 30).toordinal()
# Earlier days have another number in each program, for 1900 was no leap year.
_FIRST_DAY = "1900-03-01"
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_NAMESPACE}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
    '<border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf '
    'numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" '
    'xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" '
    'applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
_DATE, _HEAD = 1, 2
# Twice as quick as the usual level, for a tenth more bytes.
_LEVEL = 1


class _Sink:
    """Holds what the ZIP file writes until it is taken; it cannot be gone back in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


class WorkbookWriter:
    """`about` are lines of a sheet of their own: what, and its value."""

    def __init__(self, columns: Sequence[Column], with_score: bool, about: Mapping[str, str]) -> None:
        self._columns = columns
        self._with_score = with_score
        self._about = about
        heads: list[tuple[str, CellKind, int]] = [(one.name, one.kind, one.width) for one in columns]
        if with_score:
            heads += [("score", "number", 8), ("why", "text", 30)]
        self._heads = heads
        self._places = [(_letters(place), kind) for place, (_, kind, _) in enumerate(heads)]
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(
            cast(IO[bytes], self._sink), "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL
        )
        self._sheets = 0
        self._row = 0
        self._bytes = 0
        self._sheet: IO[bytes] | None = None

    def begin(self) -> bytes:
        targets = (("officeDocument", "xl/workbook.xml"),)
        self._part("_rels/.rels", _relations(targets))
        self._part("xl/styles.xml", _STYLES)
        self._open()
        return self._sink.taken()

    def add(self, found: Sequence[Found]) -> bytes:
        start = 0
        while start < len(found):
            if self._row == MOST_ROWS or self._bytes > _MOST_SHEET_BYTES:
                self._close()
                self._open()
            some = found[start : start + MOST_ROWS - self._row]
            self._write("".join([self._row_of(place, one) for place, one in enumerate(some, self._row + 1)]))
            self._row += len(some)
            start += len(some)
        return self._sink.taken()

    def end(self) -> bytes:
        self._close()
        rows = "".join(
            f'<row r="{place}"><c r="A{place}" s="{_HEAD}" t="inlineStr"><is><t>{escape(what)}</t></is></c>'
            f'<c r="B{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c></row>'
            for place, (what, value) in enumerate(self._about.items(), 1)
        )
        self._part(
            f"xl/worksheets/sheet{self._sheets + 1}.xml",
            f'{_XML}<worksheet xmlns="{_NAMESPACE}"><cols><col min="1" max="1" width="24" customWidth="1"/>'
            f'<col min="2" max="2" width="90" customWidth="1"/></cols>'
            f"<sheetData>{rows}</sheetData></worksheet>",
        )
        names = [*(f"Records {place}" for place in range(1, self._sheets + 1)), "About"]
        if self._sheets == 1:
            names[0] = "Records"
        sheets = "".join(
            f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>'
            for place, name in enumerate(names, 1)
        )
        self._part(
            "xl/workbook.xml",
            f'{_XML}<workbook xmlns="{_NAMESPACE}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        )
        parts = [f"worksheets/sheet{place}.xml" for place in range(1, len(names) + 1)]
        self._part(
            "xl/_rels/workbook.xml.rels",
            _relations([*(("worksheet", part) for part in parts), ("styles", "styles.xml")]),
        )
        self._part("[Content_Types].xml", _types([f"/xl/{part}" for part in parts]))
        self._zip.close()
        return self._sink.taken()

    def _part(self, name: str, text: str) -> None:
        self._zip.writestr(name, text)

    def _open(self) -> None:
        """Begin a sheet: its header stays in sight."""
        self._sheets += 1
        self._sheet = self._zip.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        self._bytes = 0
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
            for place, (_, _, width) in enumerate(self._heads, 1)
        )
        heads = "".join(
            f'<c r="{letters}1" s="{_HEAD}" t="inlineStr"><is><t>{name}</t></is></c>'
            for (letters, _), (name, _, _) in zip(self._places, self._heads, strict=True)
        )
        self._write(
            f'{_XML}<worksheet xmlns="{_NAMESPACE}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
            "</sheetViews>"
            f'<cols>{widths}</cols><sheetData><row r="1">{heads}</row>'
        )
        self._row = 1

    def _close(self) -> None:
        assert self._sheet is not None
        last = self._places[-1][0]
        self._write(f'</sheetData><autoFilter ref="A1:{last}{self._row}"/></worksheet>')
        self._sheet.close()
        self._sheet = None

    def _write(self, text: str) -> None:
        assert self._sheet is not None
        data = text.encode("utf-8", "replace")
        self._bytes += len(data)
        self._sheet.write(data)

    def _row_of(self, row: int, one: Found) -> str:
        cells = cells_of(self._columns, one.body, one.resolved)
        if self._with_score:
            cells += one.score_cells()
        whole = "".join(cells)
        if "&" in whole or "<" in whole or ">" in whole:
            cells = [escape(cell) for cell in cells]
        if len(whole) > MAX_CELL_CHARACTERS:
            cells = [_cut(cell) for cell in cells]
        parts = [f'<row r="{row}">']
        for (letters, kind), cell in zip(self._places, cells, strict=True):
            if not cell:
                continue
            if kind == "text":
                parts.append(f'<c r="{letters}{row}" t="inlineStr"><is><t>{cell}</t></is></c>')
            elif kind == "date":
                parts.append(f'<c r="{letters}{row}"{_dated(cell)}</c>')
            else:
                parts.append(f'<c r="{letters}{row}"><v>{cell}</v></c>')
        parts.append("</row>")
        return "".join(parts)


@lru_cache(maxsize=65536)
def _dated(day: str) -> str:
    """What stands in the cell of a day, after the beginning of its tag."""
    if day < _FIRST_DAY:
        return f' t="inlineStr"><is><t>{day}</t></is>'
    return f' s="{_DATE}"><v>{dt.date.fromisoformat(day).toordinal() - _EPOCH}</v>'


def _cut(cell: str) -> str:
    """As much of an escaped text as a cell can hold; no reference is cut apart."""
    if len(cell) <= MAX_CELL_CHARACTERS:
        return cell
    cut = cell[: MAX_CELL_CHARACTERS - 1]
    begun = cut.rfind("&", -8)
    if begun >= 0 and ";" not in cut[begun:]:
        cut = cut[:begun]
    return f"{cut}…"


def _letters(place: int) -> str:
    """The name of a column by its place from 0: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _types(sheets: Sequence[str]) -> str:
    overrides = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    overrides += [(sheet, "worksheet") for sheet in sheets]
    inner = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in overrides
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{inner}</Types>'
    )
