"""Connections shared out evenly among the processes that answer on one listening socket.

Left to themselves, whichever process wakes first takes all connections that wait, and a client's connection
stays where it is for as long as it is used: then one core answers and another looks on. So a process that has
more connections than another lets that one go first.
"""

import asyncio
import logging
import mmap
import os
import socket
import tempfile
from typing import Final

import uvicorn

log = logging.getLogger("ipregister.web")

_COUNT_BYTES: Final = 4
# How long and how often another process is let go first: what a new connection waits at worst, where that one
# is busy.
_GIVE_WAY_SECONDS: Final = 0.005
_GIVE_WAY_TIMES: Final = 6
_OUT_OF_DESCRIPTORS_SECONDS: Final = 0.5


def shared_counts(processes: int) -> int:
    """The descriptor of memory in which so many processes tell each other their open connections."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("connections")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, processes * _COUNT_BYTES)
    return descriptor


class Counts:
    """The open connections of all processes; this one is the one at `place`."""

    def __init__(self, descriptor: int, place: int) -> None:
        self._all = memoryview(mmap.mmap(descriptor, 0)).cast("I")
        self._place = place
        self.tell(0)

    def tell(self, connections: int) -> None:
        self._all[self._place] = connections

    def has_fewest(self) -> bool:
        """Whether no other process has fewer connections than this one."""
        return self._all[self._place] <= min(self._all)


class SharingServer(uvicorn.Server):
    """A server that takes its share of the connections of a socket that others listen on too."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket, counts: Counts) -> None:
        super().__init__(config)
        self._listener = listener
        self._counts = counts
        self._taking: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002  # uvicorn's own signature
        await super().startup([])
        self._listener.setblocking(False)
        self._listen()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002  # uvicorn's own signature
        asyncio.get_running_loop().remove_reader(self._listener)
        self._listener.close()
        await super().shutdown([])

    async def on_tick(self, counter: int) -> bool:
        self._tell()
        return await super().on_tick(counter)

    def _tell(self) -> None:
        self._counts.tell(len(self.server_state.connections) + len(self._taking))

    def _listen(self) -> None:
        asyncio.get_running_loop().add_reader(self._listener, self._waiting)

    def _waiting(self) -> None:
        """A connection waits: take it, or after a moment where another process is to have it first."""
        self._tell()
        if self._counts.has_fewest():
            self._take()
        else:
            self._pause(_GIVE_WAY_SECONDS, _GIVE_WAY_TIMES)

    def _pause(self, seconds: float, times: int) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._listener)
        loop.call_later(seconds, self._go_on, times - 1)

    def _go_on(self, times: int) -> None:
        """Take what still waits, unless another process is to have it yet; all of it where that is stuck."""
        if self._listener.fileno() < 0:
            return
        self._tell()
        fewest = self._counts.has_fewest()
        if times > 0 and not fewest:
            self._pause(_GIVE_WAY_SECONDS, times)
            return
        self._listen()
        while self._take() and not fewest:
            pass

    def _take(self) -> bool:
        """Take a connection, if none else has; whether there was one."""
        try:
            taken, _ = self._listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return False
        except OSError:
            log.exception("no connection can be taken; going on in %.1f s", _OUT_OF_DESCRIPTORS_SECONDS)
            self._pause(_OUT_OF_DESCRIPTORS_SECONDS, 1)
            return False
        taken.setblocking(False)
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        task = asyncio.get_running_loop().create_task(self._answer(taken))
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)
        self._tell()
        return True

    async def _answer(self, taken: socket.socket) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(self._protocol, taken)
        except OSError:
            # Gone before it was answered.
            taken.close()

    def _protocol(self) -> asyncio.Protocol:
        protocol: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]  # uvicorn types it as any protocol
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return protocol
