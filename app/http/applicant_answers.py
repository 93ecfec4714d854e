"""The shapes of what is said of applicants beside their counts: spellings with evidence, and decisions."""

import msgspec

from app.http.answers import ApplicantAnswer
from register.model import Part
from register.spelling import spelling_key
from register.store.applicant_decisions import Decision
from register.store.applicant_reading import KnownSpelling


class WhyAnswer(Part, frozen=True, kw_only=True):
    """Why a spelling is taken to be of the applicant: the evidence, its score from 0 to 1, and the name that
    it is linked to by it.
    """

    evidence: str
    score: float
    name: str | None = None


class SpellingAnswer(Part, frozen=True, kw_only=True):
    """A way in which offices spell the applicant; `office` and `number` are of an office that numbers its
    parties. `byOffice` counts the records that have it; of applicants with many spellings it is told for the
    commonest.
    """

    id: str
    name: str
    country: str | None = None
    office: str | None = None
    number: str | None = None
    records: int = 0
    by_office: dict[str, int] = msgspec.field(default_factory=dict)
    why: list[WhyAnswer] = msgspec.field(default_factory=list)


class DecisionAnswer(Part, frozen=True, kw_only=True):
    """What somebody has decided: of a `merge`, `other` became part of `applicant`; of a `split`, `other` was
    made of `spellings` of it.
    """

    id: int
    kind: str
    applicant: str
    other: str
    spellings: list[str] = msgspec.field(default_factory=list)
    note: str = ""
    made_by: str
    made_at: str
    undone_by: str | None = None
    undone_at: str | None = None


class ApplicantDetail(ApplicantAnswer, frozen=True, kw_only=True):
    """A resolved applicant with its spellings, the evidence for each, and the decisions on it."""

    spellings: list[SpellingAnswer] = msgspec.field(default_factory=list)
    decisions: list[DecisionAnswer] = msgspec.field(default_factory=list)


class SuggestionAnswer(Part, frozen=True, kw_only=True):
    """An applicant by the name that was typed."""

    id: str
    name: str


class SuggestionsPage(Part, frozen=True, kw_only=True):
    results: list[SuggestionAnswer]


class MergeBody(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The applicant that becomes part of the one in the address, and why in your words."""

    other: str
    note: str = ""


class SplitBody(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ids of the spellings that are another applicant's, and why in your words."""

    spellings: list[str]
    note: str = ""


def told_decision(made: Decision) -> DecisionAnswer:
    return DecisionAnswer(
        id=made.id,
        kind=made.kind,
        applicant=made.applicant,
        other=made.other,
        spellings=[spelling_key(one) for one in made.spellings],
        note=made.note,
        made_by=made.made_by,
        made_at=made.made_at.isoformat(timespec="seconds"),
        undone_by=made.undone_by,
        undone_at=None if made.undone_at is None else made.undone_at.isoformat(timespec="seconds"),
    )


def told_spelling(one: KnownSpelling, records: int, by_office: dict[str, int]) -> SpellingAnswer:
    return SpellingAnswer(
        id=spelling_key(one.id),
        name=one.name,
        country=one.country,
        office=one.office,
        number=one.number,
        records=records,
        by_office=by_office,
        why=[WhyAnswer(evidence=why.evidence, score=why.score, name=why.name) for why in one.why],
    )
