"""Batches of what stood in quarantine into the register, each record as if it had come when it was delivered.

A statement with a stamp is decided by its stamp like any other. One without counts by the order of delivery,
and that is the order of the feed that it came with: where a later feed, or a later record of the same feed,
has changed the record since, a whole record or a delete is older than what is held and changes nothing, and a
patch stays in quarantine, for nobody can tell which of its fields still count.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg import Cursor

from register.statement import Statement
from register.store.counts import Outcome
from register.store.decide import Decision
from register.store.finding import Item
from register.store.heads import Head
from register.store.makers import Maker, told_makers_of
from register.store.upsert import Applied, Upsert


class Replayed(NamedTuple):
    """An item of the quarantine as it reads now: its id, the feed that brought it, that feed's origin, and
    which record of the feed it was.
    """

    item: int
    feed_id: int
    origin: int
    position: int
    said: Item


class ReplayUpsert(Upsert):
    """Applies a replay. Not to be shared between threads."""

    _batch: Sequence[Replayed] = ()

    def replay(self, batch: Sequence[Replayed], share: float | None = None) -> Applied:
        """Apply the next items, all or none. Raises as `apply` does."""
        self._batch = batch
        return self.apply([one.said for one in batch], share)

    def _decide(self, cursor: Cursor[Any], decision: Decision, items: Sequence[Item]) -> list[Outcome]:
        makers = told_makers_of(cursor, [head.timepoint for head in decision.heads.values()])
        first = decision.position + 1
        outcomes = [self._one(decision, one, n, makers) for n, one in enumerate(self._batch, first)]
        decision.position = first + len(items) - 1
        return outcomes

    def _one(self, decision: Decision, one: Replayed, number: int, makers: dict[int, Maker]) -> Outcome:
        said = one.said
        head = decision.head_of(said) if isinstance(said, Statement) else None
        if isinstance(said, Statement) and not said.stamp:
            if head is not None and _is_overtaken(head, one, makers):
                decision.position = number
                return decision.refuse(said, *_overtaken(head)) if said.operation == "patch" else "unchanged"
            decision.origin, decision.position = one.origin, one.position - 1
        else:
            # Its stamp decides, wherever it stood in its feed.
            decision.origin, decision.position = self._feed.id, number - 1
        outcome = decision.take(said)
        if outcome == "quarantined":
            decision.quarantined[-1] = (number, decision.quarantined[-1][1])
        elif isinstance(said, Statement):
            head = decision.head_of(said)
            if head is not None and head.origin == self._feed.id:
                head.origin, head.position = one.origin, one.position
        return outcome

    def _note(self, cursor: Cursor[Any], position: int, outcomes: Sequence[Outcome]) -> None:
        """Resolve what was taken; what was not is told with the item that it is."""
        told = list(zip(self._batch, outcomes, strict=True))
        taken = [one.item for one, outcome in told if outcome != "quarantined"]
        cursor.execute(
            "UPDATE quarantine SET resolved_at = clock_timestamp(), resolved_by = %s"
            " WHERE id = ANY(%s) AND resolved_at IS NULL",
            (self._feed.id, taken),
        )
        cursor.execute(
            """
            UPDATE quarantine SET item = replayed.item FROM replay_item AS replayed
            WHERE quarantine.feed_id = %(feed)s AND quarantine.position > %(position)s
                AND replayed.feed_id = %(feed)s AND replayed.number = quarantine.position
            """,
            {"feed": self._feed.id, "position": position},
        )


def _is_overtaken(head: Head, one: Replayed, makers: dict[int, Maker]) -> bool:
    """Whether the record was changed by something that was delivered later."""
    maker = makers.get(head.timepoint)
    if maker is not None and maker.is_delivery and maker.feed_id != one.feed_id:
        return maker.feed_id > one.feed_id
    if head.origin in (one.feed_id, one.origin):
        return head.position > one.position
    return head.origin > one.feed_id


def _overtaken(head: Head) -> tuple[str, str, str]:
    return (
        "overtaken",
        f"{head.id} was changed since by a later delivery, and this change of single fields has no date that "
        "would tell which is newer",
        "nothing is to be done where what is held is right; else send the change again in a feed of its own",
    )
