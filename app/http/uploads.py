"""Uploads that go on after a cut: the tus protocol 1.0.0, so that its clients work as they are.

Core with the extensions creation, expiration, checksum and termination, as
https://tus.io/protocols/resumable-upload has them. What is whole becomes a feed; `Upload-Feed` of the last
answer, and of HEAD, says where that is told.
"""

import base64
import binascii
import datetime as dt
import hashlib
import secrets
from email.utils import format_datetime
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.feeds.growing import Growing, GrowingElsewhereError
from app.feeds.spool import NoSpaceError
from app.http.answers import encode
from app.http.feed_access import spool_of
from app.http.feed_answers import UploadAnswer
from app.http.feed_sending import delivery_name, require_format
from app.http.office_keys import acting, key_of, require_office
from app.http.openapi import nothing_operation, operation, tus_operation
from app.http.parameters import PARAMETERS, read_parameters, table
from app.http.problems import Problem, bad_parameter, not_found
from app.http.refusals import refusals_noted
from app.http.service import Service, ServiceOf
from app.http.spooling import WRITING, gathered, no_space, require_room
from register.store.audit import Actor, note
from register.store.feeds import NewFeed, create_feed
from register.store.uploads import (
    Upload,
    await_longer,
    become_feed,
    create_upload,
    delete_upload,
    find_upload,
)

_VERSION = "1.0.0"
_EXTENSIONS = "creation,expiration,checksum,termination"
_ALGORITHMS = ("sha1", "sha256", "md5")
_PARTS = "application/offset+octet-stream"
_LONGEST_METADATA = 4096
_NOTHING = table()
_TOLD = ("office", "format", "dryRun")
_EXAMPLE = {
    "id": "0123456789abcdef01234567",
    "office": "SG",
    "name": "marks.zip",
    "length": 1000,
    "offset": 400,
}

UploadId = Annotated[str, Path(description="The id of an upload, from its Location", max_length=60)]

router = APIRouter(tags=["Feeds"])


@router.options("/uploads", response_class=Response, include_in_schema=False)
def abilities(service: ServiceOf) -> Response:
    headers = {
        "Tus-Resumable": _VERSION,
        "Tus-Version": _VERSION,
        "Tus-Max-Size": str(service.settings.upload_bytes),
        "Tus-Extension": _EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS),
    }
    return Response(None, 204, headers)


@router.post(
    "/uploads",
    response_class=Response,
    operation_id="makeUpload",
    **tus_operation(
        "Announce a delivery that comes in parts (tus 1.0.0)", errors=(401, 403, 412, 413, 507), status=201
    ),
)
async def make(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _NOTHING)
    _require_version(request)
    key = await run_in_threadpool(key_of, service, request)
    told = _metadata(request)
    values = {name: PARAMETERS[name].read(told[name]) for name in _TOLD if name in told}
    office = values.get("office", key.office)
    require_office(key, office, acts=True)
    async with refusals_noted(service, acting(request), "upload.begun", office):
        return await run_in_threadpool(_made, service, request, office, told, values)


def _made(
    service: Service, request: Request, office: str, told: dict[str, str], values: dict[str, Any]
) -> Response:
    require_format(values.get("format"), office)
    length = _whole(request, "Upload-Length")
    if length == 0:
        raise bad_parameter("Upload-Length", "the delivery is empty", "send a file that holds records")
    spool = spool_of(service)
    require_room(length, spool, service.settings)
    identity = secrets.token_hex(12)
    try:
        spool.part(identity).touch(exist_ok=False)
    except OSError:
        raise no_space() from None
    with service.database.writing() as connection:
        upload = create_upload(
            connection,
            identity,
            office=office,
            name=delivery_name(told.get("filename") or told.get("name"), request),
            length=length,
            format_name=values.get("format"),
            dry_run=values.get("dryRun", False),
            told=request.headers.get("upload-metadata", ""),
            keep=_kept(service),
        )
        note(
            connection,
            acting(request),
            "upload.begun",
            office=office,
            subject=f"upload {identity}",
            name=upload.name,
            bytes=length,
        )
    return _answer(201, upload.expires_at, {"Location": f"/v1/uploads/{identity}"})


