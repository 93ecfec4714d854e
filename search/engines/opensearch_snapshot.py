"""One state of an index of OpenSearch (a point in time), read from end to end."""

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException

from search.engine import Clause, Order
from search.engines.opensearch_clauses import translate
from search.engines.opensearch_errors import told
from search.errors import IndexUnavailableError
from search.orders import timepoint_of

log = logging.getLogger("ipregister.search")

# What an index gives at once unless it is set otherwise.
_SLICE = 10_000
# From one slice to the next; a reader on a slow line may take its time.
_KEPT = "15m"
# Where scores are equal, the earlier change first, as in the embedded engine.
_TIE_BREAKER = {"timepoint": "asc"}


# Rarity is that in the whole index, not in a shard.
WHOLE = "dfs_query_then_fetch"


def sort_of(order: Order) -> list[dict[str, str]]:
    if order.field is None:
        return [{"_score": "desc"}, _TIE_BREAKER]
    return [{order.field: "desc" if order.descending else "asc"}]


def refuse_half(answer: Mapping[str, Any]) -> None:
    """An answer of some shards only would be a wrong answer."""
    if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
        log.error("the search cluster answered in part: %s", answer.get("_shards"))
        raise IndexUnavailableError("a part of the search cluster does not answer")


class OpenSearchSnapshot:
    """What is sorted by holds the timepoint, so no document is fetched."""

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client = client
        with told():
            made = client.create_pit(index=index, params={"keep_alive": _KEPT})
        self._id: str = made["pit_id"]
        refuse_half(made)

    def _search(self, clause: Clause, order: Order, size: int, **more: Any) -> dict[str, Any]:
        body = {
            "pit": {"id": self._id, "keep_alive": _KEPT},
            "query": translate(clause),
            "size": size,
            "sort": sort_of(order),
            "track_total_hits": False,
            "_source": False,
            **more,
        }
        with told():
            found: dict[str, Any] = self._client.search(body=body, params={"search_type": WHOLE})
        refuse_half(found)
        hits: dict[str, Any] = found["hits"]
        return hits

    def count(self, clause: Clause) -> int:
        hits = self._search(clause, Order("timepoint"), 0, track_total_hits=True)
        return int(hits["total"]["value"])

    def best(self, clause: Clause, limit: int) -> Sequence[int]:
        hits = self._search(clause, Order(None), limit)["hits"]
        return [int(one["sort"][-1]) for one in hits]

    def slices(self, clause: Clause, order: Order) -> Iterator[Sequence[int]]:
        after: dict[str, Any] = {}
        while True:
            hits = self._search(clause, order, _SLICE, **after)["hits"]
            if hits:
                yield [timepoint_of(one["sort"][0]) for one in hits]
            if len(hits) < _SLICE:
                return
            after = {"search_after": hits[-1]["sort"]}

    def close(self) -> None:
        """Give the point in time back; one that is forgotten goes by itself."""
        with contextlib.suppress(OpenSearchException):
            self._client.delete_pit(body={"pit_id": [self._id]})
