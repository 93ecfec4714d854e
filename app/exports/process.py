"""The process that writes one file: `python -m app.exports.process`.

It reads what it shall do as one line of JSON from standard input, and writes a line of JSON (`Begun`) and
then the file to standard output. A process of its own leaves the interpreter of those who answer searches
alone, takes the time that they leave, and gives its memory back when it ends.
"""

import os
import signal
import sys
from typing import Any, Literal

import msgspec

from app.exports.job import ChangesJob, ExportJob, write
from app.index_of import engine_of
from app.settings import Settings
from register.store.database import Database
from search.errors import IndexUnavailableError, InputError

# Searches go first.
_NICER = 10
_STATEMENT_SECONDS = 600.0
_MAX_LINE_BYTES = 1 << 26


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the process shall do, where the register is, and by which settings the index is found."""

    job: ExportJob | ChangesJob
    url: str
    settings: dict[str, Any]


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What comes before the file: how many records it will have where that is known, or why there is none."""

    total: int | None = None
    problem: Literal["index-unavailable", "invalid-parameter"] | None = None
    field: str = ""
    reason: str = ""
    mend: str = ""


def main() -> None:
    """Ends with status 1 where the file could not be written to its end."""
    # Ctrl-C is for the parent; without it there is nobody to write to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    told = msgspec.json.decode(sys.stdin.buffer.readline(_MAX_LINE_BYTES), type=Told)
    settings = Settings(**told.settings)
    database = Database(told.url, connections=1, statement_seconds=_STATEMENT_SECONDS)
    try:
        if isinstance(told.job, ChangesJob):
            _begin(Begun())
            told.job.write(database, sys.stdout.buffer.write)
            sys.stdout.buffer.flush()
        else:
            _write(told.job, settings, database)
    except BrokenPipeError:
        # The receiver is gone; what is left in the buffer has nowhere to go either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        database.close()


def _write(job: ExportJob, settings: Settings, database: Database) -> None:
    begun, result = Begun(), None
    try:
        result = job.result(engine_of(settings).reader(), database)
        begun = Begun(total=result.total)
    except InputError as error:
        begun = Begun(problem="invalid-parameter", field=error.field, reason=error.reason, mend=error.mend)
    except IndexUnavailableError:
        begun = Begun(problem="index-unavailable")
    _begin(begun)
    if result is not None:
        write(result, job.writer(), sys.stdout.buffer.write)
        sys.stdout.buffer.flush()


def _begin(begun: Begun) -> None:
    """Tell that it begins; up to here somebody waits, from here on others go first."""
    sys.stdout.buffer.write(msgspec.json.encode(begun) + b"\n")
    sys.stdout.buffer.flush()
    if hasattr(os, "nice"):
        os.nice(_NICER)


if __name__ == "__main__":
    main()
