"""The kinds of file that a result is given as."""

from collections.abc import Iterable
from typing import Literal, get_args

ExportFormat = Literal["csv", "xlsx", "jsonl"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

JSON_LINES = "application/jsonl"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES: dict[ExportFormat, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": XLSX,
    "jsonl": JSON_LINES,
}
_ACCEPTED: dict[str, ExportFormat | None] = {
    "application/json": None,
    "text/csv": "csv",
    XLSX: "xlsx",
    JSON_LINES: "jsonl",
    "application/x-ndjson": "jsonl",
}


def accepted(header: str) -> ExportFormat | None:
    """The kind of file that an `Accept` header asks for before JSON; None for JSON and for what names
    neither.
    """
    best: tuple[float, ExportFormat | None] = (0.0, None)
    for media_type, weight in _weighted(header):
        if media_type in _ACCEPTED and weight > best[0]:
            best = (weight, _ACCEPTED[media_type])
    return best[1]


def _weighted(header: str) -> Iterable[tuple[str, float]]:
    for part in header.lower().split(","):
        media_type, *parameters = (one.strip() for one in part.split(";"))
        weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            yield media_type, float(weight)
        except ValueError:
            continue
