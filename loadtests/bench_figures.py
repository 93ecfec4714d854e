"""How long portfolios, comparisons and landscapes take over a large index, on both engines, beside their
limits.

`python -m loadtests.bench_figures [--records N] [--engines tantivy,opensearch] [--index FOLDER]`. FOLDER
keeps the embedded index for the next time.
"""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click

from loadtests.similarity_index import fill
from loadtests.table import print_table
from loadtests.timing import machine, percentile
from register.applicants import applicant_id
from register.model import Party, Plain, Record, Right, Status, Text
from search.engine import Engine
from search.engines.opensearch import OpenSearchEngine
from search.engines.tantivy import TantivyEngine
from search.people import find_applicant
from search.portfolio.compare import ComparisonAsked
from search.portfolio.portfolio import PortfolioAsked
from search.query import Filters, SearchQuery
from search.service import SearchService
from tests.servers.opensearch import shared_opensearch

_ENGINES = ("tantivy", "opensearch")
_ON = dt.date(2026, 6, 30)
_PORTFOLIO_MS, _LANDSCAPE_MS = 100.0, 300.0
_PORTFOLIOS, _LARGEST, _COMPARISONS, _LANDSCAPES = 400, 100, 100, 60
_APPLICANTS, _AGENTS = 200_000, 3_000
_OFFICES = ("SG", "TH", "KR", "ID", "MY", "VN", "PH", "KH", "LA", "MM", "BN", "EM")
_RIGHTS: tuple[Right, ...] = (
    "trademark",
    "trademark",
    "trademark",
    "trademark",
    "trademark",
    "trademark",
    "patent",
    "patent",
    "design",
    "utility-model",
)
_PLAIN: tuple[Plain, ...] = (
    "registered",
    "registered",
    "registered",
    "registered",
    "pending",
    "pending",
    "expired",
    "ended",
    "unknown",
)
_SUBCLASSES = [
    f"{section}{number:02d}{letter}"
    for section in "ABCDEFGH"
    for number in (1, 5, 23, 61)
    for letter in "BCK"
]
_LOCARNO = [f"{number:02d}-01" for number in range(1, 32)]


def records(count: int) -> Iterator[Record]:
    """Records as unequal as a register's: the largest applicant has about one in 250, most have one."""
    draw = random.Random(7)
    for number in range(count):
        yield _record(draw, number)


def applicant_name(rank: int) -> str:
    return f"Company {rank} Holdings"


def _rank(draw: random.Random, most: int) -> int:
    return int(most * draw.random() ** 2.2)


def _record(draw: random.Random, number: int) -> Record:
    right = draw.choice(_RIGHTS)
    filed = dt.date(draw.randint(1996, 2026), draw.randint(1, 6), draw.randint(1, 28))
    plain = draw.choice(_PLAIN)
    was_granted = plain in ("registered", "expired")
    registered = filed + dt.timedelta(days=draw.randint(150, 900)) if was_granted else None
    several = 1 if draw.random() < 0.9 else 2
    names = (Text(f"{draw.choice(_WORDS)} {draw.choice(_WORDS)}"),)
    of_mark = right == "trademark"
    return Record(
        id=f"x-{number:09d}",
        office=draw.choice(_OFFICES),
        right=right,
        application_number=f"{number:09d}",
        filing_date=filed,
        registration_date=registered,
        expiry_date=None if registered is None else filed.replace(year=filed.year + draw.choice((10, 20))),
        status=Status(plain, date=registered),
        applicants=tuple(
            Party(applicant_name(_rank(draw, _APPLICANTS)), country=draw.choice(_OFFICES))
            for _ in range(several)
        ),
        representatives=(Party(f"Agent {_rank(draw, _AGENTS)}"),),
        texts=names if of_mark else (),
        titles=() if of_mark else names,
        nice_classes=tuple(draw.sample(range(1, 46), draw.randint(1, 3))) if of_mark else (),
        locarno=(draw.choice(_LOCARNO),) if right == "design" else (),
        ipc=tuple(draw.sample(_SUBCLASSES, 2)) if right in ("patent", "utility-model") else (),
    )


_WORDS = [
    f"{first}{second}{third}"
    for first in ("ba", "ko", "ster", "lin")
    for second in ("dra", "mi", "tor")
    for third in ("xe", "fa", "nu")
]


class Timed(NamedTuple):
    """What was asked, how large each was on average, and how long each took: seconds by the clock, and of
    this process.
    """

    what: str
    limit_ms: float | None
    records: float
    wall: list[float]
    cpu: list[float]


