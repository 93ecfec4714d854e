"""Deliveries that come in parts: what was announced, until when it is waited for, and what feed it became."""

import datetime as dt

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from register.store.packing import storable
from register.store.schema import upload


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery of `length` bytes for an office (ST.3); `told` is what its sender said of it, as it came."""

    id: str
    office: str
    name: str
    length: int
    format: str | None
    dry_run: bool
    told: str
    created_at: dt.datetime
    expires_at: dt.datetime
    feed_id: int | None


def create_upload(
    connection: Connection,
    identity: str,
    *,
    office: str,
    name: str,
    length: int,
    format_name: str | None,
    dry_run: bool,
    told: str,
    keep: dt.timedelta,
) -> Upload:
    row = connection.execute(
        insert(upload)
        .values(
            id=identity, office=office, name=storable(name), length=length, format=format_name,
            dry_run=dry_run, told=told, created_at=func.clock_timestamp(),
            expires_at=func.clock_timestamp() + keep,
        )
        .returning(*upload.c)
    ).one()  # fmt: skip
    return Upload(**row._mapping)


def find_upload(connection: Connection, identity: str, *, locked: bool = False) -> Upload | None:
    """The upload, None where there is none or it has expired; `locked` keeps others from changing it until
    the transaction ends.
    """
    query = select(upload).where(upload.c.id == identity, upload.c.expires_at > func.clock_timestamp())
    row = connection.execute(query.with_for_update() if locked else query).one_or_none()
    return None if row is None else Upload(**row._mapping)


def await_longer(connection: Connection, identity: str, keep: dt.timedelta) -> dt.datetime | None:
    """Wait for the rest from now on for so long; until when that is."""
    later = update(upload).where(upload.c.id == identity).values(expires_at=func.clock_timestamp() + keep)
    until: dt.datetime | None = connection.scalar(later.returning(upload.c.expires_at))
    return until


def become_feed(connection: Connection, identity: str, feed_id: int) -> None:
    """The delivery is whole, and is this feed now."""
    connection.execute(update(upload).where(upload.c.id == identity).values(feed_id=feed_id))


def delete_upload(connection: Connection, identity: str) -> None:
    connection.execute(delete(upload).where(upload.c.id == identity))


def forget_expired(connection: Connection) -> list[str]:
    """Forget uploads that are not waited for any more; their ids."""
    gone = delete(upload).where(upload.c.expires_at <= func.clock_timestamp()).returning(upload.c.id)
    return list(connection.scalars(gone))


def uploads_awaited(connection: Connection) -> set[str]:
    """The ids of all uploads that are waited for, or have become feeds lately."""
    return set(connection.scalars(select(upload.c.id)))
