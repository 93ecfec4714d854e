"""Snapshots of the whole register: what there are, and their files."""

import base64
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import FileResponse

from app.http.answers import encode
from app.http.openapi import media_operation, operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, not_found
from app.http.service import Service, ServiceOf
from app.http.snapshot_answers import SnapshotAnswer, SnapshotsPage
from app.snapshots.kept import Snapshots
from app.snapshots.manifest import Manifest, SnapshotFile

_NOTHING = table()
_GZIP = "application/gzip"
_FOR_A_YEAR = "public, max-age=31536000, immutable"
_EXAMPLE = {
    "snapshot": "2026-06-30",
    "made": "2026-06-30T00:00:04Z",
    "timepoint": 1204711,
    "records": 240312,
    "software": "0.1.0",
    "files": [
        {
            "name": "sg-trademark.jsonl.gz",
            "office": "SG",
            "right": "trademark",
            "asOf": "2026-06-29T20:20:31Z",
            "records": 240312,
            "bytes": 21532101,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        }
    ],
    "filesAt": {"sg-trademark.jsonl.gz": "/v1/snapshots/2026-06-30/sg-trademark.jsonl.gz"},
    "changes": "/v1/changes?since=1204711&format=jsonl",
}

SnapshotName = Annotated[
    str, Path(description="The name of a snapshot, its day, such as 2026-06-30", max_length=40)
]
FileName = Annotated[str, Path(description="The name of a file of its manifest", max_length=100)]

router = APIRouter(tags=["Changes"])


def snapshots_of(service: Service) -> list[SnapshotAnswer]:
    """The snapshots that are kept, the newest first."""
    return [_answer(one) for one in Snapshots(service.settings.snapshots_folder).every()]


def _answer(manifest: Manifest) -> SnapshotAnswer:
    told = {name: getattr(manifest, name) for name in Manifest.__struct_fields__}
    # A timepoint of eight digits would read as a day.
    since = f"0{manifest.timepoint}" if len(str(manifest.timepoint)) == 8 else str(manifest.timepoint)
    return SnapshotAnswer(
        **told,
        files_at={one.name: f"/v1/snapshots/{manifest.snapshot}/{one.name}" for one in manifest.files},
        changes=f"/v1/changes?since={since}&format=jsonl",
    )


@router.get(
    "/snapshots",
    response_class=Response,
    operation_id="listSnapshots",
    **operation(
        "Snapshots of the whole register", SnapshotsPage, parameters=_NOTHING, example={"results": [_EXAMPLE]}
    ),
)
def list_snapshots(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _NOTHING)
    return Response(encode(SnapshotsPage(snapshots_of(service))), media_type="application/json")


@router.get(
    "/snapshots/{id}",
    response_class=Response,
    operation_id="getSnapshot",
    **operation(
        "A snapshot: its files with counts and checksums, and where the changes go on",
        SnapshotAnswer,
        parameters=_NOTHING,
        errors=(404,),
        example=_EXAMPLE,
    ),
)
def read_snapshot(request: Request, service: ServiceOf, id: SnapshotName) -> Response:
    read_parameters(request.query_params, _NOTHING)
    manifest = _held(Snapshots(service.settings.snapshots_folder), id)
    return Response(encode(_answer(manifest)), media_type="application/json")


@router.get(
    "/snapshots/{id}/{file}",
    response_class=Response,
    operation_id="getSnapshotFile",
    **media_operation(
        "A file of a snapshot: a record a line, compressed by gzip; a part of it with `Range`", _GZIP
    ),
)
def read_file(request: Request, service: ServiceOf, id: SnapshotName, file: FileName) -> Response:
    read_parameters(request.query_params, _NOTHING)
    snapshots = Snapshots(service.settings.snapshots_folder)
    manifest = _held(snapshots, id)
    one = next((one for one in manifest.files if one.name == file), None)
    if one is None:
        raise not_found(
            f"the snapshot {manifest.snapshot} has no file {file!r}",
            f"/v1/snapshots/{manifest.snapshot} names its files",
        )
    return _sent(request, snapshots.path(manifest, one), one)


def _held(snapshots: Snapshots, name: str) -> Manifest:
    manifest = snapshots.find(name)
    if manifest is None:
        raise not_found(f"there is no snapshot {name!r}", "/v1/snapshots names those that are kept")
    return manifest


def _sent(request: Request, path: FilePath, one: SnapshotFile) -> Response:
    digest = base64.b64encode(bytes.fromhex(one.sha256)).decode("ascii")
    headers = {
        "ETag": f'"{one.sha256}"',
        "Cache-Control": _FOR_A_YEAR,
        "Repr-Digest": f"sha-256=:{digest}:",
        "Content-Disposition": f'attachment; filename="{one.name}"',
    }
    if f'"{one.sha256}"' in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    try:
        return FileResponse(path, headers=headers, media_type=_GZIP, stat_result=path.stat())
    except OSError:
        raise Problem(
            404, "not-found", "the snapshot has just gone", mend="/v1/snapshots names those that are kept"
        ) from None
