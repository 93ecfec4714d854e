"""The report of a dry run in the terminal."""

import json
from typing import Any

from rich.markup import escape
from rich.table import Table

from app.cli.console import results
from app.feeds.report import ComparedQuality, FeedReport
from register.store.rehearsal import FieldChange

_MOST_FIELDS = 30
_LONGEST_VALUE = 60


def print_report(report: FeedReport) -> None:
    """What the feed would change, whether it would be held, its problems, and its quality."""
    _say("")
    _say(f"dry run of {report.feed.name}: nothing was changed", style="bold")
    rehearsal = report.rehearsal
    if rehearsal is not None and rehearsal.held is not None:
        _say(f"it would be held: {rehearsal.held}", style="red")
    _print_changes(report)
    _print_problems(report)
    for one in report.quality:
        _print_quality(one)


def _print_changes(report: FeedReport) -> None:
    if report.rehearsal is None or not report.rehearsal.rights:
        _say("it would change nothing")
        return
    table = Table("right", "what would change", "records", "for example", title="changes")
    table.columns[2].justify = "right"
    for right, effects in report.rehearsal.rights.items():
        for words, count in (
            ("new", effects.created),
            ("changed", effects.updated),
            ("back after a delete", effects.returned),
            ("deleted", effects.deleted),
        ):
            if count:
                table.add_row(right, words, f"{count:,}", "")
        for was, now, count in effects.by_status():
            table.add_row(right, f"  {was} → {now}", f"{count:,}", "")
        for field, count in effects.by_field()[:_MOST_FIELDS]:
            examples = report.examples.get((right, field), ())
            table.add_row(right, f"  {field}", f"{count:,}", _example(examples[0].change) if examples else "")
    results.print(table)


def _print_problems(report: FeedReport) -> None:
    if not report.problems:
        return
    table = Table("code", "records", "the first", "mend", title="not taken")
    table.columns[1].justify = "right"
    for one in report.problems:
        table.add_row(one.code, f"{one.count:,}", escape(one.reason), escape(one.mend))
    results.print(table)
    _say(f"each of them with its place: `ipregister quarantine {report.feed.id}`")


def _print_quality(one: ComparedQuality) -> None:
    now, before = one.now, one.before
    score = "none, for there is no whole record" if now.score is None else f"{now.score:.1f} of 100"
    change = "" if one.score_change is None or before is None else (
        f" ({one.score_change:+.1f} beside feed {before.feed_id})"
    )  # fmt: skip
    _say(f"quality of the {now.count.records:,} records of {now.right}: {score}{change}", style="bold")
    table = Table("field", "filled", "", "understood", "", "values not understood")
    for place in range(1, 6):
        table.columns[place].justify = "right"
    for field in one.fields:
        valid, unread = field.now.valid_share, field.values
        table.add_row(
            field.now.field,
            f"{field.now.filled_share:.1%}",
            _change(field.filled_change),
            "" if valid is None else f"{valid:.1%}",
            _change(field.valid_change),
            f"{unread.now:,}" + (f" ({unread.now - unread.before:+,})" if before is not None else "")
            if unread.now or unread.before
            else "",
        )
    results.print(table)
    for warning in one.warnings:
        _say(f"{warning.reason}: {warning.mend}", style="yellow")


def _change(change: float | None) -> str:
    return "" if not change else f"{change:+.1%}"


def _example(change: FieldChange) -> str:
    return escape(f"{_short(change.before)} → {_short(change.after)}")


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return told if len(told) <= _LONGEST_VALUE else f"{told[:_LONGEST_VALUE]}…"


def _say(words: str, style: str | None = None) -> None:
    results.print(words, style=style, highlight=False, markup=False)
