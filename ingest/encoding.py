"""Any declared character encoding as UTF-8 bytes, read as a stream."""

import codecs
import io
import re
from typing import Protocol

CHUNK_BYTES = 1 << 20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# Old national dumps declare names that Python's codecs do not know.
_OTHER_NAMES = {
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "tis620": "cp874",
    "tis-620": "cp874",
    "x-sjis": "cp932",
}


class ByteSource(Protocol):
    """Something that gives bytes: b"" at its end."""

    def read(self, size: int = -1, /) -> bytes: ...


class UnknownEncodingError(ValueError):
    """The file declares an encoding that nobody knows."""


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark or an XML declaration states, and the length of the mark.

    UTF-8 where nothing is stated. Raises `UnknownEncodingError` for a name that no codec has.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, len(mark)
    if head[:4] == b"<\0?\0":
        return "utf-16-le", 0
    if head[:4] == b"\0<\0?":
        return "utf-16-be", 0
    declared = _DECLARED.match(head[:512])
    if declared is None:
        return "utf-8", 0
    name = declared[1].decode("ascii").lower()
    try:
        return codecs.lookup(_OTHER_NAMES.get(name, name)).name, 0
    except LookupError:
        raise UnknownEncodingError(name) from None


class Utf8Stream:
    """The bytes of a stream as UTF-8. What cannot be decoded stays as bytes that are not UTF-8, so that the
    record it stands in, and only that one, is found damaged when it is parsed.
    """

    def __init__(self, stream: ByteSource) -> None:
        head = stream.read(4096)
        self.encoding, mark = encoding_of(head)
        self._rest = head[mark:]
        self._stream = stream
        passes = self.encoding in ("utf-8", "ascii")
        self._decoder = None if passes else codecs.getincrementaldecoder(self.encoding)("surrogateescape")

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """About `size` bytes more; b"" at the end."""
        raw, self._rest = self._rest + self._stream.read(max(0, size - len(self._rest))), b""
        if self._decoder is None:
            return raw
        while True:
            text = self._decoder.decode(raw, final=not raw)
            if text or not raw:
                return text.encode("utf-8", "surrogateescape")
            raw = self._stream.read(size)


def as_utf8(data: bytes) -> bytes:
    """The head of a file as UTF-8, for looking at it; undecodable bytes are left as they are."""
    try:
        return Utf8Stream(io.BytesIO(data)).read(len(data) + 4096)
    except UnknownEncodingError:
        return data
