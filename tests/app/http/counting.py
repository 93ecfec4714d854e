"""What figures have to be, counted one by one over the records in Postgres: nothing of the index or of its
fields goes into it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import text

from register.applicants import applicant_id
from register.model import RIGHTS, Record, Status, decode_record
from register.representatives import representative_id
from register.status import in_force
from register.store.database import Database
from register.store.packing import unpack
from register.territories import territories
from search.query import Filters

Counted = dict[tuple[str | int | None, ...], int]


class HeldRecord(NamedTuple):
    """A record with its earlier statuses, and when its versions came."""

    record: Record
    history: tuple[Status, ...]
    changed: dt.datetime

    @property
    def applicants(self) -> set[str]:
        return {applicant_id(party) for party in self.record.applicants}

    @property
    def representatives(self) -> set[str]:
        return {representative_id(party) for party in self.record.representatives}

    def force(self, on: dt.date) -> bool | None:
        return in_force(self.record, on, self.history, self.changed.date()).answer


def held_records(database: Database) -> list[HeldRecord]:
    """Every record that is held, by plain SQL over the log of changes."""
    query = text(
        "SELECT change.record_id, change.body, source_block.changed_at, record.deleted "
        "FROM change JOIN source_block ON source_block.id = change.block_id "
        "JOIN record ON record.id = change.record_id ORDER BY change.timepoint"
    )
    versions: dict[str, list[tuple[Record, dt.datetime]]] = {}
    for identity, body, changed, deleted in database.read(lambda connection: connection.execute(query).all()):
        if not deleted:
            versions.setdefault(identity, []).append((decode_record(unpack(body)), changed))
    return [
        HeldRecord(several[-1][0], tuple(record.status for record, _ in several[:-1]), several[-1][1])
        for several in versions.values()
    ]


def passes(held: HeldRecord, filters: Filters) -> bool:
    """Whether a record is what the filters ask for."""
    record = held.record
    symbols = {code for symbol in (*record.ipc, *record.cpc) for code in _above(symbol)}
    places = {code[:length] for code in record.locarno for length in (2, 5)}
    return (
        (not filters.rights or record.right in filters.rights)
        and (not filters.offices or record.office in filters.offices)
        and (not filters.territories or bool(set(territories(record)) & set(filters.territories)))
        and (not filters.status or record.status.plain in filters.status)
        and (not filters.nice_classes or bool(set(record.nice_classes) & set(filters.nice_classes)))
        and (not filters.locarno or bool(places & set(filters.locarno)))
        and (not filters.ipc or bool(symbols & set(filters.ipc)))
        and (not filters.applicants or bool(held.applicants & set(filters.applicants)))
        and (not filters.representatives or bool(held.representatives & set(filters.representatives)))
        and _within(record.filing_date, filters.filed_from, filters.filed_to)
        and _within(record.registration_date, filters.registered_from, filters.registered_to)
        and _within(record.expiry_date, filters.expires_from, filters.expires_to)
    )


def _above(symbol: str) -> tuple[str, ...]:
    return symbol[:1], symbol[:3], symbol[:4], symbol


def _within(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def by_right(records: Iterable[HeldRecord], values: Callable[[HeldRecord], Iterable[str | int]]) -> Counted:
    """Counts by right and value, each value of a record once."""
    return dict(Counter((held.record.right, value) for held in records for value in set(values(held))))


def outcome(record: Record) -> str:
    plain = record.status.plain
    if plain in ("registered", "expired") or record.registration_date is not None:
        return "granted"
    if plain == "ended":
        return "unknown" if record.registration_number else "not-granted"
    return plain


def year(day: dt.date | None) -> list[int]:
    return [] if day is None else [day.year]


def rights_held(records: Iterable[HeldRecord]) -> list[str]:
    held = {one.record.right for one in records}
    return [right for right in RIGHTS if right in held]
