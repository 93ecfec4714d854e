"""`ipregister source`: from where feeds are fetched."""

import datetime as dt
from typing import Any, NoReturn

import click
import msgspec
from rich.table import Table

from app.cli.console import (
    errors,
    fail,
    json_option,
    operator,
    print_json,
    results,
    settings_of_process,
    told,
)
from app.family import stop_event
from app.indexing import Indexing
from app.open_register import open_register
from app.settings import Settings
from app.sources.listed import agent_of, sources_of
from app.sources.telling import told_sources
from ingest.pulling.clock import Pace, SystemClock
from ingest.pulling.handing_over import loading
from ingest.pulling.hidden import missing_secrets
from ingest.pulling.listing import Sources
from ingest.pulling.problems import SourceProblem, StoppedError
from ingest.pulling.run import Pulled, Puller
from ingest.pulling.source import Source
from ingest.pulling.trying import Tried, try_source
from register.store.feeds import find_feed
from register.store.sources import begin_anew, source_states


@click.group()
def source() -> None:
    """List, check and run the sources from which feeds are fetched (docs/sources.md)."""


@source.command("list")
@json_option
@told
def list_(as_json: bool) -> None:
    """List the sources and how each stands."""
    settings = settings_of_process()
    sources = sources_of(settings)
    with open_register(settings) as register:
        states = register.database.read(source_states)
    rows = told_sources(sources.by_name, states, dt.datetime.now(dt.UTC))
    problems = {name: state.problem for name, state in states.items() if state.problem is not None}
    if as_json:
        shown = [{**msgspec.to_builtins(row), "problem": problems.get(row.name)} for row in rows]
        print_json({"sources": shown, "wrong": sources.wrong})
        return
    table = Table()
    for head in ("source", "office", "kind", "schedule", "state", "last success", "next run", "problem"):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(
            row.name,
            row.office,
            row.kind,
            row.schedule,
            row.state,
            (row.last_success or "")[:16].replace("T", " "),
            (row.next_run or "")[:16].replace("T", " "),
            problems.get(row.name, ""),
        )
    results.print(table)
    _tell_wrong(sources)


@source.command()
@click.argument("name", required=False)
@json_option
@told
def check(name: str | None, as_json: bool) -> None:
    """Check the tables of all sources; of NAME, also ask for its first page, without keeping anything."""
    settings = settings_of_process()
    sources = sources_of(settings)
    if name is None:
        missing = {one.name: missing_secrets(one.table) for one in sources.by_name.values()}
        unset = {of: variables for of, variables in missing.items() if variables}
        if as_json:
            print_json({"sources": sorted(sources.by_name), "wrong": sources.wrong, "unset": unset})
        else:
            results.print(f"{len(sources.by_name)} sources can be used", highlight=False)
        _end_check(sources, unset)
        return
    tried = _tried(settings, _named(sources, name))
    if as_json:
        print_json({"name": name, "asked": tried is not None, **({} if tried is None else tried._asdict())})
    elif tried is None:
        results.print("there is nothing to ask for yet", highlight=False)
    else:
        holds = "no records" if tried.format is None else f"records in {tried.format}"
        more = "; there is more" if tried.has_more else ""
        results.print(f"{tried.size:,} bytes, {holds}{more}", highlight=False)


@source.command()
@click.argument("name")
@click.option("--from-start", is_flag=True, help="Forget what was reached and fetch everything again.")
@json_option
@told
def run(name: str, from_start: bool, as_json: bool) -> None:
    """Fetch from the source NAME now, whatever its schedule. Returns when its records can be found."""
    settings = settings_of_process()
    found = _named(sources_of(settings), name)
    with open_register(settings) as register, Indexing(settings, register, 0) as indexing:
        database = register.database
        if from_start:
            with database.writing() as connection:
                begin_anew(connection, name, dt.datetime.now(dt.UTC), operator())
        clock = SystemClock(stop_event())
        puller = Puller(
            database, settings.data / "pulled", loading(database), agent_of(settings), clock, Pace()
        )
        try:
            pulled = puller.pull(found)
        except StoppedError:
            fail("stopped; the next run goes on where this one was", 130)
        if pulled is None:
            fail(f"another process is asking {found.host} just now; try again when it is done")
        indexing.finish()
        feed_id = pulled.feed_id
        feed = None if feed_id is None else database.read(lambda connection: find_feed(connection, feed_id))
    counts = {} if feed is None else msgspec.structs.asdict(feed.counts)
    if as_json:
        print_json(_report(name, pulled, counts))
    elif pulled.outcome != "stopped":
        said = "nothing new" if feed is None else ", ".join(f"{n:,} {word}" for word, n in counts.items())
        results.print(f"{said}; {pulled.asked} requests", highlight=False)
    if pulled.problem is not None:
        fail(f"{name}: {pulled.problem}")


def _report(name: str, pulled: Pulled, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "name": name,
        "outcome": pulled.outcome,
        "feed": pulled.feed_id,
        "requests": pulled.asked,
        "problem": pulled.problem,
        "nextRun": pulled.next_run_at.isoformat(timespec="seconds"),
        **counts,
    }


def _tried(settings: Settings, found: Source) -> Tried | None:
    try:
        return try_source(found, agent_of(settings), SystemClock(stop_event()))
    except SourceProblem as problem:
        fail(f"{found.name}: {problem}")
    except StoppedError:
        fail("interrupted", 130)


def _named(sources: Sources, name: str) -> Source:
    found = sources.by_name.get(name)
    if found is None:
        _none_such(sources, name)
    return found


def _none_such(sources: Sources, name: str) -> NoReturn:
    known = (
        ", ".join(sorted(sources.by_name)) or "none; IPREGISTER_SOURCES_DIR and IPREGISTER_SOURCES name them"
    )
    fail("; ".join((f"there is no source {name!r}; there are: {known}", *sources.wrong)))


def _tell_wrong(sources: Sources) -> None:
    for wrong in sources.wrong:
        errors.print(f"cannot be used: {wrong}", style="red", highlight=False, markup=False)


def _end_check(sources: Sources, unset: dict[str, list[str]]) -> None:
    told_unset = [f"{name}: set {', '.join(of)} in the environment" for name, of in sorted(unset.items())]
    if sources.wrong or told_unset:
        fail("; ".join((*sources.wrong, *told_unset)))
