"""The lines of a delivery, as a stream, whatever their length."""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.draft import NotAFeedError
from ingest.encoding import CHUNK_BYTES, UnknownEncodingError, Utf8Stream
from ingest.formats.registry import Opened

MAX_LINE_BYTES = 16 << 20
_KEPT_BYTES = 64 << 10


class Line(NamedTuple):
    """A line without its end: its number from 1, where it begins in the file from 0, its bytes (UTF-8).

    `whole` is False for a line of more than `MAX_LINE_BYTES`, of which `data` is only the beginning.
    """

    number: int
    offset: int
    data: bytes
    whole: bool = True


def lines(opened: Opened) -> Iterator[Line]:
    """Every line, blank ones too; no more than one line (or 16 MiB of it) is held at a time."""
    try:
        stream = Utf8Stream(opened.stream)
    except UnknownEncodingError as error:
        raise NotAFeedError(
            f"text in an encoding that is not known: {error}", "UTF-8 is the surest"
        ) from None
    number, offset, rest = 1, 0, b""
    overlong: Line | None = None
    while chunk := stream.read(CHUNK_BYTES):
        data = rest + chunk if rest else chunk
        start = 0
        while (end := data.find(b"\n", start)) >= 0:
            if overlong is not None:
                yield overlong
                overlong = None
            else:
                yield Line(number, offset, data[start:end].removesuffix(b"\r"))
            number += 1
            offset += end + 1 - start
            start = end + 1
        rest = data[start:]
        if overlong is not None or len(rest) > MAX_LINE_BYTES:
            overlong = overlong or Line(number, offset, rest[:_KEPT_BYTES], whole=False)
            offset += len(rest)
            rest = b""
    if overlong is not None:
        yield overlong
    elif rest:
        yield Line(number, offset, rest.removesuffix(b"\r"))
