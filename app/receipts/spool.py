"""A small file into which a process writes each receipt before it gives it out, so that a kill loses none.

The file is locked while its process lives. What is found unlocked is of a process that is gone, and whoever
finds it brings it into the register. The bytes are in the hands of the operating system, not forced to the
disk: a loss of power may cost the receipts of the last half second, and only those.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger("ipregister.receipts")

_SUFFIX = ".spool"
_LENGTH_BYTES = 4


class Spool:
    """The file of this process for the receipts that are not in the register yet."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def add(self, content: bytes) -> None:
        """Raises OSError where it cannot be written, as on a full disk."""
        os.write(self._descriptor, len(content).to_bytes(_LENGTH_BYTES, "big") + content)

    def remove(self) -> None:
        """Everything in it is in the register."""
        self._path.unlink(missing_ok=True)
        os.close(self._descriptor)


def open_spool(folder: Path, number: int) -> Spool:
    """A new file, locked for this process. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{os.getpid()}-{number}-{os.urandom(4).hex()}{_SUFFIX}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_EXCL | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return Spool(path, descriptor)


def spooled(folder: Path) -> Iterator[bytes]:
    """The receipts in the files of every process, living or gone."""
    for path in _files(folder):
        try:
            yield from _contents(path.read_bytes())
        except FileNotFoundError:
            continue


class Orphan:
    """The file of a process that is gone, held until it is let go of."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def contents(self) -> list[bytes]:
        return list(_contents(self._path.read_bytes()))

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)

    def let_go(self) -> None:
        os.close(self._descriptor)


def orphans(folder: Path) -> Iterator[Orphan]:
    """The files whose processes are gone; no other process gets them meanwhile."""
    for path in _files(folder):
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        orphan = Orphan(path, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Another process may have brought it in between the look and the lock.
            if path.exists():
                yield orphan
        except BlockingIOError:
            continue
        finally:
            orphan.let_go()


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == _SUFFIX)
    except FileNotFoundError:
        return []


def _contents(data: bytes) -> Iterator[bytes]:
    """The receipts of a file. One that was cut off at the end had not been given out."""
    start = 0
    while start + _LENGTH_BYTES <= len(data):
        end = start + _LENGTH_BYTES + int.from_bytes(data[start : start + _LENGTH_BYTES], "big")
        if end > len(data):
            log.info("a receipt was cut off by a kill before it was given out")
            return
        yield data[start + _LENGTH_BYTES : end]
        start = end
