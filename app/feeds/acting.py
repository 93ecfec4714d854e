"""What is done with a feed that was sent: stopped, confirmed, tried again, taken back; each written down."""

from typing import Final, Literal

from sqlalchemy import Connection

from app.feeds.spool import Spool
from register.store.audit import Actor, AuditAction, note_refusal
from register.store.database import Database
from register.store.feed_queue import forget_spool, retry_feed
from register.store.feeds import Feed, FeedStateError, cancel_feed, release_feed
from register.store.undo import ask_undo

FeedAct = Literal["cancel", "confirm", "retry", "undo"]
_ACTIONS: Final[dict[FeedAct, AuditAction]] = {
    "cancel": "feed.cancelled",
    "confirm": "feed.confirmed",
    "retry": "feed.retried",
    "undo": "feed.undone",
}


def act_on_feed(
    database: Database, spool: Spool, feed: Feed, act: FeedAct, by: Actor, *, leaves_changed: bool = False
) -> Feed:
    """Do it; the feed as it is then, of an undoing the feed that undoes. Raises `FeedStateError`."""
    try:
        with database.writing() as connection:
            changed = _act(connection, feed.id, act, by, leaves_changed)
    except FeedStateError as error:
        with database.writing() as connection:
            note_refusal(
                connection,
                by,
                _ACTIONS[act],
                office=feed.office,
                subject=f"feed {feed.id}",
                problem=str(error),
            )
        raise
    if act == "cancel" and feed.spool is not None:
        # Whoever reads it just now has it open.
        spool.drop(feed.spool)
    return changed


def _act(connection: Connection, feed_id: int, act: FeedAct, by: Actor, leaves_changed: bool) -> Feed:
    if act == "undo":
        return ask_undo(connection, feed_id, leaves_changed=leaves_changed, by=by)
    if act == "confirm":
        return release_feed(connection, feed_id, by)
    if act == "retry":
        return retry_feed(connection, feed_id, by)
    cancelled = cancel_feed(connection, feed_id, by)
    forget_spool(connection, feed_id)
    return cancelled
