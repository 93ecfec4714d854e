"""The page about taking data out."""

import datetime as dt
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.http.service import ServiceOf
from app.http.snapshot_answers import SnapshotAnswer
from app.http.snapshots import snapshots_of
from app.pages.rendering import page
from app.pages.words import RIGHT_WORDS
from register.codes.offices import office_name

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class ShownFile(NamedTuple):
    office: str
    right: str
    name: str
    href: str
    records: str
    size: str
    as_of: str
    sha256: str


class ShownSnapshot(NamedTuple):
    name: str
    href: str
    made: str
    timepoint: int
    changes: str
    records: str
    size: str
    files: list[ShownFile]


@router.get("/data")
def data(request: Request, service: ServiceOf) -> Response:
    return page(
        request,
        service,
        "data.html",
        snapshots=[_shown(one) for one in snapshots_of(service)],
        daily=service.settings.snapshots > 0,
        base_url=str(request.base_url),
    )


def _shown(one: SnapshotAnswer) -> ShownSnapshot:
    return ShownSnapshot(
        name=one.snapshot,
        href=f"/v1/snapshots/{one.snapshot}",
        made=_minute(one.made),
        timepoint=one.timepoint,
        changes=one.changes,
        records=f"{one.records:,}",
        size=_size(sum(file.bytes for file in one.files)),
        files=[
            ShownFile(
                office=office_name(file.office),
                right=RIGHT_WORDS[file.right],
                name=file.name,
                href=one.files_at[file.name],
                records=f"{file.records:,}",
                size=_size(file.bytes),
                as_of="" if file.as_of is None else _minute(file.as_of),
                sha256=file.sha256,
            )
            for file in one.files
        ],
    )


def _minute(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _size(count: int) -> str:
    """Bytes in the unit that leaves the fewest digits."""
    size, unit = float(count), "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:,.1f} {unit}"
