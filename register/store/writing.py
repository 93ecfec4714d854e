"""The rows of a batch on their way into the tables; what is new in bulk goes by `register.store.copying`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg import Cursor

from register.model import PLAIN_STATUSES, Plain
from register.statement import Rejected
from register.store.blocks import Block
from register.store.counts import Counts
from register.store.packing import pack, storable
from register.store.schema import COUNT_NAMES

# Readers keep less of what cannot be read; a record that can is to be read again whole.
_SOURCE_KEPT = 8 << 20


def insert_blocks(
    cursor: Cursor[Any], blocks: Iterable[Block], feed_id: int, changed_at: dt.datetime, first: int | None
) -> None:
    """`first` is the first timepoint of the batch, None where it changed nothing."""
    cursor.executemany(
        """
        INSERT INTO source_block (changed_at, first_timepoint, id, feed_id, entries, sources)
        VALUES (%s, %s, %s, %s, %s, %s)
        """,
        [(changed_at, first, block.id, feed_id, block.entries, block.sources) for block in blocks],
    )


def upsert_publications(cursor: Cursor[Any], publications: Mapping[str, str]) -> None:
    if publications:
        cursor.execute(
            """
            INSERT INTO publication (key, record_id)
            SELECT * FROM unnest(%s::text[], %s::text[])
            ON CONFLICT (key) DO UPDATE SET record_id = excluded.record_id
            WHERE publication.record_id <> excluded.record_id
            """,
            (list(publications), list(publications.values())),
        )


def insert_quarantined(
    cursor: Cursor[Any], feed_id: int, quarantined: Sequence[tuple[int, Rejected]]
) -> None:
    cursor.executemany(
        """
        INSERT INTO quarantine (
            feed_id, position, file, number, line, "offset", code, reason, mend, source, before, after
        )
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            (
                feed_id,
                position,
                storable(item.file),
                item.number,
                item.line,
                item.offset,
                item.code,
                storable(item.reason),
                storable(item.mend),
                pack(item.source[:_SOURCE_KEPT]),
                item.before,
                item.after,
            )
            for position, item in quarantined
        ],
    )


def add_tallies(cursor: Cursor[Any], tallies: Counter[tuple[int, Plain]]) -> None:
    """How many records more or fewer each office and right has by status; their rows are locked in the order
    of their ids, as `lock_covered` does.
    """
    by_right: dict[int, dict[str, int]] = {}
    for (office_right_id, status), more in tallies.items():
        if more:
            by_right.setdefault(office_right_id, dict.fromkeys(PLAIN_STATUSES, 0))[status] += more
    added = ", ".join(f"{status} = {status} + %({status})s" for status in PLAIN_STATUSES)
    cursor.executemany(
        f"UPDATE office_right SET {added} WHERE id = %(id)s",
        [{"id": identity, **counts} for identity, counts in sorted(by_right.items())],
    )


def add_counts(
    cursor: Cursor[Any], feed_id: int, counts: Counts, covers: Iterable[str], share: float | None
) -> None:
    """How far the feed has come, and which offices and rights it covers; `share` is read, 0 to 1, where that
    is known.
    """
    cursor.execute(
        """
        UPDATE feed SET
            "read" = "read" + %s, created = created + %s, updated = updated + %s, unchanged = unchanged + %s,
            deleted = deleted + %s, quarantined = quarantined + %s,
            progress = coalesce(%s, progress), attempts = 0,
            covers = ARRAY(SELECT DISTINCT unnest(covers || %s::text[]) ORDER BY 1)
        WHERE id = %s
        """,
        (*(getattr(counts, name) for name in COUNT_NAMES), share, sorted(covers), feed_id),
    )


def add_file_counts(
    cursor: Cursor[Any], feed_id: int, files: Mapping[str, Counts], places: Mapping[str, int]
) -> None:
    """`places` says for each file which source record of the feed its first one in this batch is."""
    columns = ", ".join(f'"{name}"' for name in COUNT_NAMES)
    added = ", ".join(f'"{name}" = feed_file."{name}" + excluded."{name}"' for name in COUNT_NAMES)
    cursor.executemany(
        f"""
        INSERT INTO feed_file (feed_id, name, place, {columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (feed_id, name) DO UPDATE SET {added}
        """,
        [
            (feed_id, storable(name), places[name], *(getattr(counts, count) for count in COUNT_NAMES))
            for name, counts in files.items()
        ],
    )
