"""The clearance report: what was asked, what stands in the way, and how far the answer reaches.

Its JSON is the body of the API; the page, the PDF and the spreadsheet show the same structure.
"""

import datetime as dt

import msgspec

from register.model import Part, Plain, Text
from search.clearance.goods import Relation
from search.clearance.grades import Grade
from search.clearance.standing import State

NO_ADVICE = (
    "This report is a search result with reasons, made by rules. It is no legal advice and no opinion on "
    "whether a name may be used or registered; ask a lawyer of the place before you decide."
)


class ClearanceAsked(Part, frozen=True, kw_only=True):
    """What was asked. Offices and territories are ST.3 codes; empty lists ask for all."""

    name: str
    nice_classes: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    similar_groups: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    statuses: tuple[Plain, ...] = ()
    limit: int = 100


class ClearanceUnderstood(Part, frozen=True, kw_only=True):
    """The name as it was compared: its normal form, its scripts (ISO 15924), and the goods in their words."""

    normal_form: str
    scripts: tuple[str, ...] = ()
    related_classes: tuple[int, ...] = ()
    goods_words: tuple[str, ...] = ()


class ClearanceReason(Part, frozen=True, kw_only=True):
    """A rule, the two sides that it compared, and its points from 0 to 1."""

    rule: str
    asked: str
    held: str
    points: float


class ClearanceGoods(Part, frozen=True, kw_only=True):
    """How related the goods are, with reasons. `points` are absent where the goods of one side are not
    known.
    """

    relation: Relation
    points: float | None = None
    why: tuple[ClearanceReason, ...] = ()


class ClearanceStanding(Part, frozen=True, kw_only=True):
    """In force or not on the day of the report, until when, and what says so.

    `plain` is the register's reading of the office's status, `office` the office's own words; `until` is the
    expiry date; `grace_until` the last day of a late renewal, `opposed_until` that of an opposition, where
    these are still open.
    """

    state: State
    plain: Plain
    office: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    grace_until: dt.date | None = None
    opposed_until: dt.date | None = None
    basis: str


class ClearanceOwner(Part, frozen=True, kw_only=True):
    name: str
    country: str | None = None
    applicant: str | None = None


class ClearanceConflict(Part, frozen=True, kw_only=True):
    """A mark that is alike, with its likeness, its goods, its standing, and the grade these make together.

    `number` counts from 1 in the order of the report; `goods` and `rule` are those of the class with the
    worst grade; `grades` are by class asked for, "" where no class was.
    """

    number: int
    id: str
    version: int
    mark: str | None = None
    texts: tuple[Text, ...] = ()
    office: str
    office_name: str
    territories: tuple[str, ...] = ()
    application_number: str
    registration_number: str | None = None
    international_number: str | None = None
    kind: str | None = None
    feature: str | None = None
    nice_classes: tuple[int, ...] = ()
    owners: tuple[ClearanceOwner, ...] = ()
    filing_date: dt.date | None = None
    registration_date: dt.date | None = None
    standing: ClearanceStanding
    score: float
    why: tuple[ClearanceReason, ...] = ()
    goods: ClearanceGoods
    grade: Grade
    rule: str
    grades: dict[str, Grade] = msgspec.field(default_factory=dict)


class ClearanceCell(Part, frozen=True, kw_only=True):
    """The grade of one class in one place. `nice_class` is absent where no class was asked for; `conflicts`
    are the numbers of those that decide, at most five of `count`.
    """

    nice_class: int | None = None
    grade: Grade
    rule: str | None = None
    conflicts: tuple[int, ...] = ()
    count: int = 0


class ClearancePlace(Part, frozen=True, kw_only=True):
    """A territory or an office with its grades. `held_by` are the offices whose records speak of it."""

    code: str
    name: str
    grade: Grade
    as_of: dt.datetime | None = None
    held_by: tuple[str, ...] = ()
    classes: tuple[ClearanceCell, ...] = ()


class ClearanceSearch(Part, frozen=True, kw_only=True):
    """One search that was made: its filters in words, how many marks it looked at, and whether there may be
    more (`gte`). `receipt` is where it can be made again.
    """

    what: str
    found: int
    relation: str
    receipt: str | None = None


class ClearanceHeld(Part, frozen=True, kw_only=True):
    """What is held of an office that was searched: trademarks, and as of when."""

    office: str
    name: str
    records: int
    as_of: dt.datetime | None = None


class ClearanceMissing(Part, frozen=True, kw_only=True):
    """Something that the data cannot say. `code` never changes its meaning; `office` is absent for all."""

    code: str
    office: str | None = None
    count: int | None = None
    text: str


class ClearanceRule(Part, frozen=True, kw_only=True):
    """A row of the table of grades, or a rule of likeness or of goods with its version or points."""

    name: str
    told: str


class ClearanceReading(Part, frozen=True, kw_only=True):
    """How to read the report: the rules by which it was made, with their versions."""

    grades: tuple[ClearanceRule, ...] = ()
    goods: tuple[ClearanceRule, ...] = ()
    likeness: tuple[ClearanceRule, ...] = ()
    versions: dict[str, str] = msgspec.field(default_factory=dict)
    notes: tuple[str, ...] = ()


class ClearanceReport(Part, frozen=True, kw_only=True):
    """The report for one name. `grade` is the worst of `places`; `by` says whether these are territories or
    offices; `listed` of `looked_at` marks are in `conflicts`, the worst first.
    """

    asked: ClearanceAsked
    understood: ClearanceUnderstood
    made_at: dt.datetime
    grade: Grade
    by: str
    places: tuple[ClearancePlace, ...] = ()
    conflicts: tuple[ClearanceConflict, ...] = ()
    looked_at: int
    searches: tuple[ClearanceSearch, ...] = ()
    cut: bool
    held: tuple[ClearanceHeld, ...] = ()
    missing: tuple[ClearanceMissing, ...] = ()
    reading: ClearanceReading
    no_advice: str

    @property
    def deciding(self) -> tuple[ClearanceConflict, ...]:
        """The conflicts that are in the way of something."""
        return tuple(one for one in self.conflicts if one.grade != "clear")


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(ClearanceReport)


def encode_report(report: ClearanceReport) -> bytes:
    return _encoder.encode(report)


def decode_report(data: bytes) -> ClearanceReport:
    """The inverse of `encode_report`."""
    return _decoder.decode(data)
