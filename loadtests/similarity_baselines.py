"""What others would find: the same names and cases by plain means, in the same run."""

from collections.abc import Callable, Sequence
from functools import partial

from opensearchpy import OpenSearch
from opensearchpy.helpers import bulk
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from register.model import Record
from search.keys.mark import name_keys

Ranker = Callable[[str, int], list[str]]
"""The texts that a means finds for a name, best first, at most so many."""

_BULK_BYTES = 5_000_000


def brute_force(texts: Sequence[str]) -> dict[str, Ranker]:
    """Each name compared with every other: as spelled, and romanised."""
    folded = [text.casefold() for text in texts]
    roman = [name_keys(text).roman for text in texts]

    def ranked(held: Sequence[str], scorer: Callable[..., float], query: str, limit: int) -> list[str]:
        found = process.extract(query, held, scorer=scorer, limit=limit)
        return [texts[place] for _, _, place in found]

    return {
        "rapidfuzz WRatio over everything": lambda name, limit: ranked(
            folded, fuzz.WRatio, name.casefold(), limit
        ),
        "Jaro-Winkler over everything, romanised": lambda name, limit: ranked(
            roman, JaroWinkler.normalized_similarity, name_keys(name).roman, limit
        ),
    }


def _three(text: str) -> str:
    folded = text.casefold().replace(" ", "_")
    return " ".join(folded[at : at + 3] for at in range(max(1, len(folded) - 2)))


def opensearch(url: str, records: Sequence[Record], index: str = "baseline-similarity") -> dict[str, Ranker]:
    """`match` with fuzziness AUTO and 3-grams, on an index of the texts alone."""
    client = OpenSearch(hosts=[url], timeout=120)
    client.indices.delete(index=index, params={"ignore_unavailable": "true"})
    client.indices.create(
        index=index,
        body={
            "settings": {
                "index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
            },
            "mappings": {
                "properties": {
                    "text": {"type": "text"},
                    # Cut here: the tokenizer for 3-grams is in a module that not every server has.
                    "three": {"type": "text", "analyzer": "whitespace"},
                }
            },
        },
    )
    actions = (
        {"_index": index, "_source": {"text": text, "three": _three(text)}}
        for text in (record.texts[0].text for record in records)
    )
    bulk(client, actions, max_chunk_bytes=_BULK_BYTES, request_timeout=120)
    client.indices.refresh(index=index)

    def ask(query: Callable[[str], dict[str, object]], name: str, limit: int) -> list[str]:
        found = client.search(index=index, body={"query": query(name), "size": limit, "_source": ["text"]})
        return [hit["_source"]["text"] for hit in found["hits"]["hits"]]

    return {
        "OpenSearch match, fuzziness AUTO": partial(
            ask, lambda name: {"match": {"text": {"query": name, "fuzziness": "AUTO"}}}
        ),
        "OpenSearch 3-grams": partial(ask, lambda name: {"match": {"three": _three(name)}}),
    }
