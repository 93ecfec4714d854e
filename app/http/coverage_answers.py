"""What the API says of coverage: numbers by year, missing numbers, status words that are not known."""

import msgspec

from register.coverage import Basis
from register.model import Part, Plain, Right


class NumbersOfYear(Part, frozen=True, kw_only=True):
    """The numbers of a right, year and series: how many there should be by `basis` (an authority file of the
    office, or its own sequence up to the highest number seen), how many were ever delivered, how many are
    missing, and how many the office itself says have no document (`excepted`). Where `sparse`, so little of
    the sequence is held that it does not tell what is missing, and does not count.
    """

    right: Right
    year: int
    series: str = ""
    basis: Basis
    expected: int
    held: int
    missing: int
    excepted: int = 0
    sparse: bool = False


class MissingNumbers(Part, frozen=True, kw_only=True):
    """Numbers that are missing one after another, `count` of them: serial numbers of the year where the basis
    is the sequence, whole numbers as the authority file writes them else.
    """

    right: Right
    year: int
    series: str = ""
    first: str
    last: str
    count: int


class GapsPage(Part, frozen=True, kw_only=True):
    """The missing numbers of an office as ranges, by right, the newest year first; `years` is the ledger that
    they belong to, and `asOf` by right as of when the office's data is.
    """

    office: str
    name: str
    years: list[NumbersOfYear]
    results: list[MissingNumbers]
    as_of: dict[Right, str] = msgspec.field(default_factory=dict)
    next: str | None = None


class UnknownWord(Part, frozen=True, kw_only=True):
    """A status word or code of an office that its mapping of the version `mapping` (the day it last changed)
    did not know, what the office writes beside it, and how many records have it now.
    """

    right: Right
    word: str
    text: str | None = None
    mapping: str
    records: int


class OfficeStatus(Part, frozen=True, kw_only=True):
    """How the status words of an office are understood: records by right and plain status, the version of the
    mapping that is applied now, and every word that it did not know, the most frequent first.
    """

    office: str
    name: str
    mapping: str
    by_status: dict[Right, dict[Plain, int]]
    results: list[UnknownWord]
    next: str | None = None


class Lacking(Part, frozen=True, kw_only=True):
    """What is not in the register of an office that was asked for, so that a search without a result says no
    more than it can. `records` is how many are held, `gaps` how many numbers are known to be missing, and
    `notTaken` how many delivered records could not be taken in.
    """

    office: str
    right: Right | None = None
    records: int
    gaps: int | None = None
    not_taken: int | None = None
    as_of: str | None = None
    text: str


class ListTaken(Part, frozen=True, kw_only=True):
    """How many numbers of a right a list has; `twice` is how many came more than once."""

    right: Right
    numbers: int
    twice: int


class AuthorityTaken(Part, frozen=True, kw_only=True):
    """What was taken of an authority file: rows, those that say no number with why (the first 20), and the
    lists that stand now. Which of the numbers are held is told at `gaps` once they were looked for.
    """

    office: str
    name: str
    read: int
    unread: int
    problems: list[str]
    lists: list[ListTaken]
    gaps: str
