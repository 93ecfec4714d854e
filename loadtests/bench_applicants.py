"""Applicants: spellings resolved a second, in memory and with the register behind, beside an identity of the
normal form alone.

`python -m loadtests.bench_applicants [--names 1000000]`: a million is a register of some millions of records.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from loadtests.applicant_names import names
from loadtests.table import print_table
from loadtests.timing import forget_answers, machine, percentile
from register.applicants import applicant_number
from register.spelling import Spelling
from register.store.database import Database
from register.store.embedded import EmbeddedPostgres
from register.store.migrate import upgrade
from search.applicants.book import ApplicantBook
from search.applicants.calling import so_called, suggestions
from search.applicants.preparing import all_prepared
from search.applicants.resolver import Resolver

_AT_ONCE = 5_000
_ASKED = 300
_WANTED_RATE = 5_000
_WANTED_SUGGESTION_MS = 50.0


def _by_normal_form(spellings: list[Spelling]) -> float:
    begun = time.process_time()
    for one in spellings:
        applicant_number(one.name, one.country)
    return len(spellings) / (time.process_time() - begun)


def _in_memory(spellings: list[Spelling]) -> tuple[float, int]:
    forget_answers()
    resolver = Resolver()
    begun = time.process_time()
    for start in range(0, len(spellings), _AT_ONCE):
        some = spellings[start : start + _AT_ONCE]
        resolver.place_all(some, all_prepared(some))
    rate = len(spellings) / (time.process_time() - begun)
    return rate, len({resolver.root(place) for place in range(len(resolver))})


def measure(count: int, _: Path) -> None:
    """Print the table."""
    spellings = list(names(count))
    plain = _by_normal_form(spellings)
    rate, applicants = _in_memory(spellings)
    forget_answers()
    with TemporaryDirectory(prefix="ipregister-bench-") as folder, EmbeddedPostgres(Path(folder)) as url:
        upgrade(url)
        database = Database(url, statement_seconds=600)
        book = ApplicantBook(database)
        begun = time.perf_counter()
        for start in range(0, count, _AT_ONCE):
            book.add(spellings[start : start + _AT_ONCE])
        kept = count / (time.perf_counter() - begun)
        begun = time.perf_counter()
        for start in range(0, count, _AT_ONCE):
            book.add(spellings[start : start + _AT_ONCE])
        again = count / (time.perf_counter() - begun)
        begun = time.perf_counter()
        ApplicantBook(database).add([Spelling("A name that nobody has")])
        reading = time.perf_counter() - begun
        suggesting = _asked(database, spellings)
        database.close()
    print_table(
        f"Applicants: {count:,} spellings, {applicants:,} applicants",
        ("", "rate or time", "beside"),
        (
            ("identity of the normal form alone, one core", f"{plain:,.0f} a second", "the baseline"),
            ("resolved in memory, one core", f"{rate:,.0f} a second", f"{rate / plain:.2f} of the baseline"),
            (
                "resolved and written, as the clock goes",
                f"{kept:,.0f} a second",
                f"{_WANTED_RATE:,}",
            ),
            ("met again", f"{again:,.0f} a second", f"{again / kept:.0f} times as fast"),
            ("all read at a start, with one new", f"{reading:.2f} s", ""),
            (
                "suggestion, p50; p99",
                f"{percentile(suggesting, 0.5):.1f}; {percentile(suggesting, 0.99):.1f} ms",
                f"{_WANTED_SUGGESTION_MS:.0f} ms",
            ),
        ),
    )


def _asked(database: Database, spellings: list[Spelling]) -> list[float]:
    """Milliseconds of suggestions for begins of names, and of names looked for whole."""
    step = max(1, len(spellings) // _ASKED)
    took: list[float] = []
    for place, one in enumerate(spellings[::step]):
        typed = one.name[: 2 + place % 6]
        begun = time.perf_counter()
        database.read(lambda connection, typed=typed: suggestions(connection, typed, 10))  # type: ignore[misc]
        took.append(1000 * (time.perf_counter() - begun))
        if place % 10 == 0:
            database.read(lambda connection, name=one.name: so_called(connection, name, 5))  # type: ignore[misc]
    return took


@click.command(help=__doc__)
@click.option("--names", "count", default=100_000, show_default=True)
def main(count: int) -> None:
    """Measure."""
    print(f"{machine()}\n", flush=True)
    measure(count, Path())


if __name__ == "__main__":
    main()
