"""The report as a spreadsheet: sheets, types, and texts that are never formulas."""

import io
import re
import zipfile
from xml.etree import ElementTree as Xml

import pytest

from app.clearance.workbook import xlsx_of
from tests.app.clearance.reports import MARKS, report

_MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
HOSTILE = ('=cmd|"/c calc"!A1', "+1+1", "@SUM(1)", "http://example.org/", "-2", "{=1}", "\x01\x02 bell")


class Book:
    """A workbook as its parts."""

    def __init__(self, data: bytes) -> None:
        self._parts = zipfile.ZipFile(io.BytesIO(data))
        self.names = re.findall(r'<sheet name="([^"]+)"', self.part("xl/workbook.xml"))
        shared = Xml.fromstring(self.part("xl/sharedStrings.xml"))
        self.texts = ["".join(t.text or "" for t in one.iter(f"{{{_MAIN['m']}}}t")) for one in shared]

    def part(self, name: str) -> str:
        return self._parts.read(name).decode()

    def sheet(self, number: int) -> str:
        return self.part(f"xl/worksheets/sheet{number}.xml")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(xlsx_of([report(*MARKS, *HOSTILE)], "http://127.0.0.1:8000/rights/"))


def test_the_sheets_are_grades_conflicts_and_what_was_searched(book: Book) -> None:
    assert book.names == ["Grades", "Conflicts", "What was searched"]


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_what_looks_like_a_formula_or_a_link_stays_a_text(book: Book, text: str) -> None:
    assert text in book.texts


def test_there_is_no_formula_and_only_links_to_records(book: Book) -> None:
    assert not any("<f>" in book.sheet(number) or "<f " in book.sheet(number) for number in (1, 2, 3))
    links = book.part("xl/worksheets/_rels/sheet2.xml.rels")
    assert re.findall(r'Target="([^"]+)"', links)[0] == "http://127.0.0.1:8000/rights/sg-tm-1"
    assert "example.org" not in links


@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_every_script_are_there(book: Book, mark: str) -> None:
    assert mark in book.texts


def test_headers_stay_in_sight(book: Book) -> None:
    assert all('state="frozen"' in book.sheet(number) for number in (1, 2, 3))


def test_dates_and_points_are_numbers(book: Book) -> None:
    cells = {
        cell.get("r"): (cell.get("t"), cell.findtext("m:v", namespaces=_MAIN))
        for cell in Xml.fromstring(book.sheet(2)).iter(f"{{{_MAIN['m']}}}c")
    }
    assert cells["P2"] == (None, "42005")
    assert cells["V2"] == (None, "0.9")


def test_without_an_address_the_record_is_its_id() -> None:
    assert "sg-tm-1" in Book(xlsx_of([report("A")])).texts
