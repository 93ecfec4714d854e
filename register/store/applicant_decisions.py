"""What persons decide of applicants: that two are one, that spellings are another's, and that it was wrong.

Decisions are kept and win over evidence, now and for what comes later. They change nothing of records:
spellings move from one applicant to another, and those who follow the moves write their records anew.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Literal

import msgspec
from psycopg import Cursor
from sqlalchemy import Connection

from register.applicants import further_number, identity_of
from register.store.applicants import current_identity, decisions_changed, lock_state, settle
from register.store.audit import Actor, note
from register.store.database import driver
from register.store.packing import storable

Kind = Literal["merge", "split"]
_LONGEST_NOTE = 1000


class DecisionError(Exception):
    """What is asked cannot be decided: why, and what to do."""

    def __init__(self, code: str, reason: str, mend: str) -> None:
        super().__init__(f"{reason}; {mend}")
        self.code, self.reason, self.mend = code, reason, mend


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Of a merge, `applicant` is kept and `other` became part of it; of a split, `other` was made of
    `spellings` of `applicant`. `moved` are the spellings that it moved just now.
    """

    id: int
    kind: Kind
    applicant: str
    other: str
    spellings: tuple[int, ...]
    note: str
    made_by: str
    made_at: dt.datetime
    undone_by: str | None
    undone_at: dt.datetime | None
    moved: tuple[int, ...] = ()


def merge(connection: Connection, kept: str, other: str, *, by: Actor, words: str = "") -> Decision:
    """Make one applicant part of another. Raises `DecisionError`."""
    cursor = driver(connection).cursor()
    lock_state(cursor)
    into, gone = _current(cursor, kept), _current(cursor, other)
    if into == gone:
        raise DecisionError(
            "already-one", f"{kept} and {other} are one applicant already", "look at its spellings"
        )
    moved = _spellings_of(cursor, gone)
    made = _insert(cursor, "merge", into, gone, (), words, by)
    settle(cursor, "spelling.applicant = %s", (gone,))
    decisions_changed(cursor)
    note(
        connection, by, "applicants.merged", subject=f"applicant {into}", other=gone, decision=made.id,
        spellings=len(moved),
    )  # fmt: skip
    return msgspec.structs.replace(made, moved=moved)


def split(
    connection: Connection, applicant: str, spellings: Collection[int], *, by: Actor, words: str = ""
) -> Decision:
    """Make another applicant of some spellings of one. Raises `DecisionError`."""
    cursor = driver(connection).cursor()
    lock_state(cursor)
    whole = _current(cursor, applicant)
    held = set(_spellings_of(cursor, whole))
    chosen = tuple(sorted(set(spellings)))
    if not chosen or not held.issuperset(chosen):
        raise DecisionError(
            "not-its-spellings", f"not all of these are spellings of {whole}", "give ids of its spellings"
        )
    if len(chosen) == len(held):
        raise DecisionError(
            "nothing-left", f"these are all spellings of {whole}", "leave it at least one of them"
        )
    rows = cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM applicant_decision").fetchone()
    assert rows is not None
    made = _insert(
        cursor, "split", whole, identity_of(further_number(chosen[0], int(rows[0]))), chosen, words, by
    )
    _set_apart(cursor, chosen)
    settle(cursor, "spelling.id = ANY(%s)", (list(chosen),))
    decisions_changed(cursor)
    note(
        connection, by, "applicants.split", subject=f"applicant {whole}", other=made.other, decision=made.id,
        spellings=len(chosen),
    )  # fmt: skip
    return msgspec.structs.replace(made, moved=chosen)


