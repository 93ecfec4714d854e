"""The report of a feed as its page shows it."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from app.feeds.report import ComparedQuality, FeedReport
from app.pages.words import RIGHT_WORDS, STATUS_WORDS
from register.model import Right
from register.quality.compare import Compared
from register.store.quarantine import Problems
from register.store.rehearsal import FieldChange, Kind, RehearsedChange, RightEffects
from register.store.schema import COUNT_NAMES

KIND_WORDS: Final[dict[Kind, str]] = {
    "created": "new",
    "updated": "changed",
    "returned": "back after a delete",
    "deleted": "deleted",
}
_LONGEST_VALUE = 160

Listed = Callable[..., str]
"""The address of a list of records, by the parameters of `/v1/feeds/{id}/changes`."""


class ShownChange(NamedTuple):
    """A field before and after, in short."""

    field: str
    before: str
    after: str


class ShownExample(NamedTuple):
    id: str
    before: str
    after: str


class CountedRecords(NamedTuple):
    """So many records, and where some of them are listed."""

    words: str
    records: int
    href: str
    examples: list[ShownExample]


class ShownEffects(NamedTuple):
    """What would change of one right."""

    right: str
    kinds: list[CountedRecords]
    statuses: list[CountedRecords]
    fields: list[CountedRecords]


class ShownField(NamedTuple):
    """A field's quality in words; changes are "" where nothing changed or nothing is known."""

    field: str
    filled: str
    filled_change: str
    understood: str
    understood_change: str
    unread: str
    unread_change: str


class ShownQuality(NamedTuple):
    """The quality of one right; `change` is that of the score, `before` the feed compared with."""

    right: str
    records: int
    refused: int
    score: str
    change: str
    before: str
    fields: list[ShownField]
    warnings: list[tuple[str, str]]


class ShownReport(NamedTuple):
    """`held` is why it would be held, "" where it would not."""

    is_dry_run: bool
    counts: dict[str, int]
    held: str
    effects: list[ShownEffects]
    problems: list[Problems]
    quality: list[ShownQuality]


class ShownRecord(NamedTuple):
    """A record that would change. `is_held` says that it has a page now."""

    id: str
    title: str
    right: str
    kind: str
    place: str
    is_held: bool
    changes: list[ShownChange]


def shown_report(report: FeedReport, listed: Listed) -> ShownReport:
    rehearsal = report.rehearsal
    return ShownReport(
        is_dry_run=rehearsal is not None,
        counts={name: getattr(report.feed.counts, name) for name in COUNT_NAMES},
        held=(rehearsal.held or "") if rehearsal is not None else "",
        effects=[]
        if rehearsal is None
        else [_effects(report, right, told, listed) for right, told in rehearsal.rights.items()],
        problems=report.problems,
        quality=[_quality(one) for one in report.quality],
    )


def shown_record(change: RehearsedChange) -> ShownRecord:
    line = f", line {change.line:,}" if change.line is not None else ""
    changes = [_change(one) for one in change.changes]
    if not changes and change.status_after is not None:
        changes = [ShownChange("status", "", STATUS_WORDS[change.status_after])]
    return ShownRecord(
        id=change.record_id,
        title=change.title or change.record_id,
        right=RIGHT_WORDS[change.right],
        kind=KIND_WORDS[change.kind],
        place=f"record {change.number:,}{line} of {change.file}",
        is_held=change.kind in ("updated", "deleted"),
        changes=changes,
    )


def filter_words(values: Mapping[str, Any]) -> str:
    """What a list of records is asked for, in words."""
    told = [KIND_WORDS[kind] for kind in values.get("kind", ())]
    if "right" in values:
        told.append(RIGHT_WORDS[values["right"]])
    if "field" in values:
        told.append(f"{values['field']} changes")
    if "statusFrom" in values or "statusTo" in values:
        was, now = values.get("statusFrom", "any"), values.get("statusTo", "any")
        told.append(f"status from {was} to {now}")
    return ", ".join(told)


def _effects(report: FeedReport, right: Right, effects: RightEffects, listed: Listed) -> ShownEffects:
    return ShownEffects(
        RIGHT_WORDS[right],
        [
            CountedRecords(words, getattr(effects, kind), listed(right=right, kind=kind), [])
            for kind, words in KIND_WORDS.items()
        ],
        [
            CountedRecords(
                f"{STATUS_WORDS[was]} → {STATUS_WORDS[now]}",
                count,
                listed(right=right, statusFrom=was, statusTo=now),
                [],
            )
            for was, now, count in effects.by_status()
        ],
        [
            CountedRecords(
                field,
                count,
                listed(right=right, field=field),
                [
                    ShownExample(one.record.record_id, *_change(one.change)[1:])
                    for one in report.examples.get((right, field), ())
                ],
            )
            for field, count in effects.by_field()
        ],
    )


def _quality(one: ComparedQuality) -> ShownQuality:
    now, before = one.now, one.before
    return ShownQuality(
        right=RIGHT_WORDS[now.right],
        records=now.count.records,
        refused=now.count.refused + now.unplaced,
        score="–" if now.score is None else f"{now.score:.1f}",
        change="" if one.score_change is None else f"{one.score_change:+.1f}",
        before="" if before is None else f"feed {before.feed_id}",
        fields=[_field(field, before is not None) for field in one.fields],
        warnings=[(warning.reason, warning.mend) for warning in one.warnings],
    )


def _field(one: Compared, is_compared: bool) -> ShownField:
    unread = one.values
    more = unread.now - unread.before if is_compared else 0
    return ShownField(
        one.now.field,
        f"{one.now.filled_share:.1%}",
        _percent(one.filled_change),
        "" if one.now.valid_share is None else f"{one.now.valid_share:.1%}",
        _percent(one.valid_change),
        f"{unread.now:,}" if unread.now or unread.before else "",
        f"{more:+,}" if more else "",
    )


def _percent(change: float | None) -> str:
    return f"{change:+.1%}" if change else ""


def _change(change: FieldChange) -> ShownChange:
    before, after = _words(change.before), _words(change.after)
    if before == after:
        # What differs is nothing that the words tell, such as the language of a text.
        before, after = (json.dumps(value, ensure_ascii=False) for value in (change.before, change.after))
    return ShownChange(change.field, _short(before), _short(after))


def _words(value: Any) -> str:
    """A value of a record as a person would say it."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    if isinstance(value, dict):
        named = value.get("text") or value.get("name")
        return str(named) if named else ", ".join(f"{name} {_words(told)}" for name, told in value.items())
    return str(value)


def _short(told: str) -> str:
    return told if len(told) <= _LONGEST_VALUE else f"{told[:_LONGEST_VALUE]}…"
