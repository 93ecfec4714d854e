"""The file of a delivery that comes in parts: appended to by one request at a time, of whatever process."""

import fcntl
import hashlib
import os
from collections.abc import Collection
from pathlib import Path
from types import TracebackType

from app.feeds.spool import NoSpaceError

_CHUNK_BYTES = 1 << 20


class GrowingElsewhereError(Exception):
    """Another request appends to the file."""


class Growing:
    """The file, held for this request alone. Raises `GrowingElsewhereError` and FileNotFoundError."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise GrowingElsewhereError from None
        self.size = self._file.seek(0, os.SEEK_END)

    def append(self, pieces: Collection[bytes]) -> None:
        """Raises `NoSpaceError`; what was written before stays."""
        view = memoryview(b"".join(pieces))
        try:
            while view:
                written = self._file.write(view)
                self.size += written
                view = view[written:]
        except OSError as error:
            raise NoSpaceError from error

    def cut(self, size: int) -> None:
        """Forget what is after so many bytes."""
        self._file.truncate(size)
        self.size = self._file.seek(size)

    def digest(self) -> bytes:
        """SHA-256 of all of it."""
        digest = hashlib.sha256()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK_BYTES):
            digest.update(chunk)
        self._file.seek(0, os.SEEK_END)
        return digest.digest()

    def sync(self) -> None:
        """What was appended is on the disk when this returns. Raises `NoSpaceError`."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise NoSpaceError from error

    def __enter__(self) -> "Growing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
