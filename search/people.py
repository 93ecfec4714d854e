"""Applicants as the index knows them: found by words of their names, counted by what they hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from register.model import RIGHTS, Right
from search.engine import Clause, Everything, Order, Reader, Term
from search.filters import applicant_clause
from search.keys.words import text_words
from search.short import ShortParty, decode_short

_NEWEST_FIRST = Order("filed")
_RECORDS_LOOKED_AT = 100
_MOST_SPELLINGS = 20
# Of the applicants of the records found, some are there for a co-applicant's name: so many more are looked
# at.
_LOOKED_AT_FOR_EACH = 3


@dataclass(frozen=True, slots=True)
class Applicant:
    """A resolved applicant. `names` are the spellings met, the commonest first; `countries` ST.3."""

    id: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    records: int
    by_right: Mapping[Right, int]
    by_office: Mapping[str, int]


def find_applicants(reader: Reader, name: str, limit: int, known: Sequence[str] = ()) -> list[Applicant]:
    """Applicants of whose name these are words, those with most records first; of a blank name, all. `known`
    are ids of applicants that are known by the name, which come before the others.
    """
    called = [one for identity in known if (one := find_applicant(reader, identity)) is not None][:limit]
    clause: Clause = applicant_clause(name) if name.strip() else Everything()
    counted = reader.facet(clause, [("applicant", limit * _LOOKED_AT_FOR_EACH)])["applicant"]
    wanted = set(text_words(name))
    found: list[Applicant] = []
    for identity, _ in counted:
        if identity in known:
            continue
        applicant = find_applicant(reader, identity)
        if applicant is None:
            continue
        # A record may be found by the name of one applicant and held by another too.
        if not wanted or any(wanted & set(text_words(spelling)) for spelling in applicant.names):
            found.append(applicant)
        if len(found) + len(called) >= limit:
            break
    return [*called, *sorted(found, key=lambda one: (-one.records, one.id))][:limit]


def find_applicant(reader: Reader, identity: str) -> Applicant | None:
    """The applicant with this id; None where no record has it."""
    clause = Term("applicant", (identity,))
    page = reader.find(clause, _NEWEST_FIRST, _RECORDS_LOOKED_AT)
    if not page.total:
        return None
    names: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for hit in page.hits:
        for party in _parties(hit.short, identity):
            names[party.name] += 1
            if party.country is not None:
                countries[party.country] += 1
    counts = reader.facet(clause, [("right", len(RIGHTS)), ("office", 300)])
    by_right: dict[Right, int] = {
        right: count for value, count in counts["right"] for right in RIGHTS if right == value
    }
    return Applicant(
        identity,
        tuple(name for name, _ in names.most_common(_MOST_SPELLINGS)) or (identity,),
        tuple(country for country, _ in countries.most_common()),
        page.total,
        by_right,
        dict(counts["office"]),
    )


class Names(NamedTuple):
    """Names by id."""

    applicants: Mapping[str, str]
    representatives: Mapping[str, str]


def names_of(reader: Reader, identities: Sequence[str]) -> Mapping[str, str]:
    """A name for each applicant: the spelling in its newest record."""
    return people_names(reader, identities, ()).applicants


def people_names(reader: Reader, applicants: Sequence[str], representatives: Sequence[str]) -> Names:
    """The same for applicants and representatives, asked for at once."""
    asked = [("applicant", identity) for identity in applicants]
    asked += [("representative", identity) for identity in representatives]
    hits = reader.firsts([Term(field, (identity,)) for field, identity in asked], _NEWEST_FIRST)
    found: dict[tuple[str, str], str] = {}
    for (field, identity), hit in zip(asked, hits, strict=True):
        name = None if hit is None else _name_in(hit.short, field, identity)
        if name is None and hit is not None:
            name = _name_in_others(reader, field, identity)
        if name is not None:
            found[field, identity] = name
    return Names(
        {
            identity: found["applicant", identity]
            for identity in applicants
            if ("applicant", identity) in found
        },
        {
            identity: found["representative", identity]
            for identity in representatives
            if ("representative", identity) in found
        },
    )


def _name_in_others(reader: Reader, field: str, identity: str) -> str | None:
    """A name from an older record: a short form has the first few parties only."""
    hits = reader.find(Term(field, (identity,)), _NEWEST_FIRST, _RECORDS_LOOKED_AT).hits
    return next((name for hit in hits if (name := _name_in(hit.short, field, identity)) is not None), None)


def _name_in(short: bytes, field: str, identity: str) -> str | None:
    held = decode_short(short)
    parties = held.applicants if field == "applicant" else held.representatives
    return next(
        (party.name for party in parties if identity in (party.applicant, party.representative)), None
    )


def _parties(short: bytes, identity: str) -> list[ShortParty]:
    return [party for party in decode_short(short).applicants if party.applicant == identity]
