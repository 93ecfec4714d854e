"""The snapshots in their folder. What is there is whole: a snapshot appears under its name in one step."""

import contextlib
import secrets
import shutil
from pathlib import Path

import msgspec

from app.snapshots.manifest import FILE, Manifest, SnapshotFile, decode_manifest

# Folders that are being made or taken away; they have no name that can be asked for.
UNFINISHED = "."


class Snapshots:
    """A folder of snapshots, each a folder with a manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def every(self) -> list[Manifest]:
        """The newest first."""
        with contextlib.suppress(FileNotFoundError):
            names = [path.name for path in self.folder.iterdir() if not path.name.startswith(UNFINISHED)]
            found = [one for one in map(self._read, names) if one is not None]
            return sorted(found, key=lambda one: (one.made, one.timepoint, one.snapshot), reverse=True)
        return []

    def find(self, name: str) -> Manifest | None:
        """The snapshot of this name; no other path can be asked for."""
        return next((one for one in self.every() if one.snapshot == name), None)

    def path(self, manifest: Manifest, file: SnapshotFile) -> Path:
        return self.folder / manifest.snapshot / file.name

    def begin(self) -> Path:
        """A new folder to make a snapshot in. Raises OSError."""
        folder = self.folder / f"{UNFINISHED}{secrets.token_hex(8)}"
        folder.mkdir(parents=True)
        return folder

    def free_name(self, day: str) -> str:
        """The day, or where that is taken the day with a number behind it."""
        name, number = day, 1
        while (self.folder / name).exists():
            number += 1
            name = f"{day}-{number}"
        return name

    def prune(self, kept: int) -> list[str]:
        """Take away all but the newest ones; the names of those that went. Who reads one reads it to its
        end.
        """
        gone = [one.snapshot for one in self.every()[kept:]]
        for name in gone:
            away = self.folder / f"{UNFINISHED}{secrets.token_hex(8)}"
            (self.folder / name).rename(away)
            shutil.rmtree(away)
        return gone

    def sweep(self) -> None:
        """Take away what killed makers have left. Only for who alone may make one."""
        if self.folder.exists():
            for path in self.folder.iterdir():
                if path.name.startswith(UNFINISHED) and path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)

    def _read(self, name: str) -> Manifest | None:
        try:
            manifest = decode_manifest((self.folder / name / FILE).read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None
        return manifest if manifest.snapshot == name else None
