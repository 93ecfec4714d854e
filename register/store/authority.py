"""The lists of their numbers that offices give (WIPO ST.37)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Cursor

from register.coverage import EXCEPTIONS
from register.identity import number_key
from register.model import Right
from register.store.audit import SERVICE, Actor, note
from register.store.coverage import count_years
from register.store.database import Database, driver
from register.store.finding import ensure_office_rights
from register.store.locks import COVERAGE_LOCK
from register.store.packing import storable


class Listed(NamedTuple):
    """A number that an office lists: as it writes it, its kind of document, the year of publication (0 where
    not told), and the code of an exception, "" for none.
    """

    number: str
    kind: str = ""
    year: int = 0
    exception: str = ""


class Taken(NamedTuple):
    """What became of a list: how many numbers it has, how many came twice."""

    right: Right
    entries: int
    twice: int


def replace_authority(
    database: Database,
    office: str,
    name: str,
    lists: Mapping[Right, Sequence[Listed]],
    by: Actor = SERVICE,
) -> list[Taken]:
    """Put the lists of an office (ST.3) in place of those before. Which of their numbers are held is told
    once the ledger has placed the numbers of the office anew.
    """
    taken = []
    with database.writing() as connection:
        cursor = driver(connection).cursor()
        # A long list takes longer than those who answer people may take for a statement.
        cursor.execute("SET LOCAL statement_timeout = '600s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (COVERAGE_LOCK,))
        known: dict[tuple[str, Right], int] = {}
        ensure_office_rights(cursor, [(office, right) for right in lists], known)
        for right, entries in lists.items():
            taken.append(_replace(cursor, known[office, right], right, name, entries))
        for one in taken:
            note(
                connection, by, "authority.taken", office=office, subject=one.right, name=name,
                numbers=one.entries,
            )  # fmt: skip
    return taken


def _replace(cursor: Cursor[Any], identity: int, right: Right, name: str, entries: Iterable[Listed]) -> Taken:
    cursor.execute("DELETE FROM authority_number WHERE office_right_id = %s", (identity,))
    cursor.execute("DELETE FROM authority_year WHERE office_right_id = %s", (identity,))
    seen: set[tuple[str, str]] = set()
    twice, years = 0, set()
    with cursor.copy(
        "COPY authority_number (place, year, office_right_id, held, key, kind, number, exception) FROM STDIN"
    ) as copy:
        for place, entry in enumerate(entries):
            key = number_key(entry.number), entry.kind
            if key in seen:
                twice += 1
                continue
            seen.add(key)
            years.add(entry.year)
            exception = entry.exception if entry.exception in EXCEPTIONS else None
            copy.write_row((place, entry.year, identity, False, *key, storable(entry.number), exception))
    cursor.execute(
        """
        INSERT INTO authority_file (received_at, entries, office_right_id, name)
        VALUES (clock_timestamp(), %s, %s, %s)
        ON CONFLICT (office_right_id) DO UPDATE
        SET received_at = excluded.received_at, entries = excluded.entries, name = excluded.name
        """,
        (len(seen), identity, storable(name)),
    )
    count_years(cursor, identity, years)
    # The ledger looks through all records of the right again and marks what is held.
    cursor.execute(
        """
        INSERT INTO coverage (office_right_id, rule) VALUES (%s, '')
        ON CONFLICT (office_right_id) DO UPDATE SET rule = ''
        """,
        (identity,),
    )
    return Taken(right, len(seen), twice)
