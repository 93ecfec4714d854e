"""Replies and deliveries that hold parts of records only: they are refused, so that less never stands where
more was."""

from collections.abc import Callable, Iterator

from ingest.draft import Damage, Delivered, Draft, NotAFeedError
from ingest.xml_records import KEPT_DAMAGE_BYTES, XmlRecord

_PATIENCE = 1000


def whole_records(
    records: Iterator[XmlRecord | Damage],
    draft_of: Callable[[XmlRecord], Draft | None],
    what: str,
    refusal: Callable[[], NotAFeedError],
) -> Iterator[Delivered | Damage]:
    """The drafts of the records; one of which there is only a part (`draft_of` gives None) is a damage.

    `what` says what such a part lacks. Raises the refusal where no record at all is whole.
    """
    held: list[Damage] = []
    holding = True
    for record in records:
        draft = None if isinstance(record, Damage) else draft_of(record)
        if draft is not None and not isinstance(record, Damage):
            yield from held
            held.clear()
            holding = False
            yield Delivered(draft, record.position, record.source)
            continue
        damage = record if isinstance(record, Damage) else _part(record, what)
        if not holding:
            yield damage
            continue
        held.append(damage)
        if len(held) == _PATIENCE:
            if all(one.code == "partial" for one in held):
                raise refusal()
            yield from held
            held.clear()
            holding = False
    if holding and all(one.code == "partial" for one in held):
        raise refusal()
    yield from held


def _part(record: XmlRecord, what: str) -> Damage:
    mend = "send the record with its bibliographic data"
    return Damage(
        record.position,
        "partial",
        f"only a part of a record: {what}",
        mend,
        record.source[:KEPT_DAMAGE_BYTES],
    )
