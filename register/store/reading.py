"""One right as the register holds it: found by its id in any spelling, with its history and its source."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from register.identity import number_key
from register.store.blocks import Source, all_in, source_in
from register.store.schema import change, record, source_block
from register.store.versions import Version, chain, read_newest, read_versions

_SEVERAL_SHOWN = 100
_LONGEST_ID = 200
_SPELLED = re.compile(r"([a-z]{2})[^a-z0-9]*(tm|pt|um|ds|gi)[^a-z0-9]+(.+)", re.DOTALL)


class Several(NamedTuple):
    """An application of several designs was asked for: the ids of its designs, at most 100."""

    ids: tuple[str, ...]


def find_record(connection: Connection, asked: str) -> Version | Several | None:
    """The newest version of the right with this id, deleted ones too.

    An id is also found in another case and with other punctuation, and a design by its application's id
    where the application has one design only.
    """
    if len(asked) > _LONGEST_ID or "\0" in asked:
        return None
    exact = find_records(connection, [asked])
    if exact:
        return exact[asked]
    spelled = spellings(asked)
    held = find_records(connection, spelled)
    for identity in spelled:
        if identity in held:
            return held[identity]
    return _by_application(connection, spelled[0]) if spelled else None


def find_records(connection: Connection, ids: Collection[str]) -> dict[str, Version]:
    """The newest versions of those of these ids that are held, deleted ones too, by id."""
    if not ids:
        return {}
    return {version.id: version for version in read_newest(connection, ids)}


def history(connection: Connection, identity: str) -> list[Version]:
    """Every version of a right, oldest first; empty where it was never held."""
    return read_versions(connection, [link.timepoint for link in chain(connection, identity)])


def as_on(connection: Connection, identity: str, day: dt.date) -> Version | None:
    """The version that the register held at the end of this day (UTC), else the first."""
    links = chain(connection, identity)
    if not links:
        return None
    end = dt.datetime.combine(day, dt.time.max, dt.UTC)
    held = [link for link in links if link.changed_at <= end] or links[:1]
    return read_versions(connection, [held[-1].timepoint])[0]


def find_source(connection: Connection, identity: str, version: int) -> Source | None:
    """The source of a version."""
    timepoint = next(
        (link.timepoint for link in chain(connection, identity) if link.version == version), None
    )
    if timepoint is None:
        return None
    query = (
        select(change.c.entry, source_block.c.entries, source_block.c.sources)
        .join(source_block, change.c.block_id == source_block.c.id)
        .where(change.c.timepoint == timepoint)
    )
    entry, entries, sources = connection.execute(query).one()
    return source_in(entries, sources, entry)


def sources_of_feed(connection: Connection, feed_id: int) -> Iterator[Source]:
    """Every source kept of a feed, in the order of the delivery.

    Those that said nothing new are not kept a second time.
    """
    query = (
        select(source_block.c.entries, source_block.c.sources)
        .where(source_block.c.feed_id == feed_id)
        .order_by(source_block.c.id)
        .execution_options(yield_per=1)
    )
    for entries, sources in connection.execute(query):
        yield from all_in(entries, sources)


def spellings(asked: str) -> list[str]:
    """The ids that may be meant, the likeliest first.

    The punctuation of a number says nothing, so the identifier of a design may begin anywhere in it.
    """
    parts = _SPELLED.fullmatch(unicodedata.normalize("NFKC", asked).strip().casefold())
    if parts is None:
        return []
    office, right, number = parts.groups()
    key = number_key(number)
    if not key:
        return []
    base = f"{office}-{right}-"
    whole = [base + key]
    if right != "ds":
        return whole
    return whole + [f"{base}{key[:n]}-{key[n:]}" for n in range(len(key) - 1, 0, -1)]


def _by_application(connection: Connection, application: str) -> Version | Several | None:
    designs = (
        select(record.c.id)
        .where(record.c.id > f"{application}-", record.c.id < f"{application}.", ~record.c.deleted)
        .order_by(record.c.id)
        .limit(_SEVERAL_SHOWN)
    )
    ids = tuple(connection.scalars(designs))
    if len(ids) == 1:
        return find_records(connection, ids)[ids[0]]
    return Several(ids) if ids else None
