"""`ipregister ingest` and `ipregister demo`."""

import json
import time
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
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
from app.cli.reporting import print_report
from app.demo.load import load_demo
from app.feeds.report import FeedReport, report_of
from app.http.report_answers import report_answer
from app.indexing import Indexing
from app.open_register import open_register
from ingest import feed_run
from ingest.detect import formats
from ingest.media_files import MediaFiles
from ingest.orphans import Orphans
from ingest.pipeline import Loaded, Loader, RefusedFeedError
from register.codes.offices import is_st3, office_name
from register.store.counts import Counts
from register.store.guard import Guard
from register.store.schema import COUNT_NAMES


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--office", required=True, help="Whose feed it is: the ST.3 code of the office, such as TH.")
@click.option("--format", "format_name", help="The format, where looking at the content guesses wrong.")
@click.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
@json_option
@told
def ingest(
    paths: tuple[Path, ...], office: str, format_name: str | None, dry_run: bool, as_json: bool
) -> None:
    """Take feeds in. Each PATH is a file, an archive or a folder of an office's records.

    With --dry-run nothing is changed, and a report tells what would be: records by field and status, whether
    the feed would be held, problems, and its quality beside that of the last feed.

    Returns when the records can be found. Every record read is accounted for: created, updated, unchanged,
    deleted or quarantined. Exit 1 where a PATH is no record feed; of that one nothing is counted.
    """
    settings = settings_of_process()
    code = office.upper()
    if not is_st3(code):
        fail(f"{office!r} is no ST.3 code of an office, such as TH for {office_name('TH')}")
    begun = time.monotonic()
    loaded: list[Loaded] = []
    refused: list[str] = []
    reports: list[FeedReport] = []
    guard = Guard(settings.share, settings.hold_least)
    with open_register(settings) as register, Indexing(settings, register, _size(paths)) as indexing:
        orphans = Orphans(register.database, lambda feed: feed.is_resumed)
        if not dry_run:
            orphans.look()
        for path in paths:
            with _bar(path.name) as bar:
                loader = Loader(
                    register.database,
                    code,
                    format_name,
                    progress=bar.show,
                    media=MediaFiles(settings.data),
                    by=operator(),
                )
                try:
                    loaded.append(loader.load(path, dry_run=dry_run, guard=guard))
                except RefusedFeedError as error:
                    refused.append(f"{path.name}: {error}")
        if dry_run:
            reports = [register.database.read(partial(report_of, feed=one.feed)) for one in loaded]
        else:
            indexing.finish()
        seconds = time.monotonic() - begun
        orphans.settle()
    if as_json:
        if loaded or not refused:
            print_json({**_report(loaded, refused, seconds), **_rehearsed(reports)})
    else:
        _print_table(loaded, seconds, "rehearsed" if dry_run else "searchable")
        for report in reports:
            print_report(report)
    if refused:
        fail("; ".join(refused))


@click.command()
@json_option
@told
def demo(as_json: bool) -> None:
    """Load the synthetic demonstration of eleven offices. Doing it again changes nothing."""
    settings = settings_of_process()
    with open_register(settings) as register, Indexing(settings, register, 0) as indexing:
        loaded = load_demo(
            register.database,
            lambda feed, counts: errors.print(f"{feed.path.name}: {counts.read} records", style="dim"),
        )
        indexing.finish()
    if as_json:
        print_json(_report(loaded, [], sum(one.seconds for one in loaded)))
    else:
        _print_table(loaded, sum(one.seconds for one in loaded))


class _Bar:
    """A progress bar with counts and rate."""

    def __init__(self, name: str) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[said]}"),
            TimeElapsedColumn(),
            console=errors,
            transient=True,
            disable=not errors.is_terminal,
        )
        self._task = self._progress.add_task(name, total=None, said="")
        self._begun = time.monotonic()

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, progress: feed_run.Progress) -> None:
        counts = progress.counts
        rate = counts.read / max(0.001, time.monotonic() - self._begun)
        said = f"{counts.read:,} read, {rate:,.0f}/s" + (
            f", {counts.quarantined:,} quarantined" if counts.quarantined else ""
        )
        total = None if progress.share is None else 1.0
        self._progress.update(self._task, total=total, completed=progress.share or 0.0, said=said)


def _bar(name: str) -> _Bar:
    return _Bar(name)


def _size(paths: tuple[Path, ...]) -> int:
    """Bytes to be taken in."""
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,)))
    return sum(file.stat().st_size for file in files if file.is_file())


def _report(loaded: list[Loaded], refused: list[str], seconds: float) -> dict[str, Any]:
    total = sum((one.feed.counts for one in loaded), Counts())
    files = [
        {
            "name": file.name,
            "format": file.format,
            **({"problem": file.problem} if file.problem else {}),
            **msgspec.structs.asdict(file.counts),
        }
        for one in loaded
        for file in one.files
    ]
    quality = [json.loads(msgspec.json.encode(one.quality)) for one in loaded]
    return {
        **msgspec.structs.asdict(total),
        "seconds": round(seconds, 3),
        "files": files,
        "feeds": [one.feed.id for one in loaded],
        "quality": quality,
        **({"refused": refused} if refused else {}),
    }


def _rehearsed(reports: list[FeedReport]) -> dict[str, Any]:
    """The reports of dry runs, as the API gives them."""
    told = [json.loads(msgspec.json.encode(report_answer(report))) for report in reports]
    return {"dryRun": True, "reports": told} if told else {}


def _print_table(loaded: list[Loaded], seconds: float, done: str = "searchable") -> None:
    table = Table(title=None)
    table.add_column("file")
    table.add_column("format")
    for name in COUNT_NAMES:
        table.add_column(name, justify="right")
    for one in loaded:
        for file in one.files:
            counts = msgspec.structs.asdict(file.counts)
            table.add_row(
                file.name,
                file.format or f"[red]{file.problem}[/]",
                *(f"{counts[name]:,}" for name in COUNT_NAMES),
            )
    results.print(table)
    read = sum(one.feed.counts.read for one in loaded)
    results.print(
        f"{read:,} records in {seconds:.1f} s, {read / max(seconds, 0.001):,.0f} a second, {done}",
        highlight=False,
    )
    for one in loaded:
        for unread in one.quality.unread[:10]:
            results.print(
                f"not understood: {unread.what} {unread.value!r}, {unread.count} times",
                style="yellow",
                highlight=False,
            )
        if one.feed.counts.quarantined:
            results.print(
                f"{one.feed.counts.quarantined:,} quarantined of {one.feed.name}: "
                f"see `ipregister quarantine {one.feed.id}`",
                style="yellow",
                highlight=False,
            )


@click.command("formats")
@json_option
@told
def list_formats(as_json: bool) -> None:
    """List the formats that are read, by the names that --format takes."""
    if as_json:
        print_json({"formats": [{"name": kind.name, "title": kind.title} for kind in formats().values()]})
        return
    for kind in formats().values():
        results.print(f"{kind.name:22} {kind.title}", highlight=False)
