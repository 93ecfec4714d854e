"""The grown engine: indexes in an OpenSearch cluster, of which an alias names the live one.

Documents carry keys made in Python, so no analysis happens there beyond splitting at spaces. Each write
names the timepoint as an external version: what comes late, or twice, changes nothing.
"""

import datetime as dt
import re
from typing import Any, Literal

from opensearchpy import OpenSearch

from search.engines.opensearch_errors import told
from search.engines.opensearch_mapping import MAPPINGS
from search.engines.opensearch_reader import OpenSearchReader
from search.engines.opensearch_writer import OpenSearchWriter
from search.errors import IndexUnavailableError
from search.fields import SCHEMA_VERSION

_TIMEOUT_SECONDS = 30.0
_RETRIES = 3
_CONNECTIONS = 32
_NOT_FOUND = 404
_MOST_SHARDS = 6


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
        with told():
            return max(self._aliased(), default=None)

    def _aliased(self) -> list[str]:
        """The indexes that the alias names: one, or none before the first."""
        held = self._client.indices.get_alias(name=self._alias, params={"ignore": _NOT_FOUND})
        return [] if held.get("status") == _NOT_FOUND else list(held)

    def create(self) -> str:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dt%H%M%S%f")
        name = f"{self._alias}-{SCHEMA_VERSION}-{stamp}"
        with told():
            nodes = int(self._client.cluster.health()["number_of_data_nodes"])
            settings = {
                "number_of_shards": max(1, min(nodes, _MOST_SHARDS)),
                "number_of_replicas": 1 if nodes > 1 else 0,
                # Nothing is visible before a commit, as in the embedded engine.
                "refresh_interval": "-1",
            }
            self._client.indices.create(
                index=name, body={"settings": {"index": settings}, "mappings": MAPPINGS}
            )
        return name

    def make_live(self, name: str) -> None:
        if name not in self.names():
            raise ValueError(f"there is no index {name}")
        with told():
            actions: list[dict[str, Any]] = [
                {"remove": {"index": index, "alias": self._alias}}
                for index in self._aliased()
                if index != name
            ]
            actions.append({"add": {"index": name, "alias": self._alias}})
            self._client.indices.update_aliases(body={"actions": actions})

    def names(self) -> list[str]:
        with told():
            listed = self._client.cat.indices(params={"format": "json", "h": "index"})
        return sorted(one["index"] for one in listed if self._own.fullmatch(one["index"]))

    def drop(self, name: str) -> None:
        if name == self.live():
            raise ValueError(f"{name} is the live index")
        if name in self.names():
            with told():
                self._client.indices.delete(index=name)

    def reader(self) -> OpenSearchReader:
        return OpenSearchReader(self._client, self._alias)

    def reader_of(self, name: str) -> OpenSearchReader:
        return OpenSearchReader(self._client, name)

    def writer(self, name: str) -> OpenSearchWriter:
        if name not in self.names():
            raise IndexUnavailableError("there is no such index")
        return OpenSearchWriter(self._client, name)

    def size_bytes(self, name: str) -> int:
        with told():
            held = self._client.indices.stats(index=name, metric="store")
        return int(held["_all"]["total"]["store"]["size_in_bytes"])
