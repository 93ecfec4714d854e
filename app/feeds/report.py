"""All that is told of a feed at once: what it changes, its problems, its quality beside that of the last
one.

The same report is given as JSON, as a page, as CSV and in the terminal.
"""

import msgspec
from sqlalchemy import Connection

from register.model import Right
from register.quality.compare import Compared, QualityWarning, Values, compare, warnings
from register.quality.fields import field_of
from register.store.feeds import Feed
from register.store.quality import (
    StoredQuality,
    new_unread,
    quality_before,
    quality_of,
    unread_by_field,
)
from register.store.quarantine import Problems, quarantine_problems
from register.store.rehearsal import (
    FieldChange,
    Rehearsal,
    RehearsedChange,
    list_rehearsed,
    read_rehearsal,
)

EXAMPLES_OF_FIELD = 3
"""So many changes of each field are told in the report itself; the list has more."""

_NEW_VALUES = 100


class FieldExample(msgspec.Struct, frozen=True):
    """A record of which a field changes."""

    record: RehearsedChange
    change: FieldChange


class ComparedQuality(msgspec.Struct, frozen=True, kw_only=True):
    """The quality of one right in a feed beside `before`, the last feed that brought this right and was taken
    in, where there is one.
    """

    now: StoredQuality
    before: StoredQuality | None
    fields: list[Compared]
    warnings: list[QualityWarning]

    @property
    def score_change(self) -> float | None:
        if self.before is None or self.before.score is None or self.now.score is None:
            return None
        return round(self.now.score - self.before.score, 1)


class FeedReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a feed. `rehearsal` is None where it was no dry run; `examples` are by right and field;
    `problems` by code, the commonest first.
    """

    feed: Feed
    rehearsal: Rehearsal | None
    examples: dict[tuple[Right, str], list[FieldExample]]
    problems: list[Problems]
    quality: list[ComparedQuality]


def report_of(connection: Connection, feed: Feed) -> FeedReport:
    """The report of a feed, as far as it is read."""
    rehearsal = read_rehearsal(connection, feed.id) if feed.dry_run else None
    return FeedReport(
        feed=feed,
        rehearsal=rehearsal,
        examples={} if rehearsal is None else _examples(connection, feed.id, rehearsal),
        problems=quarantine_problems(connection, feed.id),
        quality=compared_quality(connection, feed),
    )


def compared_quality(connection: Connection, feed: Feed) -> list[ComparedQuality]:
    """The quality of each right of a feed, the most records first."""
    unread = unread_by_field(connection, feed.id)
    return [_compared(connection, feed, now, unread) for now in quality_of(connection, feed.id)]


def _compared(
    connection: Connection,
    feed: Feed,
    now: StoredQuality,
    unread: dict[tuple[Right, str], int],
) -> ComparedQuality:
    right = now.right
    before = quality_before(connection, feed.office, right, feed.id)
    unread_before = {} if before is None else unread_by_field(connection, before.feed_id)
    new: dict[str, list[tuple[str, int]]] = {}
    if before is not None:
        for what, value, count in new_unread(connection, feed.id, before.feed_id, right, _NEW_VALUES):
            new.setdefault(field_of(what, value), []).append((_word(right, value), count))
    values = {
        field: Values(unread.get((right, field), 0), unread_before.get((right, field), 0), new.get(field, ()))
        for field in {name for told, name in (*unread, *unread_before) if told == right}
    }
    fields = compare(right, now.count, None if before is None else before.count, values)
    told: list[QualityWarning] = []
    if before is not None:
        told = warnings(
            fields, now.count.records, before.count.records, now.score, before.score, before.feed_id
        )
    return ComparedQuality(now=now, before=before, fields=fields, warnings=told)


def _word(right: Right, value: str) -> str:
    """The office's own word: notes of status words begin with the right."""
    return value.removeprefix(f"{right}: ")


def _examples(
    connection: Connection, feed_id: int, rehearsal: Rehearsal
) -> dict[tuple[Right, str], list[FieldExample]]:
    found: dict[tuple[Right, str], list[FieldExample]] = {}
    for right, effects in rehearsal.rights.items():
        for field in effects.fields:
            records = list_rehearsed(
                connection, feed_id, kinds=("updated",), right=right, field=field, limit=EXAMPLES_OF_FIELD
            )
            found[right, field] = [
                FieldExample(one, change)
                for one in records
                for change in one.changes
                if change.field == field
            ]
    return found
