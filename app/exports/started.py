"""The process that writes a file, seen from the one that has started it."""

import select
import subprocess
import sys
import threading
from collections.abc import Callable

import msgspec

from app.exports.process import Begun, Told

_BEGIN_SECONDS = 60.0
_READ_BYTES = 64 << 10
_GRACE_SECONDS = 3.0


class NotBegunError(Exception):
    """The process has ended, or said nothing, before its file began."""


class Started:
    """A process and the file that it writes; to be ended by `end`."""

    def __init__(self, told: Told, free: Callable[[], None]) -> None:
        """`free` is called once it has ended. Raises `NotBegunError`, after which it has."""
        self._free = free
        self._reading = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.exports.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What is read too far would be lost to whoever reads the rest.
            bufsize=0,
        )
        try:
            self.begun = self._begin(told)
        except (OSError, msgspec.MsgspecError) as error:
            self.end()
            raise NotBegunError(str(error)) from error

    def _begin(self, told: Told) -> Begun:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = memoryview(msgspec.json.encode(told) + b"\n")
        while line:
            line = line[self._process.stdin.write(line) or 0 :]
        self._process.stdin.close()
        ready, _, _ = select.select([self._process.stdout], [], [], _BEGIN_SECONDS)
        if not ready:
            raise TimeoutError(f"nothing came for {_BEGIN_SECONDS:.0f} s")
        return msgspec.json.decode(self._process.stdout.readline(), type=Begun)

    def read(self, size: int) -> bytes:
        """The next part of the file, of so many bytes where it is not the last; nothing at its end."""
        assert self._process.stdout is not None
        parts: list[bytes] = []
        held = 0
        with self._reading:
            while held < size and (part := self._process.stdout.read(min(_READ_BYTES, size - held))):
                parts.append(part)
                held += len(part)
        return b"".join(parts)

    def is_whole(self) -> bool:
        """Whether the file was written to its end; asked after everything was read."""
        return self._process.wait() == 0

    def end(self) -> None:
        """End the process, whatever it does; asked first, it gives back what a cluster keeps for it."""
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        # A thread that is still reading meets the end of the file now.
        with self._reading:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
        self._free()
