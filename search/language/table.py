"""A table of facts that many processes read at once: sorted lines `key TAB value`, and a hash index beside
it.

Both files are mapped into memory, so opening one costs microseconds and the pages are shared. The lines are
plain text, to be read and compared by a person; the index says nothing that the lines do not say.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from zlib import crc32

TABLES = Path(__file__).parent / "tables"
_SLOT_BYTES = 4


class TableError(Exception):
    """A table that is not whole, with what to do about it."""


def _slots(lines: int) -> int:
    """A power of two, at least half as many again as there are lines."""
    return 1 << max(3, (lines * 3 // 2).bit_length())


def index_of(text: bytes) -> bytes:
    """The hash index of a table: little-endian 32-bit numbers, 0 for an empty slot, else 1 + the position of
    a line. A key stands in the first free slot at or behind its CRC-32.
    """
    lines = text.count(b"\n")
    slots = array("I", bytes(_SLOT_BYTES * _slots(lines)))
    mask = len(slots) - 1
    position = 0
    for line in text.splitlines(keepends=True):
        slot = crc32(line[: line.index(b"\t") + 1]) & mask
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = position + 1
        position += len(line)
    if sys.byteorder == "big":
        slots.byteswap()
    return slots.tobytes()


def text_of(rows: Iterable[tuple[str, str]]) -> bytes:
    """The lines of a table, sorted by the bytes of their keys; the first row of a key stands for it."""
    first: dict[str, str] = {}
    for key, value in rows:
        first.setdefault(key, value)
    encoded = sorted((key.encode(), value.encode()) for key, value in first.items())
    return b"".join(key + b"\t" + value + b"\n" for key, value in encoded)


class Table:
    """Values by key; reading needs no lock."""

    __slots__ = ("_index", "_mask", "_slots", "_text", "name")

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        try:
            with path.open("rb") as lines, path.with_suffix(".index").open("rb") as index:
                self._text = mmap(lines.fileno(), 0, access=ACCESS_READ)
                self._index = mmap(index.fileno(), 0, access=ACCESS_READ)
        except (OSError, ValueError) as error:
            raise TableError(
                f"The language table {path} cannot be read ({error}): install ipregister anew."
            ) from error
        slots = memoryview(self._index).cast("I")
        if sys.byteorder == "big":
            turned = array("I", slots.tobytes())
            turned.byteswap()
            slots = memoryview(turned)
        self._slots = slots
        self._mask = len(slots) - 1

    def get(self, key: str) -> str | None:
        wanted = key.encode() + b"\t"
        return self._row(wanted, crc32(wanted))

    def _row(self, wanted: bytes, hashed: int) -> str | None:
        slot = hashed & self._mask
        while position := self._slots[slot]:
            end = position - 1 + len(wanted)
            if self._text[position - 1 : end] == wanted:
                return self._text[end : self._text.find(b"\n", end)].decode()
            slot = (slot + 1) & self._mask
        return None

    def rows(self) -> Iterator[tuple[str, str]]:
        """All rows, in the order of their keys' bytes."""
        for line in self._text[:].decode().splitlines():
            key, _, value = line.partition("\t")
            yield key, value


def rows_of(tables: Iterable[Table], key: str) -> list[str | None]:
    """What each of several tables has for a key, which is hashed once: most have nothing."""
    wanted = key.encode() + b"\t"
    hashed = crc32(wanted)
    return [one._row(wanted, hashed) if one._slots[hashed & one._mask] else None for one in tables]


@cache
def table(name: str) -> Table:
    """A table of this package by its path without ending: `cedict/chinese`."""
    return Table(TABLES / f"{name}.tsv")


@cache
def is_table(name: str) -> bool:
    return (TABLES / f"{name}.tsv").exists()
