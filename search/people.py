"""Applicants as the index knows them: found by words of their names, counted by what they hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def find_applicants(reader: Reader, name: str, limit: int) -> list[Applicant]:
    """Applicants of whose name these are words, those with most records first; of a blank name, all."""
    clause: Clause = applicant_clause(name) if name.strip() else Everything()
    counted = reader.facet(clause, [("applicant", limit * _LOOKED_AT_FOR_EACH)])["applicant"]
    wanted = set(text_words(name))
    found: list[Applicant] = []
    for identity, _ in counted:
        applicant = find_applicant(reader, identity)
        if applicant is None:
            continue
        # A record may be found by the name of one applicant and held by another too.
        if not wanted or any(wanted & set(text_words(spelling)) for spelling in applicant.names):
            found.append(applicant)
        if len(found) == limit:
            break
    return sorted(found, key=lambda one: (-one.records, one.id))


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


def names_of(reader: Reader, identities: Sequence[str]) -> dict[str, str]:
    """A name for each applicant: the spelling in its newest record."""
    hits = reader.firsts([Term("applicant", (identity,)) for identity in identities], _NEWEST_FIRST)
    found: dict[str, str] = {}
    for identity, hit in zip(identities, hits, strict=True):
        for party in [] if hit is None else _parties(hit.short, identity):
            found.setdefault(identity, party.name)
    return found


def representative_names(reader: Reader, identities: Sequence[str]) -> dict[str, str]:
    """The same for representatives."""
    hits = reader.firsts([Term("representative", (identity,)) for identity in identities], _NEWEST_FIRST)
    found: dict[str, str] = {}
    for identity, hit in zip(identities, hits, strict=True):
        for party in () if hit is None else decode_short(hit.short).representatives:
            if party.representative == identity:
                found.setdefault(identity, party.name)
    return found


def _parties(short: bytes, identity: str) -> list[ShortParty]:
    return [party for party in decode_short(short).applicants if party.applicant == identity]
