"""Writing an index of OpenSearch."""

import logging
import time
from collections.abc import Iterable

import msgspec
from opensearchpy import OpenSearch

from search.document import IndexDocument
from search.engines.opensearch_errors import told
from search.errors import IndexUnavailableError

log = logging.getLogger("ipregister.search")

_BULK_BYTES = 5_000_000
_BUSY_TRIES, _FIRST_PAUSE_SECONDS = 8, 0.25
_TOO_MANY_REQUESTS, _CONFLICT, _NOT_FOUND = 429, 409, 404

_encoder = msgspec.json.Encoder()


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
        with told():
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
            with told():
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
