"""Which form of a report is asked for."""

import pytest

from app.clearance.formats import MEDIA_TYPES, accepted, file_name
from tests.app.clearance.reports import report


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        (None, "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("application/pdf", "pdf"),
        (MEDIA_TYPES["xlsx"], "xlsx"),
        ("application/json;q=0.5, application/pdf;q=0.9", "pdf"),
        ("text/html, application/pdf;q=0.8", "pdf"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("application/pdf;q=0", None),
        ("text/csv", None),
        ("application/pdf;q=1.2.3", None),
    ],
)
def test_the_media_type_preferred_decides(accept: str | None, format_: str | None) -> None:
    assert accepted(accept) == format_


def test_a_file_is_named_in_plain_letters() -> None:
    assert file_name([report(name='Lu"mo\r\nra')], "pdf") == "clearance-lu-mo-ra.pdf"
    assert file_name([report(name="ลูโมรา")], "xlsx") == "clearance.xlsx"
