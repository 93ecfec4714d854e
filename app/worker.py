"""The worker: keeps the index up to the register, and fetches feeds. Any number may run; one at a time leads
the index, the others stand by.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.chores import (
    ENDING_EVERY,
    FORGETTING_EVERY,
    SWEEPING_EVERY,
    Chore,
    doing,
    ending_orphans,
    forgetting_audit,
    forgetting_clearances,
    forgetting_receipts,
    forgetting_sessions,
    sweeping_deliveries,
)
from app.clearance.jobs import LOOKING_EVERY, making_reports
from app.coverage import COVERAGE_EVERY, keeping_coverage
from app.family import stop_event, watch_lifeline
from app.feeds.spool import Spool
from app.http.service import Service
from app.index_of import engine_of
from app.index_worker import keep_indexing
from app.logs import start_logging
from app.open_register import open_register
from app.settings import Settings, load_settings
from app.snapshots.daily import SNAPSHOTS_EVERY, making_snapshots
from app.sources.pulling import pulling_sources
from app.watches.delivering import DELIVERING_EVERY, Policy, delivering
from app.watches.looking import LOOKING_EVERY as WATCHES_EVERY
from app.watches.looking import looking
from register.store.database import Database

# Those who search go first, then the index, then the feeds that are read.
_NICER = 5


def work(settings: Settings, stop: threading.Event) -> None:
    """Index until told to stop, through losses of the database and the index."""
    with (
        open_register(settings) as register,
        doing(
            "forgetting receipts",
            forgetting_receipts(register.database, settings.receipt_days),
            FORGETTING_EVERY,
        ),
        doing("forgetting clearances", forgetting_clearances(register.database), FORGETTING_EVERY),
        doing("forgetting audit", forgetting_audit(register.database, settings.audit_days), FORGETTING_EVERY),
        doing(
            "forgetting sessions",
            forgetting_sessions(register.database, settings.console_idle),
            FORGETTING_EVERY,
        ),
        _reports(settings, register.database) as making,
        doing("clearance", making, LOOKING_EVERY),
        doing("coverage", keeping_coverage(register.database), COVERAGE_EVERY),
        doing("ending orphans", ending_orphans(register.database), ENDING_EVERY),
        doing(
            "sweeping deliveries",
            sweeping_deliveries(register.database, Spool(settings.data, settings.spare_bytes)),
            SWEEPING_EVERY,
        ),
        doing("watches", looking(register.database, engine_of(settings)), WATCHES_EVERY),
        doing("webhooks", delivering(register.database, policy_of(settings)), DELIVERING_EVERY),
        doing("snapshots", making_snapshots(settings), SNAPSHOTS_EVERY),
        pulling_sources(settings, register.database),
    ):
        keep_indexing(settings, register.database, stop)


def policy_of(settings: Settings) -> Policy:
    """How webhooks are tried."""
    return Policy(settings.webhook_tries, settings.webhook_first_wait, settings.webhook_private)


@contextmanager
def _reports(settings: Settings, database: Database) -> Iterator[Chore]:
    """What makes the reports of clearances of many names."""
    service = Service(settings, database, engine_of(settings))
    service.receipts.open()
    try:
        yield making_reports(database, service.clearing)
    finally:
        service.receipts.close()


def main() -> None:
    """`python -m app.worker`."""
    settings = load_settings()
    start_logging(settings)
    if hasattr(os, "nice"):
        os.nice(_NICER)
    stop = stop_event()
    watch_lifeline(stop.set)
    work(settings, stop)


if __name__ == "__main__":
    main()
