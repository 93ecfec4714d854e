"""Reading an index of OpenSearch."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

from opensearchpy import OpenSearch

from search.engine import (
    MOST_SPREAD,
    After,
    Candidates,
    Clause,
    EngineHit,
    HeldVersion,
    Order,
    Page,
    Source,
    Spread,
    Tallied,
    Tally,
    schema_of,
)
from search.engines import tallying
from search.engines.exact_counts import Counts, in_order, settled
from search.engines.opensearch_clauses import translate
from search.engines.opensearch_errors import told
from search.engines.opensearch_snapshot import WHOLE, OpenSearchSnapshot, refuse_half, sort_of
from search.errors import IndexUnavailableError
from search.fields import KINDS, SCHEMA_VERSION, Kind

log = logging.getLogger("ipregister.search")

_HELD_PAGE = 5_000
_FIELDS_SECONDS = 2.0
_FACET_VALUES_OF_A_SHARD, _MOST_FACET_VALUES_OF_A_SHARD = 20_000, 2_000_000
_SPARE_FACET_VALUES = 50
# Where nothing is ranked, rarity need not be asked of every shard first, and counts can be kept.
_UNRANKED = "query_then_fetch"
_SHOWN = ["short", "version"]
_COMPARED = ["forms", "version"]


class OpenSearchReader:
    """Searches one index, or the live one by its alias."""

    kind: Literal["tantivy", "opensearch"] = "opensearch"

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client = client
        self._index = index
        self._look_again = 0.0

    def _ensure_fields(self) -> None:
        """Raise `IndexUnavailableError` where the index has the fields of another version: the worker builds
        it anew, and until then it would be asked for what it has not got.
        """
        if time.monotonic() < self._look_again:
            return
        with told():
            names = list(self._client.indices.get_alias(index=self._index, params={"ignore": 404}))
        if any(schema_of(name) not in (SCHEMA_VERSION, None) for name in names):
            raise IndexUnavailableError("the index has the fields of another version")
        self._look_again = time.monotonic() + _FIELDS_SECONDS

    def _search(self, body: Mapping[str, Any], kind: str = WHOLE) -> dict[str, Any]:
        self._ensure_fields()
        with told():
            found: dict[str, Any] = self._client.search(
                index=self._index, body=dict(body), params={"search_type": kind}
            )
        refuse_half(found)
        return found

    def _counted(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The aggregations over what matches. Nothing is ranked, so the cluster may keep the answer while the
        index is as it was.
        """
        counted: dict[str, Any] = self._search({"size": 0, "track_total_hits": False, **body}, _UNRANKED)[
            "aggregations"
        ]
        return counted

    def find(self, clause: Clause, order: Order, limit: int, after: After | None = None) -> Page:
        body: dict[str, Any] = {
            "query": translate(clause),
            "size": limit,
            "sort": sort_of(order),
            "track_total_hits": True,
            "_source": _SHOWN,
        }
        if after is not None:
            body["search_after"] = list(after)
        hits = self._search(body)["hits"]
        return Page([_hit(one) for one in hits["hits"]], int(hits["total"]["value"]))

    def candidates(self, sources: Sequence[Source], seconds: float | None = None) -> Candidates:
        if not sources:
            return Candidates((), (), (), frozenset())
        lines: list[dict[str, Any]] = []
        for source in sources:
            lines.append({"search_type": WHOLE})
            lines.append(
                {
                    "query": translate(source.clause),
                    "size": source.limit,
                    "sort": sort_of(source.order),
                    "track_total_hits": False,
                    "_source": _COMPARED,
                    **({} if seconds is None else {"timeout": f"{max(1, round(seconds * 1000))}ms"}),
                }
            )
        answers = self._several(lines)
        documents: dict[str, dict[str, Any]] = {}
        full: set[int] = set()
        left: set[int] = set()
        for place, (source, answer) in enumerate(zip(sources, answers, strict=True)):
            if seconds is not None and answer.pop("timed_out", False):
                left.add(place)
            refuse_half(answer)
            hits = answer["hits"]["hits"]
            if len(hits) == source.limit:
                full.add(place)
            for one in hits:
                documents.setdefault(one["_id"], one["_source"])
        return Candidates(
            list(documents),
            [held["version"] for held in documents.values()],
            [held["forms"] for held in documents.values()],
            frozenset(full),
            frozenset(left),
        )

    def fetch(self, ids: Sequence[str]) -> dict[str, EngineHit]:
        if not ids:
            return {}
        found = self._search(
            {
                "query": {"ids": {"values": list(ids)}},
                "size": len(ids),
                "_source": _SHOWN,
                "track_total_hits": False,
            }
        )
        return {one["_id"]: _hit(one) for one in found["hits"]["hits"]}

    def facet(self, clause: Clause, fields: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
        query = translate(clause)
        sizes = dict(fields)
        found: dict[str, Counts] = {}
        held = _FACET_VALUES_OF_A_SHARD
        while len(found) < len(sizes):
            asked = {
                field: {"terms": {"field": field, "size": size + _SPARE_FACET_VALUES, "shard_size": held}}
                for field, size in sizes.items()
                if field not in found
            }
            counted = self._counted({"query": query, "aggs": asked})
            for field in asked:
                answer = counted[field]
                error = answer["doc_count_error_upper_bound"] if held < _MOST_FACET_VALUES_OF_A_SHARD else 0
                counts = _counts(field, answer["buckets"])
                exact = settled(counts, error, sizes[field], partial(self._recounted, clause, field))
                if exact is not None:
                    found[field] = exact
            held *= 50
        return {field: found[field] for field, _ in fields}

    def _recounted(self, clause: Clause, field: str, values: Sequence[str]) -> dict[str, int]:
        """How many documents of a clause have each value."""
        is_number = KINDS[field] is Kind.NUMBER
        filters = {value: {"term": {field: int(value) if is_number else value}} for value in values}
        counted = self._counted(
            {"query": translate(clause), "aggs": {field: {"filters": {"filters": filters}}}}
        )
        return {value: int(found["doc_count"]) for value, found in counted[field]["buckets"].items()}

    def tally(self, clause: Clause, tallies: Sequence[Tally]) -> list[Tallied]:
        if not tallies:
            return []
        # The filter of several tallies is asked once for all of them.
        together: dict[Clause | None, list[int]] = {}
        for place, one in enumerate(tallies):
            together.setdefault(one.within, []).append(place)
        asked: dict[str, Any] = {
            str(number): {
                "filter": {"match_all": {}} if within is None else translate(within),
                "aggs": tallying.asked([tallies[place].fields for place in places], "shard_size"),
            }
            for number, (within, places) in enumerate(together.items())
        }
        answer = self._counted({"query": translate(clause), "aggs": asked})
        found: dict[int, Tallied] = {}
        for number, places in enumerate(together.values()):
            for place in places:
                inside, fields = answer[str(number)], tallies[place].fields
                found[place] = tallying.tallied(fields, inside) if fields else {(): int(inside["doc_count"])}
        return [found[place] for place in range(len(tallies))]

    def spread(self, clause: Clause, field: str, largest: int, most: int = MOST_SPREAD) -> Spread:
        wanted = {"terms": {"field": field, "size": most, "shard_size": most}}
        counted = self._counted({"query": translate(clause), "aggs": {field: wanted}})[field]
        counts = in_order(_counts(field, counted["buckets"]))
        error = int(counted["doc_count_error_upper_bound"])
        first = settled(
            counts[: largest + _SPARE_FACET_VALUES], error, largest, partial(self._recounted, clause, field)
        )
        if first is None:
            first = self.facet(clause, [(field, largest)])[field]
        return Spread(first, [count for _, count in counts], int(counted["sum_other_doc_count"]), error)

    def firsts(self, clauses: Sequence[Clause], order: Order) -> list[EngineHit | None]:
        if not clauses:
            return []
        lines: list[dict[str, Any]] = []
        for clause in clauses:
            lines.append({"search_type": _UNRANKED})
            lines.append(
                {
                    "query": translate(clause),
                    "size": 1,
                    "sort": sort_of(order),
                    "track_total_hits": False,
                    "_source": _SHOWN,
                }
            )
        found = [answer["hits"]["hits"] for answer in self._several(lines)]
        return [_hit(hits[0]) if hits else None for hits in found]

    def _several(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers to several searches sent in one request."""
        self._ensure_fields()
        with told():
            answers: list[dict[str, Any]] = self._client.msearch(index=self._index, body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                log.error("the search cluster refused a request: %s", answer["error"])
                raise IndexUnavailableError("the search cluster cannot answer this just now")
            refuse_half({**answer, "timed_out": False})
        return answers

    def frequency(self, values: Sequence[tuple[str, str]]) -> list[int]:
        if not values:
            return []
        filters = {str(place): {"term": {field: value}} for place, (field, value) in enumerate(values)}
        counted = self._search(
            {"size": 0, "track_total_hits": False, "aggs": {"held": {"filters": {"filters": filters}}}}
        )
        buckets = counted["aggregations"]["held"]["buckets"]
        return [int(buckets[str(place)]["doc_count"]) for place in range(len(values))]

    def count(self, clause: Clause) -> int:
        with told():
            found = self._client.count(index=self._index, body={"query": translate(clause)})
        refuse_half(found)
        return int(found["count"])

    def snapshot(self) -> OpenSearchSnapshot:
        self._ensure_fields()
        return OpenSearchSnapshot(self._client, self._index)

    def held(self) -> Iterator[HeldVersion]:
        body: dict[str, Any] = {
            "query": {"match_all": {}},
            "size": _HELD_PAGE,
            "sort": [{"timepoint": "asc"}],
            "track_total_hits": False,
            "_source": ["version", "timepoint"],
        }
        while True:
            hits = self._search(body)["hits"]["hits"]
            for one in hits:
                held = one["_source"]
                yield HeldVersion(one["_id"], held["version"], held["timepoint"])
            if len(hits) < _HELD_PAGE:
                return
            body["search_after"] = hits[-1]["sort"]


def _hit(one: Mapping[str, Any]) -> EngineHit:
    held = one["_source"]
    score = float(one.get("_score") or 0.0)
    return EngineHit(one["_id"], held["version"], score, tuple(one.get("sort", ())), held["short"].encode())


def _counts(field: str, buckets: Iterable[Mapping[str, Any]]) -> Counts:
    if KINDS[field] is Kind.NUMBER:
        return [(str(int(one["key"])), one["doc_count"]) for one in buckets]
    return [(one["key"], one["doc_count"]) for one in buckets]
