"""What patents have to do with each other: simple families, and citations in both directions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from register.model import Citation, Record
from search.engine import All, Clause, EngineHit, Not, Order, Reader, Term
from search.keys.documents import document_key, own_documents
from search.keys.families import delivered_family, family_keys, family_priorities, priority_family

MAX_MEMBERS = 200
"""Members of a family looked at: nearly all families have fewer than 30."""

MAX_CITED = 500
_OLDEST_FIRST = Order("filed", descending=False)
_NEWEST_FIRST = Order("filed")

Basis = Literal["delivered", "priorities"]
Records = Callable[[Collection[str]], Mapping[str, Record]]
"""The records that are held, of these ids."""


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a family as the index has it, and what makes it a member: the id that was delivered with
    it, or its priorities.
    """

    hit: EngineHit
    basis: Basis


@dataclass(frozen=True, slots=True)
class Family:
    """`delivered` is the id of the family as an office or database gave it, `priorities` are those that
    decide otherwise, in the form of `search.keys.documents`. Members are oldest filing first, with the record
    itself. `whole` is False where there may be more.
    """

    delivered: str | None
    priorities: tuple[str, ...]
    members: Sequence[Member]
    whole: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a record, with the records whose document it is."""

    citation: Citation
    hits: Sequence[EngineHit]


@dataclass(frozen=True, slots=True)
class CitedBy:
    """The records that cite a document of this one, newest filing first; `documents` are the forms under
    which it is cited.
    """

    documents: tuple[str, ...]
    total: int
    hits: Sequence[EngineHit]


def family_of(reader: Reader, record: Record, records: Records) -> Family:
    """The simple family of a record.

    Of records with an id of a family, those with the same. Records without an id join by the same set of
    priorities, to those of an id too. Two ids are never one family, whatever the priorities.
    """
    own = family_keys(record)
    delivered, priorities = delivered_family(record), priority_family(record)
    if not own:
        return Family(None, (), (), True)
    found, whole = _holding(reader, own, MAX_MEMBERS)
    held = records([hit.id for hit in found])
    if delivered is None:
        delivered = _commonest([delivered_family(one) for one in held.values()])
    if delivered is None:
        members = [hit for hit in found if hit.id in held and priority_family(held[hit.id]) == priorities]
        return Family(None, family_priorities(record), [Member(hit, "priorities") for hit in members], whole)
    named, whole = _holding(reader, (delivered,), MAX_MEMBERS)
    told = records([hit.id for hit in named])
    sets = {key for one in (*told.values(), record) if (key := priority_family(one)) is not None}
    joining, all_joined = _holding(reader, tuple(sorted(sets)), MAX_MEMBERS)
    others = records([hit.id for hit in joining])
    members_of = {hit.id: Member(hit, "delivered") for hit in named if hit.id in told}
    for hit in joining:
        if hit.id in others and delivered_family(others[hit.id]) is None:
            members_of.setdefault(hit.id, Member(hit, "priorities"))
    ordered = sorted(members_of.values(), key=lambda member: member.hit.after)
    return Family(delivered, family_priorities(record), ordered[:MAX_MEMBERS], whole and all_joined)


def citations_of(reader: Reader, record: Record, records: Records) -> list[Cited]:
    """What a record cites, in the order delivered, each with the records held of it."""
    keys = [document_key(one.country, one.number) for one in record.citations]
    wanted = tuple(dict.fromkeys(key for key in keys if key is not None))
    found: dict[str, list[EngineHit]] = {}
    if wanted:
        hits = reader.find(Term("document", wanted), _OLDEST_FIRST, MAX_CITED).hits
        held = records([hit.id for hit in hits])
        for hit in hits:
            for key in own_documents(held[hit.id]) if hit.id in held else ():
                found.setdefault(key, []).append(hit)
    return [
        Cited(one, found.get(key, ()) if key is not None else ())
        for one, key in zip(record.citations, keys, strict=True)
    ]


def cited_by(reader: Reader, record: Record, limit: int) -> CitedBy:
    """The records that cite a record; one that cites itself is none of them."""
    documents = own_documents(record)
    if not documents:
        return CitedBy((), 0, ())
    clause: Clause = All((Term("cited", documents),), (Not(Term("id", (record.id,))),))
    page = reader.find(clause, _NEWEST_FIRST, limit)
    return CitedBy(documents, page.total, page.hits)


def _holding(reader: Reader, keys: tuple[str, ...], limit: int) -> tuple[Sequence[EngineHit], bool]:
    if not keys:
        return (), True
    page = reader.find(Term("family", keys), _OLDEST_FIRST, limit)
    return page.hits, page.total <= limit


def _commonest(found: Sequence[str | None]) -> str | None:
    """The id of most; of as many the smallest, so that it is always the same."""
    ids = [one for one in found if one is not None]
    return min(ids, key=lambda one: (-ids.count(one), one), default=None)
