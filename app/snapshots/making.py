"""A snapshot made: one transaction sees one state of the register; the files hold that and nothing else."""

import datetime as dt
import gzip
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, text

from app.snapshots.kept import Snapshots
from app.snapshots.manifest import FILE, Manifest, SnapshotFile, encode_manifest
from app.version import VERSION
from register.store.bodies import every_body
from register.store.changes import last_timepoint
from register.store.database import Database
from register.store.locks import SNAPSHOT_LOCK
from register.store.offices import OfficeRight, office_summary

# The usual level: these files are kept and fetched, and made but once a day.
_LEVEL = 6


class SnapshotBusyError(Exception):
    """Another process makes a snapshot just now."""


class StoppedError(Exception):
    """The process was told to stop before the snapshot was whole; nothing of it is kept."""


def make_snapshot(
    database: Database, snapshots: Snapshots, stopped: Callable[[], bool] = lambda: False
) -> Manifest:
    """Make a snapshot of the register as it is now, and put it among the others in one step.

    Raises `SnapshotBusyError`, `StoppedError`, and OSError, as on a full disk.
    """
    with database.reading() as connection:
        free = connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": SNAPSHOT_LOCK})
        if not free:
            raise SnapshotBusyError("another process makes a snapshot just now")
        snapshots.sweep()
        folder = snapshots.begin()
        try:
            return _published(_written(connection, folder, stopped), snapshots, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _written(connection: Connection, folder: Path, stopped: Callable[[], bool]) -> Manifest:
    made = dt.datetime.now(dt.UTC).replace(microsecond=0)
    timepoint = last_timepoint(connection)
    files = [
        _file(connection, folder, held, stopped) for held in office_summary(connection) if held.records > 0
    ]
    return Manifest(
        snapshot="",
        made=made,
        timepoint=timepoint,
        records=sum(one.records for one in files),
        software=VERSION,
        files=tuple(files),
    )


def _file(
    connection: Connection, folder: Path, held: OfficeRight, stopped: Callable[[], bool]
) -> SnapshotFile:
    path = folder / f"{held.office.lower()}-{held.right}.jsonl.gz"
    records = 0
    with path.open("xb") as out:
        # Without name and time, so that the same records are the same bytes.
        with gzip.GzipFile("", "wb", _LEVEL, out, mtime=0) as packed:
            for bodies in every_body(connection, held.office, held.right):
                if stopped():
                    raise StoppedError("told to stop")
                packed.write(b"".join([b"%s\n" % body for body in bodies]))
                records += len(bodies)
        out.flush()
        os.fsync(out.fileno())
    with path.open("rb") as again:
        digest = hashlib.file_digest(again, "sha256").hexdigest()
    return SnapshotFile(
        name=path.name,
        office=held.office,
        right=held.right,
        as_of=held.as_of,
        records=records,
        bytes=path.stat().st_size,
        sha256=digest,
    )


def _published(manifest: Manifest, snapshots: Snapshots, folder: Path) -> Manifest:
    """Under its name, with everything on the disk before."""
    name = snapshots.free_name(f"{manifest.made:%Y-%m-%d}")
    named = Manifest(
        snapshot=name,
        made=manifest.made,
        timepoint=manifest.timepoint,
        records=manifest.records,
        software=manifest.software,
        files=manifest.files,
    )
    with (folder / FILE).open("xb") as out:
        out.write(encode_manifest(named))
        out.flush()
        os.fsync(out.fileno())
    _sync(folder)
    folder.rename(snapshots.folder / name)
    _sync(snapshots.folder)
    return named


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
