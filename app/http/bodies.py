"""The body of a request, read whole up to a bound."""

from collections.abc import Sequence

from fastapi import Request

from app.http.problems import Problem


async def read_bounded(request: Request, media_types: Sequence[str] | None, limit: int) -> bytes:
    """The bytes of a body of one of these media types, or of any. Raises `Problem`: 415 for another one, 413
    for one longer than `limit` bytes, by its declared length before any of it is read.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_types is not None and given and given not in media_types:
        raise Problem(
            415,
            "unsupported-media-type",
            f"the body is {given[:80]!r}",
            field="Content-Type",
            mend="send " + " or ".join(media_types),
        )
    too_large = Problem(
        413, "body-too-large", f"the body is longer than {limit} bytes", mend="send less at once"
    )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise too_large
        parts.append(part)
    return b"".join(parts)
