"""Whether a snapshot is what its manifest says."""

import gzip
import hashlib
import zlib
from pathlib import Path

import msgspec

from app.snapshots.kept import Snapshots
from app.snapshots.manifest import FILE, Manifest, SnapshotFile
from register.model import decode_record

_MOST_TOLD = 20


def problems_of(snapshots: Snapshots, manifest: Manifest) -> list[str]:
    """What is wrong with it, as sentences: nothing where it is whole."""
    folder = snapshots.folder / manifest.snapshot
    there = {path.name for path in folder.iterdir()}
    meant = {FILE, *(one.name for one in manifest.files)}
    problems = [f"{name} is not in the manifest" for name in sorted(there - meant)]
    for one in manifest.files:
        problems += _of_file(folder / one.name, one) if one.name in there else [f"{one.name} is missing"]
    told = sum(one.records for one in manifest.files)
    if told != manifest.records:
        problems.append(f"the files hold {told} records, the manifest says {manifest.records}")
    return problems[:_MOST_TOLD]


def _of_file(path: Path, meant: SnapshotFile) -> list[str]:
    size = path.stat().st_size
    if size != meant.bytes:
        return [f"{meant.name} has {size} bytes instead of {meant.bytes}"]
    with path.open("rb") as data:
        if hashlib.file_digest(data, "sha256").hexdigest() != meant.sha256:
            return [f"{meant.name} has another checksum (SHA-256)"]
    records, last = 0, ""
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                record = decode_record(line)
                if (record.office, record.right) != (meant.office, meant.right) or record.id <= last:
                    return [f"{meant.name}, line {records + 1}: {record.id} does not belong here"]
                records, last = records + 1, record.id
    except (OSError, EOFError, zlib.error, msgspec.MsgspecError) as error:
        return [f"{meant.name}, line {records + 1}: {error}"]
    if records != meant.records:
        return [f"{meant.name} holds {records} records instead of {meant.records}"]
    return []
