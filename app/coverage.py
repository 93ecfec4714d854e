"""The ledger of coverage kept up to the register, by the worker and by commands."""

import time
from collections.abc import Callable

from app.chores import Chore
from ingest.number_series import sequences_of
from ingest.profile import ProfileError
from register.coverage import Sequences, SequencesOf
from register.store.coverage import CoverageLedger
from register.store.database import Database

COVERAGE_EVERY = 1.0
# A table is looked at for changes this often: each look is a look into the folder of one's own profiles.
_KNOWN_SECONDS = 2.0
_NOTHING = Sequences("none", lambda _right, _number: None)


def known_sequences(clock: Callable[[], float] = time.monotonic) -> SequencesOf:
    """How the numbers of offices are counted, looked up now and then; by nothing where a table is wrong."""
    held: dict[str, tuple[float, Sequences]] = {}

    def sequences(office: str) -> Sequences:
        known = held.get(office)
        if known is not None and clock() - known[0] < _KNOWN_SECONDS:
            return known[1]
        try:
            found = sequences_of(office)
        except ProfileError:
            found = known[1] if known is not None else _NOTHING
        held[office] = clock(), found
        return found

    return sequences


def ledger_of(database: Database) -> CoverageLedger:
    return CoverageLedger(database, known_sequences())


def keeping_coverage(database: Database) -> Chore:
    """Follow the changes of the register, a step at a time."""
    return ledger_of(database).step
