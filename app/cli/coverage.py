"""`ipregister authority` and `ipregister gaps`: the numbers that there should be, and what is missing."""

from pathlib import Path

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
from app.coverage import ledger_of
from app.open_register import open_register
from ingest.authority import read_authority
from ingest.draft import HarmfulFeedError, NotAFeedError
from register.codes.offices import is_st3, office_name
from register.model import RIGHTS, Right
from register.store.authority import replace_authority
from register.store.coverage_reading import (
    YearGaps,
    coverage_summary,
    gaps_by_year,
    missing_numbers,
)


def _code(given: str) -> str:
    code = given.upper()
    if not is_st3(code):
        fail(f"{given!r} is no ST.3 code of an office, such as TH for {office_name('TH')}")
    return code


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--office", required=True, help="Whose numbers they are: the ST.3 code of the office.")
@click.option("--right", type=click.Choice(RIGHTS), help="What they are numbers of, where no column says it.")
@json_option
@told
def authority(file: Path, office: str, right: Right | None, as_json: bool) -> None:
    """Take the authority FILE of an office: the list of its numbers (WIPO ST.37), as CSV or XML.

    It takes the place of the one before, for the rights that it lists. Columns are office, number, kind,
    date and exception, in this order or under a heading; for other rights than patents give --right or a
    column `right`. Exit 1 where a row says no number.
    """
    code = _code(office)
    settings = settings_of_process()
    with open_register(settings) as register:
        try:
            found = read_authority(file, code, right)
        except (NotAFeedError, HarmfulFeedError) as error:
            fail(f"{file.name}: {error}")
        taken = replace_authority(register.database, code, file.name, found.lists, operator())
        ledger_of(register.database).catch_up()
        summary = [one for one in register.database.read(coverage_summary) if one.office == code]
    if as_json:
        print_json(
            {
                "office": code,
                "read": found.rows,
                "unread": found.unread,
                "problems": found.problems,
                "lists": [one._asdict() for one in taken],
                "rights": {
                    one.right: {
                        "expected": one.expected,
                        "held": one.held,
                        "missing": one.missing,
                        "excepted": one.excepted,
                    }
                    for one in summary
                    if one.basis == "authority"
                },
            }
        )
    else:
        for one in taken:
            results.print(
                f"{one.entries:,} numbers of {one.right}, {one.twice:,} came twice", highlight=False
            )
        for gaps in summary:
            if gaps.basis == "authority":
                results.print(
                    f"{gaps.right}: {gaps.held:,} of {gaps.expected:,} are held, {gaps.missing:,} are "
                    f"missing, {gaps.excepted:,} have no document, says the office",
                    highlight=False,
                )
        for problem in found.problems:
            errors.print(problem, style="yellow", markup=False, highlight=False)
    if found.unread:
        fail(f"{found.unread:,} rows of {file.name} say no number")


@click.command()
@click.option("--office", required=True, help="The ST.3 code of the office.")
@click.option("--right", type=click.Choice(RIGHTS), help="Only of this right.")
@click.option("--year", type=int, help="Only of this year.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="Ranges of a year."
)
@json_option
@told
def gaps(office: str, right: Right | None, year: int | None, limit: int, as_json: bool) -> None:
    """Tell which numbers of an office are missing, by right and year."""
    code = _code(office)
    settings = settings_of_process()
    with open_register(settings) as register:
        ledger_of(register.database).catch_up()
        with register.database.reading() as connection:
            years = [
                one
                for one in gaps_by_year(connection, code)
                if right in (None, one.right) and year in (None, one.year)
            ]
            ranges = [
                missing
                for one in years
                if not one.sparse
                for missing in missing_numbers(connection, code, one, limit=limit)
            ]
    if as_json:
        print_json(
            {
                "office": code,
                "years": [one._asdict() for one in years],
                "results": [msgspec.to_builtins(one._asdict()) for one in ranges],
            }
        )
        return
    _print_years(years)
    for one in ranges:
        series = f" series {one.series}" if one.series else ""
        span = one.first if one.first == one.last else f"{one.first} to {one.last}"
        results.print(f"{one.right} {one.year}{series}: {span} ({one.numbers:,})", highlight=False)


def _print_years(years: list[YearGaps]) -> None:
    table = Table()
    for head in ("right", "year", "expected", "held", "missing", "excepted", "by"):
        table.add_column(head, justify="left" if head in ("right", "by") else "right")
    for one in years:
        counts = (one.expected, one.held, one.missing, one.excepted)
        table.add_row(
            one.right,
            f"{one.year} {one.series}".strip(),
            *(f"{count:,}" for count in counts),
            "too sparse to tell" if one.sparse else one.basis,
        )
    results.print(table)
