"""What the records of each feed are like, kept with the feed and added to in the transaction of each batch:
so it counts every record once, whatever is cut short.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from psycopg import Cursor
from sqlalchemy import Connection, Row, Select, select

from register.model import RIGHTS, Right
from register.quality.counting import FieldCount, QualityCounts, RightCount
from register.quality.fields import FORMULA, WORDS, field_of
from register.quality.score import score
from register.store.packing import storable
from register.store.schema import feed, feed_quality, feed_unread

_RIGHTS: Mapping[str, Right] = {right: right for right in RIGHTS}
# An empty right stands for what was refused before its right was known.
_UNPLACED = ""
_decode = msgspec.json.Decoder(dict[str, FieldCount]).decode


class StoredQuality(msgspec.Struct, frozen=True, kw_only=True):
    """The quality of one right in one feed. `score` is 0 to 100, by the formula of that number; `unplaced` is
    how many of the feed were refused before their right was known.
    """

    feed_id: int
    right: Right
    count: RightCount
    unplaced: int
    score: float | None
    formula: int


class FeedQuality(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that was taken in, with the quality of each right; `undone_by` took it back."""

    feed_id: int
    name: str
    mapping: str | None
    received_at: dt.datetime
    undone_by: int | None
    rights: list[StoredQuality]


def add_quality(cursor: Cursor[Any], feed_id: int, more: QualityCounts) -> None:
    """Add a part of the feed, which is locked, and score all of it anew."""
    cursor.execute(
        'SELECT "right", statements, records, refused, counts FROM feed_quality WHERE feed_id = %s',
        (feed_id,),
    )
    counts = {row[0]: RightCount(row[1], row[2], row[3], _decode(row[4])) for row in cursor}
    for right, count in more.rights.items():
        before = counts.get(right or _UNPLACED)
        counts[right or _UNPLACED] = count if before is None else before + count
    unplaced = counts[_UNPLACED].refused if _UNPLACED in counts else 0
    cursor.executemany(
        """
        INSERT INTO feed_quality (feed_id, "right", statements, records, refused, score, formula, counts)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (feed_id, "right") DO UPDATE SET
            statements = excluded.statements, records = excluded.records, refused = excluded.refused,
            score = excluded.score, formula = excluded.formula, counts = excluded.counts
        """,
        [
            (
                feed_id, right, count.statements, count.records, count.refused,
                score(_RIGHTS[right], count, unplaced) if right else None,
                FORMULA, msgspec.json.encode(count.fields),
            )
            for right, count in counts.items()
        ],
    )  # fmt: skip
    if more.unread:
        _add_unread(cursor, feed_id, more.unread)


def _add_unread(cursor: Cursor[Any], feed_id: int, unread: Counter[tuple[Right, str, str]]) -> None:
    # Different values may be the same once they are made fit to keep.
    fit: Counter[tuple[str, str, str]] = Counter()
    for (right, what, value), number in unread.items():
        fit[right, what, storable(value)] += number
    rights, whats, values = zip(*fit, strict=True)
    cursor.execute(
        """
        INSERT INTO feed_unread (feed_id, "right", what, value, count)
        SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
        ON CONFLICT (feed_id, "right", what, value) DO UPDATE SET count = feed_unread.count + excluded.count
        """,
        (feed_id, list(rights), list(whats), list(values), list(fit.values())),
    )


def read_quality(connection: Connection, feed_id: int) -> QualityCounts:
    """Everything that was counted of a feed."""
    rows = connection.execute(select(feed_quality).where(feed_quality.c.feed_id == feed_id))
    rights = {_RIGHTS.get(row.right): _count(row) for row in rows}
    unread = connection.execute(
        select(feed_unread)
        .where(feed_unread.c.feed_id == feed_id)
        .order_by(feed_unread.c.count.desc(), feed_unread.c.what, feed_unread.c.value)
    )
    return QualityCounts(
        rights, Counter({(_RIGHTS[row.right], row.what, row.value): row._mapping["count"] for row in unread})
    )


def quality_of(connection: Connection, feed_id: int) -> list[StoredQuality]:
    """The quality of each right of a feed, the most records first."""
    return _stored(connection, select(feed_quality).where(feed_quality.c.feed_id == feed_id))


