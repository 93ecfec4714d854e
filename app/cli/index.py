"""`ipregister verify` and `ipregister reindex`."""

import sys
import time

import click
from rich.progress import Progress

from app.cli.console import errors, json_option, print_json, results, settings_of_process, told
from app.index_of import engine_of
from app.indexing import drained_here
from app.open_register import open_register
from register.store.changes import last_timepoint
from register.store.offices import office_summary
from search.indexer import Indexer, is_caught_up
from search.verify import verify as compare

_CATCH_UP_SECONDS = 60.0
_LOOK_SECONDS = 0.1


@click.command()
@json_option
@told
def verify(as_json: bool) -> None:
    """Prove that the register and its index hold the same records in the same versions. Exit 1 where they do
    not.
    """
    settings = settings_of_process()
    with open_register(settings) as register:
        engine = engine_of(settings)
        wanted = register.database.read(last_timepoint)
        # A change of a moment ago may still be on its way into the index; that is no inconsistency.
        end = time.monotonic() + _CATCH_UP_SECONDS
        while not is_caught_up(register.database, engine, wanted) and time.monotonic() < end:
            if not drained_here(register.database, engine):
                time.sleep(_LOOK_SECONDS)
        found = compare(register.database, engine)
    if as_json:
        print_json(
            {
                "consistent": found.consistent,
                "records": found.records,
                "offices": found.offices,
                "problems": found.problems,
                "wrong": found.wrong,
            }
        )
    elif found.consistent:
        results.print(
            f"consistent: {found.records:,} records of {len(found.offices)} offices are the same "
            "in the register and the index",
            highlight=False,
        )
    else:
        results.print(
            f"[red]not consistent:[/] {found.wrong:,} differences, the first of them:", highlight=False
        )
        for problem in found.problems:
            results.print(f"  {problem}", highlight=False)
        results.print("`ipregister reindex` builds the index anew from the register", style="yellow")
    if not found.consistent:
        sys.exit(1)


@click.command()
@json_option
@told
def reindex(as_json: bool) -> None:
    """Build the index anew from the register and put it in place of the old one in one step; readers notice
    nothing.
    """
    settings = settings_of_process()
    begun = time.monotonic()
    with open_register(settings) as register:
        total = sum(held.records for held in register.database.read(office_summary))
        indexer = Indexer(register.database, engine_of(settings))
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
            task = bar.add_task("building the index", total=total)
            name = indexer.rebuild(lambda count: bar.update(task, completed=count))
        indexer.close()
    seconds = time.monotonic() - begun
    if as_json:
        print_json({"index": name, "records": total, "seconds": round(seconds, 3)})
    else:
        results.print(f"{total:,} records in {seconds:.1f} s; the index is {name}", highlight=False)
