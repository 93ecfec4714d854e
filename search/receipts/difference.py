"""What is new since a receipt: of everything that matches now, not only of the page that was shown."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from register.store.changes import last_timepoint
from register.store.database import Database
from register.store.versions import Version, chain, read_newest
from search.document import document_of
from search.query import SearchQuery, Sort
from search.receipts.content import Found, Receipt
from search.receipts.replay import differs
from search.service import Answer, Hit, SearchService

_MOST_SEARCHES = 40
_PAGE = 100


class ChangedHit(NamedTuple):
    """A record that matched then and matches now. `before` is None where it stood beyond what the receipt
    holds of the answer.
    """

    hit: Hit
    before: Found | None


class GoneRecord(NamedTuple):
    """A record that matched then and does not any more, with its short form as JSON: the office has deleted
    it, or it was changed into one that does not match, or others have taken its place (`displaced`).
    """

    before: Found
    because: Literal["deleted", "changed", "displaced"]
    version: int
    short: bytes


class Difference(NamedTuple):
    """`complete` is False where there is more than is told."""

    new: Sequence[Hit]
    changed: Sequence[ChangedHit]
    gone: Sequence[GoneRecord]
    complete: bool


def difference(
    searching: SearchService, database: Database, receipt: Receipt, query: SearchQuery, answer: Answer
) -> Difference:
    """What has changed since the receipt; `query` is what was replayed and `answer` what that gave now."""
    stored = {one.id: one for one in (*receipt.ranked, *receipt.results)}
    whole = receipt.relation == "eq" and receipt.total <= len(stored)
    newest = database.read(last_timepoint)
    hits, complete = _changed_since(searching, query, receipt.index.timepoint, newest)
    scores = {one.id: one.score for one in answer.ranked}
    new: list[Hit] = []
    changed: list[ChangedHit] = []

    def sort_out(connection: Connection) -> list[Version]:
        for hit in hits:
            before = stored.get(hit.id)
            told = hit._replace(score=scores.get(hit.id, hit.score))
            if before is not None:
                changed.append(ChangedHit(told, before))
            elif whole or _is_later(connection, hit.id, receipt.index.timepoint):
                new.append(told)
            else:
                changed.append(ChangedHit(told, None))
        matching = {hit.id for hit in (*hits, *answer.hits)} | set(scores)
        return read_newest(connection, [identity for identity in stored if identity not in matching])

    left = database.read(sort_out)
    told = {hit.id for hit in hits}
    for hit in answer.hits:
        before = stored.get(hit.id)
        if (
            before is not None
            and hit.id not in told
            and differs(before, Found(hit.id, hit.version, hit.score))
        ):
            changed.append(ChangedHit(hit, before))
    return Difference(new, changed, _gone(receipt, stored, left), complete)


def _changed_since(
    searching: SearchService, query: SearchQuery, timepoint: int, newest: int
) -> tuple[list[Hit], bool]:
    """Everything that matches and was changed after a timepoint, and whether that is all.

    Where more has changed than one search looks at, the span is cut in halves, up to a bound.
    """
    hits: dict[str, Hit] = {}
    spans = [(timepoint, newest)]
    searches = 0
    while spans:
        after, to = spans.pop()
        filters = dataclasses.replace(query.filters, changed_after=after, changed_to=to)
        asked = dataclasses.replace(query, filters=filters, sort=Sort(), limit=_PAGE, cursor=None, facets=())
        while True:
            if searches == _MOST_SEARCHES:
                return list(hits.values()), False
            page = searching.search(asked)
            searches += 1
            if page.total.relation == "gte" and to - after > 1:
                middle = (after + to) // 2
                spans += [(middle, to), (after, middle)]
                break
            hits |= {hit.id: hit for hit in page.hits}
            if page.next is None:
                break
            asked = dataclasses.replace(asked, cursor=page.next)
    return sorted(hits.values(), key=lambda hit: (-(hit.score or 0.0), hit.id)), True


def _is_later(connection: Connection, identity: str, timepoint: int) -> bool:
    """Whether the record came into the register after the timepoint."""
    links = chain(connection, identity)
    return bool(links) and links[0].timepoint > timepoint


def _gone(receipt: Receipt, stored: Mapping[str, Found], left: Sequence[Version]) -> list[GoneRecord]:
    gone = []
    for version in left:
        because: Literal["deleted", "changed", "displaced"] = "displaced"
        if version.deleted:
            because = "deleted"
        elif version.timepoint > receipt.index.timepoint:
            because = "changed"
        short = document_of(version.record, version.version, version.timepoint).short
        gone.append(GoneRecord(stored[version.id], because, version.version, short))
    return gone
