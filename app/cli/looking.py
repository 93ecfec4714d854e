"""Commands that look: `search`, `offices`."""

import click
import msgspec
from rich.table import Table
from starlette.datastructures import QueryParams

from app.cli.console import errors, fail, json_option, print_json, results, settings_of_process, told
from app.cli.exporting import export_to
from app.http.answers import OfficesPage
from app.http.offices import offices_held
from app.http.searching import COLLECTIONS, page_of
from app.http.service import Service
from app.index_of import engine_of
from app.open_register import open_register
from register.codes.offices import is_st3
from register.store.coverage_reading import coverage_summary
from register.store.offices import office_summary
from search.errors import InputError, SearchError
from search.query import MATCHES, Filters, Match, SearchQuery
from search.short import decode_short


@click.command()
@click.argument("text")
@click.option(
    "--match",
    type=click.Choice(MATCHES),
    default="similar",
    show_default=True,
    help="How names are compared.",
)
@click.option(
    "--rights",
    "collection",
    type=click.Choice(sorted(COLLECTIONS)),
    default="rights",
    show_default=True,
    help="Which rights.",
)
@click.option("--offices", default="", help="Only these offices: ST.3 codes with commas between.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option(
    "--export", "out", help="Write all that is found into this file (.csv, .xlsx, .jsonl) and show nothing."
)
@json_option
@told
def search(
    text: str, match: Match, collection: str, offices: str, limit: int, out: str | None, as_json: bool
) -> None:
    """Search the register for TEXT: a name, words, or a number in any form; or an expert query, such as
    'ti=coffee AND fd>=2020', with --match expert.
    """
    settings = settings_of_process()
    codes = tuple(code.strip().upper() for code in offices.split(",") if code.strip())
    for code in codes:
        if not is_st3(code):
            fail(f"{code!r} is no ST.3 code of an office")
    query = SearchQuery(
        text=text, match=match, filters=Filters(rights=COLLECTIONS[collection], offices=codes), limit=limit
    )
    if out is not None:
        count, receipt = export_to(settings, query, out, None)
        if as_json:
            print_json({"records": count, "file": out, "receipt": receipt})
        else:
            errors.print(f"{count:,} records in {out}; receipt {receipt}", highlight=False)
        return
    with open_register(settings) as register:
        try:
            answer = Service(settings, register.database, engine_of(settings)).searching.search(query)
        except SearchError as error:
            place = error.place if isinstance(error, InputError) else None
            shown = "" if place is None else f"\n{text}\n{' ' * place[0]}{'^' * max(1, place[1] - place[0])}"
            mend = f"\n{error.mend}" if isinstance(error, InputError) else ""
            fail(f"{error}{shown}{mend}")
    if as_json:
        print_json(
            msgspec.to_builtins(
                page_of(answer, f"/v1/{collection}", QueryParams({"q": text, "match": match}), ())
            )
        )
        return
    table = Table(caption=f"{answer.total.value:,} in all")
    for head in ("score", "title", "status", "office", "number", "applicant", "why"):
        table.add_column(head, overflow="fold")
    for hit in answer.hits:
        short = decode_short(hit.short)
        table.add_row(
            "" if hit.score is None else f"{hit.score:.2f}",
            short.title or "–",
            short.status.plain,
            short.office,
            short.application_number,
            "; ".join(party.name for party in short.applicants),
            "; ".join(reason.rule for reason in hit.why),
        )
    results.print(table)


@click.command()
@json_option
@told
def offices(as_json: bool) -> None:
    """List the offices of which something is held, and as of when."""
    settings = settings_of_process()
    with open_register(settings) as register:
        held = offices_held(register.database.read(office_summary), register.database.read(coverage_summary))
    if as_json:
        print_json(msgspec.to_builtins(OfficesPage(results=held)))
        return
    if not held:
        results.print("nothing is held yet; take a feed in with `ipregister ingest FILE --office CODE`")
        return
    table = Table()
    for head in ("office", "name", "right"):
        table.add_column(head)
    table.add_column("records", justify="right")
    table.add_column("as of")
    for office in held:
        for right, one in office.rights.items():
            table.add_row(
                office.office,
                office.name,
                right,
                f"{one.records:,}",
                (one.as_of or "")[:16].replace("T", " "),
            )
    results.print(table)
