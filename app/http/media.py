"""Images, sounds and films that came with records: as they came, and small pictures of them."""

import contextlib
import secrets
import threading
import warnings
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from PIL import Image, ImageOps
from starlette.responses import FileResponse

from app.http.answers import encode
from app.http.media_answers import MediaAnswer, MediaPage
from app.http.openapi import media_operation, operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, not_found
from app.http.records import MAX_ID_CHARACTERS, held_version
from app.http.service import Service, ServiceOf
from ingest.media_files import MediaFiles
from register.store.media import StoredMedia, Wanted, find_media, media_of
from register.store.versions import Version

_NOTHING = table()
_FOR_EVER = "public, max-age=31536000, immutable"
_THUMBNAIL_PIXELS = 256
# Of a scan of A4 at 600 dots an inch; a picture made to fill the memory says that it has more.
_MOST_PIXELS = 50_000_000
# Each takes memory for all its pixels.
_one_at_a_time = threading.Lock()
_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_EXAMPLE = {
    "results": [
        {
            "file": "lumora.png",
            "kind": "image",
            "type": "image/png",
            "size": 20480,
            "href": f"/v1/media/{_HASH}",
            "thumbnail": f"/v1/media/{_HASH}/thumbnail",
        }
    ]
}

Hash = Annotated[str, Path(description="The SHA-256 of the file, in hexadecimal", max_length=64)]
RecordId = Annotated[str, Path(description="The id of a record", max_length=MAX_ID_CHARACTERS)]

router = APIRouter(tags=["Records"])


def media_href(stored: StoredMedia) -> str:
    return f"/v1/media/{stored.hash}"


def thumbnail_href(stored: StoredMedia) -> str | None:
    """Where its small picture is; None where it is no picture."""
    return f"{media_href(stored)}/thumbnail" if stored.type.startswith("image/") else None


def media_of_version(service: Service, version: Version) -> list[MediaAnswer]:
    """The files that a version of a record names, with where those are that came along."""
    record, provenance = version.record, version.provenance
    wanted = [Wanted(record.office, provenance.feed, provenance.file, one.file) for one in record.media]
    found = service.database.read(lambda connection: media_of(connection, wanted)) if wanted else []
    answers = []
    for one, stored in zip(record.media, found, strict=True):
        at_office = one.file if one.file.startswith(("https://", "http://")) else None
        answers.append(
            MediaAnswer(
                file=one.file,
                kind=one.kind,
                caption=one.caption,
                type=None if stored is None else stored.type,
                size=None if stored is None else stored.size,
                href=at_office if stored is None else media_href(stored),
                thumbnail=None if stored is None else thumbnail_href(stored),
            )
        )
    return answers


@router.get(
    "/rights/{id}/media",
    response_class=Response,
    operation_id="listRecordMedia",
    **operation(
        "The images, sounds and films of a record",
        MediaPage,
        parameters=_NOTHING,
        errors=(404,),
        example=_EXAMPLE,
    ),
)
def of_record(request: Request, service: ServiceOf, id: RecordId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    page = MediaPage(media_of_version(service, held_version(service, "rights", id)))
    return Response(encode(page), media_type="application/json")


@router.get(
    "/media/{id}",
    response_class=Response,
    operation_id="getMedia",
    **media_operation("A file as it came; a part of it with `Range`", "application/octet-stream"),
)
def whole(request: Request, service: ServiceOf, id: Hash) -> Response:
    read_parameters(request.query_params, _NOTHING)
    stored, files = _stored(service, id)
    return _file(request, files.path(stored.hash), stored.type, stored.hash)


@router.get(
    "/media/{id}/thumbnail",
    response_class=Response,
    operation_id="getThumbnail",
    **media_operation(f"A small picture of an image, within {_THUMBNAIL_PIXELS} pixels", "image/webp"),
)
def thumbnail(request: Request, service: ServiceOf, id: Hash) -> Response:
    read_parameters(request.query_params, _NOTHING)
    stored, files = _stored(service, id)
    made = files.thumbnail(stored.hash)
    if not made.exists():
        if not stored.type.startswith("image/"):
            raise not_found("it is no image", "ask for the file itself")
        with _one_at_a_time:
            make_thumbnail(files.path(stored.hash), made)
    return _file(request, made, "image/webp", f"{stored.hash}-{_THUMBNAIL_PIXELS}")


def make_thumbnail(source: FilePath, made: FilePath) -> None:
    """Make the small picture. Raises `Problem` (404) where the image cannot be read."""
    part = made.with_name(f"{secrets.token_hex(8)}.part")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise ValueError
                image.draft("RGB", (2 * _THUMBNAIL_PIXELS, 2 * _THUMBNAIL_PIXELS))
                upright = ImageOps.exif_transpose(image)
                small = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
                small.thumbnail((_THUMBNAIL_PIXELS, _THUMBNAIL_PIXELS))
        made.parent.mkdir(parents=True, exist_ok=True)
        small.save(part, "WEBP", quality=80)
        part.replace(made)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise not_found("no small picture can be made of it", "ask for the file itself") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()


def _stored(service: Service, name: str) -> tuple[StoredMedia, MediaFiles]:
    files = MediaFiles(service.settings.data)
    found = service.database.read(lambda connection: find_media(connection, name)) if name.isascii() else None
    if found is None or not files.path(found.hash).exists():
        raise not_found(f"there is no file {name[:64]!r}", "/v1/rights/{id}/media names those of a record")
    return found, files


def _file(request: Request, path: FilePath, kind: str, tag: str) -> Response:
    headers = {"ETag": f'"{tag}"', "Cache-Control": _FOR_EVER}
    known = request.headers.get("if-none-match", "")
    if f'"{tag}"' in known or known.strip() == "*":
        return Response(None, 304, headers)
    try:
        return FileResponse(path, headers=headers, media_type=kind)
    except OSError:
        raise Problem(404, "not-found", "the file is gone") from None
