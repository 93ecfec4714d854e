"""Clearance of many names: what was asked, how far it is, and the reports made so far.

A job is taken for a while (`lease_until`), a name at a time. Who dies lets it go by doing nothing, and
whoever takes it next goes on with the names that have no report yet; a report made twice is kept once.
"""

import datetime as dt
from typing import Literal, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from register.store.packing import pack, unpack
from register.store.schema import clearance_job, clearance_report

JobState = Literal["queued", "running", "done", "failed"]


class ClearanceJob(NamedTuple):
    """A job: `request` is its question as JSON, `names` how many there are, `done` how many have a report."""

    id: str
    state: JobState
    request: bytes
    names: int
    done: int
    attempts: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    expires_at: dt.datetime
    problem: str | None


class ReportMade(NamedTuple):
    """A report of a job: `number` is the place of the name, from 1; `conflicts` are those in the way."""

    number: int
    name: str
    grade: str
    conflicts: int


def add_job(connection: Connection, identity: str, request: bytes, names: int, keep: dt.timedelta) -> None:
    now = dt.datetime.now(dt.UTC)
    connection.execute(
        insert(clearance_job).values(
            id=identity, state="queued", request=request, names=names, created_at=now, expires_at=now + keep
        )
    )


def find_job(connection: Connection, identity: str) -> ClearanceJob | None:
    """A job that is still kept."""
    row = connection.execute(
        select(*_JOB).where(clearance_job.c.id == identity, clearance_job.c.expires_at > func.now())
    ).one_or_none()
    return None if row is None else ClearanceJob(*row)


def jobs_waiting(connection: Connection) -> int:
    """How many jobs are not finished."""
    return connection.scalar(select(func.count()).where(clearance_job.c.finished_at.is_(None))) or 0


def take_job(connection: Connection, lease: dt.timedelta) -> ClearanceJob | None:
    """The oldest job that nobody works on, taken for so long; None where there is none."""
    waiting = (
        select(clearance_job.c.id)
        .where(
            clearance_job.c.finished_at.is_(None),
            clearance_job.c.expires_at > func.now(),
            func.coalesce(clearance_job.c.lease_until, clearance_job.c.created_at) <= func.now(),
        )
        .order_by(clearance_job.c.created_at, clearance_job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = connection.execute(
        update(clearance_job)
        .where(clearance_job.c.id == waiting)
        .values(
            state="running",
            started_at=func.coalesce(clearance_job.c.started_at, func.now()),
            lease_until=func.now() + lease,
            attempts=clearance_job.c.attempts + 1,
        )
        .returning(*_JOB)
    ).one_or_none()
    return None if taken is None else ClearanceJob(*taken)


def let_go(connection: Connection, identity: str, wait: dt.timedelta, *, counts: bool) -> None:
    """Leave a job for whoever comes after so long; `counts`: whether this was a try that failed."""
    connection.execute(
        update(clearance_job)
        .where(clearance_job.c.id == identity, clearance_job.c.finished_at.is_(None))
        .values(
            lease_until=func.now() + wait,
            attempts=clearance_job.c.attempts - (0 if counts else 1),
        )
    )


def add_report(connection: Connection, identity: str, made: ReportMade, body: bytes) -> None:
    """Keep a report and let the job go; a report that is there already stays."""
    connection.execute(
        insert_or_leave(clearance_report)
        .values(
            job_id=identity,
            number=made.number,
            name=made.name,
            grade=made.grade,
            conflicts=made.conflicts,
            body=pack(body),
        )
        .on_conflict_do_nothing()
    )
    connection.execute(
        update(clearance_job)
        .where(clearance_job.c.id == identity)
        # A name is done, so what went wrong before it counts no longer.
        .values(lease_until=None, attempts=0)
    )


def finish_job(connection: Connection, identity: str, problem: str | None = None) -> None:
    """End a job; `problem` is a sentence for the client where it failed."""
    connection.execute(
        update(clearance_job)
        .where(clearance_job.c.id == identity, clearance_job.c.finished_at.is_(None))
        .values(
            state="done" if problem is None else "failed",
            problem=problem,
            finished_at=func.now(),
            lease_until=None,
        )
    )


def reports_made(connection: Connection, identity: str) -> list[ReportMade]:
    """The reports of a job in the order of the names."""
    table = clearance_report.c
    query = (
        select(table.number, table.name, table.grade, table.conflicts)
        .where(table.job_id == identity)
        .order_by(table.number)
    )
    return [ReportMade(*row) for row in connection.execute(query)]


def report_bodies(connection: Connection, identity: str, number: int | None = None) -> list[bytes]:
    """The reports of a job, or the one of this number, in the order of the names."""
    query = (
        select(clearance_report.c.body)
        .where(clearance_report.c.job_id == identity)
        .order_by(clearance_report.c.number)
    )
    if number is not None:
        query = query.where(clearance_report.c.number == number)
    return [unpack(body) for body in connection.scalars(query)]


def forget_jobs(connection: Connection) -> int:
    """Delete the jobs whose time is over, with their reports; how many."""
    return connection.execute(delete(clearance_job).where(clearance_job.c.expires_at <= func.now())).rowcount


_JOB = (
    clearance_job.c.id,
    clearance_job.c.state,
    clearance_job.c.request,
    clearance_job.c.names,
    select(func.count())
    .where(clearance_report.c.job_id == clearance_job.c.id)
    .correlate(clearance_job)
    .scalar_subquery()
    .label("done"),
    clearance_job.c.attempts,
    clearance_job.c.created_at,
    clearance_job.c.started_at,
    clearance_job.c.finished_at,
    clearance_job.c.expires_at,
    clearance_job.c.problem,
)
