"""Feeds that are no deliveries but read again what was delivered: how they begin, and what they go by."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, func, select, text, update

from register.store.feeds import Feed, clear_told, find_feed, move_feed, note_file
from register.store.schema import COUNT_NAMES, feed, replay_item


def begin_task(connection: Connection, feed_id: int, mapping: str) -> Feed:
    """Start a feed that reads again, or go on with it."""
    values = {
        "started_at": func.coalesce(feed.c.started_at, func.clock_timestamp()),
        "mapping": mapping,
        "origin": feed_id,
        "keeps_before": True,
    }
    return move_feed(connection, feed_id, "reading", values)


def begin_reprocess(connection: Connection, feed_id: int, mapping: str) -> Feed:
    """Start a reprocessing, or go on with it: from the beginning where it is a dry run, or where the tables
    have changed since.
    """
    before = find_feed(connection, feed_id)
    begun = begin_task(connection, feed_id, mapping)
    values: dict[str, Any] = {}
    if begun.dry_run:
        clear_told(connection, feed_id)
        values = {**dict.fromkeys(COUNT_NAMES, 0), "reached": None}
    elif before is not None and before.mapping != mapping:
        values = {"reached": None}
    if values:
        connection.execute(update(feed).where(feed.c.id == feed_id).values(values))
    found = find_feed(connection, feed_id)
    assert found is not None
    return found


def note_files(connection: Connection, feed_id: int, formats: Mapping[tuple[int, str], str]) -> None:
    """Write down the files of other feeds that this one reads again, with their formats."""
    for (delivered_by, name), format_name in formats.items():
        note_file(connection, feed_id, name_again(delivered_by, name), format_name=format_name)


def name_again(feed_id: int, file: str) -> str:
    """What a file of a feed is called in a feed that reads it again."""
    return f"{file} of feed {feed_id}"


def count_items(connection: Connection, feed_id: int) -> int:
    """How many items of the quarantine a replay reads."""
    return connection.scalar(select(func.count()).where(replay_item.c.feed_id == feed_id)) or 0


def origins_of(connection: Connection, feeds: Collection[int]) -> dict[int, int]:
    """The origins of these feeds."""
    query = text("SELECT id, coalesce(origin, id) AS origin FROM feed WHERE id = ANY (:ids)")
    return {row.id: row.origin for row in connection.execute(query, {"ids": list(feeds)})}
