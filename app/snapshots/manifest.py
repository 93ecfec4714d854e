"""What a snapshot holds: files with counts and checksums, and the timepoint from which the changes go on."""

import datetime as dt

import msgspec

from register.model import Part, Right

FILE = "manifest.json"


class SnapshotFile(Part, frozen=True, kw_only=True):
    """A file of one office and right: a record a line (`jsonl`), in the order of ids, compressed by gzip.

    `bytes` and `sha256` (hexadecimal) are those of the file as it lies there; `as_of` is as of when the
    office's data is.
    """

    name: str
    office: str
    right: Right
    as_of: dt.datetime | None = None
    records: int
    bytes: int
    sha256: str


class Manifest(Part, frozen=True, kw_only=True):
    """A snapshot: every record that was held at one moment.

    The changes after `timepoint` are those that are not in it.
    """

    snapshot: str
    made: dt.datetime
    timepoint: int
    records: int
    software: str
    files: tuple[SnapshotFile, ...] = ()


def encode_manifest(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def decode_manifest(data: bytes) -> Manifest:
    """The inverse. Raises `msgspec.MsgspecError`."""
    return msgspec.json.decode(data, type=Manifest)
