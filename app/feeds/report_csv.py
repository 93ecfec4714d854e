"""The report of a feed as one table for a spreadsheet: `section` says what a line is about."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from app.feeds.report import FeedReport
from app.http.csv_cells import plain_cell
from register.store.database import Database
from register.store.quarantine import Quarantined, list_quarantine
from register.store.rehearsal import RehearsedChange, list_rehearsed
from register.store.schema import COUNT_NAMES

COLUMNS = (
    "section", "right", "id", "what", "field", "before", "after", "count", "share", "change",
    "file", "record", "line", "reason", "mend",
)  # fmt: skip
_AT_ONCE = 500
Row = dict[str, Any]


def csv_of(database: Database, report: FeedReport) -> Iterator[bytes]:
    """The table piece by piece, with a first line that names the columns.

    Sections: `feed` (counts, and whether it would be held), `change` (how many, by kind, field and status),
    `quality` and `warning`, `problem` (every source record not taken), `record` (those that would change,
    a line for each field).
    """
    yield _lines([dict(zip(COLUMNS, COLUMNS, strict=True))])
    yield _lines([*_feed(report), *_changes(report), *_quality(report), *_warnings(report)])
    for found in _problems(database, report.feed.id):
        yield _lines([_problem(one) for one in found])
    if report.rehearsal is not None:
        for changed in _records(database, report.feed.id):
            yield _lines([row for one in changed for row in _record(one)])


def _lines(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([[plain_cell(row.get(name, "")) for name in COLUMNS] for row in rows])
    return text.getvalue().encode()


def _feed(report: FeedReport) -> Iterator[Row]:
    counts = msgspec.structs.asdict(report.feed.counts)
    for name in COUNT_NAMES:
        yield {"section": "feed", "what": name, "count": counts[name]}
    if report.rehearsal is not None:
        held = report.rehearsal.held
        yield {"section": "feed", "what": "would be held", "after": held is not None, "reason": held or ""}


def _changes(report: FeedReport) -> Iterator[Row]:
    if report.rehearsal is None:
        return
    for right, effects in report.rehearsal.rights.items():
        for kind in ("created", "updated", "returned", "deleted"):
            yield {"section": "change", "right": right, "what": kind, "count": getattr(effects, kind)}
        for field, count in effects.by_field():
            yield {"section": "change", "right": right, "what": "field", "field": field, "count": count}
        for was, now, count in effects.by_status():
            yield {
                "section": "change", "right": right, "what": "status", "field": "status", "before": was,
                "after": now, "count": count,
            }  # fmt: skip


def _quality(report: FeedReport) -> Iterator[Row]:
    for one in report.quality:
        right, before = one.now.right, one.before
        told = {"section": "quality", "right": right}
        yield {
            **told, "what": "score", "before": "" if before is None else before.score,
            "after": one.now.score, "change": one.score_change,
        }  # fmt: skip
        for field in one.fields:
            was = field.before
            yield {
                **told, "what": "filled", "field": field.now.field, "count": field.now.filled,
                "share": round(field.now.filled_share, 4), "change": field.filled_change,
                "before": "" if was is None else round(was.filled_share, 4),
            }  # fmt: skip
            if field.now.valid_share is not None:
                yield {
                    **told, "what": "understood", "field": field.now.field,
                    "count": field.now.delivered - field.now.doubtful,
                    "share": round(field.now.valid_share, 4), "change": field.valid_change,
                    "before": "" if was is None or was.valid_share is None else round(was.valid_share, 4),
                }  # fmt: skip
            if field.values.now or field.values.before:
                yield {
                    **told, "what": "values not understood", "field": field.now.field,
                    "count": field.values.now, "before": "" if before is None else field.values.before,
                }  # fmt: skip


def _warnings(report: FeedReport) -> Iterator[Row]:
    for one in report.quality:
        for warning in one.warnings:
            yield {
                "section": "warning", "right": one.now.right, "what": warning.code, "field": warning.field,
                "reason": warning.reason, "mend": warning.mend,
            }  # fmt: skip


def _problem(one: Quarantined) -> Row:
    return {
        "section": "problem", "what": one.code, "file": one.file, "record": one.number, "line": one.line,
        "reason": one.reason, "mend": one.mend,
    }  # fmt: skip


def _record(one: RehearsedChange) -> Iterator[Row]:
    told: Row = {
        "section": "record", "right": one.right, "id": one.record_id, "what": one.kind, "file": one.file,
        "record": one.number, "line": one.line,
    }  # fmt: skip
    if not one.changes:
        yield {**told, "before": one.status_before, "after": one.status_after, "field": "status"}
    for change in one.changes:
        yield {**told, "field": change.field, "before": _cell(change.before), "after": _cell(change.after)}


def _cell(value: Any) -> Any:
    """A value of a record in one cell."""
    return value if value is None or isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)


def _problems(database: Database, feed_id: int) -> Iterator[list[Quarantined]]:
    after = 0
    while True:
        found = database.read(partial(list_quarantine, feed_id=feed_id, after=after, limit=_AT_ONCE))
        if not found:
            return
        yield found
        after = found[-1].id


def _records(database: Database, feed_id: int) -> Iterator[list[RehearsedChange]]:
    after = 0
    while True:
        found = database.read(partial(list_rehearsed, feed_id=feed_id, after=after, limit=_AT_ONCE))
        if not found:
            return
        yield found
        after = found[-1].position
