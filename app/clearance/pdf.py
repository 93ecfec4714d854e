"""Clearance reports as PDF, set by Typst with the Noto fonts of the region's scripts."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.clearance.view import ShownReport, shown_report
from search.clearance.report import ClearanceReport

_SECONDS = 120.0
_ROOT = Path(__file__).parents[2]
# Each takes a core and up to 300 MB while it runs.
_at_once = threading.BoundedSemaphore(2)


class TypesettingError(Exception):
    """A report could not be set; the message is the typesetter's."""


class _Given(msgspec.Struct, frozen=True):
    title: str
    made: str
    synthetic: bool
    reports: list[ShownReport]


def pdf_of(reports: Sequence[ClearanceReport], synthetic: bool = False) -> bytes:
    """One document with every report, one after another. What a mark says is data to the typesetter, never
    its language. Raises `TypesettingError`.
    """
    shown = [shown_report(report) for report in reports]
    title = f"Clearance: {shown[0].name}" if len(shown) == 1 else f"Clearance of {len(shown)} names"
    given = msgspec.json.encode(_Given(title, shown[0].made if shown else "", synthetic, shown))
    with _at_once:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "app.clearance.typesetting"],
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TypesettingError(f"not set within {_SECONDS:.0f} s") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingError(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout
