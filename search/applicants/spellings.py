"""How many records have each spelling of an applicant, as the index counts them."""

from collections.abc import Sequence
from typing import NamedTuple

from register.spelling import spelling_key
from search.engine import Reader, Term

MOST_BY_OFFICE = 50
"""Of so many spellings, the commonest, the counts by office are told."""
_MOST_COUNTED = 1000
_MOST_OFFICES = 300


class Counted(NamedTuple):
    """The records that have a spelling, and by office where that was counted."""

    records: int
    by_office: dict[str, int]

    @property
    def told(self) -> tuple[int, dict[str, int]]:
        return self.records, self.by_office


def count_spellings(reader: Reader, applicant: str, spellings: Sequence[int]) -> dict[int, Counted]:
    """The counts of an applicant's spellings; one that no record has now is left out."""
    keys = {spelling_key(one): one for one in spellings}
    counted = reader.facet(Term("applicant", (applicant,)), [("spelling", _MOST_COUNTED)])["spelling"]
    found: dict[int, Counted] = {}
    for key, records in counted:
        identity = keys.get(key)
        if identity is None:
            continue
        by_office = offices_of(reader, [identity]) if len(found) < MOST_BY_OFFICE else {}
        found[identity] = Counted(records, by_office)
    return found


def offices_of(reader: Reader, spellings: Sequence[int]) -> dict[str, int]:
    """How many records of each office have one of some spellings."""
    if not spellings:
        return {}
    clause = Term("spelling", tuple(map(spelling_key, spellings)))
    return dict(reader.facet(clause, [("office", _MOST_OFFICES)])["office"])
