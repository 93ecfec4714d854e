"""How many of the marks that examiners and courts held confusingly similar are found, on both engines,
beside plain means in the same run.

`python -m loadtests.bench_similarity CASES [--names N] [--reverse] [--engines tantivy,opensearch] [--no-
baselines]`. CASES is a folder with `pairs.csv` and `background.txt.gz` (`loadtests/similarity_cases.py`
says what they hold).
"""

import math
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click

from loadtests import similarity_baselines
from loadtests.similarity_cases import Pair, read_haystack, read_pairs, records_of
from loadtests.similarity_index import fill
from loadtests.table import print_table
from loadtests.timing import machine, percentile
from register.model import Record
from search.engine import Engine
from search.engines.opensearch import OpenSearchEngine
from search.engines.tantivy import TantivyEngine
from search.query import Filters, SearchQuery
from search.service import SearchService
from search.short import decode_short
from tests.servers.opensearch import shared_opensearch

_DEEP, _SHALLOW, _SCORED = 50, 10, 100
_ENGINES = ("tantivy", "opensearch")
# Brute force takes a tenth of a second and more for each name.
_MOST_BRUTE_FORCE = 200_000
_DRAWS = 1_000


class Finding(NamedTuple):
    """A pair looked for: the rank of the earlier mark from 1, None where it is not among the first hundred;
    its score; the seconds that the search took.
    """

    pair: Pair
    rank: int | None
    score: float
    seconds: float


def look(service: SearchService, pair: Pair) -> Finding:
    query = SearchQuery(pair.query, filters=Filters(rights=("trademark",)), limit=_SCORED)
    begun = time.perf_counter()
    hits = service.search(query).hits
    seconds = time.perf_counter() - begun
    for rank, hit in enumerate(hits, 1):
        if decode_short(hit.short).title == pair.earlier:
            return Finding(pair, rank, hit.score or 0.0, seconds)
    return Finding(pair, None, 0.0, seconds)


def look_by(ranker: similarity_baselines.Ranker, pair: Pair) -> Finding:
    begun = time.perf_counter()
    texts = ranker(pair.query, _DEEP)
    seconds = time.perf_counter() - begun
    rank = texts.index(pair.earlier) + 1 if pair.earlier in texts else None
    return Finding(pair, rank, 0.0, seconds)


def recall(found: Sequence[Finding], depth: int) -> float:
    return sum(one.rank is not None and one.rank <= depth for one in found) / max(1, len(found))


def reciprocal_rank(found: Sequence[Finding]) -> float:
    return sum(1 / one.rank for one in found if one.rank is not None) / max(1, len(found))


def auc(found: Sequence[Finding]) -> tuple[float, float]:
    """The chance that a decided similar pair scores above a decided not similar one, and its standard error
    over draws of the pairs with replacement.
    """
    similar = [one.score for one in found if one.pair.decided and one.pair.similar]
    other = [one.score for one in found if one.pair.decided and not one.pair.similar]
    if not similar or not other:
        return math.nan, math.nan

    def of(ours: Sequence[float], theirs: Sequence[float]) -> float:
        return sum((one > two) + (one == two) / 2 for one in ours for two in theirs) / (
            len(ours) * len(theirs)
        )

    draw = random.Random(5)
    drawn = [
        of(draw.choices(similar, k=len(similar)), draw.choices(other, k=len(other))) for _ in range(_DRAWS)
    ]
    return of(similar, other), statistics.stdev(drawn)


def _row(name: str, found: Sequence[Finding]) -> tuple[str, ...]:
    read = [one for one in found if one.pair.read_in_a_source]
    return (
        name,
        f"{len(found)}",
        f"{recall(found, _SHALLOW):.3f}",
        f"{recall(found, _DEEP):.3f}",
        f"{reciprocal_rank(found):.3f}",
        f"{len(read)}",
        f"{recall(read, _DEEP):.3f}" if read else "",
    )


