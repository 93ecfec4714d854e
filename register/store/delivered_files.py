"""The formats in which the files of feeds came."""

from collections.abc import Collection

from sqlalchemy import Connection, text

from register.store.packing import storable

FileOfFeed = tuple[int, str]
"""The id of a feed and the name of a file of it."""


def formats_of(connection: Connection, files: Collection[FileOfFeed]) -> dict[FileOfFeed, str]:
    """The names of the formats of these files, as far as they are written down."""
    if not files:
        return {}
    wanted = {(feed_id, storable(name)) for feed_id, name in files}
    asked = {"feeds": [feed_id for feed_id, _ in wanted], "names": [name for _, name in wanted]}
    return {(row.feed_id, row.name): row.format for row in connection.execute(_FORMATS, asked)}


def places_of(connection: Connection, files: Collection[FileOfFeed]) -> dict[FileOfFeed, int]:
    """Which record of its feed the first one of each of these files is, as far as that is written down."""
    if not files:
        return {}
    wanted = {(feed_id, storable(name)) for feed_id, name in files}
    asked = {"feeds": [feed_id for feed_id, _ in wanted], "names": [name for _, name in wanted]}
    return {(row.feed_id, row.name): row.place for row in connection.execute(_PLACES, asked)}


_PLACES = text(
    """
    SELECT feed_file.feed_id, feed_file.name, feed_file.place
    FROM unnest(CAST(:feeds AS integer[]), CAST(:names AS text[])) AS wanted (feed_id, name)
    JOIN feed_file ON feed_file.feed_id = wanted.feed_id AND feed_file.name = wanted.name
    """
)
_FORMATS = text(
    """
    SELECT wanted.feed_id, wanted.name, coalesce(feed_file.format, feed.format) AS format
    FROM unnest(CAST(:feeds AS integer[]), CAST(:names AS text[])) AS wanted (feed_id, name)
    JOIN feed ON feed.id = wanted.feed_id
    LEFT JOIN feed_file ON feed_file.feed_id = wanted.feed_id AND feed_file.name = wanted.name
    WHERE coalesce(feed_file.format, feed.format) IS NOT NULL
    """
)
