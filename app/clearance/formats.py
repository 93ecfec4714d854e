"""The forms of a report: which one is asked for, and its bytes."""

import re
from collections.abc import Sequence
from typing import Literal, get_args

from app.clearance.pdf import pdf_of
from app.clearance.workbook import xlsx_of
from search.clearance.report import ClearanceReport

Format = Literal["json", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PART = re.compile(r"\s*([^;,\s]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([0-9.]{1,6})", re.IGNORECASE)


def accepted(accept: str | None) -> Format | None:
    """The format that an `Accept` header prefers; JSON without one; None where it wants none of ours."""
    if not (accept or "").strip():
        return "json"
    best: tuple[float, Format] | None = None
    for part in (accept or "").split(","):
        matched = _PART.match(part)
        if matched is None:
            continue
        wanted, quality = matched[1].lower(), _quality(matched[2])
        for format_, media_type in MEDIA_TYPES.items():
            if quality > 0 and wanted in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
                if best is None or quality > best[0]:
                    best = quality, format_
                break
    return None if best is None else best[1]


def _quality(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    try:
        return 1.0 if found is None else float(found[1])
    except ValueError:
        return 0.0


def document_of(
    reports: Sequence[ClearanceReport], format_: Literal["pdf", "xlsx"], base_address: str, synthetic: bool
) -> bytes:
    """The reports as one document; `base_address` is that of the service, for links to records."""
    if format_ == "pdf":
        return pdf_of(reports, synthetic)
    return xlsx_of(reports, f"{base_address.rstrip('/')}/rights/" if base_address else "")


def file_name(reports: Sequence[ClearanceReport], format_: Format) -> str:
    """A name for the file, in plain letters."""
    name = reports[0].asked.name if len(reports) == 1 else f"{len(reports)} names"
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:40]
    return f"clearance-{plain}.{format_}" if plain else f"clearance.{format_}"
