"""The names of applicants and their spellings, as the register keeps them between resolutions.

What an applicant is, stands in three layers: names that evidence has joined share a `root`; a person may give
spellings to an applicant of their own (`apart`), and make one applicant part of another. The outcome is kept
with each spelling, so that whoever asks needs one look.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Cursor
from sqlalchemy import Connection

from register.applicants import identity_of, number_of
from register.spelling import Spelling
from register.store.database import driver

_LOADED_AT_ONCE = 20_000
_MOST_REDIRECTS = 1000


class Versions(NamedTuple):
    """How often names and decisions have changed."""

    names: int
    decisions: int


class NameRow(NamedTuple):
    """A row of `applicant_name`; `keys` as `pack_keys` gives them."""

    identity: int
    place: int
    root: int
    apart: str | None
    country: str | None
    name: str
    core: str
    keys: bytes


class SpellingRow(NamedTuple):
    """A row of `applicant_spelling`."""

    id: int
    place: int
    score: float
    evidence: str
    applicant: str
    apart: str | None
    country: str | None
    office: str | None
    number: str | None
    typed: str
    heard: str
    name: str
    keys: bytes


class LinkRow(NamedTuple):
    """A row of `applicant_link`."""

    one: int
    other: int
    score: float
    evidence: str


def pack_keys(keys: Iterable[int]) -> bytes:
    return array("q", keys).tobytes()


def applicants_of(connection: Connection, spellings: Collection[int]) -> dict[int, str]:
    """The applicants of those of these spellings that are resolved, by the spelling's id."""
    if not spellings:
        return {}
    return held_spellings(driver(connection).cursor(binary=True), spellings)


def held_spellings(cursor: Cursor[Any], spellings: Collection[int]) -> dict[int, str]:
    """The same, in the transaction of a cursor."""
    rows = cursor.execute(
        "SELECT id, applicant FROM applicant_spelling WHERE id = ANY(%s)", (list(spellings),), binary=True
    )
    return dict(rows.fetchall())


def lock_state(cursor: Cursor[Any]) -> Versions:
    """Keep others from resolving and deciding until the transaction ends."""
    row = cursor.execute("SELECT names, decisions FROM applicant_state WHERE id = 1 FOR UPDATE").fetchone()
    assert row is not None
    return Versions(*row)


def names_changed(cursor: Cursor[Any]) -> None:
    cursor.execute("UPDATE applicant_state SET names = names + 1 WHERE id = 1")


def decisions_changed(cursor: Cursor[Any]) -> None:
    cursor.execute("UPDATE applicant_state SET decisions = decisions + 1 WHERE id = 1")


def all_names(cursor: Cursor[Any]) -> Iterator[NameRow]:
    """Every name in the order of places; what `lock_state` protects."""
    cursor.execute(
        "SELECT identity, place, root, apart, country, name, core, keys FROM applicant_name ORDER BY place",
        binary=True,
    )
    while rows := cursor.fetchmany(_LOADED_AT_ONCE):
        yield from map(NameRow._make, rows)


def learned_keys(cursor: Cursor[Any]) -> Iterator[tuple[int, bytes]]:
    """The further keys of names, by place."""
    cursor.execute("SELECT place, keys FROM applicant_spelling WHERE keys <> ''", binary=True)
    while rows := cursor.fetchmany(_LOADED_AT_ONCE):
        yield from rows


def insert_names(cursor: Cursor[Any], rows: Sequence[NameRow]) -> None:
    types = ("int8", "int4", "int4", "text", "text", "text", "text", "bytea")
    _copy(cursor, "applicant_name", NameRow._fields, types, rows)


def insert_spellings(cursor: Cursor[Any], rows: Sequence[SpellingRow]) -> None:
    types = ("int8", "int4", "float4", *("text",) * 9, "bytea")
    _copy(cursor, "applicant_spelling", SpellingRow._fields, types, rows)


def insert_links(cursor: Cursor[Any], rows: Sequence[LinkRow]) -> None:
    cursor.executemany(
        """
        INSERT INTO applicant_link (one, other, score, evidence) VALUES (%s, %s, %s, %s)
        ON CONFLICT DO NOTHING
        """,
        rows,
    )


def _copy(
    cursor: Cursor[Any],
    table: str,
    columns: Sequence[str],
    types: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    if not rows:
        return
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)") as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def set_roots(cursor: Cursor[Any], roots: Mapping[int, int]) -> None:
    """Give names, by place, another root."""
    cursor.execute(
        """
        UPDATE applicant_name SET root = new.root
        FROM unnest(%s::integer[], %s::integer[]) AS new(place, root) WHERE applicant_name.place = new.place
        """,
        (list(roots), list(roots.values())),
    )


def set_name(cursor: Cursor[Any], place: int, name: str, country: str | None) -> None:
    """Another spelling stands for a name from now on."""
    cursor.execute(
        "UPDATE applicant_name SET name = %s, country = %s WHERE place = %s", (name, country, place)
    )


def set_apart(cursor: Cursor[Any], place: int, apart: str) -> None:
    cursor.execute("UPDATE applicant_name SET apart = %s WHERE place = %s", (apart, place))


