"""What a receipt says: the query as understood, with which rules, over which data, and what came out."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from register.model import Part
from search.engine import schema_of
from search.keys.mark import name_keys
from search.query import SearchQuery
from search.service import Answer, Ranked
from search.similarity.figures import FIGURES_VERSION, SAME_RULES
from search.similarity.rules import RULES, RULES_VERSION

_SALT_BYTES = 9


class RuleVersion(Part, frozen=True):
    name: str
    version: int


class RulesUsed(Part, frozen=True):
    """The rules of likeness with their versions, and the version of all of them together."""

    version: str
    rules: tuple[RuleVersion, ...]


class IndexUsed(Part, frozen=True, kw_only=True):
    """The index that answered. Every change of the register up to `timepoint` was in it."""

    name: str
    engine: Literal["tantivy", "opensearch"]
    schema: str
    timepoint: int


class Understood(Part, frozen=True):
    """The name in its normal form, its script (ISO 15924), and how it is read in Latin letters."""

    name: str
    script: str
    roman: str


class Found(Part, frozen=True, array_like=True):
    """A record of an answer: its id, its version then, and its score where it had one."""

    id: str
    version: int
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a search was made over: the software, the index, and how far the offices' data went.

    `gaps` are records that an office delivered and that could not be taken in, by office.
    """

    software: str
    index: IndexUsed
    gaps: Mapping[str, int]


class Receipt(Part, frozen=True, kw_only=True):
    """A search and its answer.

    `ranked` is the beginning of the whole ranking, where there was one; `left` the ways of finding for which
    there was no time.
    """

    issued_at: dt.datetime
    query: SearchQuery
    understood: Understood | None = None
    rules: RulesUsed
    index: IndexUsed
    software: str
    as_of: dict[str, dt.datetime]
    gaps: dict[str, int] = msgspec.field(default_factory=dict)
    total: int
    relation: Literal["eq", "gte"]
    results: tuple[Found, ...] = ()
    ranked: tuple[Found, ...] = ()
    left: tuple[str, ...] = ()
    salt: bytes


RULES_NOW = RulesUsed(
    RULES_VERSION,
    (
        *(RuleVersion(rule.name, rule.version) for rule in RULES),
        *(RuleVersion(name, FIGURES_VERSION) for name in SAME_RULES),
    ),
)

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Receipt)


def index_used(name: str, engine: Literal["tantivy", "opensearch"], timepoint: int) -> IndexUsed:
    return IndexUsed(name=name, engine=engine, schema=schema_of(name) or "", timepoint=timepoint)


def receipt_of(query: SearchQuery, answer: Answer, over: Circumstances) -> Receipt:
    """The receipt of a search that was answered now."""
    offices = query.filters.offices
    gaps = {office: over.gaps[office] for office in offices or over.gaps if office in over.gaps}
    return Receipt(
        issued_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        query=query,
        understood=understood(query),
        rules=RULES_NOW,
        index=over.index,
        software=over.software,
        as_of=dict(answer.as_of),
        gaps=gaps,
        total=answer.total.value,
        relation=answer.total.relation,
        results=tuple([Found(hit.id, hit.version, hit.score) for hit in answer.hits]),
        ranked=tuple([_found(one) for one in answer.ranked]),
        left=answer.left,
        salt=os.urandom(_SALT_BYTES),
    )


def understood(query: SearchQuery) -> Understood | None:
    """How the text of a query is read as a name; None where there is none."""
    text = (query.text or "").strip()
    if not text:
        return None
    keys = name_keys(text)
    return Understood(" ".join(keys.words), keys.script, keys.roman)


def encode_receipt(receipt: Receipt) -> bytes:
    return _encoder.encode(receipt)


def decode_receipt(content: bytes) -> Receipt:
    """The inverse of `encode_receipt`. Raises `msgspec.MsgspecError` for what this version cannot read."""
    return _decoder.decode(content)


def _found(ranked: Ranked) -> Found:
    return Found(ranked.id, ranked.version, ranked.score)
