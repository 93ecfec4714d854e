"""The grown engine: indexes in an OpenSearch cluster, of which an alias names the live one.

Documents carry keys made in Python, so no analysis happens there beyond splitting at spaces. Each write
names the timepoint as an external version: what comes late, or twice, changes nothing.
"""

import datetime as dt
import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NotReachedError
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from search.document import IndexDocument
from search.engine import (
    After,
    Candidate,
    Candidates,
    Clause,
    EngineHit,
    HeldVersion,
    Order,
    Page,
    Source,
)
from search.engines.opensearch_clauses import translate
from search.errors import IndexUnavailableError
from search.fields import FIELDS, KINDS, SCHEMA_VERSION, Field, Kind

log = logging.getLogger("ipregister.search")

_TIMEOUT_SECONDS = 30.0
_RETRIES = 3
_CONNECTIONS = 32
_BULK_BYTES = 5_000_000
_BUSY_TRIES, _FIRST_PAUSE_SECONDS = 8, 0.25
_TOO_MANY_REQUESTS, _CONFLICT, _NOT_FOUND = 429, 409, 404
_MOST_SHARDS = 6
_HELD_PAGE = 5_000
# Unique, and on every document: the second key of a search by score, where scores are equal.
_TIE_BREAKER = "filed"
_FACET_VALUES_OF_A_SHARD, _MOST_FACET_VALUES_OF_A_SHARD = 20_000, 2_000_000
_SPARE_FACET_VALUES = 50
_SHOWN = ["short", "version"]
_COMPARED = ["forms", "version"]

_encoder = msgspec.json.Encoder()


