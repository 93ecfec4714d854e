"""How a wire format is declared, and how the format of a file is found by looking at its first bytes."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from ingest.draft import Damage, Delivered
from ingest.encoding import ByteSource

HEAD_BYTES = 65536

_TAG = re.compile(rb"<(?![!?/])(?:([\w.-]+):)?([\w.-]+)")
_XMLNS = re.compile(rb"xmlns(?::[\w.-]+)?\s*=\s*[\"']([^\"']*)[\"']")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_JSON_KEY = re.compile(rb'"((?:[^"\\]|\\.){1,80})"\s*:')


class Head:
    """The first 64 KiB of a file (decoded to UTF-8 where it was UTF-16), and what a glance at them tells."""

    def __init__(self, data: bytes, name: str = "") -> None:
        self.name = name
        self.data = data.removeprefix(b"\xef\xbb\xbf")

    @cached_property
    def kind(self) -> Literal["xml", "json", "text", "empty", "binary"]:
        start = self.data.lstrip()
        if not start:
            return "empty"
        if start[:1] == b"<":
            return "xml"
        if start[:1] in b"{[":
            return "json"
        return "binary" if b"\0" in start[:1024] or start[:4] == b"%PDF" else "text"

    @cached_property
    def tags(self) -> list[str]:
        """Local names of the elements that start in the head, in order, comments and all."""
        return [match[2].decode("ascii", "replace") for match in _TAG.finditer(self.data)]

    @cached_property
    def tag_set(self) -> frozenset[str]:
        return frozenset(self.tags)

    @cached_property
    def root(self) -> str:
        """Local name of the root element, "" where there is none; a comment before it is passed over."""
        found = _TAG.search(_COMMENT.sub(b"", self.data)) if self.kind == "xml" else None
        return found[2].decode("ascii", "replace") if found is not None else ""

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """Every namespace name declared in the head."""
        return frozenset(match[1].decode("utf-8", "replace") for match in _XMLNS.finditer(self.data))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every JSON object key that stands in the head, at any depth."""
        return frozenset(match[1].decode("utf-8", "replace") for match in _JSON_KEY.finditer(self.data))

    @cached_property
    def lines(self) -> list[bytes]:
        return self.data.splitlines()


class Opened(NamedTuple):
    """A file (or archive member) opened for reading: its name for positions, the ST.3 code of the office
    whose feed it is, and its bytes, unpacked.

    `again` says that it is no file but one record with its envelope, as the register keeps it, and is the
    local name of the record's element ("" outside XML): what a reader else tells from the head of a file is
    known then.
    """

    name: str
    office: str
    stream: ByteSource
    again: str | None = None


class Format(NamedTuple):
    """A wire format.

    `looks` gives 0 where the head is not of this format, else how sure it is up to 100 (a namespace and a
    record element 90, a general shape 50); the surest format reads the file. `read` yields drafts and damages
    in file order, reading the stream as it goes; it raises `NotAFeedError` where the content turns out to
    hold no records.
    """

    name: str
    title: str
    looks: Callable[[Head], int]
    read: Callable[[Opened], Iterator[Delivered | Damage]]
