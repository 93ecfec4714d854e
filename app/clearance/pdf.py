"""Clearance reports as PDF, set by Typst with the Noto fonts of the region's scripts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import manimgx_fonts
import manimgx_fonts_cjk
import msgspec
import typst

from app.clearance.view import ShownReport, shown_report
from search.clearance.report import ClearanceReport

_TEMPLATE = Path(__file__).with_name("report.typ")
_FONTS = [Path(package.__path__[0]) for package in (manimgx_fonts, manimgx_fonts_cjk)]


class _Given(msgspec.Struct, frozen=True):
    title: str
    made: str
    synthetic: bool
    reports: list[ShownReport]


def pdf_of(reports: Sequence[ClearanceReport], synthetic: bool = False) -> bytes:
    """One document with every report, one after another. What a mark says is data to the typesetter, never
    its language.
    """
    shown = [shown_report(report) for report in reports]
    title = f"Clearance: {shown[0].name}" if len(shown) == 1 else f"Clearance of {len(shown)} names"
    given = _Given(title, shown[0].made if shown else "", synthetic, shown)
    compiler = typst.Compiler(
        _TEMPLATE,
        font_paths=_FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": msgspec.json.encode(given).decode()},
    )
    document: Any = compiler.compile(format="pdf")
    assert isinstance(document, bytes)
    return document
