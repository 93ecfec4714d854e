"""What a delivery is as a whole: its size and digest, and the feeds in it with their formats."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ingest.describe import is_media
from ingest.detect import detect, format_named
from ingest.draft import NotAFeedError
from ingest.formats.registry import HEAD_BYTES, Format
from ingest.media_files import media_type
from ingest.opening import BoundedStream, Limits, Reach, open_delivery

_CHUNK_BYTES = 1 << 20


class Identity(NamedTuple):
    """The bytes of a delivery in short: how many, and their SHA-256. Of a folder, names count too."""

    size: int
    digest: bytes


class FeedFile(NamedTuple):
    """A file of a delivery that is a record feed."""

    name: str
    format: Format
    stream: BoundedStream


class MediaFile(NamedTuple):
    """A file of a delivery that is a picture, a sound or another thing that comes along with records."""

    name: str
    stream: BoundedStream


class OtherFile(NamedTuple):
    """A file of a delivery that is none, and why not."""

    name: str
    why: NotAFeedError


def identify(path: Path) -> Identity:
    """Read a delivery once for its size and digest."""
    digest, size = hashlib.sha256(), 0
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    for file in files:
        if path.is_dir():
            digest.update(f"{file.relative_to(path).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as source:
            while chunk := source.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
    return Identity(size, digest.digest())


def members_of(
    path: Path,
    format_name: str | None,
    limits: Limits | None = None,
    *,
    name: str | None = None,
    reach: Reach | None = None,
    office: str = "",
) -> Iterator[FeedFile | MediaFile | OtherFile]:
    """The files of a delivery with what comes along; of feeds the format. `format_name` is taken instead of
    looking. Formats that the profile of the office (ST.3) describes are known, too.

    `name` is what the delivery is called where its file is called otherwise; `reach` follows the reading.
    Raises `HarmfulFeedError` and `detect.UnknownFormatError`.
    """
    forced = None if format_name is None else format_named(format_name, office)
    whole = name or path.name
    for inner, stream in open_delivery(path, limits, name=name, reach=reach):
        head = stream.peek(HEAD_BYTES)
        if not head and stream.damage is not None:
            yield OtherFile(inner, NotAFeedError(stream.damage, "pack it again"))
            continue
        if inner != whole and (is_media(head) or media_type(head) is not None):
            yield MediaFile(inner, stream)
            continue
        try:
            found = forced if forced is not None and head.strip() else detect(head, inner, office)
        except NotAFeedError as error:
            yield OtherFile(inner, error)
            continue
        yield FeedFile(inner, found, stream)


def files_of(
    path: Path, format_name: str | None, limits: Limits | None = None, *, office: str = ""
) -> Iterator[FeedFile | OtherFile]:
    """The same without what comes along."""
    for member in members_of(path, format_name, limits, office=office):
        if not isinstance(member, MediaFile):
            yield member
