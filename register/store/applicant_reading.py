"""An applicant as the register keeps it: its spellings, and why each is one of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from register.store.applicants import current_identity
from register.store.database import driver

MOST_SPELLINGS = 500


class Why(NamedTuple):
    """Evidence for a spelling: what it is, its score from 0 to 1, and the name that it links to, if any."""

    evidence: str
    score: float
    name: str | None


class KnownSpelling(NamedTuple):
    """A spelling of an applicant; `office` and `number` are of an office that numbers its parties."""

    id: int
    name: str
    country: str | None
    office: str | None
    number: str | None
    why: tuple[Why, ...]


def current_applicant(connection: Connection, identity: str) -> str | None:
    """The applicant that an id stands for now; None where it never stood for any."""
    return current_identity(driver(connection).cursor(), identity)


def current_applicants(connection: Connection, identities: Sequence[str]) -> tuple[str, ...]:
    """The same for several; an id that is none stays as it is."""
    cursor = driver(connection).cursor()
    return tuple(dict.fromkeys(current_identity(cursor, one) or one for one in identities))


def spellings_of(connection: Connection, applicant: str) -> list[KnownSpelling]:
    """The spellings of an applicant, the oldest names first, at most 500, with the evidence for each."""
    cursor = driver(connection).cursor()
    rows = cursor.execute(
        """
        SELECT spelling.id, spelling.place, spelling.name, spelling.country, spelling.office, spelling.number,
               spelling.evidence, spelling.score, name.name
        FROM applicant_spelling AS spelling JOIN applicant_name AS name USING (place)
        WHERE spelling.applicant = %s ORDER BY spelling.place, spelling.id LIMIT %s
        """,
        (applicant, MOST_SPELLINGS),
    ).fetchall()
    linked = _links(cursor, [row[1] for row in rows])
    found: list[KnownSpelling] = []
    for identity, place, name, country, office, number, evidence, score, known in rows:
        own = () if evidence == _FIRST else (Why(evidence, round(score, 3), known),)
        found.append(KnownSpelling(identity, name, country, office, number, (*own, *linked.get(place, ()))))
    return found


_FIRST = "first spelling"


def _links(cursor: Any, places: Sequence[int]) -> dict[int, list[Why]]:
    rows = cursor.execute(
        """
        SELECT link.one, link.other, link.evidence, link.score, one.name, other.name
        FROM applicant_link AS link
        JOIN applicant_name AS one ON one.place = link.one
        JOIN applicant_name AS other ON other.place = link.other
        WHERE link.one = ANY(%s) OR link.other = ANY(%s) ORDER BY link.score DESC, link.one, link.other
        """,
        (list(places), list(places)),
    ).fetchall()
    found: dict[int, list[Why]] = {}
    for one, other, evidence, score, name, other_name in rows:
        found.setdefault(one, []).append(Why(evidence, round(score, 3), other_name))
        found.setdefault(other, []).append(Why(evidence, round(score, 3), name))
    return found


class Named(NamedTuple):
    """A spelling's name, its country (ST.3) and the applicant that it is of."""

    name: str
    country: str | None
    applicant: str


def names_typed(connection: Connection, typed: str, limit: int) -> list[Named]:
    """Spellings that begin with a text in normal form, in their alphabetical order."""
    return _between(connection, "typed", typed, limit)


def names_heard(connection: Connection, heard: str, limit: int) -> list[Named]:
    """Spellings of which the consonants begin so."""
    return _between(connection, "heard", heard, limit)


def names_sounding(connection: Connection, heard: str, limit: int) -> list[Named]:
    """Spellings of which the consonants are these."""
    rows = driver(connection).execute(
        "SELECT name, country, applicant FROM applicant_spelling WHERE heard = %s ORDER BY place LIMIT %s",
        (heard, limit),
    )
    return [Named(*row) for row in rows.fetchall()]


def _between(connection: Connection, column: str, begin: str, limit: int) -> list[Named]:
    cursor = driver(connection).cursor()
    rows = cursor.execute(
        f"""
        SELECT name, country, applicant FROM applicant_spelling
        WHERE {column} >= %s AND {column} < %s ORDER BY {column} LIMIT %s
        """,
        (begin, begin + _LAST, limit),
    )
    return [Named(*row) for row in rows.fetchall()]


_LAST = "\U0010ffff"