class Merges:
    """Which applicants are parts of others, because somebody has decided so."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        rows = cursor.execute(
            """
            SELECT other, applicant FROM applicant_decision
            WHERE kind = 'merge' AND undone_at IS NULL ORDER BY id
            """
        ).fetchall()
        canonical = _canonical(cursor, {identity for row in rows for identity in row})
        self._into = {
            canonical[other]: canonical[kept] for other, kept in rows if canonical[other] != canonical[kept]
        }

    def __bool__(self) -> bool:
        return bool(self._into)

    def follow(self, identity: str) -> str:
        """The applicant that one is part of in the end; itself where it is of none."""
        for _ in range(_MOST_REDIRECTS):
            into = self._into.get(identity)
            if into is None:
                return identity
            identity = into
        return identity


def _canonical(cursor: Cursor[Any], identities: Collection[str]) -> dict[str, str]:
    """By id, the id of the oldest name of the same applicant; ids that no name has stay as they are."""
    found = {identity: identity for identity in identities}
    numbers = {number: identity for identity in identities if (number := number_of(identity)) is not None}
    rows = cursor.execute(
        """
        SELECT name.identity, root.identity FROM applicant_name AS name
        JOIN applicant_name AS root ON root.place = name.root
        WHERE name.identity = ANY(%s)
        """,
        (list(numbers),),
    )
    for identity, root in rows.fetchall():
        found[numbers[identity]] = identity_of(root)
    return found


def current_identity(cursor: Cursor[Any], identity: str) -> str | None:
    """The applicant that an id stands for now; None where it never stood for any."""
    canonical = _canonical(cursor, [identity])[identity]
    merges = Merges(cursor)
    found = merges.follow(canonical)
    if found != identity or _has_name(cursor, identity):
        return found
    row = cursor.execute(
        "SELECT applicant, undone_at FROM applicant_decision WHERE kind = 'split' AND other = %s", (identity,)
    ).fetchone()
    if row is None:
        return None
    return identity if row[1] is None else current_identity(cursor, row[0])


def _has_name(cursor: Cursor[Any], identity: str) -> bool:
    number = number_of(identity)
    row = cursor.execute("SELECT 1 FROM applicant_name WHERE identity = %s", (number,)).fetchone()
    return row is not None


def settle(cursor: Cursor[Any], where: str, values: Sequence[Any], merges: Merges | None = None) -> int:
    """Give those spellings that a condition names the applicant that they have by all three layers, and note
    which have moved. Returns how many. The spellings are `spelling` in the condition, their names `name`.
    """
    follow = Merges(cursor) if merges is None else merges
    rows = cursor.execute(
        f"""
        SELECT spelling.id, spelling.applicant, coalesce(spelling.apart, name.apart), root.identity
        FROM applicant_spelling AS spelling
        JOIN applicant_name AS name ON name.place = spelling.place
        JOIN applicant_name AS root ON root.place = name.root
        WHERE {where}
        """,
        values,
    ).fetchall()
    moved: dict[int, str] = {}
    for spelling, held, apart, root in rows:
        wanted = follow.follow(identity_of(root) if apart is None else apart)
        if wanted != held:
            moved[spelling] = wanted
    if moved:
        cursor.execute(
            """
            UPDATE applicant_spelling SET applicant = new.applicant
            FROM unnest(%s::bigint[], %s::text[]) AS new(id, applicant) WHERE applicant_spelling.id = new.id
            """,
            (list(moved), list(moved.values())),
        )
        cursor.execute("INSERT INTO applicant_move (spelling) SELECT unnest(%s::bigint[])", (list(moved),))
    return len(moved)


def moves_after(connection: Connection, number: int, limit: int) -> list[tuple[int, int]]:
    """The next moves of spellings after a number: (number, spelling)."""
    cursor = driver(connection).cursor(binary=True)
    rows = cursor.execute(
        "SELECT number, spelling FROM applicant_move WHERE number > %s ORDER BY number LIMIT %s",
        (number, limit),
    )
    return rows.fetchall()


def last_move(connection: Connection) -> int:
    row = driver(connection).execute("SELECT coalesce(max(number), 0) FROM applicant_move").fetchone()
    assert row is not None
    return int(row[0])


def as_spelling(row: tuple[str, str | None, str | None, str | None]) -> Spelling:
    return Spelling(*row)


def unsettled(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """(spelling, its applicant, the one that it should have) of those that are not what names and decisions
    say: none, unless something is broken.
    """
    merges = Merges(driver(connection).cursor())
    with driver(connection).cursor("unsettled", binary=True) as cursor:
        cursor.itersize = _LOADED_AT_ONCE
        cursor.execute(
            """
            SELECT spelling.id, spelling.applicant, coalesce(spelling.apart, name.apart), root.identity
            FROM applicant_spelling AS spelling
            JOIN applicant_name AS name ON name.place = spelling.place
            JOIN applicant_name AS root ON root.place = name.root
            """
        )
        for spelling, held, apart, root in cursor:
            wanted = merges.follow(identity_of(root) if apart is None else apart)
            if wanted != held:
                yield spelling, held, wanted


def joined_spellings(connection: Connection, limit: int) -> dict[str, list[int]]:
    """The spellings of those applicants that have several, the latest resolved ones first."""
    rows = driver(connection).execute(
        """
        SELECT applicant, array_agg(id) FROM applicant_spelling
        GROUP BY applicant HAVING count(*) > 1 ORDER BY max(place) DESC LIMIT %s
        """,
        (limit,),
    )
    return dict(rows.fetchall())
