"""Which application a patent document belongs to."""

from collections.abc import Collection
from typing import Any

from psycopg import Cursor

from register.identity import number_key
from register.model import Publication


def publication_key(publication: Publication) -> str:
    """Country, number and kind as a key; ends with the hyphen where the kind is not known."""
    country = (publication.country or "").lower()
    return f"{country}-{number_key(publication.number or '')}-{(publication.kind or '').lower()}"


def fetch_applications(
    cursor: Cursor[Any], keys: Collection[str], schemas: Collection[str]
) -> dict[str, str]:
    """The record ids of those documents that are known, by key.

    A key without a kind is found where the number belongs to one application only.
    """
    found: dict[str, str] = {}
    whole = [key for key in keys if not key.endswith("-")]
    for schema in reversed(list(schemas)):
        cursor.execute(f"SELECT key, record_id FROM {schema}publication WHERE key = ANY(%s)", (whole,))
        found.update(cursor)
        for key in keys:
            if key.endswith("-"):
                cursor.execute(
                    f"SELECT DISTINCT record_id FROM {schema}publication"
                    " WHERE key >= %s AND key < %s LIMIT 2",
                    (key, key[:-1] + "."),
                )
                ids = cursor.fetchall()
                if len(ids) == 1:
                    found[key] = ids[0][0]
    return found
