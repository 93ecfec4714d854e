"""The snapshot of each day, made by a process that the worker starts, so that indexing goes on beside it."""

import datetime as dt
import logging
import time
from collections.abc import Callable

from app.chores import Chore
from app.family import Child, spawn
from app.settings import Settings
from app.snapshots.kept import Snapshots

log = logging.getLogger("ipregister.snapshots")

SNAPSHOTS_EVERY = 20.0
# After one that failed, as on a full disk.
_AGAIN_SECONDS = 1800.0


def is_due(snapshots: Snapshots, hour: int, now: dt.datetime) -> bool:
    """Whether there is none of this day (UTC) yet, and its hour has come."""
    if now.hour < hour:
        return False
    newest = next(iter(snapshots.every()), None)
    return newest is None or newest.made.date() < now.date()


class Daily:
    """Starts the process when a snapshot is due; one at a time."""

    def __init__(
        self, settings: Settings, start: Callable[[], Child] = lambda: spawn("app.snapshots.process", [])
    ) -> None:
        self._settings = settings
        self._snapshots = Snapshots(settings.snapshots_folder)
        self._start = start
        self._child: Child | None = None
        self._not_before = 0.0

    def look(self) -> bool:
        if self._child is not None:
            if self._child.alive():
                return False
            if self._child.process.returncode != 0:
                log.warning("no snapshot was made; again in %.0f min", _AGAIN_SECONDS / 60)
                self._not_before = time.monotonic() + _AGAIN_SECONDS
            self._child.stop()
            self._child = None
        elif time.monotonic() >= self._not_before and is_due(
            self._snapshots, self._settings.snapshots_hour, dt.datetime.now(dt.UTC)
        ):
            self._child = self._start()
        return False


def making_snapshots(settings: Settings) -> Chore:
    """Make one each day where the settings say so."""
    if settings.snapshots == 0:
        return lambda: False
    return Daily(settings).look