def _property(field: Field) -> dict[str, Any]:
    match field.kind:
        case Kind.KEYWORD:
            return {"type": "keyword", "doc_values": field.facet, "index": field.searched}
        case Kind.TOKENS:
            return {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
        case Kind.WORDS:
            return {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
        case Kind.NUMBER:
            return {"type": "integer", "doc_values": field.facet, "index": field.searched}
        case Kind.ORDER:
            return {"type": "long"}


_UNSEARCHED: dict[str, Any] = {"type": "keyword", "index": False, "doc_values": False}
_MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    # An index is rebuilt from the register, never from itself: the keys need not be kept twice.
    "_source": {"includes": ["short", "forms", "version", "timepoint"]},
    "properties": {
        "version": {"type": "integer", "index": False, "doc_values": False},
        "short": _UNSEARCHED,
        "forms": _UNSEARCHED,
        **{field.name: _property(field) for field in FIELDS},
    },
}


class OpenSearchEngine:
    """Indexes of one alias at one address, `http(s)://[user:password@]host:port`."""

    kind: Literal["tantivy", "opensearch"] = "opensearch"

    def __init__(self, url: str, alias: str = "ipregister") -> None:
        self._alias = alias
        self._own = re.compile(rf"{re.escape(alias)}-[a-z0-9.]+-[0-9]{{8}}t[0-9]{{12}}")
        self._client = OpenSearch(
            hosts=[url],
            timeout=_TIMEOUT_SECONDS,
            max_retries=_RETRIES,
            retry_on_timeout=True,
            pool_maxsize=_CONNECTIONS,
            http_compress=True,
        )

    def live(self) -> str | None:
        with _told():
            return max(self._aliased(), default=None)

    def _aliased(self) -> list[str]:
        """The indexes that the alias names: one, or none before the first."""
        held = self._client.indices.get_alias(name=self._alias, params={"ignore": _NOT_FOUND})
        return [] if held.get("status") == _NOT_FOUND else list(held)

    def create(self) -> str:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dt%H%M%S%f")
        name = f"{self._alias}-{SCHEMA_VERSION}-{stamp}"
        with _told():
            nodes = int(self._client.cluster.health()["number_of_data_nodes"])
            settings = {
                "number_of_shards": max(1, min(nodes, _MOST_SHARDS)),
                "number_of_replicas": 1 if nodes > 1 else 0,
                # Nothing is visible before a commit, as in the embedded engine.
                "refresh_interval": "-1",
            }
            self._client.indices.create(
                index=name, body={"settings": {"index": settings}, "mappings": _MAPPINGS}
            )
        return name

    def make_live(self, name: str) -> None:
        if name not in self.names():
            raise ValueError(f"there is no index {name}")
        with _told():
            actions: list[dict[str, Any]] = [
                {"remove": {"index": index, "alias": self._alias}}
                for index in self._aliased()
                if index != name
            ]
            actions.append({"add": {"index": name, "alias": self._alias}})
            self._client.indices.update_aliases(body={"actions": actions})

    def names(self) -> list[str]:
        with _told():
            listed = self._client.cat.indices(params={"format": "json", "h": "index"})
        return sorted(one["index"] for one in listed if self._own.fullmatch(one["index"]))

    def drop(self, name: str) -> None:
        if name == self.live():
            raise ValueError(f"{name} is the live index")
        if name in self.names():
            with _told():
                self._client.indices.delete(index=name)

    def reader(self) -> "OpenSearchReader":
        return OpenSearchReader(self._client, self._alias)

    def reader_of(self, name: str) -> "OpenSearchReader":
        return OpenSearchReader(self._client, name)

    def writer(self, name: str) -> "OpenSearchWriter":
        if name not in self.names():
            raise IndexUnavailableError("there is no such index")
        return OpenSearchWriter(self._client, name)

    def size_bytes(self, name: str) -> int:
        with _told():
            held = self._client.indices.stats(index=name, metric="store")
        return int(held["_all"]["total"]["store"]["size_in_bytes"])


class _told:  # noqa: N801  # reads as what it does: with _told(): …
    """Turns what the client raises into our own errors; what the server said goes to the log only."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, NotFoundError):
            raise IndexUnavailableError("no index was built yet") from error
        if isinstance(error, NotReachedError):
            raise IndexUnavailableError("the search cluster does not answer") from error
        if isinstance(error, OpenSearchException):
            log.error("the search cluster refused a request: %s", error)
            raise IndexUnavailableError("the search cluster cannot answer this just now") from error


class OpenSearchReader:
    """Searches one index, or the live one by its alias."""

    kind: Literal["tantivy", "opensearch"] = "opensearch"

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client = client
        self._index = index

    def _search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        with _told():
            found: dict[str, Any] = self._client.search(index=self._index, body=dict(body))
        _refuse_half(found)
        return found

    def find(self, clause: Clause, order: Order, limit: int, after: After | None = None) -> Page:
        body: dict[str, Any] = {
            "query": translate(clause),
            "size": limit,
            "sort": _sort(order),
            "track_total_hits": True,
            "_source": _SHOWN,
        }
        if after is not None:
            body["search_after"] = list(after)
        hits = self._search(body)["hits"]
        return Page([_hit(one) for one in hits["hits"]], int(hits["total"]["value"]))

    def candidates(self, sources: Sequence[Source]) -> Candidates:
        if not sources:
            return Candidates((), frozenset())
        lines: list[dict[str, Any]] = []
        for source in sources:
            lines.append({})
            lines.append(
                {
                    "query": translate(source.clause),
                    "size": source.limit,
                    "sort": _sort(source.order),
                    "track_total_hits": False,
                    "_source": _COMPARED,
                }
            )
        with _told():
            answers = self._client.msearch(index=self._index, body=lines)["responses"]
        documents: dict[str, Candidate] = {}
        full: set[int] = set()
        for place, (source, answer) in enumerate(zip(sources, answers, strict=True)):
            if "error" in answer:
                log.error("the search cluster refused a request: %s", answer["error"])
                raise IndexUnavailableError("the search cluster cannot answer this just now")
            _refuse_half(answer)
            hits = answer["hits"]["hits"]
            if len(hits) == source.limit:
                full.add(place)
            for one in hits:
                held = one["_source"]
                documents.setdefault(one["_id"], Candidate(one["_id"], held["version"], held["forms"]))
        return Candidates(list(documents.values()), frozenset(full))

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
        found: dict[str, list[tuple[str, int]]] = {}
        held = _FACET_VALUES_OF_A_SHARD
        while len(found) < len(sizes):
            asked = {
                field: {
                    "terms": {
                        "field": field,
                        "size": size + _SPARE_FACET_VALUES,
                        "shard_size": max(held, size + _SPARE_FACET_VALUES),
                    }
                }
                for field, size in sizes.items()
                if field not in found
            }
            counted = self._search({"query": query, "size": 0, "track_total_hits": False, "aggs": asked})
            for field in asked:
                answer = counted["aggregations"][field]
                if answer["doc_count_error_upper_bound"] and held < _MOST_FACET_VALUES_OF_A_SHARD:
                    continue
                found[field] = _counts(field, answer["buckets"])[: sizes[field]]
            held *= 10
        return {field: found[field] for field, _ in fields}

    def frequency(self, field: str, values: Sequence[str]) -> list[int]:
        if not values:
            return []
        filters = {str(place): {"term": {field: value}} for place, value in enumerate(values)}
        counted = self._search(
            {"size": 0, "track_total_hits": False, "aggs": {"held": {"filters": {"filters": filters}}}}
        )
        buckets = counted["aggregations"]["held"]["buckets"]
        return [int(buckets[str(place)]["doc_count"]) for place in range(len(values))]

    def count(self, clause: Clause) -> int:
        with _told():
            found = self._client.count(index=self._index, body={"query": translate(clause)})
        _refuse_half(found)
        return int(found["count"])

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


def _refuse_half(answer: Mapping[str, Any]) -> None:
    """An answer of some shards only would be a wrong answer."""
    if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
        log.error("the search cluster answered in part: %s", answer.get("_shards"))
        raise IndexUnavailableError("a part of the search cluster does not answer")


def _sort(order: Order) -> list[dict[str, str]]:
    if order.field is None:
        return [{"_score": "desc"}, {_TIE_BREAKER: "desc"}]
    return [{order.field: "desc" if order.descending else "asc"}]


def _hit(one: Mapping[str, Any]) -> EngineHit:
    held = one["_source"]
    score = float(one.get("_score") or 0.0)
    return EngineHit(one["_id"], held["version"], score, tuple(one.get("sort", ())), held["short"].encode())


def _counts(field: str, buckets: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    numbers = KINDS[field] is Kind.NUMBER
    counts = [
        (str(int(one["key"])) if numbers else str(one["key"]), int(one["doc_count"])) for one in buckets
    ]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


class OpenSearchWriter:
    """Writes an index in bulk. Versions make it harmless if two do so at once."""

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client = client
        self._index = index

    def put(self, documents: Iterable[IndexDocument]) -> None:
        self._send(_put_lines(document) for document in documents)

    def remove(self, removals: Iterable[tuple[str, int]]) -> None:
        self._send(
            _encoder.encode(
                {"delete": {"_id": identity, "version": timepoint, "version_type": "external_gte"}}
            )
            + b"\n"
            for identity, timepoint in removals
        )

    def commit(self) -> None:
        with _told():
            self._client.indices.refresh(index=self._index)

    def close(self) -> None:
        """Nothing is held open."""

    def _send(self, operations: Iterable[bytes]) -> None:
        waiting: list[bytes] = []
        size = 0
        for operation in operations:
            waiting.append(operation)
            size += len(operation)
            if size >= _BULK_BYTES:
                self._bulk(waiting)
                waiting, size = [], 0
        if waiting:
            self._bulk(waiting)

    def _bulk(self, operations: list[bytes]) -> None:
        """One request; what the cluster was too busy for is sent again after a pause that doubles."""
        pause = _FIRST_PAUSE_SECONDS
        for _ in range(_BUSY_TRIES):
            with _told():
                answer = self._client.bulk(
                    index=self._index,
                    body=b"".join(operations),
                    params={"filter_path": "errors,items.*.status,items.*.error.type,items.*.error.reason"},
                )
            if not answer["errors"]:
                return
            again: list[bytes] = []
            for operation, item in zip(operations, answer["items"], strict=True):
                result = next(iter(item.values()))
                if result["status"] == _TOO_MANY_REQUESTS:
                    again.append(operation)
                elif "error" in result and result["status"] not in (_CONFLICT, _NOT_FOUND):
                    log.error("the search cluster refused a document: %s", result["error"])
                    raise IndexUnavailableError("the search cluster refused a document")
            if not again:
                return
            operations = again
            time.sleep(pause)
            pause *= 2
        raise IndexUnavailableError("the search cluster is too busy to take documents")


_NOT_FIELDS = frozenset(("id", "short"))


def _put_lines(document: IndexDocument) -> bytes:
    """The two lines of a document in a bulk request."""
    action = {"index": {"_id": document.id, "version": document.timepoint, "version_type": "external_gte"}}
    fields = {
        name: value
        for name, value in msgspec.structs.asdict(document).items()
        if value != () and name not in _NOT_FIELDS
    }
    fields["short"] = document.short.decode()
    return _encoder.encode(action) + b"\n" + _encoder.encode(fields) + b"\n"
