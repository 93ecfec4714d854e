"""How much of what is held a feed may delete or end before its office is asked."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from psycopg import Cursor
from sqlalchemy import Connection, text

from register.codes.offices import office_name
from register.model import Right

Share = Callable[[str, Right], float]
"""The share of its records of a right that an office may end unasked, 0 to 1."""


class Ended(msgspec.Struct, frozen=True, array_like=True):
    """Of one office and right: how many records were held before the feed, and how many of them it ended."""

    office: str
    right: Right
    held: int
    ended: int


class MassEndingError(Exception):
    """The feed would delete or end more than it may unasked; the message says how many of how many."""


class Guard:
    """Adds up what a feed ends, in the transaction of each batch, and refuses the batch that is too much.

    It guards feeds for which `note_ended` was told what was held before. `least` is the smallest number of
    records that can be too much.
    """

    def __init__(self, share: Share, least: int) -> None:
        self._share = share
        self._least = least

    def add(self, cursor: Cursor[Any], feed_id: int, ended: Mapping[int, int]) -> None:
        """Raises `MassEndingError`; nothing of the batch may stay then."""
        if not ended:
            return
        row = cursor.execute("SELECT ended FROM feed WHERE id = %s", (feed_id,)).fetchone()
        if row is None or row[0] is None:
            return
        held = decode_ended(row[0])
        for identity, more in ended.items():
            known = held.get(identity)
            if known is not None:
                held[identity] = msgspec.structs.replace(known, ended=known.ended + more)
        problem = self.too_much(held)
        if problem is not None:
            raise MassEndingError(problem)
        cursor.execute("UPDATE feed SET ended = %s WHERE id = %s", (encode_ended(held), feed_id))

    def too_much(self, held: Mapping[int, Ended]) -> str | None:
        """A sentence where more is ended than may be unasked."""
        for one in held.values():
            most = self._share(one.office, one.right)
            if one.ended >= self._least and one.ended > most * one.held:
                rights = f"{one.right.replace('-', ' ')}s of {office_name(one.office)}"
                return (
                    f"it would delete or end {one.ended:,} of the {one.held:,} {rights}, more than {most:.0%}"
                    "; nothing of it is applied; confirm it where that is meant, or cancel it"
                )
        return None

    def can_be_too_much(self, held: Mapping[int, Ended], office: str) -> bool:
        """Whether any feed of the office could end too much."""
        return any(
            one.office == office and one.held >= self._least and self._share(office, one.right) < 1
            for one in held.values()
        )


def held_before(connection: Connection) -> dict[int, Ended]:
    """What is held now by the id of office and right."""
    query = text(
        'SELECT id, office, "right", pending + registered + expired + ended + unknown AS held'
        " FROM office_right"
    )
    return {row.id: Ended(row.office, row.right, row.held, 0) for row in connection.execute(query)}


def note_ended(connection: Connection, feed_id: int, held: Mapping[int, Ended] | None) -> None:
    """Write down what was held before a feed, so that it is guarded after a kill too; None: it is not."""
    connection.execute(
        text("UPDATE feed SET ended = :ended WHERE id = :id"),
        {"ended": None if held is None else encode_ended(held), "id": feed_id},
    )


def note_ended_ahead(connection: Connection, feed_id: int) -> None:
    """The turn of a feed has come of which some was taken ahead: that is counted against what is held now,
    and the rest is added to it.
    """
    told = connection.scalar(text("SELECT ended FROM feed WHERE id = :id"), {"id": feed_id})
    if told is None:
        return
    ahead = {identity: one.ended for identity, one in decode_ended(told).items()}
    held = {
        identity: Ended(one.office, one.right, one.held + ahead.get(identity, 0), ahead.get(identity, 0))
        for identity, one in held_before(connection).items()
    }
    note_ended(connection, feed_id, held)


def encode_ended(held: Mapping[int, Ended]) -> str:
    return msgspec.json.encode({str(identity): one for identity, one in held.items()}).decode()


def decode_ended(told: str) -> dict[int, Ended]:
    return {int(key): one for key, one in msgspec.json.decode(told, type=dict[str, Ended]).items()}
