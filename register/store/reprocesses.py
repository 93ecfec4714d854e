"""All records of an office put into the queue to be read again by the tables of now."""

from sqlalchemy import Connection, text

from register.identity import LONG_RIGHTS, SHORT_RIGHTS
from register.model import Right
from register.store.audit import SERVICE, Actor, note
from register.store.feeds import Feed, FeedStateError, NewFeed, create_feed, release_feed
from register.store.kept_sources import Scope

_DIGEST = b"\0" * 32


def ask_reprocess(
    connection: Connection,
    office: str,
    right: Right | None = None,
    *,
    dry_run: bool = False,
    by: Actor = SERVICE,
) -> Feed:
    """Queue it for the records of an office (ST.3), or of one right of it; the feed that does it.

    Raises `FeedStateError` where such a feed has not ended, or a feed of the office is being undone.
    """
    going = connection.execute(_GOING, {"office": office}).first()
    if going is not None:
        doing = "is being undone" if going.undoes is not None else "reads everything again"
        number = going.undoes if going.undoes is not None else going.id
        raise FeedStateError(f"feed {number} of {office} {doing}; wait until that has ended")
    which = office if right is None else f"{right.replace('-', ' ')}s of {office}"
    feed = create_feed(
        connection,
        NewFeed(
            office=office,
            name=f"reprocessing of {which}",
            size=0,
            digest=_DIGEST,
            dry_run=dry_run,
            task="reprocess",
            scope=None if right is None else SHORT_RIGHTS[right],
        ),
    )
    note(
        connection, by, "records.reprocessed", office=office, subject=f"office {office}", feed=feed.id,
        right=right, dryRun=dry_run or None,
    )  # fmt: skip
    return feed


def release_held(connection: Connection, office: str, by: Actor = SERVICE) -> Feed | None:
    """The reprocessing of an office that is held, put back in the queue as confirmed, where there is one."""
    held = connection.scalar(_HELD, {"office": office})
    return None if held is None else release_feed(connection, held, by)


def scope_of(feed: Feed) -> Scope:
    """Whose records such a feed is about."""
    return Scope(feed.office, None if feed.scope is None else LONG_RIGHTS[feed.scope])


_HELD = text("SELECT id FROM feed WHERE office = :office AND task = 'reprocess' AND state = 'held' LIMIT 1")
_GOING = text(
    """
    SELECT id, undoes FROM feed
    WHERE office = :office AND (
        undoes IS NOT NULL AND state IN ('queued', 'reading')
        OR task = 'reprocess' AND NOT dry_run AND state IN ('queued', 'reading', 'held')
    )
    ORDER BY id LIMIT 1
    """
)
