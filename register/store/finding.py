"""Everything of the database that the decision on a batch needs, in a handful of statements."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from psycopg import Cursor

from register.model import Right
from register.statement import Rejected, Statement
from register.store.decide import Found, names_publication_only, needs_content, usable
from register.store.heads import Head, fetch_bodies, fetch_heads
from register.store.publications import fetch_applications, publication_key

Item = Statement | Rejected
OfficeRights = dict[tuple[str, Right], int]


def find(
    cursor: Cursor[Any], items: Sequence[Item], schemas: Sequence[str], office_rights: OfficeRights
) -> Found:
    """What is held for these items.

    `schemas` are prefixes of table names, the first hiding the others; `office_rights` has an id for each
    office and right of the items.
    """
    statements = [item for item in items if isinstance(item, Statement)]
    keys = {
        publication_key(said.record.publications[0]) for said in statements if names_publication_only(said)
    }
    keys = set(filter(usable, keys))
    applications = fetch_applications(cursor, keys, schemas) if keys else {}
    ids = {said.record.id for said in statements if usable(said.record.id)}
    ids.update(applications.values())
    heads = fetch_heads(cursor, ids, schemas)
    needed = _versions_needed(statements, heads, applications)
    return Found(
        heads=heads,
        bodies=fetch_bodies(cursor, needed, schemas) if needed else {},
        applications=applications,
        office_rights=office_rights,
        timepoint=max(last_of(cursor, f"{schema}change", "timepoint") for schema in schemas),
        block=last_of(cursor, "source_block", "id"),
    )


def batch_time(cursor: Cursor[Any]) -> dt.datetime:
    """The time of the batch, which never goes back, whatever the clock does."""
    row = cursor.execute("SELECT greatest(clock_timestamp(), max(changed_at)) FROM source_block").fetchone()
    assert row is not None
    when: dt.datetime = row[0]
    return when


def ensure_office_rights(
    cursor: Cursor[Any], pairs: Collection[tuple[str, Right]], known: OfficeRights
) -> None:
    """Add the ids of these offices and rights to `known`, with a row of their own where they are new."""
    missing = [pair for pair in pairs if pair not in known]
    if not missing:
        return
    cursor.executemany(
        'INSERT INTO office_right (office, "right") VALUES (%s, %s) ON CONFLICT DO NOTHING', sorted(missing)
    )
    cursor.execute('SELECT id, office, "right" FROM office_right')
    known.update({(office, right): identity for identity, office, right in cursor})


def office_rights_of(items: Sequence[Item]) -> set[tuple[str, Right]]:
    return {(item.record.office, item.record.right) for item in items if isinstance(item, Statement)}


def _versions_needed(
    statements: Sequence[Statement], heads: Mapping[str, Head], applications: Mapping[str, str]
) -> set[int]:
    """The timepoints of the versions whose content must be read."""
    needed = set()
    for said in statements:
        identity: str | None = said.record.id
        if names_publication_only(said):
            identity = applications.get(publication_key(said.record.publications[0]))
        head = heads.get(identity) if identity is not None else None
        if head is not None and needs_content(head, said):
            needed.add(head.timepoint)
    return needed


def last_of(cursor: Cursor[Any], table: str, column: str) -> int:
    """The greatest value of a column, 0 where there is none."""
    row = cursor.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])
