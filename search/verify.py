"""Whether the register and its index hold the same records in the same versions."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, Protocol

from register.spelling import spelling_key
from register.store.applicants import joined_spellings, unsettled
from register.store.changes import held_versions
from register.store.database import Database
from register.store.offices import miscounted
from search.engine import All, Engine, Not, Term

_SHOWN_PROBLEMS = 100
_APPLICANTS_LOOKED_AT = 500


class Verified(NamedTuple):
    """`records` and `offices` count the register; `problems` are the first hundred of `wrong`."""

    consistent: bool
    records: int
    offices: dict[str, int]
    problems: list[str]
    wrong: int


class _Held(Protocol):
    """A record in a version, on either side."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def timepoint(self) -> int: ...


def verify(database: Database, engine: Engine) -> Verified:
    """Compare both sides record by record, in the order of their timepoints, in constant memory."""
    offices: Counter[str] = Counter()
    problems: list[str] = []
    wrong = 0
    live = engine.live()
    indexed: Iterator[_Held] = iter(()) if live is None else engine.reader_of(live).held()
    with database.reading() as connection:
        for problem in chain(
            _differences(held_versions(connection), indexed, offices),
            _miscounts(database),
            _misplaced(database, engine),
        ):
            wrong += 1
            if len(problems) < _SHOWN_PROBLEMS:
                problems.append(problem)
    records = offices.total()
    return Verified(wrong == 0, records, dict(sorted(offices.items())), problems, wrong)


def _differences(held: Iterator[_Held], indexed: Iterator[_Held], offices: Counter[str]) -> Iterator[str]:
    """Walk both sides at once; a version that only one side has is named. Counts the register by office."""
    ours, theirs = next(held, None), next(indexed, None)
    while ours is not None or theirs is not None:
        if theirs is None or (ours is not None and ours.timepoint < theirs.timepoint):
            assert ours is not None
            offices[ours.id[:2].upper()] += 1
            yield f"{ours.id} version {ours.version} is not in the index"
            ours = next(held, None)
        elif ours is None or theirs.timepoint < ours.timepoint:
            yield f"{theirs.id} version {theirs.version} is in the index and not in the register"
            theirs = next(indexed, None)
        else:
            offices[ours.id[:2].upper()] += 1
            if (ours.id, ours.version) != (theirs.id, theirs.version):
                yield f"{ours.id} version {ours.version} is {theirs.id} version {theirs.version} in the index"
            ours, theirs = next(held, None), next(indexed, None)


def _miscounts(database: Database) -> Iterator[str]:
    for wrong in database.read(miscounted):
        yield f"the kept counts of {wrong.office} {wrong.right} are not those of its records"


def _misplaced(database: Database, engine: Engine) -> Iterator[str]:
    """Spellings that have another applicant than names and decisions say, and records that the index has
    under another one than their spelling: of all spellings the first, of five hundred applicants with several
    the second.
    """
    with database.reading() as connection:
        for spelling, held, wanted in unsettled(connection):
            yield f"the spelling {spelling_key(spelling)} is of {held} and should be of {wanted}"
    live = engine.live()
    if live is None:
        return
    reader = engine.reader_of(live)
    joined = database.read(lambda connection: joined_spellings(connection, _APPLICANTS_LOOKED_AT))
    for applicant, spellings in joined.items():
        keys = tuple(map(spelling_key, spellings))
        wrong = reader.count(All((Term("spelling", keys),), (Not(Term("applicant", (applicant,))),)))
        if wrong:
            yield f"{wrong} records of the applicant {applicant} are another's in the index"
