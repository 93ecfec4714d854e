"""`ipregister audit`: who did what with feeds, keys and lists."""

import datetime as dt

import click
import msgspec
from rich.table import Table

from app.cli.console import fail, json_option, print_json, results, settings_of_process, told
from app.http.audit_answers import AuditPage, audit_answer, detail_words
from app.http.parameters import audit_actions, moment
from app.open_register import open_register
from register.codes.offices import is_st3
from register.store.audit import list_audit


@click.group()
def audit() -> None:
    """Show who did what, from where, on what, and when."""


@audit.command("list")
@click.option("--office", help="Only what concerns this office, or was done with its keys (ST.3).")
@click.option("--action", help="Only these actions, such as feed.confirmed, or all of a kind, such as key.")
@click.option("--from", "since", help="From this day or time on, as 2024-01-31 or 2024-01-31T08:00Z.")
@click.option("--to", "until", help="Up to this day, or before this time.")
@click.option("--before", type=int, help="Only entries before the one with this id.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@json_option
@told
def list_(
    office: str | None,
    action: str | None,
    since: str | None,
    until: str | None,
    before: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the entries of the audit log, newest first."""
    settings = settings_of_process()
    if office is not None and not is_st3(office.upper()):
        fail(f"{office!r} is no ST.3 code of an office")
    try:
        actions = () if action is None else audit_actions(action)
        span = (_moment(since), _moment(until, whole_day=True))
    except ValueError as error:
        fail(str(error))
    with open_register(settings) as register:
        found = register.database.read(
            lambda connection: list_audit(
                connection,
                office=office.upper() if office else None,
                actions=actions,
                since=span[0],
                until=span[1],
                before=before,
                limit=limit,
            )
        )
    shown = [audit_answer(entry) for entry in found]
    if as_json:
        print_json(msgspec.to_builtins(AuditPage(results=shown)))
        return
    table = Table()
    for head in ("when", "who", "from", "action", "outcome", "on", "office", "detail"):
        table.add_column(head, overflow="fold")
    for one in shown:
        table.add_row(
            one.at[:19].replace("T", " "),
            one.who,
            one.place,
            one.action,
            one.outcome,
            one.subject,
            one.office or "",
            detail_words(one.detail),
        )
    results.print(table)


def _moment(given: str | None, *, whole_day: bool = False) -> dt.datetime | None:
    return None if given is None else moment(given, whole_day=whole_day)
