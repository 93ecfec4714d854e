"""The ledger of coverage, kept by following the changes: which numbers were ever delivered, and which status
words nobody knows.

It lags a little behind the register, and is exact for the timepoint that it has reached. Each step is a
transaction of its own; whoever holds its lock takes the next one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from psycopg import Cursor

from register.coverage import SequencesOf, multirange
from register.identity import number_key
from register.model import Plain, Right
from register.store.database import Database, driver
from register.store.locks import COVERAGE_LOCK
from register.store.packing import unpack

_STEP = 5_000

_CHANGES = """
    SELECT c.timepoint, c.version, c.operation::text, c.body, f.mapping, p.operation::text, p.body, pf.mapping
    FROM (SELECT * FROM change WHERE timepoint > %s ORDER BY timepoint LIMIT %s) AS c
    JOIN source_block AS b ON b.id = c.block_id
    JOIN feed AS f ON f.id = b.feed_id
    LEFT JOIN change AS p ON p.timepoint = c.previous
    LEFT JOIN source_block AS pb ON pb.id = p.block_id
    LEFT JOIN feed AS pf ON pf.id = pb.feed_id
    ORDER BY c.timepoint
"""


class _Status(msgspec.Struct, rename="camel"):
    plain: Plain = "unknown"
    office: str | None = None
    text: str | None = None


class _Publication(msgspec.Struct, rename="camel"):
    number: str = ""


class _Told(msgspec.Struct, rename="camel"):
    """What the ledger looks at in a record."""

    office: str
    right: Right
    application_number: str = ""
    registration_number: str | None = None
    publication_number: str | None = None
    filing_date: dt.date | None = None
    status: _Status = msgspec.field(default_factory=_Status)
    publications: tuple[_Publication, ...] = ()

    def keys(self) -> Iterable[str]:
        """Every number by which an authority file may name it."""
        numbers = (self.application_number, self.registration_number, self.publication_number)
        for number in (*numbers, *(one.number for one in self.publications)):
            if number:
                yield number_key(number)


_decode = msgspec.json.Decoder(_Told).decode


class _Word(NamedTuple):
    office_right_id: int
    word: str
    told: str
    mapping: str


class _Found:
    """What a step found, to be added to the tables."""

    def __init__(self, ids: dict[tuple[str, Right], int]) -> None:
        self.ids = ids
        self.serials: dict[tuple[int, int, str], set[int]] = {}
        self.words: Counter[_Word] = Counter()
        self.newest: dict[int, dt.date] = {}
        self.keys: dict[int, set[str]] = {}

    def place(self, told: _Told, sequences_of: SequencesOf) -> None:
        """Note the numbers of a record."""
        identity = self.ids[told.office, told.right]
        place = sequences_of(told.office).place(told.right, told.application_number)
        if place is not None:
            self.serials.setdefault((identity, place.year, place.series), set()).add(place.serial)
        self.keys.setdefault(identity, set()).update(told.keys())
        if told.filing_date is not None:
            self.newest[identity] = max(told.filing_date, self.newest.get(identity, told.filing_date))

    def count_word(self, told: _Told, mapping: str | None, times: int) -> None:
        """Count the status word of a record that is or was held."""
        status = told.status
        if status.plain == "unknown" and (status.office or status.text):
            identity = self.ids[told.office, told.right]
            self.words[_Word(identity, status.office or "", status.text or "", mapping or "")] += times


class CoverageLedger:
    """Keeps the ledger. `sequences_of` tells how the numbers of an office are counted."""

    def __init__(self, database: Database, sequences_of: SequencesOf) -> None:
        self._database = database
        self._sequences_of = sequences_of

    def step(self) -> bool:
        """Follow the next changes, or place the numbers of an office and right anew; whether there may be
        more to do. Does nothing where another process holds the ledger.
        """
        with self._database.writing() as connection:
            cursor = driver(connection).cursor(binary=True)
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (COVERAGE_LOCK,))
            row = cursor.fetchone()
            if row is None or not row[0]:
                return False
            ids = _office_rights(cursor)
            return self._replace(cursor, ids) or self._follow(cursor, ids)

    def catch_up(self) -> None:
        """Follow every change there is."""
        while self.step():
            pass

    def _follow(self, cursor: Cursor[Any], ids: dict[tuple[str, Right], int]) -> bool:
        cursor.execute("SELECT timepoint FROM coverage_state WHERE id = 1")
        row = cursor.fetchone()
        reached = 0 if row is None else row[0]
        rows = cursor.execute(_CHANGES, (reached, _STEP)).fetchall()
        if not rows:
            return False
        found = _Found(ids)
        for _, version, operation, body, mapping, before, old_body, old_mapping in rows:
            told = _decode(unpack(body))
            if version == 1 or before == "delete" or told.publications or told.registration_number:
                found.place(told, self._sequences_of)
            if operation != "delete":
                found.count_word(told, mapping, 1)
            if old_body is not None and before != "delete":
                found.count_word(_decode(unpack(old_body)), old_mapping, -1)
        self._write(cursor, found)
        cursor.execute("UPDATE coverage_state SET timepoint = %s WHERE id = 1", (rows[-1][0],))
        return True

    def _replace(self, cursor: Cursor[Any], ids: dict[tuple[str, Right], int]) -> bool:
        """Place the numbers of one office and right anew where the rule is another now; whether there was
        one.
        """
        cursor.execute("SELECT office_right_id, rule FROM coverage")
        rules = dict(cursor.fetchall())
        for (office, _), identity in ids.items():
            if identity in rules and rules[identity] != self._sequences_of(office).version:
                self._place_all(cursor, identity, office, ids)
                return True
        return False

    def _place_all(
        self, cursor: Cursor[Any], identity: int, office: str, ids: dict[tuple[str, Right], int]
    ) -> None:
        cursor.execute("DELETE FROM number_series WHERE office_right_id = %s", (identity,))
        found, last = _Found(ids), ""
        while rows := cursor.execute(
            """
            SELECT r.id, c.body FROM record AS r JOIN change AS c ON c.timepoint = r.timepoint
            WHERE r.office_right_id = %s AND r.id > %s ORDER BY r.id LIMIT %s
            """,
            (identity, last, _STEP),
        ).fetchall():
            for _, body in rows:
                found.place(_decode(unpack(body)), self._sequences_of)
            last = rows[-1][0]
        self._write(cursor, found)
        cursor.execute(
            "UPDATE coverage SET rule = %s WHERE office_right_id = %s",
            (self._sequences_of(office).version, identity),
        )

    def _write(self, cursor: Cursor[Any], found: _Found) -> None:
        offices = {identity: office for (office, _), identity in found.ids.items()}
        for identity in found.keys:
            cursor.execute(
                """
                INSERT INTO coverage (newest_filed, office_right_id, rule) VALUES (%s, %s, %s)
                ON CONFLICT (office_right_id) DO UPDATE
                SET newest_filed = greatest(coverage.newest_filed, excluded.newest_filed)
                """,
                (found.newest.get(identity), identity, self._sequences_of(offices[identity]).version),
            )
        _add_serials(cursor, found.serials)
        _add_words(cursor, found.words)
        for identity, keys in found.keys.items():
            mark_held(cursor, identity, keys)


def _office_rights(cursor: Cursor[Any]) -> dict[tuple[str, Right], int]:
    cursor.execute('SELECT office, "right", id FROM office_right')
    return {(office, right): identity for office, right, identity in cursor}


def _add_serials(cursor: Cursor[Any], serials: dict[tuple[int, int, str], set[int]]) -> None:
    for (identity, year, series), numbers in serials.items():
        cursor.execute(
            """
            INSERT INTO number_series (held_count, highest, year, office_right_id, series, held)
            VALUES (%s, %s, %s, %s, %s, %s::text::int8multirange)
            ON CONFLICT (year, office_right_id, series)
            DO UPDATE SET held = number_series.held + excluded.held
            """,
            (len(numbers), max(numbers), year, identity, series, multirange(numbers)),
        )
        cursor.execute(
            """
            UPDATE number_series SET
                held_count = (SELECT sum(upper(r) - lower(r)) FROM unnest(held) AS r),
                highest = upper(held) - 1
            WHERE year = %s AND office_right_id = %s AND series = %s
            """,
            (year, identity, series),
        )


def _add_words(cursor: Cursor[Any], words: Counter[_Word]) -> None:
    changed = {word: times for word, times in words.items() if times}
    cursor.executemany(
        """
        INSERT INTO unmapped_status (records, office_right_id, word, told, mapping)
        VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (office_right_id, word, told, mapping)
        DO UPDATE SET records = unmapped_status.records + excluded.records
        """,
        [(times, *word) for word, times in changed.items()],
    )
    if any(times < 0 for times in changed.values()):
        cursor.execute("DELETE FROM unmapped_status WHERE records <= 0")


def mark_held(cursor: Cursor[Any], identity: int, keys: Iterable[str]) -> None:
    """Note which numbers of an authority file are held; the years that this changes are counted anew."""
    cursor.execute(
        """
        UPDATE authority_number SET held = true
        WHERE office_right_id = %s AND key = ANY(%s) AND NOT held RETURNING year
        """,
        (identity, list(keys)),
    )
    years = {row[0] for row in cursor}
    if years:
        count_years(cursor, identity, years)


def count_years(cursor: Cursor[Any], identity: int, years: Iterable[int]) -> None:
    """Count the numbers of an authority file by year."""
    cursor.execute(
        """
        INSERT INTO authority_year (listed, held, missing, excepted, year, office_right_id)
        SELECT count(*), count(*) FILTER (WHERE held), count(*) FILTER (WHERE NOT held AND exception IS NULL),
               count(*) FILTER (WHERE NOT held AND exception IS NOT NULL), year, office_right_id
        FROM authority_number WHERE office_right_id = %s AND year = ANY(%s) GROUP BY year, office_right_id
        ON CONFLICT (year, office_right_id) DO UPDATE SET
            listed = excluded.listed, held = excluded.held, missing = excluded.missing,
            excepted = excluded.excepted
        """,
        (identity, list(years)),
    )
