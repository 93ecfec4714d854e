"""What is known to be missing in the data of an office."""

from sqlalchemy import Connection, func, select

from register.store.schema import feed, quarantine


def known_gaps(connection: Connection) -> dict[str, int]:
    """Records that an office (ST.3) delivered, that could not be taken in, and are not mended yet."""
    query = (
        select(feed.c.office, func.count())
        .join(quarantine, quarantine.c.feed_id == feed.c.id)
        .where(quarantine.c.resolved_at.is_(None), ~feed.c.dry_run)
        .group_by(feed.c.office)
    )
    return {row.office: row[1] for row in connection.execute(query)}
