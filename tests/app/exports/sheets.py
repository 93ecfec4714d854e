"""Spreadsheets read back as rows of texts."""

import io
import zipfile
from xml.etree import ElementTree as Xml

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Rows = list[dict[str, str]]


def sheets_of(data: bytes) -> dict[str, Rows]:
    """Each sheet by its name: its rows as cells by the letters of their columns."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        targets = {
            one.attrib["Id"]: one.attrib["Target"]
            for one in Xml.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        types = parts.read("[Content_Types].xml").decode()
        book = Xml.fromstring(parts.read("xl/workbook.xml"))
        found = {}
        for one in book.iter(f"{_MAIN}sheet"):
            name = f"xl/{targets[one.attrib[_RELATION]]}"
            assert f'PartName="/{name}"' in types
            found[one.attrib["name"]] = _rows(parts.read(name))
        return found


def _rows(data: bytes) -> Rows:
    rows = []
    for place, row in enumerate(Xml.fromstring(data).iter(f"{_MAIN}row"), 1):
        assert row.attrib["r"] == str(place)
        cells = {}
        for cell in row:
            letters = cell.attrib["r"].removesuffix(str(place))
            assert letters.isalpha()
            cells[letters] = "".join(cell.itertext())
        rows.append(cells)
    return rows
