"""A file that another process writes, on its way to who asked for it."""

import logging
from collections.abc import Mapping

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app.exports.started import Started

log = logging.getLogger("ipregister.exports")

HEAD = "ipregister.head"
"""What a request's scope has where only the headers of the answer are wanted."""

# So much that compressing it is worth a turn of another thread.
_PART_BYTES = 256 << 10
# A receiver that takes nothing for so long holds a place that others wait for.
_PATIENCE_SECONDS = 120.0


class BrokenExportError(Exception):
    """The file ends before its end: the connection is cut, for its receiver must not take it for whole."""


class RelayedFile(Response):
    """Sends the file as it is written; ends the process when the receiver is gone."""

    def __init__(self, started: Started, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(None, media_type=media_type, headers=headers)
        del self.headers["content-length"]
        self._started = started

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(head)
            if scope.get(HEAD):
                await send({"type": "http.response.body", "body": b""})
                return
            whole = False
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_until_gone, receive, tasks.cancel_scope)
                await self._relay(send)
                whole = True
                tasks.cancel_scope.cancel()
            if not whole:
                log.info("the receiver of a file is gone")
        finally:
            # A process that ends lets go of its pipe, and so of a thread that waits for it.
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(self._started.end, limiter=CapacityLimiter(1))

    async def _relay(self, send: Send) -> None:
        # Threads of its own: those of the application answer searches.
        limiter = CapacityLimiter(1)
        while part := await to_thread.run_sync(
            self._started.read, _PART_BYTES, limiter=limiter, abandon_on_cancel=True
        ):
            await _sent(send, {"type": "http.response.body", "body": part, "more_body": True})
        if not await to_thread.run_sync(self._started.is_whole, limiter=limiter):
            raise BrokenExportError("the file could not be written to its end")
        await _sent(send, {"type": "http.response.body", "body": b""})


async def _sent(send: Send, message: Message) -> None:
    with anyio.fail_after(_PATIENCE_SECONDS):
        await send(message)


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
