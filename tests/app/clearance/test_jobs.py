"""Many names: worked off name by name, through kills and losses, each report once."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

import pytest
from sqlalchemy import text

from app.clearance.jobs import making_reports, queue_in
from register.store.clearances import (
    ClearanceJob,
    find_job,
    forget_jobs,
    jobs_waiting,
    report_bodies,
    reports_made,
    take_job,
)
from register.store.database import Database
from search.clearance.build import Clearance
from search.clearance.report import ClearanceAsked, ClearanceReport, decode_report
from search.errors import IndexUnavailableError
from tests.app.clearance.reports import report

DAY = dt.timedelta(days=1)
NAMES = ("A", "B", "C")


@dataclass
class Maker:
    """Makes reports of names, and fails as often as it is told to."""

    fail: Exception | None = None
    made: tuple[str, ...] = ()

    def report(self, asked: ClearanceAsked) -> ClearanceReport:
        if self.fail is not None:
            raise self.fail
        self.made += (asked.name,)
        return report("LUMORA", name=asked.name)


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    with closing(Database(fresh_database_url)) as opened:
        yield opened


def started(database: Database, keep: dt.timedelta = DAY) -> str:
    return queue_in(database)([ClearanceAsked(name=name) for name in NAMES], keep)


def worker(database: Database, maker: Maker) -> Callable[[], bool]:
    return making_reports(database, cast(Clearance, maker))


def job_of(database: Database, identity: str) -> ClearanceJob:
    found = database.read(lambda connection: find_job(connection, identity))
    assert found is not None
    return found


def let_pass(database: Database, **values: Any) -> None:
    """As if the leases of all jobs were over."""
    with database.writing() as connection:
        connection.execute(text("UPDATE clearance_job SET lease_until = now() - interval '1 second'"))


def test_a_job_is_made_name_by_name_and_done(database: Database) -> None:
    identity, maker = started(database), Maker()
    work = worker(database, maker)
    assert work()
    half = job_of(database, identity)
    assert (half.state, half.done, half.names) == ("running", 1, 3)
    while work():
        pass
    done = job_of(database, identity)
    assert (done.state, done.done, done.problem) == ("done", 3, None)
    assert maker.made == NAMES
    bodies = database.read(lambda connection: report_bodies(connection, identity))
    assert [decode_report(body).asked.name for body in bodies] == list(NAMES)
    assert database.read(jobs_waiting) == 0


def test_after_a_kill_another_goes_on_once_the_lease_is_over(database: Database) -> None:
    identity, maker = started(database), Maker()
    work = worker(database, maker)
    work()
    with database.writing() as connection:
        killed = take_job(connection, dt.timedelta(seconds=60))
    assert killed is not None
    assert not work()
    let_pass(database)
    while work():
        pass
    assert job_of(database, identity).state == "done"
    assert maker.made == NAMES


def test_two_workers_never_have_one_job_at_once(database: Database) -> None:
    started(database)
    with database.writing() as one, database.writing() as other:
        assert take_job(one, DAY) is not None
        assert take_job(other, DAY) is None


def test_an_index_that_is_away_costs_no_try(database: Database) -> None:
    identity, maker = started(database), Maker(fail=IndexUnavailableError("away"))
    work = worker(database, maker)
    for _ in range(6):
        with pytest.raises(IndexUnavailableError):
            work()
        let_pass(database)
    maker.fail = None
    while work():
        pass
    assert job_of(database, identity).state == "done"


def test_a_name_that_fails_again_and_again_ends_the_job_with_a_sentence(database: Database) -> None:
    identity, maker = started(database), Maker()
    work = worker(database, maker)
    work()
    maker.fail = RuntimeError("a fault")
    while job_of(database, identity).finished_at is None:
        work()
        let_pass(database)
    failed = job_of(database, identity)
    assert failed.state == "failed"
    assert failed.problem == "a report failed 3 times; 1 are there"
    assert [one.name for one in database.read(lambda connection: reports_made(connection, identity))] == ["A"]


def test_what_was_kept_long_enough_is_forgotten_with_its_reports(database: Database) -> None:
    identity = started(database)
    worker(database, Maker())()
    with database.writing() as connection:
        connection.execute(text("UPDATE clearance_job SET expires_at = now()"))
    assert database.read(lambda connection: find_job(connection, identity)) is None
    with database.writing() as connection:
        assert forget_jobs(connection) == 1
    assert database.read(lambda connection: report_bodies(connection, identity)) == []
