"""What the API tells of a feed at once: its changes, its problems, its quality."""

from typing import Any

from app.feeds.report import ComparedQuality, FeedReport
from app.http.feed_answers import ErrorPosition, FeedAnswer, feed_answer
from app.http.quality_answers import QualityOfRight, quality_of_right
from register.model import Part, Plain, Right
from register.quality.compare import Compared, WarningCode
from register.store.rehearsal import FieldChange, Kind, RehearsedChange, RightEffects


class FieldChanged(Part, frozen=True, kw_only=True):
    """A field as it is and as it would be, as in the JSON of a record; a long value is cut to a text that
    ends with an ellipsis.
    """

    field: str
    before: Any = None
    after: Any = None


class FeedChange(Part, frozen=True, kw_only=True):
    """A record that would change, where the feed says so, and every field that would."""

    id: str
    right: Right
    kind: Kind
    title: str | None = None
    position: ErrorPosition
    status_before: Plain | None = None
    status_after: Plain | None = None
    fields: list[FieldChanged]


class FeedChangesPage(Part, frozen=True, kw_only=True):
    """Records that a dry run found to change, in the order of the feed."""

    results: list[FeedChange]
    next: str | None = None


class ChangeExample(Part, frozen=True, kw_only=True):
    """One record of which a field would change."""

    id: str
    before: Any = None
    after: Any = None


class ChangedField(Part, frozen=True, kw_only=True):
    """How many records would change a field, and some of them."""

    field: str
    count: int
    examples: list[ChangeExample]


class StatusChange(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """How many records would go from one plain status to another; `records` lists them."""

    from_: Plain
    to: Plain
    count: int
    records: str


class ChangesOfRight(Part, frozen=True, kw_only=True):
    """What would change of one right. `returned` are records that come back after a delete; in the counts of
    the feed they are updated.
    """

    right: Right
    created: int
    updated: int
    returned: int
    deleted: int
    fields: list[ChangedField]
    status_changes: list[StatusChange]
    records: str


class ProblemCount(Part, frozen=True, kw_only=True):
    """How many source records were not taken for one reason; `reason` and `mend` are those of the first."""

    code: str
    count: int
    reason: str
    mend: str


class FieldComparison(Part, frozen=True, kw_only=True):
    """A field beside the last feed: shares then (0 to 1), how much they rose or fell, and how many different
    values were not understood, now and then.
    """

    field: str
    filled_share_before: float | None = None
    filled_change: float | None = None
    valid_share_before: float | None = None
    valid_change: float | None = None
    unread_values: int = 0
    unread_values_before: int | None = None


class QualityConcern(Part, frozen=True, kw_only=True):
    """Something that fell sharply, with the figures, and what to look at. `field` is absent for the whole."""

    code: WarningCode
    field: str | None = None
    reason: str
    mend: str


class QualityCompared(Part, frozen=True, kw_only=True):
    """The quality of one right, beside that of the last feed of the office that brought it."""

    quality: QualityOfRight
    feed_before: int | None = None
    records_before: int | None = None
    score_before: float | None = None
    score_change: float | None = None
    fields: list[FieldComparison]
    warnings: list[QualityConcern]


class ReportLinks(Part, frozen=True):
    changes: str | None
    errors: str
    csv: str
    page: str


class FeedReportAnswer(Part, frozen=True, kw_only=True):
    """A feed with what it would change (a dry run alone tells that), whether it would be held and why, what
    of it was not taken, and its quality.
    """

    feed: FeedAnswer
    would_be_held: bool | None = None
    held_because: str | None = None
    changes: list[ChangesOfRight] | None = None
    problems: list[ProblemCount]
    quality: list[QualityCompared]
    links: ReportLinks


def report_answer(report: FeedReport) -> FeedReportAnswer:
    base, rehearsal = f"/v1/feeds/{report.feed.id}", report.rehearsal
    return FeedReportAnswer(
        feed=feed_answer(report.feed),
        would_be_held=None if rehearsal is None else rehearsal.held is not None,
        held_because=None if rehearsal is None else rehearsal.held,
        changes=None
        if rehearsal is None
        else [_changes(report, right, effects, base) for right, effects in rehearsal.rights.items()],
        problems=[
            ProblemCount(code=one.code, count=one.count, reason=one.reason, mend=one.mend)
            for one in report.problems
        ],
        quality=[_compared(one) for one in report.quality],
        links=ReportLinks(
            None if rehearsal is None else f"{base}/changes",
            f"{base}/errors",
            f"{base}/report?format=csv",
            f"/office/{report.feed.office}/feeds/{report.feed.id}/report",
        ),
    )


def change_answer(change: RehearsedChange) -> FeedChange:
    return FeedChange(
        id=change.record_id,
        right=change.right,
        kind=change.kind,
        title=change.title,
        position=ErrorPosition(
            file=change.file, record=change.number, line=change.line, offset=change.offset
        ),
        status_before=change.status_before,
        status_after=change.status_after,
        fields=[_changed(one) for one in change.changes],
    )


def _changed(change: FieldChange) -> FieldChanged:
    return FieldChanged(field=change.field, before=change.before, after=change.after)


def _changes(report: FeedReport, right: Right, effects: RightEffects, base: str) -> ChangesOfRight:
    records = f"{base}/changes?right={right}"
    return ChangesOfRight(
        right=right,
        created=effects.created,
        updated=effects.updated,
        returned=effects.returned,
        deleted=effects.deleted,
        fields=[
            ChangedField(
                field=field,
                count=count,
                examples=[
                    ChangeExample(id=one.record.record_id, before=one.change.before, after=one.change.after)
                    for one in report.examples.get((right, field), ())
                ],
            )
            for field, count in effects.by_field()
        ],
        status_changes=[
            StatusChange(from_=was, to=now, count=count, records=f"{records}&statusFrom={was}&statusTo={now}")
            for was, now, count in effects.by_status()
        ],
        records=records,
    )


def _compared(compared: ComparedQuality) -> QualityCompared:
    before = compared.before
    return QualityCompared(
        quality=quality_of_right(compared.now),
        feed_before=None if before is None else before.feed_id,
        records_before=None if before is None else before.count.records,
        score_before=None if before is None else before.score,
        score_change=compared.score_change,
        fields=[_field(one, before is not None) for one in compared.fields],
        warnings=[
            QualityConcern(code=one.code, field=one.field or None, reason=one.reason, mend=one.mend)
            for one in compared.warnings
        ],
    )


def _field(one: Compared, is_compared: bool) -> FieldComparison:
    before = one.before
    return FieldComparison(
        field=one.now.field,
        filled_share_before=None if before is None else round(before.filled_share, 4),
        filled_change=one.filled_change,
        valid_share_before=None
        if before is None or before.valid_share is None
        else round(before.valid_share, 4),
        valid_change=one.valid_change,
        unread_values=one.values.now,
        unread_values_before=one.values.before if is_compared else None,
    )