def timed(what: str, limit_ms: float | None, asked: list[Callable[[], int]]) -> Timed:
    """Each question gives how many records it was over. The first of a kind, which opens what all need, does
    not count.
    """
    asked[0]()
    wall, cpu, sizes = [], [], []
    for ask in asked:
        begun, worked = time.perf_counter(), time.process_time()
        sizes.append(ask())
        wall.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - worked)
    return Timed(what, limit_ms, sum(sizes) / len(sizes), wall, cpu)


def measured(engine: Engine) -> list[Timed]:
    reader, draw = engine.reader(), random.Random(11)
    service = SearchService(reader, dict)

    def portfolio(rank: int) -> Callable[[], int]:
        identity = applicant_id(Party(applicant_name(rank)))
        # No two alike, so that nothing is answered from what is remembered.
        on = _ON - dt.timedelta(days=draw.randint(0, 2000))
        asked = PortfolioAsked(identity, Filters(), on, on - dt.timedelta(days=365), 10)

        def ask() -> int:
            find_applicant(reader, identity)
            return service.portfolio(asked).records

        return ask

    def comparison() -> int:
        ids = {
            applicant_id(Party(applicant_name(rank))): str(rank)
            for rank in (_rank(draw, _APPLICANTS) for _ in range(5))
        }
        figures = service.comparison(ComparisonAsked(ids, Filters(), _ON))
        return sum(int(cell or 0) for cell in figures[0].rows[0][2:])

    def landscape(filters: Filters) -> Callable[[], int]:
        query = SearchQuery(filters=filters)
        return lambda: service.landscape(service.whole(query).clause, _ON).records

    ranks = [_rank(draw, _APPLICANTS) for _ in range(_PORTFOLIOS)]
    days = [dt.date(1990, 1, 1) + dt.timedelta(days=number) for number in range(_LANDSCAPES)]
    of_one_office = [
        Filters(offices=(_OFFICES[place % 11],), filed_from=day) for place, day in enumerate(days)
    ]
    return [
        timed("portfolio", _PORTFOLIO_MS, [portfolio(rank) for rank in ranks]),
        timed("portfolio of the largest", _PORTFOLIO_MS, [portfolio(n % 20) for n in range(_LARGEST)]),
        timed("five applicants side by side", None, [comparison] * _COMPARISONS),
        timed("landscape of an office", _LANDSCAPE_MS, [landscape(one) for one in of_one_office]),
        timed("landscape of everything", None, [landscape(Filters(filed_from=day)) for day in days[:10]]),
        timed("the same again", None, [landscape(Filters(filed_from=days[0]))] * 10),
    ]


def report(name: str, held: int, found: list[Timed]) -> None:
    """Print the table."""
    print_table(
        f"Figures over {held:,} records, {name}",
        ("what", "records each", "p50 ms", "p99 ms", "CPU ms each, our side", "limit ms", "p99 of the limit"),
        [
            (
                one.what,
                f"{one.records:,.0f}",
                f"{percentile(one.wall, 0.5) * 1000:,.1f}",
                f"{percentile(one.wall, 0.99) * 1000:,.1f}",
                f"{sum(one.cpu) / len(one.cpu) * 1000:,.1f}",
                "" if one.limit_ms is None else f"{one.limit_ms:,.0f}",
                "" if one.limit_ms is None else f"{percentile(one.wall, 0.99) * 1000 / one.limit_ms:.2f}",
            )
            for one in found
        ],
    )


@click.command(help=__doc__)
@click.option("--records", "count", default=1_000_000, show_default=True, help="Records of the index.")
@click.option("--engines", default=",".join(_ENGINES), show_default=True)
@click.option("--index", type=click.Path(path_type=Path), help="A folder that keeps the embedded index.")
def main(count: int, engines: str, index: Path | None) -> None:
    """Measure."""
    print(f"{machine()}\n", flush=True)
    for name in engines.split(","):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="ipregister-bench-")))
            engine: Engine
            if name == "tantivy":
                engine = TantivyEngine(index or folder / "index")
            else:
                url = stack.enter_context(shared_opensearch(folder / "opensearch"))
                engine = OpenSearchEngine(url, "bench-figures")
            if engine.live() is None:
                begun = time.monotonic()
                fill(engine, records(count))
                print(f"{name}: {count:,} records in {time.monotonic() - begun:,.0f} s", flush=True)
            report(name, count, measured(engine))


if __name__ == "__main__":
    main()
