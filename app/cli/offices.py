"""`ipregister office`: profiles of offices, proposed from a sample and tried over it."""

import sys
from pathlib import Path

import click
import msgspec
from rich.markup import escape
from rich.table import Table

from app.cli.console import fail, json_option, print_json, results, settings_of_process, told
from ingest.draft import HarmfulFeedError, NotAFeedError
from ingest.profile import ProfileFile, parse, profile, read_profile
from ingest.profile_files import own_codes, own_stamp, packaged_codes, packaged_text, use_folder
from ingest.proposal.checking import Checked, check
from ingest.proposal.propose import propose
from ingest.proposal.writing import profile_text
from register.codes.offices import is_st3, office_name
from register.model import RIGHTS, Right

_SHOWN = 15


@click.group()
def office() -> None:
    """Describe an office: propose a profile from a sample, try it, list and show profiles."""
    use_folder(settings_of_process().offices)


def _code(given: str) -> str:
    code = given.upper()
    if not is_st3(code):
        fail(f"{given!r} is no ST.3 code of an office, such as TH for {office_name('TH')}")
    return code


@office.command()
@click.argument("code")
@click.argument("sample", type=click.Path(exists=True, path_type=Path))
@click.option("--right", type=click.Choice(RIGHTS), help="What the records are, where the file does not say.")
@click.option("--name", default="", help="The name of the office; absent: that of ST.3.")
@click.option("--format", "format_name", default="", help="A known format, where looking guesses wrong.")
@click.option("--force", is_flag=True, help="Write over a profile that is there already.")
@json_option
@told
def new(
    code: str, sample: Path, right: Right | None, name: str, format_name: str, force: bool, as_json: bool
) -> None:
    """Propose a profile for the office CODE from a SAMPLE of what it delivers.

    It is written to the folder of your own profiles, for you to correct. `ipregister office check` tries it.
    """
    settings = settings_of_process()
    office_code = _code(code)
    target = settings.offices / f"{office_code}.toml"
    if own_stamp(office_code) is not None and not force:
        fail(f"{target} is there already; correct it, or write over it with --force")
    try:
        made = propose(office_code, sample, right, name, format_name)
    except (NotAFeedError, HarmfulFeedError) as error:
        fail(f"{sample.name}: {error}")
    text = profile_text(made)
    parse(text, target.name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{target} cannot be written: {error.strerror}; set IPREGISTER_OFFICES_DIR to a folder of yours")
    unsure = [guess.word for guess in made.status if guess.ground in ("pattern", "alike", "none")]
    left = [guess for guess in made.guesses if not guess.word]
    if as_json:
        print_json(
            {
                "office": office_code,
                "profile": str(target),
                "format": made.format.name,
                "records": made.evidence.records,
                "columns": dict(made.table.columns) if made.table is not None else {},
                "status": [
                    {"right": g.right, "word": g.word, "count": g.times, "plain": g.plain, "ground": g.ground}
                    for g in made.status
                ],
                "dates": {"forms": made.dates.forms, "buddhistEra": made.dates.buddhist_era},
            }
        )
        return
    results.print(f"written: {target}", highlight=False, markup=False, soft_wrap=True)
    how = "a format of its own" if made.table is not None else made.format.title
    results.print(f"{made.evidence.records:,} records of the sample, {how}", highlight=False, markup=False)
    if made.guesses:
        results.print(
            f"{len(made.guesses) - len(left)} of {len(made.guesses)} columns have a field; look at each line",
            highlight=False,
        )
    if unsure:
        results.print(
            f"{len(unsure)} status words wait for a person: {', '.join(unsure[:6])}",
            style="yellow",
            markup=False,
            highlight=False,
        )
    results.print(
        f"next: correct the file, then `ipregister office check {office_code} {sample}`",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


@office.command("check")
@click.argument("code")
@click.argument("sample", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "format_name", help="The format, where looking at the content guesses wrong.")
@json_option
@told
def check_(code: str, sample: Path, format_name: str | None, as_json: bool) -> None:
    """Try the profile of the office CODE over a SAMPLE; nothing is written anywhere.

    Tells what was read, field by field, what was not, and where to look next. Exit 1 where a record is
    unread.
    """
    office_code = _code(code)
    profile(office_code)
    try:
        found = check(office_code, _table_of(office_code), sample, format_name)
    except HarmfulFeedError as error:
        fail(f"{sample.name}: {error}")
    if as_json:
        print_json({**msgspec.to_builtins(found), "whole": found.whole})
    else:
        _print(found)
    if not found.whole:
        sys.exit(1)


def _table_of(code: str) -> ProfileFile:
    """The table of an office; the general one where it has none."""
    stamp = own_stamp(code)
    if stamp is not None:
        return read_profile(Path(stamp[0]))
    name = code.lower() if code in packaged_codes() else "general"
    return parse(packaged_text(name), f"{name}.toml")


def _print(found: Checked) -> None:
    for file in found.files:
        told_ = f"[red]{escape(file.problem)}[/]" if file.problem else f"read as {file.format}"
        results.print(
            f"{escape(file.name)}: {told_}; {file.read:,} read, {file.taken:,} taken, {file.unread:,} unread",
            highlight=False,
        )
    fields = Table(title="What was understood")
    for head in ("right", "field", "records", "share", "such as"):
        fields.add_column(head, overflow="fold", justify="right" if head in ("records", "share") else "left")
    for field in found.fields:
        if field.records > 0:
            share = f"{field.share:.0%}"
            told_ = escape(" · ".join(field.examples))
            fields.add_row(field.right, field.field, f"{field.records:,}", share, told_)
    results.print(fields)
    if found.unknown:
        words = Table(title="What was not understood")
        for head in ("what", "value", "times", "proposed, not confirmed"):
            words.add_column(head, overflow="fold")
        for word in found.unknown[:_SHOWN]:
            words.add_row(word.what, escape(word.value), f"{word.count:,}", word.proposed or "")
        results.print(words)
    if found.columns:
        left = Table(title="Columns of which nothing is taken")
        for head in ("column", "records", "such as"):
            left.add_column(head, overflow="fold")
        for column in found.columns[:_SHOWN]:
            left.add_row(escape(column.what), f"{column.count:,}", escape(column.value))
        results.print(left)
    for step in found.next:
        results.print(f"- {step}", highlight=False, markup=False, style="yellow")
    if found.whole:
        results.print(
            f"every one of {found.taken:,} records was read; "
            f"take them in with `ipregister ingest FILE --office {found.office}`",
            style="green",
            highlight=False,
        )
    else:
        results.print(f"{found.unread:,} of {found.read:,} records are unread", style="red", highlight=False)


@office.command("list")
@json_option
@told
def list_(as_json: bool) -> None:
    """List the offices that have a profile, and where it is."""
    own = own_codes()
    rows = [
        {
            "office": code,
            "name": office_name(code),
            "profile": str(own_stamp(code)[0]) if code in own else "comes with the program",  # type: ignore[index]  # it was just listed
            "mapping": profile(code).mapping,
            "formats": [kind.name for kind in profile(code).formats],
        }
        for code in sorted({*own, *packaged_codes()})
    ]
    if as_json:
        print_json({"offices": rows})
        return
    table = Table()
    for head in ("office", "name", "mapping", "own formats", "profile"):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(
            str(row["office"]),
            str(row["name"]),
            str(row["mapping"]),
            ", ".join(row["formats"]),
            str(row["profile"]),
        )
    results.print(table)


@office.command()
@click.argument("code")
@json_option
@told
def show(code: str, as_json: bool) -> None:
    """Show the profile of the office CODE as its table is."""
    office_code = _code(code)
    stamp = own_stamp(office_code)
    if stamp is None and office_code not in packaged_codes():
        fail(f"{office_code} has no profile; `ipregister office new {office_code} SAMPLE` proposes one")
    text = Path(stamp[0]).read_text(encoding="utf-8") if stamp else packaged_text(office_code.lower())
    if as_json:
        table = parse(text, f"{office_code}.toml")
        print_json(
            {
                "office": office_code,
                "path": stamp[0] if stamp else None,
                "profile": msgspec.to_builtins(table),
            }
        )
        return
    print(text, end="")
