"""Deliveries on disk, from their first byte until they are read.

A file is `….part` while its bytes come in and gets its name when all are there and on the disk, so that no
feed ever names a delivery that is not whole. Names are made here; none is taken from a request.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from ingest.media_files import MediaFiles

_PART = ".part"
_KEPT = ".feed"
# Longer than any upload is likely to take between its last byte and the row that names it.
_UNNAMED_SECONDS = 600.0
_LOOK_EVERY_BYTES = 16 << 20


class NoSpaceError(Exception):
    """The disk has no room for the delivery."""


class Spooled(NamedTuple):
    """A delivery that is whole and on the disk: the name of its file, its size in bytes, its SHA-256."""

    name: str
    size: int
    digest: bytes


class Spool:
    """The folder of deliveries. `spare_bytes` of its disk are never taken."""

    def __init__(self, data: Path, spare_bytes: int) -> None:
        self._folder = data / "spool"
        self.media = MediaFiles(data)
        self._spare_bytes = spare_bytes

    def path(self, name: str) -> Path:
        """Where the delivery with this name is."""
        return self._folder / name

    def require(self, size: int) -> None:
        """Raises `NoSpaceError` where so many bytes do not fit."""
        folder = self._folder if self._folder.exists() else self._folder.parent
        try:
            free = shutil.disk_usage(folder).free
        except FileNotFoundError:
            return
        if free < size + self._spare_bytes:
            raise NoSpaceError

    def begin(self) -> "SpoolWriter":
        """A file for a delivery that is about to come. Raises `NoSpaceError`."""
        try:
            return SpoolWriter(self, secrets.token_hex(12))
        except OSError as error:
            raise NoSpaceError from error

    def part(self, name: str) -> Path:
        """Where a delivery that comes in parts grows."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{name}{_PART}"

    def kept(self, name: str) -> Path:
        """Where a delivery that came in parts is once it is whole."""
        return self._folder / f"{name}{_KEPT}"

    def keep(self, part: Path) -> str:
        """Give a whole delivery its name, and make the name last."""
        kept = part.with_suffix(_KEPT)
        part.rename(kept)
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return kept.name

    def drop(self, name: str) -> None:
        """The delivery is not needed any more."""
        with contextlib.suppress(FileNotFoundError):
            (self._folder / name).unlink()

    def sweep(self, in_use: Collection[str], growing: Collection[str]) -> int:
        """Remove what a process that was killed has left: files that no feed names and no upload grows in,
        and that nobody has written to for ten minutes. How many there were.
        """
        if not self._folder.exists():
            return 0
        dropped = 0
        for path in self._folder.iterdir():
            if path.name in in_use or path.stem in growing:
                continue
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _UNNAMED_SECONDS:
                    path.unlink()
                    dropped += 1
        return dropped


class SpoolWriter:
    """Takes a delivery piece by piece. Leaves nothing behind where it is not kept. For threads of a pool,
    one after another.
    """

    def __init__(self, spool: Spool, name: str) -> None:
        self._spool = spool
        self._part = spool.part(name)
        self._digest = hashlib.sha256()
        self._file = self._part.open("xb", buffering=0)
        self._looked = 0
        self.size = 0

    def write(self, pieces: Collection[bytes]) -> None:
        """Append. Raises `NoSpaceError`."""
        data = b"".join(pieces)
        if self.size - self._looked >= _LOOK_EVERY_BYTES:
            self._spool.require(len(data))
            self._looked = self.size
        self._digest.update(data)
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            raise NoSpaceError from error
        self.size += len(data)

    def keep(self) -> Spooled:
        """The delivery is whole: it is on the disk when this returns. Raises `NoSpaceError`."""
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            name = self._spool.keep(self._part)
        except OSError as error:
            raise NoSpaceError from error
        return Spooled(name, self.size, self._digest.digest())

    def __enter__(self) -> "SpoolWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self._part.unlink()
