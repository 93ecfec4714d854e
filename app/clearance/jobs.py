"""Clearance of many names: a job is asked for, made a name at a time by a worker that is free, and kept."""

import datetime as dt
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from register.store.clearances import (
    ReportMade,
    add_job,
    add_report,
    finish_job,
    let_go,
    reports_made,
    take_job,
)
from register.store.database import Database
from search.clearance.build import Clearance
from search.clearance.report import ClearanceAsked, encode_report
from search.errors import SearchError

log = logging.getLogger("ipregister.clearance")

MAX_NAMES = 100
LOOKING_EVERY = 0.5
"""Seconds between two looks for work where there was none."""

# Many times what a report takes, and after a kill the wait until another goes on. Two at one name do no
# harm.
_LEASE = dt.timedelta(seconds=15)
_WAIT = dt.timedelta(seconds=5)
_MOST_TRIES = 3

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[ClearanceAsked, ...])


class Queue(Protocol):
    """Where a job waits for a worker: a table of its own, or a queue that other work goes through too."""

    def __call__(self, asked: Sequence[ClearanceAsked], keep: dt.timedelta) -> str:
        """Put in the names; the id of the job."""
        ...


def queue_in(database: Database) -> Queue:
    """The queue in the register's own tables."""

    def put(asked: Sequence[ClearanceAsked], keep: dt.timedelta) -> str:
        identity = f"cl-{secrets.token_hex(12)}"
        with database.writing() as connection:
            add_job(connection, identity, _encoder.encode(tuple(asked)), len(asked), keep)
        return identity

    return put


def making_reports(database: Database, clearance: Clearance) -> Callable[[], bool]:
    """Makes the next report of the oldest job; whether there was one to make.

    A name at a time, so that a worker can stop between two, and another go on.
    """

    def make() -> bool:
        with database.writing() as connection:
            job = take_job(connection, _LEASE)
            if job is None:
                return False
            if job.attempts > _MOST_TRIES:
                finish_job(connection, job.id, f"a report failed {_MOST_TRIES} times; {job.done} are there")
                return True
            made = {one.number for one in reports_made(connection, job.id)}
        asked = _decoder.decode(job.request)
        number = next((number for number in range(1, len(asked) + 1) if number not in made), None)
        if number is not None:
            try:
                _make(database, clearance, job.id, number, asked[number - 1])
            except Exception as error:
                # The index may be away for long, and come back: that is no fault of the name.
                away = isinstance(error, SearchError)
                with database.writing() as connection:
                    let_go(connection, job.id, _WAIT, counts=not away)
                if away:
                    raise
                log.exception("the report of name %d of %s failed", number, job.id)
                return True
        if number is None or len(made) + 1 == len(asked):
            with database.writing() as connection:
                finish_job(connection, job.id)
        return True

    return make


def _make(
    database: Database, clearance: Clearance, identity: str, number: int, asked: ClearanceAsked
) -> None:
    report = clearance.report(asked)
    made = ReportMade(number, asked.name, report.grade, len(report.deciding))
    with database.writing() as connection:
        add_report(connection, identity, made, encode_report(report))
