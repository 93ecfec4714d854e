"""`ipregister quarantine`: what could not be taken shown, corrected, and read again."""

from typing import BinaryIO

import click
import msgspec
from rich.table import Table

from app.cli.console import fail, json_option, operator, print_json, results, settings_of_process, told
from app.cli.tasks import counts_of, reading_again
from app.http.feed_answers import error_answer, whole_error
from app.indexing import Indexing
from app.open_register import open_register
from ingest.correcting import MOST_BYTES, correct_item
from ingest.replaying import Replay
from register.codes.offices import is_st3
from register.store.feeds import FeedStateError, find_feed
from register.store.quarantine import Quarantined, find_quarantined, list_of_office, list_quarantine
from register.store.replays import ask_replay

_feed = click.IntRange(1, 2**31 - 1)
_item = click.IntRange(1, 2**63 - 1)


class _Commands(click.Group):
    """`ipregister quarantine 12` is `ipregister quarantine list 12`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0].isascii() and args[0].isdigit():
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Commands)
def quarantine() -> None:
    """Show, correct and read again what could not be taken."""


@quarantine.command("list")
@click.argument("feed", required=False, type=_feed)
@click.option("--office", help="Of all feeds of an office: its ST.3 code.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@click.option("--open", "is_open", is_flag=True, help="Only what was not taken in since.")
@json_option
@told
def list_items(feed: int | None, office: str | None, limit: int, is_open: bool, as_json: bool) -> None:
    """Show what of FEED could not be taken: where it stood, why, and how to mend it."""
    settings = settings_of_process()
    code = _one_of(feed, office)
    with open_register(settings) as register:
        if feed is not None:
            if register.database.read(lambda connection: find_feed(connection, feed)) is None:
                fail(f"there is no feed {feed}")
            found = register.database.read(
                lambda connection: list_quarantine(connection, feed, limit=limit, is_open=is_open)
            )
        else:
            found = register.database.read(
                lambda connection: list_of_office(connection, code, limit=limit, is_open=is_open)
            )
    if as_json:
        print_json({"results": [msgspec.to_builtins(error_answer(one)) for one in found]})
        return
    table = Table()
    for head in ("id", "file", "record", "line", "code", "reason", "mend", "since"):
        table.add_column(head, overflow="fold")
    for one in found:
        line = "" if one.line is None else str(one.line)
        told_of = (one.file, str(one.number), line, one.code, one.reason, one.mend, _since(one))
        table.add_row(str(one.id), *told_of)
    results.print(table)


@quarantine.command()
@click.argument("item", type=_item)
@json_option
@told
def show(item: int, as_json: bool) -> None:
    """Show ITEM whole: why it was not taken, and its source as it came, or as it was corrected."""
    settings = settings_of_process()
    with open_register(settings) as register:
        found = register.database.read(lambda connection: find_quarantined(connection, item))
    if found is None:
        fail(f"there is no item {item} in quarantine")
    answer = whole_error(found)
    if as_json:
        print_json(msgspec.to_builtins(answer))
        return
    results.print(
        f"item {found.id}, record {found.number} of {found.file}, feed {found.feed_id}", markup=False
    )
    results.print(f"{found.code}: {found.reason}; {found.mend}", markup=False)
    if since := _since(found):
        results.print(since, markup=False)
    results.print(answer.source if answer.corrected is None else answer.corrected, markup=False)


@quarantine.command()
@click.argument("item", type=_item)
@click.argument("source", type=click.File("rb"))
@json_option
@told
def correct(item: int, source: BinaryIO, as_json: bool) -> None:
    """Correct ITEM: SOURCE is a file (or - for standard input) with the record as it should have come, in the
    format in which it came.

    It is checked at once, and taken in by `ipregister quarantine replay`.
    """
    settings = settings_of_process()
    given = source.read(MOST_BYTES + 1)
    if len(given) > MOST_BYTES:
        fail(f"the record is longer than {MOST_BYTES >> 20} MiB")
    with open_register(settings) as register, register.database.writing() as connection:
        found = find_quarantined(connection, item)
        if found is None:
            fail(f"there is no item {item} in quarantine")
        feed = find_feed(connection, found.feed_id)
        assert feed is not None
        try:
            refused = correct_item(connection, feed.office, found, given, operator())
        except FeedStateError as error:
            fail(str(error))
        kept = find_quarantined(connection, item)
    if refused is not None:
        fail(f"{refused.code}: {refused.reason}; {refused.mend}; nothing was changed")
    assert kept is not None
    if as_json:
        print_json(msgspec.to_builtins(whole_error(kept)))
        return
    results.print(f"item {item} is corrected; `ipregister quarantine replay {found.feed_id}` takes it in")


@quarantine.command()
@click.argument("feed", required=False, type=_feed)
@click.option("--office", help="What all feeds of an office left: its ST.3 code.")
@click.option(
    "--item", "items", multiple=True, type=_item, help="Only this item; may be given several times."
)
@json_option
@told
def replay(feed: int | None, office: str | None, items: tuple[int, ...], as_json: bool) -> None:
    """Read again what FEED left in quarantine, corrected or after the office's table was, as a feed of its
    own. Returns when the records can be found.
    """
    settings = settings_of_process()
    code = _one_of(feed, office)
    with open_register(settings) as register, Indexing(settings, register, 0) as indexing:
        if feed is not None:
            found = register.database.read(lambda connection: find_feed(connection, feed))
            if found is None:
                fail(f"there is no feed {feed}")
            code = found.office
        done = reading_again(
            register.database,
            lambda connection: ask_replay(connection, code, feed_id=feed, items=items or None, by=operator()),
            lambda queued: Replay(register.database, queued).run(),
        )
        indexing.finish()
    if as_json:
        print_json(counts_of(done))
        return
    counts = done.counts
    results.print(
        f"feed {done.id}: {counts.read:,} read again, {counts.read - counts.quarantined:,} taken in, "
        f"{counts.quarantined:,} stay in quarantine",
        highlight=False,
    )


def _one_of(feed: int | None, office: str | None) -> str:
    if (feed is None) == (office is None):
        fail("say which: a feed by its number, or --office with a code such as SG")
    code = (office or "").upper()
    if office is not None and not is_st3(code):
        fail(f"{office!r} is no ST.3 code of an office")
    return code


def _since(one: Quarantined) -> str:
    if one.resolved_by is not None:
        return f"taken in by feed {one.resolved_by}"
    tried = "" if one.tried_by is None else f"read again in vain by feed {one.tried_by}"
    corrected = "" if one.corrected_at is None else "corrected"
    return ", ".join(filter(None, (corrected, tried)))
