"""What only the cluster can do wrong: be away, be busy, refuse."""

import time
from typing import Any, cast

import pytest
from opensearchpy import OpenSearch

from search.engine import Everything, Order
from search.engines.opensearch import OpenSearchEngine
from search.engines.opensearch_writer import OpenSearchWriter
from search.errors import IndexUnavailableError
from tests.search.sample import MARKS, documents

NOBODY = "http://127.0.0.1:9"


def test_a_cluster_that_is_away_is_told_in_our_words() -> None:
    engine = OpenSearchEngine(NOBODY)
    for ask in (
        engine.live,
        engine.create,
        lambda: engine.reader().count(Everything()),
        lambda: engine.reader().find(Everything(), Order("filed"), 1),
    ):
        with pytest.raises(IndexUnavailableError, match="does not answer"):
            ask()


class Busy:
    """A cluster that has room for one more operation with each request."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        self.taken: list[bytes] = []

    def bulk(self, index: str, body: bytes, params: dict[str, str]) -> dict[str, Any]:
        lines = body.splitlines()
        operations = [b"\n".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
        self.taken.append(operations[0])
        items = [{"index": {"status": 201}}, *({"index": self.problem} for _ in operations[1:])]
        return {"errors": len(items) > 1, "items": items}


def writer_to(cluster: Busy) -> OpenSearchWriter:
    return OpenSearchWriter(cast(OpenSearch, cluster), "any")


def test_what_a_busy_cluster_turns_away_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    cluster = Busy({"status": 429, "error": {"type": "rejected"}})
    writer_to(cluster).put(documents(MARKS[:3]))
    assert len(cluster.taken) == len(set(cluster.taken)) == 3
    assert pauses == sorted(pauses)
    assert len(pauses) == 2


def test_a_cluster_that_stays_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with pytest.raises(IndexUnavailableError, match="too busy"):
        writer_to(Busy({"status": 429})).put(documents(MARKS[:20]))


def test_a_late_version_is_no_error_and_a_refused_document_is() -> None:
    writer_to(Busy({"status": 409, "error": {"type": "version_conflict"}})).put(documents(MARKS[:3]))
    with pytest.raises(IndexUnavailableError, match="refused"):
        writer_to(Busy({"status": 400, "error": {"type": "mapper"}})).put(documents(MARKS[:3]))
