"""A delivery opened: plain files, gzip, ZIP and tar archives with many members and archives within, each
member as a bounded stream. Nothing is ever written under a name that an archive gives.
"""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, cast

from ingest.draft import HarmfulFeedError
from ingest.encoding import ByteSource

_GZIP, _BZIP2, _XZ, _ZIP = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_UNPACKING_ERRORS = (EOFError, zlib.error, lzma.LZMAError, OSError, zipfile.BadZipFile, tarfile.TarError)
_SPOOLED_BYTES = 32 << 20
_PIECE_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class Limits:
    """What a delivery may unpack to. Office files shrink 10 to 60 times; bombs a thousand times."""

    ratio: int = 250
    ratio_from_bytes: int = 64 << 20
    unpacked_bytes: int = 200 << 30
    members: int = 2_000_000
    depth: int = 4


class Member(NamedTuple):
    """One file of a delivery. `stream.damage` says afterwards whether its packing was broken."""

    name: str
    stream: "BoundedStream"


class _Piecewise:
    """A packed stream read in pieces, so that what was unpacked before the packing breaks is given."""

    def __init__(self, packed: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | zipfile.ZipExtFile) -> None:
        self._packed = packed
        self._error: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        """`size` bytes, fewer at the end. Raises the error of the packing once all before it was given."""
        if self._error is not None:
            raise self._error
        pieces: list[bytes] = []
        wanted = size
        while wanted != 0:
            try:
                piece = self._packed.read1(min(wanted, _PIECE_BYTES) if wanted > 0 else _PIECE_BYTES)
            except _UNPACKING_ERRORS as error:
                if not pieces:
                    raise
                self._error = error
                break
            if not piece:
                break
            pieces.append(piece)
            wanted -= len(piece) if wanted > 0 else 0
        return b"".join(pieces)


class BoundedStream(io.RawIOBase):
    """Unpacked bytes with an eye on how many come out of how few. Broken packing ends the stream and is told
    in `damage`.
    """

    def __init__(self, source: ByteSource, packed_bytes: int | None, limits: Limits) -> None:
        super().__init__()
        self._source = source
        self._packed = packed_bytes
        self._limits = limits
        self._count = 0
        self._ahead = b""
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def peek(self, size: int) -> bytes:
        """Up to `size` bytes that the next `read` will give again."""
        if len(self._ahead) < size:
            self._ahead += self._read_on(size - len(self._ahead))
        return self._ahead[:size]

    def read(self, size: int = -1, /) -> bytes:
        if not self._ahead:
            return self._read_on(size)
        if 0 <= size <= len(self._ahead):
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        data, self._ahead = self._ahead, b""
        return data + self._read_on(size if size < 0 else size - len(data))

    def _read_on(self, size: int) -> bytes:
        if self.damage is not None:
            return b""
        try:
            data = self._source.read(size)
        except _UNPACKING_ERRORS as error:
            self.damage = f"the packed data is broken after {self._count} bytes: {error}"
            return b""
        self._count += len(data)
        limits = self._limits
        if (
            self._packed is not None
            and self._count > limits.ratio_from_bytes
            and self._count > limits.ratio * self._packed
        ):
            raise HarmfulFeedError(f"the archive unpacks to more than {limits.ratio} times its size")
        if self._count > limits.unpacked_bytes:
            raise HarmfulFeedError(f"the delivery unpacks to more than {limits.unpacked_bytes >> 30} GiB")
        return data


class Reach:
    """How much of a delivery is read, by how far its one file is, packed or not."""

    def __init__(self) -> None:
        self._source: IO[bytes] | None = None
        self._size = 0

    def follow(self, source: IO[bytes], size: int) -> None:
        self._source, self._size = source, size

    def share(self) -> float | None:
        """From 0 to 1; None where it cannot be told, as of a folder. For the thread that reads."""
        if self._source is None or self._source.closed or self._size == 0:
            return None
        return min(1.0, self._source.tell() / self._size)


def open_delivery(
    path: Path, limits: Limits | None = None, *, name: str | None = None, reach: Reach | None = None
) -> Iterator[Member]:
    """The files of a delivery, in the order in which they are packed; a folder gives its files by name.

    `name` is what the delivery is called where its file is called otherwise; `reach` is told of the file.

    Raises `HarmfulFeedError` for bombs, paths out of the archive, links in it, and archives nested too
    deeply.
    """
    limits = limits or Limits()
    if path.is_dir():
        for inner in sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink()):
            with inner.open("rb") as source:
                name = inner.relative_to(path.parent).as_posix()
                yield from _opened(name, source, inner.stat().st_size, limits, 0)
        return
    with path.open("rb") as source:
        size = path.stat().st_size
        if reach is not None:
            reach.follow(source, size)
        yield from _opened(name or path.name, source, size, limits, 0)


