"""The bodies of the answers to a clearance."""

from register.model import Part
from register.store.clearances import JobState
from search.clearance.grades import Grade
from search.clearance.report import ClearanceReport


class ClearancePage(Part, frozen=True, kw_only=True):
    """A report for each name, in the order of the names."""

    reports: tuple[ClearanceReport, ...]


class ClearanceProgress(Part, frozen=True, kw_only=True):
    """How many names have a report, of how many."""

    done: int
    names: int


class ClearanceResult(Part, frozen=True, kw_only=True):
    """The report of one name of a job: its grade, how many conflicts are in the way, and its address."""

    number: int
    name: str
    grade: Grade
    conflicts: int
    report: str


class ClearanceJobAnswer(Part, frozen=True, kw_only=True):
    """A clearance of many names. `results` come one by one while `state` is `running`; `expiresAt` is until
    when they are kept. `problem` says why a job has failed.
    """

    id: str
    state: JobState
    progress: ClearanceProgress
    results: tuple[ClearanceResult, ...] = ()
    created_at: str
    finished_at: str | None = None
    expires_at: str
    problem: str | None = None
