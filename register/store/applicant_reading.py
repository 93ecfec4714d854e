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


def names_starting(connection: Connection, typed: str, limit: int) -> list[tuple[str, str]]:
    """(name, applicant) of spellings that begin with a text in normal form, each applicant once, the shortest
    first.
    """
    cursor = driver(connection).cursor()
    rows = cursor.execute(_STARTING, (typed, typed + "\U0010ffff", limit * _LOOKED_AT_FOR_EACH)).fetchall()
    found: dict[str, str] = {}
    for name, applicant in sorted(rows, key=lambda row: (len(row[0]), row[0])):
        found.setdefault(applicant, name)
    return [(name, applicant) for applicant, name in found.items()][:limit]


_LOOKED_AT_FOR_EACH = 8
_STARTING = """
    SELECT name, applicant FROM applicant_spelling WHERE typed >= %s AND typed < %s ORDER BY typed LIMIT %s
"""
