"""Text in an encoding that the file does not say itself."""

import codecs
import io

from ingest.encoding import ByteSource, UnknownEncodingError, encoding_of

_LOOK_BYTES = 4096


class Transcoded(io.RawIOBase):
    """A stream of bytes in an encoding as UTF-8; what says its own encoding is given as it is.

    What cannot be decoded stays as bytes that are no UTF-8, so that the record it stands in is found damaged.
    """

    def __init__(self, stream: ByteSource, encoding: str) -> None:
        super().__init__()
        self._head = stream.read(_LOOK_BYTES)
        self._stream = stream
        self._decoder = (
            None if says_encoding(self._head) else codecs.getincrementaldecoder(encoding)("surrogateescape")
        )

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """About `size` bytes more; b"" at the end."""
        raw, self._head = self._head, b""
        raw = raw or self._stream.read(size)
        if self._decoder is None:
            return raw
        while True:
            text = self._decoder.decode(raw, final=not raw)
            if text or not raw:
                return text.encode("utf-8", "surrogateescape")
            raw = self._stream.read(size)


def says_encoding(head: bytes) -> bool:
    """Whether a file says its encoding: by a byte order mark or an XML declaration."""
    try:
        name, mark = encoding_of(head)
    except UnknownEncodingError:
        return True
    return mark > 0 or name != "utf-8" or b"encoding" in head[:200]


def decoded(head: bytes, encoding: str) -> str:
    """The head of a file as text: UTF-8 where it is that, else in the encoding. A character cut at its end is
    left out.
    """
    try:
        return codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return codecs.getincrementaldecoder(encoding or "latin-1")("replace").decode(head)