def quality_before(connection: Connection, office: str, right: Right, feed_id: int) -> StoredQuality | None:
    """The quality of the last feed of the office before this one that brought whole records of the right and
    was taken in and not undone.
    """
    last = connection.scalar(
        select(feed.c.id)
        .join(feed_quality, feed_quality.c.feed_id == feed.c.id)
        .where(
            feed.c.office == office,
            feed.c.id < feed_id,
            feed.c.state == "done",
            feed.c.dry_run.is_(False),
            feed.c.undone_by.is_(None),
            feed_quality.c.right == right,
            feed_quality.c.records > 0,
        )
        .order_by(feed.c.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    return next(one for one in quality_of(connection, last) if one.right == right)


def list_quality(
    connection: Connection, office: str, *, right: Right | None = None, before: int | None = None, limit: int
) -> list[FeedQuality]:
    """The feeds of an office that were taken in, the newest first, with their quality; `right` only those
    with that right; `before` is the id of the last feed seen.
    """
    of_right = select(feed_quality.c.feed_id).where(
        feed_quality.c.right == right if right is not None else feed_quality.c.right != _UNPLACED
    )
    query = select(feed.c.id, feed.c.name, feed.c.mapping, feed.c.received_at, feed.c.undone_by).where(
        feed.c.office == office,
        feed.c.state == "done",
        feed.c.dry_run.is_(False),
        feed.c.id.in_(of_right),
    )
    if before is not None:
        query = query.where(feed.c.id < before)
    feeds = connection.execute(query.order_by(feed.c.id.desc()).limit(limit)).all()
    ids = [row.id for row in feeds]
    by_feed: dict[int, list[StoredQuality]] = {}
    for one in _stored(connection, select(feed_quality).where(feed_quality.c.feed_id.in_(ids))):
        if right is None or one.right == right:
            by_feed.setdefault(one.feed_id, []).append(one)
    return [
        FeedQuality(
            feed_id=row.id,
            name=row.name,
            mapping=row.mapping,
            received_at=row.received_at,
            undone_by=row.undone_by,
            rights=by_feed[row.id],
        )
        for row in feeds
    ]


def unread_by_field(connection: Connection, feed_id: int) -> dict[tuple[Right, str], int]:
    """How many different values of each right and field were not understood."""
    found: Counter[tuple[Right, str]] = Counter()
    query = select(feed_unread.c.right, feed_unread.c.what, feed_unread.c.value)
    for row in connection.execute(query.where(feed_unread.c.feed_id == feed_id)):
        found[_RIGHTS[row.right], field_of(row.what, row.value)] += 1
    return dict(found)


def new_unread(
    connection: Connection, feed_id: int, before: int, right: Right, limit: int
) -> list[tuple[str, str, int]]:
    """Words and codes that were not understood and did not come in the feed before, the most frequent first,
    as (kind of value, value, how often).
    """
    known = feed_unread.alias()
    query = (
        select(feed_unread.c.what, feed_unread.c.value, feed_unread.c.count)
        .where(
            feed_unread.c.feed_id == feed_id,
            feed_unread.c.right == right,
            feed_unread.c.what.in_(WORDS),
            ~select(known.c.value)
            .where(
                known.c.feed_id == before,
                known.c.right == right,
                known.c.what == feed_unread.c.what,
                known.c.value == feed_unread.c.value,
            )
            .exists(),
        )
        .order_by(feed_unread.c.count.desc(), feed_unread.c.what, feed_unread.c.value)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _stored(connection: Connection, query: Select[Any]) -> list[StoredQuality]:
    ordered = query.order_by(feed_quality.c.feed_id, feed_quality.c.records.desc(), feed_quality.c.right)
    rows: Sequence[Row[Any]] = connection.execute(ordered).all()
    unplaced = {row.feed_id: row.refused for row in rows if row.right == _UNPLACED}
    return [
        StoredQuality(
            feed_id=row.feed_id,
            right=_RIGHTS[row.right],
            count=_count(row),
            unplaced=unplaced.get(row.feed_id, 0),
            score=None if row.score is None else round(row.score, 1),
            formula=row.formula,
        )
        for row in rows
        if row.right != _UNPLACED
    ]


def _count(row: Row[Any]) -> RightCount:
    return RightCount(row.statements, row.records, row.refused, _decode(row.counts))
