"""The body of a request streamed to the disk: in constant memory, bounded, and gone where it does not come
whole.
"""

import asyncio
from collections.abc import AsyncIterator

from anyio import CapacityLimiter, to_thread
from fastapi import Request
from starlette.requests import ClientDisconnect

from app.feeds.spool import NoSpaceError, Spool, Spooled, SpoolWriter
from app.http.problems import Problem
from app.settings import Settings

_AT_ONCE = 1 << 20
# Apart from the threads that search: a slow disk is not to keep those who search waiting.
WRITING = CapacityLimiter(8)


def require_length(request: Request, spool: Spool, settings: Settings) -> int | None:
    """The length that the body is declared to have, None where it is not.

    Raises `Problem`: 413 where it is more than is taken, 507 where the disk has no room for it.
    """
    declared = request.headers.get("content-length", "")
    if not declared.isdigit():
        return None
    require_room(int(declared), spool, settings)
    return int(declared)


def require_room(size: int, spool: Spool, settings: Settings) -> None:
    """Raises `Problem` (413, 507) where so many bytes cannot be taken."""
    if size > settings.upload_bytes:
        raise too_large(settings)
    try:
        spool.require(size)
    except NoSpaceError:
        raise no_space() from None


async def spool_body(request: Request, spool: Spool, settings: Settings) -> Spooled:
    """Put the body into a file. Raises `Problem`: 400 where it is empty or is cut off, 408 where nothing more
    comes, 413, 507. Whatever is raised, nothing is left on the disk.
    """
    declared = require_length(request, spool, settings)
    try:
        begun = await to_thread.run_sync(spool.begin, limiter=WRITING)
    except NoSpaceError:
        raise no_space() from None
    with begun as writer:
        await _write(writer, request, settings)
        if declared is not None and writer.size != declared:
            raise cut_off(writer.size)
        if writer.size == 0:
            raise Problem(400, "empty-body", "the body is empty", mend="send the file as the body")
        try:
            return await to_thread.run_sync(writer.keep, limiter=WRITING)
        except NoSpaceError:
            raise no_space() from None


async def _write(writer: SpoolWriter, request: Request, settings: Settings) -> None:
    try:
        async for pieces in gathered(request, settings):
            if writer.size + sum(map(len, pieces)) > settings.upload_bytes:
                raise too_large(settings)
            await to_thread.run_sync(writer.write, pieces, limiter=WRITING)
    except NoSpaceError:
        raise no_space() from None
    except ClientDisconnect:
        raise cut_off(writer.size) from None


async def gathered(request: Request, settings: Settings) -> AsyncIterator[list[bytes]]:
    """The body in pieces of about a mebibyte together. Raises `Problem` (408) where nothing comes for too
    long, and `ClientDisconnect`, after what came before it.
    """
    pieces: list[bytes] = []
    size = 0
    stream = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream, None), settings.upload_idle_seconds)
        except TimeoutError:
            if pieces:
                yield pieces
            raise _idle(settings) from None
        except ClientDisconnect:
            if pieces:
                yield pieces
            raise
        if piece is None:
            break
        if piece:
            pieces.append(piece)
            size += len(piece)
        if size >= _AT_ONCE:
            yield pieces
            pieces, size = [], 0
    if pieces:
        yield pieces


def too_large(settings: Settings) -> Problem:
    return Problem(
        413,
        "delivery-too-large",
        f"the delivery is longer than {settings.upload_bytes:,} bytes",
        field="Content-Length",
        mend="send it in several files, or packed with gzip",
        headers={"Connection": "close"},
    )


def no_space() -> Problem:
    return Problem(
        507,
        "no-space",
        "the disk has no room for the delivery; nothing of it is kept",
        mend="tell whoever runs the service, and send it again later",
        headers={"Connection": "close"},
    )


def _idle(settings: Settings) -> Problem:
    return Problem(
        408,
        "upload-stalled",
        f"nothing more came for {settings.upload_idle_seconds:g} s; nothing of the delivery is kept",
        mend="send it again with its true length, or in parts at /v1/uploads",
        headers={"Connection": "close"},
    )


def cut_off(size: int) -> Problem:
    return Problem(
        400,
        "body-cut-off",
        f"the body ended after {size:,} bytes, before its declared length",
        field="Content-Length",
        mend="send it again whole, or in parts at /v1/uploads, where it goes on after a cut",
    )
