"""`ipregister reprocess`: everything that an office delivered read again by its tables as they are now."""

import time
from typing import Any

import click
import msgspec

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
from app.cli.tasks import counts_of, reading_again
from app.feeds.report import FeedReport, report_of
from app.http.report_answers import report_answer
from app.indexing import Indexing
from app.open_register import open_register
from ingest.reprocessing import Reprocess, reprocess_or_hold
from register.codes.offices import is_st3
from register.identity import LONG_RIGHTS
from register.model import RIGHTS
from register.store.database import Database
from register.store.feeds import Feed, find_feed
from register.store.guard import Guard
from register.store.reprocesses import ask_reprocess, release_held

_RIGHTS = (*RIGHTS, *LONG_RIGHTS)
_TOLD_EVERY = 2.0


@click.command()
@click.option("--office", required=True, help="Whose records: the ST.3 code of the office, such as SG.")
@click.option("--right", type=click.Choice(_RIGHTS), help="Only the records of this right.")
@click.option("--dry-run", is_flag=True, help="Tell what would change; change nothing.")
@click.option("--confirm", is_flag=True, help="Do it, or go on with the one that is held, though many end.")
@json_option
@told
def reprocess(office: str, right: str | None, dry_run: bool, confirm: bool, as_json: bool) -> None:
    """Bring the records of an office to what they would be had everything it delivered been read by its
    tables as they are now.

    Returns when the records can be found. Where it would end many records nothing is changed and the exit is
    1; --confirm does it all the same. Where it is killed, a worker goes on with it.
    """
    settings = settings_of_process()
    code = office.upper()
    if not is_st3(code):
        fail(f"{office!r} is no ST.3 code of an office, such as SG")
    which = None if right is None else LONG_RIGHTS.get(right) or next(one for one in RIGHTS if one == right)
    guard = None if confirm else Guard(settings.share, settings.hold_least)
    with open_register(settings) as register, Indexing(settings, register, 0) as indexing:
        database = register.database

        def run(queued: Feed) -> Feed:
            work = Reprocess(database, queued, guard, between=_telling(database, queued.id))
            return reprocess_or_hold(work, database, queued)

        done = reading_again(
            database,
            lambda connection: (
                (release_held(connection, code, operator()) if confirm and not dry_run else None)
                or ask_reprocess(connection, code, which, dry_run=dry_run, by=operator())
            ),
            run,
        )
        if not dry_run:
            indexing.finish()
        report = database.read(lambda connection: report_of(connection, done))
    if as_json:
        print_json(_json(done, report))
    elif dry_run:
        print_report(report)
    else:
        _print_counts(done)
    if done.state == "held":
        fail(f"{done.problem}; with --confirm it is done")


def _telling(database: Database, feed_id: int) -> Any:
    """Tells how far it is, now and then."""
    due = time.monotonic() + _TOLD_EVERY

    def tell() -> None:
        nonlocal due
        if time.monotonic() < due:
            return
        due = time.monotonic() + _TOLD_EVERY
        feed = database.read(lambda connection: find_feed(connection, feed_id))
        if feed is not None:
            share = f"{feed.progress or 0.0:.0%}"
            errors.print(f"{share} done, {feed.counts.updated:,} records changed", style="dim")

    return tell


def _json(done: Feed, report: FeedReport) -> dict[str, Any]:
    told = counts_of(done)
    if done.problem is not None:
        told["problem"] = done.problem
    if done.dry_run:
        told["report"] = msgspec.to_builtins(report_answer(report))
    return told


def _print_counts(done: Feed) -> None:
    counts = done.counts
    results.print(
        f"feed {done.id}: {counts.read:,} records read again, {counts.updated:,} changed, "
        f"{counts.created:,} new, {counts.deleted:,} deleted, {counts.quarantined:,} not taken",
        highlight=False,
    )
