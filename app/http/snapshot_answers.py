"""The bodies of the answers about snapshots."""

from app.snapshots.manifest import Manifest
from register.model import Part


class SnapshotAnswer(Manifest, frozen=True, kw_only=True):
    """A snapshot with where its files are, by name, and where the changes after it are."""

    files_at: dict[str, str]
    changes: str


class SnapshotsPage(Part, frozen=True):
    """The snapshots that are kept, the newest first."""

    results: list[SnapshotAnswer]
