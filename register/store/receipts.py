"""Receipts of searches: what was asked and answered, under an id made of the content."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from register.store.database import driver
from register.store.packing import pack, unpack
from register.store.schema import receipt

# The use of a receipt is noted once a day: that is as fine as keeping it goes.
_USE_NOTED_EVERY = dt.timedelta(days=1)


class NewReceipt(NamedTuple):
    """`content` is the receipt as JSON, `id` the hash of it."""

    id: str
    content: bytes


def put_receipts(connection: Connection, receipts: Sequence[NewReceipt]) -> None:
    """Write receipts down; those that are held already stay as they are."""
    driver(connection).execute(
        """
        INSERT INTO receipt (id, content, issued_at, used_at)
        SELECT id, content, now(), now() FROM unnest(%s::text[], %s::bytea[]) AS given (id, content)
        ON CONFLICT (id) DO NOTHING
        """,
        ([one.id for one in receipts], [pack(one.content) for one in receipts]),
    )


def find_receipt(connection: Connection, identity: str) -> bytes | None:
    """The content of a receipt, None where there is none of this id."""
    packed = connection.scalar(select(receipt.c.content).where(receipt.c.id == identity))
    return None if packed is None else unpack(packed)


def note_use(connection: Connection, identity: str) -> None:
    """A receipt that somebody asks for is kept from then on as long as a new one."""
    connection.execute(
        update(receipt)
        .where(receipt.c.id == identity, receipt.c.used_at < func.now() - _USE_NOTED_EVERY)
        .values(used_at=func.now())
    )


def forget_receipts(connection: Connection, unused_for: dt.timedelta, limit: int = 5000) -> int:
    """Delete receipts that nobody has asked for in this time, at most `limit` at once; how many they were."""
    old = (
        select(receipt.c.id)
        .where(receipt.c.used_at < func.now() - unused_for)
        .order_by(receipt.c.used_at)
        .limit(limit)
    )
    return connection.execute(delete(receipt).where(receipt.c.id.in_(old))).rowcount