@router.get(
    "/uploads/{id}",
    response_class=Response,
    operation_id="getUpload",
    **operation(
        "How much of an upload is here; HEAD tells it in `Upload-Offset`",
        UploadAnswer,
        parameters=_NOTHING,
        errors=(401, 403, 404, 412),
        example=_EXAMPLE,
    ),
)
def look(request: Request, service: ServiceOf, id: UploadId) -> Response:
    upload = _opened(service, request, id, acts=False)
    offset, feed_id = _reached(service, upload, acting(request))
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(upload.length)}
    if upload.told:
        headers["Upload-Metadata"] = upload.told
    told = UploadAnswer(
        id=upload.id,
        office=upload.office,
        name=upload.name,
        length=upload.length,
        offset=offset,
        expires_at=upload.expires_at.isoformat(timespec="seconds"),
        feed=None if feed_id is None else f"/v1/feeds/{feed_id}",
    )
    answer = _answer(200, upload.expires_at, headers, feed_id)
    answer.body = encode(told)
    answer.headers["Content-Type"] = "application/json"
    answer.headers["Content-Length"] = str(len(answer.body))
    return answer


@router.patch(
    "/uploads/{id}",
    response_class=Response,
    operation_id="continueUpload",
    **tus_operation(
        "The next bytes of an upload",
        errors=(401, 403, 404, 408, 409, 412, 413, 415, 423, 460, 507),
        body=_PARTS,
    ),
)
async def append(request: Request, service: ServiceOf, id: UploadId) -> Response:
    upload = await run_in_threadpool(_opened, service, request, id, acts=True)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _PARTS:
        detail = f"the body is {kind[:80]!r}"
        raise Problem(415, "unsupported-media-type", detail, field="Content-Type", mend=f"send {_PARTS}")
    offset, checksum = _whole(request, "Upload-Offset"), _checksum(request)
    if upload.feed_id is not None:
        if offset == upload.length:
            return _answer(204, upload.expires_at, {"Upload-Offset": str(offset)}, upload.feed_id)
        raise _other_offset(upload.length, offset)
    await run_in_threadpool(require_room, upload.length - offset, spool_of(service), service.settings)
    try:
        growing = await to_thread.run_sync(Growing, spool_of(service).part(upload.id), limiter=WRITING)
    except GrowingElsewhereError:
        mend = "wait a moment, ask with HEAD how much is here, and go on"
        raise Problem(423, "upload-locked", "another request sends this upload", mend=mend) from None
    except FileNotFoundError:
        raise _gone(upload.id) from None
    by, subject = acting(request), f"upload {upload.id}"
    with growing:
        if growing.size != offset:
            raise _other_offset(growing.size, offset)
        async with refusals_noted(service, by, "upload.finished", upload.office, subject):
            await _grow(growing, request, service, upload, checksum)
        reached = growing.size
        feed_id = None
        if reached == upload.length:
            feed_id = await run_in_threadpool(_whole_upload, service, upload.id, growing, by)
    until = await run_in_threadpool(_awaited, service, upload.id)
    return _answer(204, until, {"Upload-Offset": str(reached)}, feed_id)


@router.delete(
    "/uploads/{id}",
    response_class=Response,
    operation_id="endUpload",
    **nothing_operation("End an upload; what is here of it is not kept", errors=(401, 403, 404, 412)),
)
def end(request: Request, service: ServiceOf, id: UploadId) -> Response:
    upload = _opened(service, request, id, acts=True)
    with service.database.writing() as connection:
        delete_upload(connection, upload.id)
        note(connection, acting(request), "upload.ended", office=upload.office, subject=f"upload {upload.id}")
    if upload.feed_id is None:
        spool_of(service).drop(spool_of(service).part(upload.id).name)
    return _answer(204, None, {})


