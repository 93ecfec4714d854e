"""How many files may be written at once on one machine, whichever process was asked."""

import fcntl
import os
from pathlib import Path


class Slot:
    """A place among those who write, until it is let go of; it goes with the process too."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def let_go(self) -> None:
        os.close(self._descriptor)


class Slots:
    """Places as files of a folder that are locked while somebody has them."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._count = count

    def take(self) -> Slot | None:
        """A free place, None where there is none. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for place in range(self._count):
            path = self._folder / f"{place}.lock"
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                continue
            return Slot(descriptor)
        return None
