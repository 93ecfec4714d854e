"""`ipregister export`: a whole result as a file."""

import secrets
import sys
from pathlib import Path
from typing import BinaryIO, get_args

import click
from starlette.datastructures import QueryParams

from app.cli.console import errors, fail, json_option, print_json, settings_of_process, told
from app.exports.job import ExportJob, write
from app.exports.kinds import EXPORT_FORMATS, ExportFormat
from app.http.exporting import exportable
from app.http.parameters import read_parameters
from app.http.problems import Problem
from app.http.searching import COLLECTIONS, SEARCH_PARAMETERS, query_of
from app.http.service import Service
from app.index_of import engine_of
from app.open_register import open_register
from app.settings import Settings
from search.query import SearchQuery

STANDARD_OUTPUT = "-"


@click.command()
@click.argument("rights", type=click.Choice(sorted(COLLECTIONS)))
@click.argument("question", default="")
@click.option("--out", required=True, help="The file to write, as marks.csv; - is standard output.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(EXPORT_FORMATS),
    help="The kind of file; by the ending of its name where absent.",
)
@json_option
@told
def export(rights: str, question: str, out: str, kind: ExportFormat | None, as_json: bool) -> None:
    """Write every record of a search of RIGHTS into a file.

    QUESTION are the parameters of the API, as 'offices=SG,TH&niceClasses=9&q=solvanta'; without one it is
    all that is held.
    """
    if as_json and out == STANDARD_OUTPUT:
        fail("--json and the file cannot both go to standard output; give --out a name")
    settings = settings_of_process()
    try:
        values = read_parameters(QueryParams(question), SEARCH_PARAMETERS[rights])
        query = query_of(values, COLLECTIONS[rights])
    except Problem as problem:
        fail(problem_words(problem))
    count, receipt = export_to(settings, query, out, kind)
    if as_json:
        print_json({"records": count, "file": out, "receipt": receipt})
    else:
        errors.print(f"{count:,} records; receipt {receipt}", highlight=False)


def problem_words(problem: Problem) -> str:
    """A problem as a sentence."""
    where = f"{problem.field}: " if problem.field is not None else ""
    mend = f"; {problem.mend}" if problem.mend is not None else ""
    return f"{where}{problem.detail}{mend}"


def export_to(settings: Settings, query: SearchQuery, out: str, kind: ExportFormat | None) -> tuple[int, str]:
    """Write a whole result; how many records it has, and the receipt of the search.

    The file appears under its name when it is whole. Ends the command with a sentence where that cannot be.
    """
    kind = kind or _kind_of(out)
    with open_register(settings) as register:
        service = Service(settings, register.database, engine_of(settings))
        service.receipts.open()
        try:
            job, _, receipt = exportable(service, query, kind)
            if out == STANDARD_OUTPUT:
                return _written(service, job, sys.stdout.buffer), receipt
            return _into(service, job, Path(out)), receipt
        except Problem as problem:
            fail(problem_words(problem))
        except OSError as error:
            fail(f"{out} cannot be written: {error.strerror}")
        finally:
            service.receipts.close()


def _kind_of(out: str) -> ExportFormat:
    ending = Path(out).suffix.removeprefix(".")
    for kind in get_args(ExportFormat):
        if ending == kind:
            found: ExportFormat = kind
            return found
    fail(f"{out} does not end in {', '.join(f'.{kind}' for kind in EXPORT_FORMATS)}; say which with --format")


def _into(service: Service, job: ExportJob, path: Path) -> int:
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as out:
            count = _written(service, job, out)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _written(service: Service, job: ExportJob, out: BinaryIO) -> int:
    result = service.asked(lambda: job.result(service.engine.reader(), service.database))
    return write(result, job.writer(), out.write)