@router.post("/uploads/{id}", response_class=Response, include_in_schema=False)
async def overridden(request: Request, service: ServiceOf, id: UploadId) -> Response:
    """For clients behind something that lets no PATCH or DELETE through."""
    method = request.headers.get("x-http-method-override", "").upper()
    if method == "PATCH":
        return await append(request, service, id)
    if method == "DELETE":
        return await run_in_threadpool(end, request, service, id)
    if method == "HEAD":
        return await run_in_threadpool(look, request, service, id)
    raise Problem(
        405,
        "method-not-allowed",
        "this address does not take this method",
        mend="use PATCH, or name it in X-HTTP-Method-Override",
        headers={"Allow": "GET, HEAD, PATCH, DELETE"},
    )


async def _grow(
    growing: Growing, request: Request, service: Service, upload: Upload, checksum: tuple[str, bytes] | None
) -> None:
    """Append the body. What came before a cut stays, but where a checksum was to prove it."""
    begun = growing.size
    digest = None if checksum is None else hashlib.new(checksum[0], usedforsecurity=False)
    try:
        async for pieces in gathered(request, service.settings):
            if growing.size + sum(map(len, pieces)) > upload.length:
                raise Problem(
                    400,
                    "body-too-long",
                    f"more bytes than the {upload.length:,} that were announced",
                    field="Upload-Length",
                    mend="announce the upload anew, with its true length",
                )
            await to_thread.run_sync(growing.append, pieces, limiter=WRITING)
            if digest is not None:
                for piece in pieces:
                    digest.update(piece)
        if digest is not None and checksum is not None and digest.digest() != checksum[1]:
            raise Problem(
                460,
                "checksum-mismatch",
                "the bytes are not those of the checksum; none of them is kept",
                field="Upload-Checksum",
                mend="send them again from the same offset",
            )
        await to_thread.run_sync(growing.sync, limiter=WRITING)
    except ClientDisconnect:
        _back(growing, begun, checksum)
        raise Problem(400, "body-cut-off", "the body was cut off; go on where it was") from None
    except NoSpaceError:
        raise no_space() from None
    except Problem as problem:
        if problem.status != 408 or checksum is not None:
            growing.cut(begun)
        raise


def _back(growing: Growing, begun: int, checksum: tuple[str, bytes] | None) -> None:
    if checksum is not None:
        growing.cut(begun)


def _whole_upload(service: Service, identity: str, growing: Growing | None, by: Actor) -> int:
    """Make the feed of an upload of which all is here, once; its id."""
    spool = spool_of(service)
    part = spool.part(identity)
    with service.database.writing() as connection:
        upload = find_upload(connection, identity, locked=True)
        if upload is None:
            raise _gone(identity)
        if upload.feed_id is not None:
            return upload.feed_id
        if growing is None:
            # It was renamed just before its process was killed.
            with Growing(spool.kept(identity)) as kept:
                digest = kept.digest()
            name = spool.kept(identity).name
        else:
            digest = growing.digest()
            name = spool.keep(part)
        feed = create_feed(
            connection,
            NewFeed(
                office=upload.office,
                name=upload.name,
                size=upload.length,
                digest=digest,
                format=upload.format,
                dry_run=upload.dry_run,
                spool=name,
            ),
            by,
        )
        note(
            connection,
            by,
            "upload.finished",
            office=upload.office,
            subject=f"upload {identity}",
            feed=feed.id,
        )
        become_feed(connection, identity, feed.id)
        return feed.id


def _reached(service: Service, upload: Upload, by: Actor) -> tuple[int, int | None]:
    """How many bytes are here, and the feed where all are."""
    if upload.feed_id is not None:
        return upload.length, upload.feed_id
    spool = spool_of(service)
    try:
        size = spool.part(upload.id).stat().st_size
    except FileNotFoundError:
        if not spool.kept(upload.id).exists():
            raise _gone(upload.id) from None
        return upload.length, _whole_upload(service, upload.id, None, by)
    if size == upload.length:
        try:
            with Growing(spool.part(upload.id)) as growing:
                return size, _whole_upload(service, upload.id, growing, by)
        except (GrowingElsewhereError, FileNotFoundError):
            # Another request does it just now.
            return size, None
    return size, None


