"""Clearance reports as PDF."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.clearance.view import ShownReport, shown_report
from app.typesetting.run import typeset
from search.clearance.report import ClearanceReport

_TEMPLATE = Path(__file__).with_name("report.typ")


class _Given(msgspec.Struct, frozen=True):
    title: str
    made: str
    synthetic: bool
    reports: list[ShownReport]


def pdf_of(reports: Sequence[ClearanceReport], synthetic: bool = False) -> bytes:
    """One document with every report, one after another. Raises `TypesettingError`."""
    shown = [shown_report(report) for report in reports]
    title = f"Clearance: {shown[0].name}" if len(shown) == 1 else f"Clearance of {len(shown)} names"
    given = _Given(title, shown[0].made if shown else "", synthetic, shown)
    return typeset(_TEMPLATE, msgspec.json.encode(given))
