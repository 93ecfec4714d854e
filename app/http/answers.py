"""The bodies of the API's answers. The OpenAPI file is made from these same structures."""

import datetime as dt
from typing import Any, Literal

import msgspec

from app.http.coverage_answers import Lacking
from register.codes.classifications import ClassificationName
from register.coverage import Basis
from register.deadlines import Deadline
from register.model import Part, Party, Plain, Provenance, Record, Right


class Total(Part, frozen=True):
    """How many there are: exactly (`eq`), or at least (`gte`)."""

    value: int
    relation: Literal["eq", "gte"]


class FacetValue(Part, frozen=True):
    value: str
    label: str
    count: int


class Why(Part, frozen=True):
    """A reason for a result: the rule and its version, what it compared, and its points from 0 to 1."""

    rule: str
    version: int
    compared: str
    points: float


class SearchPage(Part, frozen=True, kw_only=True):
    """One page of results.

    `results` hold the short form of records with `score` and `why`, or the members asked for. `receipt` is
    the id under which this search can be cited and replayed. `left` names the ways of finding for which there
    was no time; absent where the answer is whole. `missing` stands where nothing was found: what the register
    lacks of the offices that were asked for.
    """

    results: list[dict[str, Any]]
    total: Total
    facets: dict[str, list[FacetValue]] = msgspec.field(default_factory=dict)
    next: str | None = None
    as_of: dict[str, str]
    receipt: str | None = None
    left: tuple[str, ...] = ()
    missing: list[Lacking] = msgspec.field(default_factory=list)


class NamedParty(Party, frozen=True):
    """A party with the id of the resolved applicant."""

    applicant: str | None = None


class ToldStatus(Part, frozen=True, kw_only=True):
    """A status of which the plain reading is always told, `unknown` too."""

    plain: Plain
    office: str | None = None
    text: str | None = None
    wipo: str | None = None
    date: dt.date | None = None


class AsOn(Part, frozen=True, kw_only=True):
    """Whether a right was in force on a day, and what says so; None where it cannot be said."""

    date: dt.date
    in_force: bool | None
    basis: str


class ClassName(Part, frozen=True):
    """A class or code of a classification with its heading.

    `code` is the number of a Nice class, a Vienna or Locarno code, an IPC symbol.
    """

    code: str
    title: str | None = None


class ToldDeadline(Deadline, frozen=True, kw_only=True):
    """A deadline with the days that are left, negative where it has passed."""

    days_left: int | None = None


class RecordAnswer(Record, frozen=True, kw_only=True):
    """A record with what the register knows about it beside what the office says."""

    title: str | None = None
    territories: tuple[str, ...] = ()
    classes: dict[ClassificationName, list[ClassName]] = msgspec.field(default_factory=dict)
    deadlines: tuple[ToldDeadline, ...] = ()
    status: ToldStatus  # type: ignore[assignment]  # the same members, of which one is always there
    applicants: tuple[NamedParty, ...] = ()
    version: int
    changed_at: str
    deleted: bool = False
    provenance: Provenance | None = None
    as_on: AsOn | None = None


class VersionAnswer(Part, frozen=True, kw_only=True):
    """One version of a record: what happened, when it was received, from which feed, and what it said."""

    version: int
    timepoint: int
    operation: Literal["insert", "update", "delete"]
    changed_at: str
    provenance: Provenance | None = None
    record: Record | None = None


class HistoryPage(Part, frozen=True, kw_only=True):
    id: str
    results: list[VersionAnswer]


class Change(Part, frozen=True, kw_only=True):
    """One change of the register, in the order in which they were made."""

    timepoint: int
    id: str
    version: int
    operation: Literal["insert", "update", "delete"]
    changed_at: str
    record: Record | None = None


class ChangesPage(Part, frozen=True, kw_only=True):
    """Changes after a point. `timepoint` is where to go on from next time, also when `next` is absent."""

    results: list[Change]
    timepoint: int
    next: str | None = None


class RightHeld(Part, frozen=True, kw_only=True):
    """What is held of one right of an office.

    `gaps` are numbers that should be there and are not, by `gapsBasis`: an authority file of the office (WIPO
    ST.37), or its own sequence of numbers; absent where neither tells. `newestFiling` is the newest filing
    date held, `delayDays` the days from it to `asOf`.
    """

    records: int
    by_status: dict[Plain, int] = msgspec.field(default_factory=dict)
    as_of: str | None = None
    gaps: int | None = None
    gaps_basis: Basis | None = None
    expected: int | None = None
    newest_filing: str | None = None
    delay_days: int | None = None


class OfficeHeld(Part, frozen=True, kw_only=True):
    office: str
    name: str
    rights: dict[Right, RightHeld]


class OfficesPage(Part, frozen=True, kw_only=True):
    results: list[OfficeHeld]


class ApplicantAnswer(Part, frozen=True, kw_only=True):
    """A resolved applicant: its id, the spellings met, its countries, and how many records it has by right
    and office.
    """

    id: str
    name: str
    names: list[str] = msgspec.field(default_factory=list)
    countries: list[str] = msgspec.field(default_factory=list)
    records: int
    by_right: dict[Right, int] = msgspec.field(default_factory=dict)
    by_office: dict[str, int] = msgspec.field(default_factory=dict)


class ApplicantsPage(Part, frozen=True, kw_only=True):
    results: list[ApplicantAnswer]


class ClassificationEntry(Part, frozen=True, kw_only=True):
    """A code of a classification in its tree. `parent` and `children` are codes; `records` are those that
    have it or one below it.
    """

    code: str
    title: str | None = None
    level: str
    parent: str | None = None
    children: tuple[str, ...]
    records: int


class ClassificationPage(Part, frozen=True, kw_only=True):
    """Codes in the order of their classification. `levels` are those of the tree, the widest first."""

    classification: ClassificationName
    levels: tuple[str, ...]
    results: list[ClassificationEntry]


class Health(Part, frozen=True):
    status: Literal["ok", "starting", "failing"]
    parts: dict[str, str] = msgspec.field(default_factory=dict)


_encoder = msgspec.json.Encoder()


def encode(answer: Part) -> bytes:
    """The body as JSON in lowerCamelCase, absent members left out."""
    return _encoder.encode(answer)
