"""Sources as delivered, compressed together in blocks, with the place of each in its feed.

A single record's source of 300 bytes compresses to 280 bytes by itself and to 42 together with 1,000 of its
kind.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

from register.statement import NO_ENVELOPE, Envelope, Statement
from register.store.packing import pack, storable, unpack

# Reading one source back costs unpacking its block: about a millisecond for a block of this size.
_BLOCK_BYTES = 1 << 20


class Place(NamedTuple):
    """Where a source stood: file, number of the record in it from 1, line from 1, byte offset from 0."""

    file: str
    number: int
    line: int | None
    offset: int | None


class Source(NamedTuple):
    """A source byte for byte as it was delivered, with its place in the feed, and what its reader needs
    beside it to read it again.
    """

    place: Place
    data: bytes
    envelope: Envelope


class _Entries(msgspec.Struct, array_like=True):
    """The places of a block by columns; numbers, lines and offsets as steps, which are small.

    `envelopes` are the distinct ones; `envelope`, which of them each source has, is empty where none has any.
    """

    files: list[str]
    file: list[int]
    number: list[int]
    line: list[int | None]
    offset: list[int | None]
    length: list[int]
    envelopes: list[Envelope] = []
    envelope: list[int] = []


class Block(NamedTuple):
    """A block ready to be stored."""

    id: int
    entries: bytes
    sources: bytes


class BlockBuilder:
    """Takes the sources of a batch and gives the blocks; ids are counted up from `first_id`."""

    def __init__(self, first_id: int) -> None:
        self._id = first_id
        self._items: list[Statement] = []
        self._bytes = 0
        self._blocks: list[Block] = []

    def add(self, item: Statement) -> tuple[int, int]:
        """Keep the source of a statement; the id of its block and its entry there."""
        if self._bytes >= _BLOCK_BYTES:
            self._close()
        self._items.append(item)
        self._bytes += len(item.source)
        return self._id, len(self._items) - 1

    def finish(self) -> list[Block]:
        if self._items:
            self._close()
        return self._blocks

    def _close(self) -> None:
        sources = b"".join([item.source for item in self._items])
        self._blocks.append(Block(self._id, _encode(self._items), pack(sources)))
        self._id += 1
        self._items, self._bytes = [], 0


def _encode(items: Sequence[Statement]) -> bytes:
    index: dict[str, int] = {}
    envelopes: dict[Envelope, int] = {}
    envelope: list[int] = []
    if any(item.envelope is not NO_ENVELOPE for item in items):
        envelope = [envelopes.setdefault(item.envelope, len(envelopes)) for item in items]
    entries = _Entries(
        file=[index.setdefault(item.file, len(index)) for item in items],
        files=[storable(name) for name in index],
        number=_steps([item.number for item in items]),
        line=_steps_or_none([item.line for item in items]),
        offset=_steps_or_none([item.offset for item in items]),
        length=[len(item.source) for item in items],
        envelopes=list(envelopes),
        envelope=envelope,
    )
    return pack(msgspec.msgpack.encode(entries))


def place_in(entries: bytes, entry: int) -> Place:
    """The place of one entry of a block."""
    return _place(_decode(entries), entry)


def source_in(entries: bytes, sources: bytes, entry: int) -> Source:
    """The source of one entry of a block, with its place."""
    held = _decode(entries)
    begin = sum(held.length[:entry])
    data = unpack(sources)[begin : begin + held.length[entry]]
    return Source(_place(held, entry), data, _envelope(held, entry))


def all_in(entries: bytes, sources: bytes) -> Iterator[Source]:
    """Every source of a block with its place."""
    held = _decode(entries)
    data = unpack(sources)
    begin = 0
    numbers = accumulate(held.number)
    for entry, (number, length) in enumerate(zip(numbers, held.length, strict=True)):
        place = Place(held.files[held.file[entry]], number, _nth(held.line, entry), _nth(held.offset, entry))
        yield Source(place, data[begin : begin + length], _envelope(held, entry))
        begin += length


def _place(held: _Entries, entry: int) -> Place:
    return Place(
        held.files[held.file[entry]],
        sum(held.number[: entry + 1]),
        _nth(held.line, entry),
        _nth(held.offset, entry),
    )


def _envelope(held: _Entries, entry: int) -> Envelope:
    return held.envelopes[held.envelope[entry]] if held.envelope else NO_ENVELOPE


def _decode(entries: bytes) -> _Entries:
    return msgspec.msgpack.decode(unpack(entries), type=_Entries)


def _steps(values: list[int]) -> list[int]:
    return [value - before for before, value in zip([0, *values], values, strict=False)]


def _steps_or_none(values: list[int | None]) -> list[int | None]:
    steps: list[int | None] = []
    before = 0
    for value in values:
        steps.append(None if value is None else value - before)
        before = before if value is None else value
    return steps


def _nth(steps: list[int | None], entry: int) -> int | None:
    if steps[entry] is None:
        return None
    return sum(step for step in steps[: entry + 1] if step is not None)
