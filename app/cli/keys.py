"""`ipregister key`: keys with which offices send feeds."""

import datetime as dt

import click
import msgspec
from rich.table import Table

from app.cli.console import fail, json_option, operator, print_json, results, settings_of_process, told
from app.open_register import open_register
from register.codes.offices import is_st3
from register.store.keys import PURPOSES, Purpose, create_key, list_keys, revoke_key

_DEFAULT_DAYS = 365


@click.group()
def key() -> None:
    """Make, list and revoke the keys with which offices send feeds."""


@key.command()
@click.option("--office", required=True, help="The office that the key is for: its ST.3 code.")
@click.option(
    "--purpose",
    type=click.Choice(PURPOSES),
    help="What it opens: `read` shows feeds, `upload` also sends and changes them, `admin` also makes and "
    "revokes keys of the office.  [default: upload]",
)
@click.option("--note", "words", default="", help="What it is for, in your words.")
@click.option(
    "--days",
    default=_DEFAULT_DAYS,
    show_default=True,
    type=click.IntRange(1, 3650),
    help="How long it is good, in days.",
)
@click.option("--read-only", is_flag=True, help="The same as --purpose read.")
@json_option
@told
def create(
    office: str, purpose: Purpose | None, words: str, days: int, read_only: bool, as_json: bool
) -> None:
    """Make a key. It is shown once and kept as a hash."""
    settings = settings_of_process()
    code = office.upper()
    if not is_st3(code):
        fail(f"{office!r} is no ST.3 code of an office")
    if read_only and purpose not in (None, "read"):
        fail(f"--read-only and --purpose {purpose} say different things; give one of them")
    opens: Purpose = "read" if read_only else purpose or "upload"
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    with open_register(settings) as register, register.database.writing() as connection:
        made = create_key(connection, code, purpose=opens, words=words, expires_at=expires, by=operator())
    if as_json:
        print_json(
            {
                "id": made.id,
                "key": made.key,
                "office": made.office,
                "purpose": made.purpose,
                "expires": expires.isoformat(timespec="seconds"),
            }
        )
        return
    results.print(
        f"key {made.id} of {made.office} to {made.purpose}, good until {expires:%Y-%m-%d}:", highlight=False
    )
    print(made.key)
    results.print("It is not shown again.", style="yellow")


@key.command("list")
@click.option("--office", help="Only the keys of this office (ST.3).")
@json_option
@told
def list_(office: str | None, as_json: bool) -> None:
    """List the keys, without what they are."""
    settings = settings_of_process()
    with open_register(settings) as register:
        found = register.database.read(
            lambda connection: list_keys(connection, office.upper() if office else None)
        )
    if as_json:
        print_json({"keys": [msgspec.to_builtins(one) for one in found]})
        return
    table = Table()
    for head in ("id", "office", "purpose", "note", "made", "expires", "revoked", "last used"):
        table.add_column(head)
    for one in found:
        moments = (one.created_at, one.expires_at, one.revoked_at, one.last_used_at)
        table.add_row(
            one.id,
            one.office,
            one.purpose,
            one.note,
            *(f"{moment:%Y-%m-%d %H:%M}" if moment else "" for moment in moments),
        )
    results.print(table)


@key.command()
@click.argument("identity", metavar="ID")
@json_option
@told
def revoke(identity: str, as_json: bool) -> None:
    """End the key with this ID now."""
    settings = settings_of_process()
    with open_register(settings) as register, register.database.writing() as connection:
        found = revoke_key(connection, identity, by=operator())
    if not found:
        fail(f"there is no key {identity!r}; `ipregister key list` shows them")
    if as_json:
        print_json({"id": identity, "revoked": True})
    else:
        results.print(f"key {identity} is revoked", highlight=False)
