"""How long searches take in one process over a loaded register, without HTTP."""

import random
import time
from collections.abc import Callable, Mapping

from app.index_of import engine_of
from app.open_register import open_register
from app.settings import Settings
from loadtests.mistyping import mistyped
from loadtests.table import print_table
from loadtests.timing import percentile
from register.model import Record
from register.store.changes import last_timepoint, newest_after
from search.keys.normal import folded_text
from search.query import Filters, SearchQuery
from search.service import SearchService

_ASKED_FOR = 200
_QUERIES = 300
_MOST_SECONDS = 15.0


def _known(settings: Settings, draw: random.Random) -> list[Record]:
    """Records from all over the register."""
    with open_register(settings) as register:
        last = register.database.read(last_timepoint)
        places = [draw.randrange(last) for _ in range(_ASKED_FOR)]
        found = register.database.read(
            lambda connection: [version for place in places for version in newest_after(connection, place, 1)]
        )
    return [version.record for version in found if version.record.title is not None]


def _title(record: Record) -> str:
    return "" if record.title is None else record.title


def _phrase(record: Record) -> str:
    """The title as a phrase of an expert query; the number where it has no words."""
    words = " ".join(folded_text(_title(record)).split()[:8])
    return f'"{words}"' if words else f'("x" OR nr="{record.application_number}")'


_KINDS: dict[str, Callable[[Record], SearchQuery]] = {
    "exact": lambda record: SearchQuery(_title(record), match="exact"),
    "number": lambda record: SearchQuery(record.application_number or record.id),
    "similar": lambda record: SearchQuery(mistyped(_title(record))),
    "similar, filtered, with facets": lambda record: SearchQuery(
        _title(record),
        filters=Filters(rights=("trademark",), nice_classes=record.nice_classes[:2]),
        facets=("offices", "niceClasses", "status"),
    ),
    "expert, a phrase with facets": lambda record: SearchQuery(
        f"ti={_phrase(record)} AND of={record.office} AND rt={record.right}",
        match="expert",
        facets=("status", "filingYear"),
    ),
    "expert, wildcards and alternatives": lambda record: SearchQuery(
        f"(ti={_phrase(record)} OR ti=(ba*n OR su?* OR mo*)) OR fd=2020-02", match="expert"
    ),
    "expert, proximity": lambda record: SearchQuery(
        f"ti={_phrase(record)} OR (ti=(the OR a OR de) NEAR/5 ti=(of OR in OR la))", match="expert"
    ),
    "filtered list with facets": lambda record: SearchQuery(
        filters=Filters(offices=(record.office,), status=(record.status.plain,)),
        facets=("status", "niceClasses", "filingYear", "applicants"),
    ),
}


def answer_times(settings: Settings) -> Mapping[str, list[float]]:
    """Seconds of each search, by kind; every search but the mistyped has to find something."""
    draw = random.Random(3)
    records = _known(settings, draw)
    service = SearchService(engine_of(settings).reader(), dict)
    times: dict[str, list[float]] = {}
    for kind, query_of in _KINDS.items():
        times[kind] = []
        until = time.monotonic() + _MOST_SECONDS
        while len(times[kind]) < _QUERIES and time.monotonic() < until:
            query = query_of(draw.choice(records))
            begun = time.perf_counter()
            answer = service.search(query)
            times[kind].append(time.perf_counter() - begun)
            if kind != "similar" and answer.total.value == 0:
                raise RuntimeError(f"nothing was found by {query}")
    return times


def print_times(times: Mapping[str, list[float]], held: int) -> None:
    """Print the table."""
    print_table(
        f"Searches over {held:,} records, one after another",
        ("search", "searches", "p50 ms", "p99 ms", "longest ms"),
        [
            (
                kind,
                f"{len(taken):,}",
                f"{percentile(taken, 0.5) * 1000:,.1f}",
                f"{percentile(taken, 0.99) * 1000:,.1f}",
                f"{max(taken) * 1000:,.1f}",
            )
            for kind, taken in times.items()
        ],
    )
