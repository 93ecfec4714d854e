"""`clearance`: a report for a name, on the screen or as a file."""

from pathlib import Path

import click
import msgspec
from rich.table import Table
from starlette.datastructures import QueryParams

from app.clearance.formats import FORMATS, Format, document_of
from app.clearance.words import GRADE_SHORT, STATE_WORDS, class_words
from app.cli.console import errors, fail, json_option, print_json, results, settings_of_process, told
from app.http.clearance_body import CLEARANCE_PARAMETERS, asked_by
from app.http.parameters import read_parameters
from app.http.problems import Problem
from app.http.service import Service
from app.index_of import engine_of
from app.open_register import open_register
from search.clearance.report import ClearanceAsked, ClearanceReport, encode_report


@click.command()
@click.argument("name")
@click.option("--classes", default="", help="Nice classes with commas between.")
@click.option("--goods", default="", help="Goods and services as they would be filed.")
@click.option("--groups", default="", help="Korean similar-group codes with commas between.")
@click.option("--offices", default="", help="Only records of these offices: ST.3 codes with commas between.")
@click.option("--territories", default="", help="Marks that have effect in these states.")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=100, show_default=True, help="Conflicts listed."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the report goes; its ending says what it is: .pdf, .xlsx or .json.",
)
@json_option
@told
def clearance(
    name: str,
    classes: str,
    goods: str,
    groups: str,
    offices: str,
    territories: str,
    limit: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Say what stands in the way of NAME, by place and class."""
    format_ = None if out is None else _format_of(out)
    asked = _asked(name, classes, goods, groups, offices, territories, limit)
    settings = settings_of_process()
    with open_register(settings) as register:
        service = Service(settings, register.database, engine_of(settings))
        try:
            report = service.clear(asked)
        except Problem as problem:
            fail(problem.detail)
        if out is not None and format_ is not None:
            _write(report, out, format_, service.is_synthetic())
            errors.print(f"written to {out}", highlight=False)
    if as_json:
        print_json(msgspec.to_builtins(report))
    elif out is None:
        _print(report)


def _format_of(out: Path) -> Format:
    ending = out.suffix.lower().removeprefix(".")
    for format_ in FORMATS:
        if ending == format_:
            return format_
    fail(f"{out.name!r} is no report: end it with .pdf, .xlsx or .json")


def _asked(
    name: str, classes: str, goods: str, groups: str, offices: str, territories: str, limit: int
) -> ClearanceAsked:
    given = {
        "name": name,
        "niceClasses": classes,
        "goods": goods,
        "similarGroups": groups,
        "offices": offices,
        "territories": territories,
        "limit": str(limit),
    }
    try:
        values = read_parameters(
            QueryParams({name: text for name, text in given.items() if text.strip()}), CLEARANCE_PARAMETERS
        )
        return asked_by(values)
    except Problem as problem:
        fail(f"{problem.field}: {problem.detail}; {problem.mend}")


def _write(report: ClearanceReport, out: Path, format_: Format, synthetic: bool) -> None:
    data = encode_report(report) if format_ == "json" else document_of([report], format_, "", synthetic)
    try:
        out.write_bytes(data)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}")


def _print(report: ClearanceReport) -> None:
    grades = Table(title=f"{report.asked.name}: {GRADE_SHORT[report.grade]}")
    grades.add_column("place")
    for cell in report.places[0].classes if report.places else ():
        grades.add_column(class_words(cell.nice_class))
    for place in report.places:
        grades.add_row(
            f"{place.name} ({place.code})",
            *(
                f"{GRADE_SHORT[cell.grade]} {', '.join(f'#{number}' for number in cell.conflicts)}".strip()
                for cell in place.classes
            ),
        )
    results.print(grades)
    conflicts = Table(caption=report.no_advice)
    for head in (
        "no.",
        "grade",
        "alike",
        "mark",
        "office",
        "number",
        "classes",
        "standing",
        "goods",
        "owner",
    ):
        conflicts.add_column(head, overflow="fold")
    for one in report.deciding:
        conflicts.add_row(
            str(one.number),
            GRADE_SHORT[one.grade],
            f"{one.score:.2f}",
            one.mark or "–",
            one.office,
            one.application_number,
            ", ".join(map(str, one.nice_classes)),
            STATE_WORDS[one.standing.state],
            one.goods.relation,
            "; ".join(owner.name for owner in one.owners),
        )
    results.print(conflicts)
    for missing in report.missing:
        results.print(f"- {missing.text}", highlight=False, markup=False)