def _opened(service: Service, request: Request, identity: str, *, acts: bool) -> Upload:
    """The upload, for a key of its office. Raises `Problem`: 401, 403, 404, 412."""
    read_parameters(request.query_params, _NOTHING)
    if request.method != "GET":
        _require_version(request)
    key = key_of(service, request)
    upload = None
    if identity.isascii() and identity.isalnum():
        upload = service.database.read(lambda connection: find_upload(connection, identity))
    if upload is None:
        raise _gone(identity)
    require_office(key, upload.office, acts=acts)
    return upload


def _awaited(service: Service, identity: str) -> dt.datetime | None:
    with service.database.writing() as connection:
        return await_longer(connection, identity, _kept(service))


def _kept(service: Service) -> dt.timedelta:
    return dt.timedelta(hours=service.settings.upload_hours)


def _answer(
    status: int, expires: dt.datetime | None, headers: dict[str, str], feed_id: int | None = None
) -> Response:
    given = {"Tus-Resumable": _VERSION, "Cache-Control": "no-store", **headers}
    if feed_id is not None:
        given["Upload-Feed"] = f"/v1/feeds/{feed_id}"
    elif expires is not None:
        given["Upload-Expires"] = format_datetime(expires.astimezone(dt.UTC), usegmt=True)
    return Response(None, status, given)


def _require_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != _VERSION:
        raise Problem(
            412,
            "other-tus-version",
            f"uploads are by the tus protocol {_VERSION}",
            field="Tus-Resumable",
            mend=f"send Tus-Resumable: {_VERSION}",
            headers={"Tus-Version": _VERSION},
        )


def _metadata(request: Request) -> dict[str, str]:
    """The pairs of Upload-Metadata, values decoded. Raises `Problem` (400)."""
    given = request.headers.get("upload-metadata", "")
    told: dict[str, str] = {}
    try:
        if len(given) > _LONGEST_METADATA:
            raise ValueError
        for pair in filter(None, (part.strip() for part in given.split(","))):
            name, _, value = pair.partition(" ")
            told[name] = base64.b64decode(value.strip(), validate=True).decode()
        for name in _TOLD:
            if name in told:
                PARAMETERS[name].read(told[name])
    except (ValueError, binascii.Error) as error:
        raise bad_parameter(
            "Upload-Metadata",
            f"cannot be read: {error}" if str(error) else f"is longer than {_LONGEST_METADATA} characters",
            "send names with Base64 values: filename, office, format, dryRun",
        ) from None
    return told


def _whole(request: Request, name: str) -> int:
    given = request.headers.get(name.lower(), "")
    if not (given.isascii() and given.isdigit()) or len(given) > 18:
        raise bad_parameter(name, "must be a whole number of bytes", f"send {name} with a number of bytes")
    return int(given)


def _checksum(request: Request) -> tuple[str, bytes] | None:
    given = request.headers.get("upload-checksum")
    if given is None:
        return None
    name, _, value = given.partition(" ")
    try:
        if name not in _ALGORITHMS:
            raise ValueError
        return name, base64.b64decode(value.strip(), validate=True)
    except (ValueError, binascii.Error):
        raise bad_parameter(
            "Upload-Checksum", "is no checksum", f"one of {', '.join(_ALGORITHMS)}, a space, and Base64"
        ) from None


def _other_offset(here: int, given: int) -> Problem:
    return Problem(
        409,
        "other-offset",
        f"{here:,} bytes are here, and the request goes on at {given:,}",
        field="Upload-Offset",
        mend="ask with HEAD how much is here, and go on there",
        headers={"Tus-Resumable": _VERSION},
    )


def _gone(identity: str) -> Problem:
    return not_found(
        f"there is no upload {identity[:40]!r}, or it was waited for too long", "announce it anew"
    )