def undo(connection: Connection, number: int, *, by: Actor) -> Decision:
    """Take a decision back. Raises `DecisionError`."""
    cursor = driver(connection).cursor()
    lock_state(cursor)
    made = next(iter(_read(cursor, "id = %s", (number,))), None)
    if made is None:
        raise DecisionError(
            "no-such-decision", f"there is no decision {number}", "an applicant tells the decisions on it"
        )
    if made.undone_at is not None:
        raise DecisionError("undone", f"decision {number} is undone already", "nothing is left to do")
    before = current_identity(cursor, made.other)
    cursor.execute(
        "UPDATE applicant_decision SET undone_by = %s, undone_at = clock_timestamp() WHERE id = %s",
        (by.who, number),
    )
    _set_apart(cursor, made.spellings)
    concerned = {identity for identity in (before, made.applicant, made.other) if identity is not None}
    held = {identity: _spellings_of(cursor, identity) for identity in concerned}
    was = {spelling: identity for identity, some in held.items() for spelling in some}
    settle(cursor, "spelling.applicant = ANY(%s)", (list(concerned),))
    now = cursor.execute(
        "SELECT id, applicant FROM applicant_spelling WHERE id = ANY(%s)", (list(was),)
    ).fetchall()
    decisions_changed(cursor)
    note(
        connection, by, "applicants.undone", subject=f"applicant {made.applicant}", other=made.other,
        decision=number,
    )  # fmt: skip
    undone = next(iter(_read(cursor, "id = %s", (number,))))
    moved = tuple(spelling for spelling, applicant in now if was[spelling] != applicant)
    return msgspec.structs.replace(undone, moved=moved)


def decisions_on(connection: Connection, applicants: Sequence[str]) -> list[Decision]:
    """The decisions on some applicants, the latest first."""
    cursor = driver(connection).cursor()
    return _read(cursor, "applicant = ANY(%s) OR other = ANY(%s)", (list(applicants), list(applicants)))


def _current(cursor: Cursor[Any], identity: str) -> str:
    found = current_identity(cursor, identity)
    if found is None:
        raise DecisionError(
            "no-such-applicant",
            f"there is no applicant {identity[:40]!r}",
            "search with `ipregister applicant show` or /v1/applicants?q=",
        )
    return found


def _spellings_of(cursor: Cursor[Any], applicant: str) -> tuple[int, ...]:
    rows = cursor.execute("SELECT id FROM applicant_spelling WHERE applicant = %s ORDER BY id", (applicant,))
    return tuple(row[0] for row in rows.fetchall())


def _set_apart(cursor: Cursor[Any], spellings: Collection[int]) -> None:
    """Give spellings to the applicant that the latest split with them made, and names all of whose spellings
    are there.
    """
    cursor.execute(_APART_SPELLINGS, (list(spellings),))
    cursor.execute(_APART_NAMES, (list(spellings),))


_APART_SPELLINGS = """
    UPDATE applicant_spelling AS spelling SET apart = (
        SELECT other FROM applicant_decision
        WHERE kind = 'split' AND undone_at IS NULL AND spelling.id = ANY(spellings)
        ORDER BY id DESC LIMIT 1
    )
    WHERE id = ANY(%s)
"""
_APART_NAMES = """
    UPDATE applicant_name AS name SET apart = (
        SELECT CASE WHEN count(*) = count(apart) AND count(DISTINCT apart) = 1 THEN min(apart) END
        FROM applicant_spelling WHERE place = name.place
    )
    WHERE place IN (SELECT place FROM applicant_spelling WHERE id = ANY(%s))
"""


def _insert(
    cursor: Cursor[Any],
    kind: Kind,
    applicant: str,
    other: str,
    spellings: Sequence[int],
    words: str,
    by: Actor,
) -> Decision:
    row = cursor.execute(
        """
        INSERT INTO applicant_decision (kind, applicant, other, spellings, note, made_by, made_at)
        VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp()) RETURNING id
        """,
        (kind, applicant, other, list(spellings), storable(words[:_LONGEST_NOTE]), by.who),
    ).fetchone()
    assert row is not None
    return next(iter(_read(cursor, "id = %s", (row[0],))))


def _read(cursor: Cursor[Any], where: str, values: Sequence[Any]) -> list[Decision]:
    rows = cursor.execute(
        f"""
        SELECT id, kind, applicant, other, spellings, note, made_by, made_at, undone_by, undone_at
        FROM applicant_decision WHERE {where} ORDER BY id DESC
        """,
        values,
    ).fetchall()
    return [
        Decision(
            id=row[0], kind=row[1], applicant=row[2], other=row[3], spellings=tuple(row[4]), note=row[5],
            made_by=row[6], made_at=row[7], undone_by=row[8], undone_at=row[9],
        )
        for row in rows
    ]  # fmt: skip