def _groups(found: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    similar = [one for one in found if one.pair.similar]
    yield "all", similar
    for of, name in (("family", "{}"), ("kind", "kind: {}"), ("scripts", "scripts: {}")):
        for value in sorted({getattr(one.pair, of) for one in similar}):
            yield name.format(value), [one for one in similar if getattr(one.pair, of) == value]


def _told(title: str, found: Sequence[Finding]) -> None:
    print_table(
        title,
        ("", "pairs", "recall at 10", "at 50", "mean reciprocal rank", "read in a source", "at 50"),
        [_row(name, some) for name, some in _groups(found)],
    )
    area, error = auc(found)
    seconds = [one.seconds for one in found]
    half, most = percentile(seconds, 0.5) * 1000, percentile(seconds, 0.99) * 1000
    print(
        f"Decided pairs: AUC {area:.3f} ± {error:.3f}. One search: p50 {half:.1f} ms, p99 {most:.1f} ms.\n",
        flush=True,
    )


def _compared(results: dict[str, Sequence[Finding]]) -> None:
    families = sorted({one.pair.family for found in results.values() for one in found if one.pair.similar})
    rows = []
    for name, found in results.items():
        similar = [one for one in found if one.pair.similar]
        recalls = [
            recall([one for one in similar if one.pair.family == family], _DEEP) for family in families
        ]
        half = percentile([one.seconds for one in found], 0.5) * 1000
        rows.append((name, *(f"{share:.2f}" for share in recalls), f"{half:.0f}"))
    print_table("Recall at 50, beside plain means", ("", *families, "p50 ms"), rows)


@contextmanager
def _opensearch_url() -> Iterator[str]:
    """A server that runs already, or one of our own for this run."""
    if url := os.environ.get("OPENSEARCH_URL"):
        yield url
        return
    with (
        TemporaryDirectory(prefix="ipregister-bench-opensearch-") as folder,
        shared_opensearch(Path(folder)) as url,
    ):
        yield url


def measure(
    engines: Sequence[str], pairs: Sequence[Pair], records: Sequence[Record], *, baselines: bool
) -> dict[str, Sequence[Finding]]:
    """Look for all pairs on each engine, and by plain means."""
    results: dict[str, Sequence[Finding]] = {}
    similar = [pair for pair in pairs if pair.similar]
    with ExitStack() as stack:
        url = stack.enter_context(_opensearch_url()) if "opensearch" in engines else None
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="ipregister-bench-similarity-")))
        made: dict[str, Callable[[], Engine]] = {
            "tantivy": lambda: TantivyEngine(folder),
            "opensearch": lambda: OpenSearchEngine(str(url), "bench-similarity"),
        }
        for name in engines:
            engine = made[name]()
            fill(engine, records)
            service = SearchService(engine.reader(), dict)
            results[f"ipregister, {name}"] = [look(service, pair) for pair in pairs]
            _told(f"ipregister, {name}: {len(records):,} names", results[f"ipregister, {name}"])
        if baselines:
            rankers = {} if url is None else similarity_baselines.opensearch(url, records)
            if len(records) <= _MOST_BRUTE_FORCE + len(pairs):
                rankers |= similarity_baselines.brute_force([record.texts[0].text for record in records])
            for name, ranker in rankers.items():
                results[name] = [look_by(ranker, pair) for pair in similar]
    return results


@click.command(help=__doc__)
@click.argument("cases", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--names", default=200_000, show_default=True, help="How many names the haystack has.")
@click.option("--reverse", is_flag=True, help="Look for the first mark of each pair with the second.")
@click.option("--engines", default=",".join(_ENGINES), show_default=True, help="Which engines.")
@click.option("--baselines/--no-baselines", default=True, help="Plain means too.")
def main(cases: Path, names: int, reverse: bool, engines: str, baselines: bool) -> None:
    """Measure."""
    print(f"{machine()}\n", flush=True)
    pairs = read_pairs(cases, reverse=reverse)
    records = list(records_of(read_haystack(cases, names), pairs))
    _compared(measure(engines.split(","), pairs, records, baselines=baselines))


if __name__ == "__main__":
    main()
