"""Bytes made small and back: record JSON with a dictionary made for it, anything else without.

The first byte says how: 0 as it was, 1 zstd, 2 zstd with dictionary 1. A dictionary once used is kept for
ever; a better one gets the next number.
"""

import threading
from functools import cache
from hashlib import blake2b
from importlib import resources
from zlib import crc32

import zstandard

_AS_IT_WAS, _ZSTD, _ZSTD_DICTIONARY_1 = b"\x00", b"\x01", b"\x02"
# Level 3 compresses a record of 400 bytes in 3 microseconds to a fifth; level 6 takes three times as long
# to save another twentieth.
_LEVEL = 3
_LARGEST = 1 << 30


class DamagedError(Exception):
    """Stored bytes that cannot be unpacked: the database was changed by something else."""


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    data = resources.files("register.store").joinpath("record-1.zdict").read_bytes()
    dictionary = zstandard.ZstdCompressionDict(data)
    dictionary.precompute_compress(level=_LEVEL)
    return dictionary


class _Codecs(threading.local):
    """Compressors are not safe to share between threads."""

    def __init__(self) -> None:
        bare = zstandard.FORMAT_ZSTD1_MAGICLESS
        parameters = zstandard.ZstdCompressionParameters.from_level(
            _LEVEL, format=bare, write_checksum=False, write_dict_id=False
        )
        self.pack_record = zstandard.ZstdCompressor(
            dict_data=_dictionary(), compression_params=parameters
        ).compress
        self.unpack_record = zstandard.ZstdDecompressor(dict_data=_dictionary(), format=bare).decompress
        self.pack = zstandard.ZstdCompressor(level=_LEVEL).compress
        self.unpack = zstandard.ZstdDecompressor().decompress


_codecs = _Codecs()


def pack_record(data: bytes) -> bytes:
    """Record JSON, or something as small that is like it, packed."""
    packed = _codecs.pack_record(data)
    return _ZSTD_DICTIONARY_1 + packed if len(packed) < len(data) else _AS_IT_WAS + data


def pack(data: bytes) -> bytes:
    """Any bytes packed."""
    packed = _codecs.pack(data)
    return _ZSTD + packed if len(packed) < len(data) else _AS_IT_WAS + data


def unpack(data: bytes) -> bytes:
    """The inverse of `pack_record` and `pack`. Raises `DamagedError`."""
    kind = data[:1]
    try:
        if kind == _ZSTD_DICTIONARY_1:
            return _codecs.unpack_record(data[1:])
        if kind == _ZSTD:
            return _codecs.unpack(data[1:], max_output_size=_LARGEST)
    except zstandard.ZstdError as error:
        raise DamagedError(str(error)) from error
    if kind == _AS_IT_WAS:
        return data[1:]
    raise DamagedError(f"packed bytes of an unknown kind {kind!r}")


def storable(text: str) -> str:
    """The text with U+FFFD for what Postgres and UTF-8 cannot hold: NUL, and halves of surrogate pairs.

    File names have such halves where they are not UTF-8.
    """
    if text.isprintable():
        return text
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def checksum(data: bytes) -> int:
    """Length and CRC-32 as a signed number: cheap, and enough to see that a source came differently."""
    return (len(data) & 0x7FFFFFFF) << 32 | crc32(data)


def short_hash(data: bytes) -> int:
    """64 bits of BLAKE2b as a signed number.

    Enough to tell two contents of the same right apart: they are compared with each other only, never with
    those of other rights.
    """
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
