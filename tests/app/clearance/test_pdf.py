"""The report as PDF: every script set with a font of its own, and marks that are no markup."""

import re
import zlib

import pytest

from app.clearance.pdf import pdf_of
from tests.app.clearance.reports import MARKS, report

FONTS = ("NotoSans-", "Thai", "Lao", "Khmer", "Myanmar", "Tamil", "Arabic", "CJK")


def unpacked(document: bytes) -> bytes:
    """The document with its streams of objects laid open."""
    parts = [document]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.fixture(scope="module")
def document() -> bytes:
    return unpacked(pdf_of([report(*MARKS)]))


@pytest.mark.parametrize("font", FONTS)
def test_every_script_of_the_region_has_its_font(document: bytes, font: str) -> None:
    assert re.search(rb"/BaseFont\s*/[A-Z]{6}\+[A-Za-z-]*" + font.encode(), document)


def test_no_letter_is_left_without_a_font(document: bytes) -> None:
    assert b"Libertinus" not in document


def test_a_mark_that_looks_like_markup_is_a_text() -> None:
    hostile = '#import "/etc/passwd" $x$ *bold* <a> `raw` \\ @b = head " ] } )'
    assert pdf_of([report(hostile, name=hostile)]).startswith(b"%PDF")


def test_many_reports_are_one_document() -> None:
    one, two = pdf_of([report("A")]), pdf_of([report("A"), report("B", name="ลูโมรา")])
    assert len(two) > len(one)
    assert two.startswith(b"%PDF")


def test_the_longest_report_is_set() -> None:
    assert pdf_of([report(*(f"MARK {number}" * 30 for number in range(100)))]).startswith(b"%PDF")
