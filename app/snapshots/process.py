"""The process that makes the snapshot of a day: `python -m app.snapshots.process`."""

import logging
import os
import sys

from app.family import stop_event, watch_lifeline
from app.logs import start_logging
from app.open_register import open_register
from app.settings import load_settings
from app.snapshots.kept import Snapshots
from app.snapshots.making import SnapshotBusyError, StoppedError, make_snapshot

log = logging.getLogger("ipregister.snapshots")

# Everybody else goes first.
_NICER = 15


def main() -> None:
    """Ends with status 1 where none was made."""
    settings = load_settings()
    start_logging(settings)
    if hasattr(os, "nice"):
        os.nice(_NICER)
    stop = stop_event()
    watch_lifeline(stop.set)
    snapshots = Snapshots(settings.snapshots_folder)
    try:
        with open_register(settings, connections=1) as register:
            made = make_snapshot(register.database, snapshots, stop.is_set)
    except SnapshotBusyError as error:
        log.info("%s", error)
        return
    except (StoppedError, OSError) as error:
        log.warning("no snapshot was made: %s", error)
        sys.exit(1)
    log.info("snapshot %s: %d records up to %d", made.snapshot, made.records, made.timepoint)
    if gone := snapshots.prune(max(1, settings.snapshots)):
        log.info("snapshots no longer kept: %s", ", ".join(gone))


if __name__ == "__main__":
    main()
