"""The servers that the tests run on are what they claim to be, and leave nothing behind."""

import json
import time
import urllib.request
from pathlib import Path

import pytest

from tests.servers.opensearch import shared_opensearch


def get(url: str) -> dict[str, object]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(url, timeout=30) as answer:
        reply = json.load(answer)
    assert isinstance(reply, dict)
    return reply


def test_it_is_an_opensearch_3(opensearch_url: str) -> None:
    version = get(opensearch_url)["version"]
    assert isinstance(version, dict)
    assert version["distribution"] == "opensearch"
    assert str(version["number"]).startswith("3.")


def test_a_second_one_of_two_nodes_is_apart_from_the_first_and_ends_with_its_user(
    opensearch_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENSEARCH_URL", raising=False)
    with shared_opensearch(tmp_path, nodes=2) as url, shared_opensearch(tmp_path) as same:
        assert url == same != opensearch_url
        assert get(f"{url}/_cluster/health")["number_of_nodes"] == 2
    end = time.monotonic() + 20
    while list(tmp_path.glob("data-*")):
        assert time.monotonic() < end
        time.sleep(0.05)
    with pytest.raises(OSError, match="refused"):
        get(url)
    assert get(opensearch_url)["cluster_name"]