def _opened(name: str, source: IO[bytes], size: int, limits: Limits, depth: int) -> Iterator[Member]:
    if depth > limits.depth:
        raise HarmfulFeedError(f"{name}: archives within archives, more than {limits.depth} deep")
    head = source.read(512)
    source.seek(0)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _zip_members(name, source, limits, depth)
    elif _is_tar(head):
        yield from _tar_members(name, source, size, limits, depth)
    elif (unpacked := _unpacking(head, source)) is not None:
        yield from _unpacked_members(name, unpacked, size, limits, depth)
    else:
        yield Member(name, BoundedStream(source, None, limits))


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _unpacking(head: bytes, source: IO[bytes]) -> ByteSource | None:
    if head.startswith(_GZIP):
        return _Piecewise(gzip.GzipFile(fileobj=source, mode="rb"))
    if head.startswith(_BZIP2):
        return _Piecewise(bz2.BZ2File(source, "rb"))
    if head.startswith(_XZ):
        return _Piecewise(lzma.LZMAFile(source, "rb"))
    return None


def _unpacked_members(
    name: str, unpacked: ByteSource, size: int, limits: Limits, depth: int
) -> Iterator[Member]:
    """What a single packed stream holds: one file, or a tar archive."""
    bounded = BoundedStream(unpacked, size, limits)
    if _is_tar(bounded.peek(512)):
        yield from _tar_members(name, bounded, size, limits, depth)
    else:
        yield Member(name.removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz"), bounded)


def _zip_members(name: str, source: IO[bytes], limits: Limits, depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(source)
    except zipfile.BadZipFile as error:
        broken = BoundedStream(io.BytesIO(), None, limits)
        broken.damage = f"the ZIP archive is broken: {error}"
        yield Member(name, broken)
        return
    with archive:
        entries = archive.infolist()
        if len(entries) > limits.members:
            raise HarmfulFeedError(f"{name}: more than {limits.members} files in the archive")
        for entry in entries:
            _refuse_strange_path(name, entry.filename)
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise HarmfulFeedError(f"{name}: {entry.filename!r} is a link")
        for entry in entries:
            if entry.is_dir():
                continue
            inner = f"{name}/{entry.filename}"
            if entry.flag_bits & 1:
                locked = BoundedStream(io.BytesIO(), None, limits)
                locked.damage = "the file is encrypted"
                yield Member(inner, locked)
                continue
            try:
                # The type of what `open` gives is wider: it may write, too.
                stream = cast(zipfile.ZipExtFile, archive.open(entry))
            except (zipfile.BadZipFile, NotImplementedError) as error:
                broken = BoundedStream(io.BytesIO(), None, limits)
                broken.damage = f"the packed data is broken: {error}"
                yield Member(inner, broken)
                continue
            with stream:
                packed = max(entry.compress_size, 1)
                yield from _nested(inner, BoundedStream(_Piecewise(stream), packed, limits), limits, depth)


def _tar_members(
    name: str, source: IO[bytes] | BoundedStream, size: int, limits: Limits, depth: int
) -> Iterator[Member]:
    count = 0
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for entry in archive:
                count += 1
                if count > limits.members:
                    raise HarmfulFeedError(f"{name}: more than {limits.members} files in the archive")
                _refuse_strange_path(name, entry.name)
                if entry.issym() or entry.islnk():
                    raise HarmfulFeedError(f"{name}: {entry.name!r} is a link")
                if not entry.isreg():
                    continue
                stream = archive.extractfile(entry)
                if stream is not None:
                    yield from _nested(
                        f"{name}/{entry.name}", BoundedStream(stream, size, limits), limits, depth
                    )
    except tarfile.TarError as error:
        broken = BoundedStream(io.BytesIO(), None, limits)
        broken.damage = f"the tar archive is broken: {error}"
        yield Member(name, broken)


def _nested(name: str, stream: BoundedStream, limits: Limits, depth: int) -> Iterator[Member]:
    """A member of an archive, which may be an archive itself: that one is put into a nameless file to look
    into it.
    """
    head = stream.peek(512)
    if not (head.startswith((_ZIP, _EMPTY_ZIP, _GZIP, _BZIP2, _XZ)) or _is_tar(head)):
        yield Member(name, stream)
        return
    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES) as spooled:
        while chunk := stream.read(1 << 20):
            spooled.write(chunk)
        size = spooled.tell()
        spooled.seek(0)
        yield from _opened(name, spooled, size, limits, depth + 1)


def _refuse_strange_path(archive: str, name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        raise HarmfulFeedError(f"{archive}: the path {name[:120]!r} leads out of the archive")
