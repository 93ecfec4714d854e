"""A record in quarantine corrected by its office: checked at once, and kept until it is replayed."""

from sqlalchemy import Connection

from ingest.quarantined import QuarantineReader
from register.statement import Rejected
from register.store.audit import Actor, note
from register.store.delivered_files import formats_of
from register.store.feeds import FeedStateError
from register.store.packing import storable
from register.store.quarantine import Quarantined, correct, is_being_replayed
from register.store.replays import require_replayable

MOST_BYTES = 8 << 20
"""A record is not longer."""


def correct_item(
    connection: Connection, office: str, item: Quarantined, given: bytes, by: Actor
) -> Rejected | None:
    """Keep a correction of an item that a feed of the office (ST.3) left. Where it would still not be taken,
    why; it is not kept then.

    Raises `FeedStateError` where there is nothing to correct.
    """
    require_replayable(connection, item.feed_id)
    if item.resolved_at is not None:
        raise FeedStateError(f"quarantine item {item.id} was taken in by feed {item.resolved_by}")
    if is_being_replayed(connection, item.id):
        raise FeedStateError(f"quarantine item {item.id} is in the queue to be replayed")
    formats = formats_of(connection, [(item.feed_id, item.file)])
    format_name = formats.get((item.feed_id, storable(item.file)))
    if format_name is None:
        raise FeedStateError(f"the format of {item.file} is not known; send the record in a feed of its own")
    whole, refused = QuarantineReader(office).corrected(item, format_name, given)
    if refused is None:
        correct(connection, item.id, whole)
        subject = f"quarantine item {item.id}"
        note(connection, by, "quarantine.corrected", office=office, subject=subject, feed=item.feed_id)
    return refused
