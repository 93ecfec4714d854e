"""`ipregister applicant`: what an applicant is, and what a person decides of it."""

from collections.abc import Callable
from typing import Any

import click
import msgspec
from rich.table import Table
from sqlalchemy import Connection

from app.cli.console import (
    fail,
    json_option,
    operator,
    print_json,
    results,
    settings_of_process,
    told,
)
from app.http.applicant_answers import told_decision, told_spelling
from app.index_of import engine_of
from app.indexing import drained_here
from app.open_register import Register, open_register
from app.settings import Settings
from register.spelling import spelling_id
from register.store.applicant_decisions import Decision, DecisionError, decisions_on, merge, split, undo
from register.store.applicant_reading import current_applicant, spellings_of
from search.applicants.calling import so_called
from search.applicants.spellings import Counted, count_spellings
from search.engine import Engine
from search.errors import IndexUnavailableError

_LONGEST_LIST = 20


@click.group()
def applicant() -> None:
    """Look at an applicant; decide that two are one, or spellings another's; take it back."""


@applicant.command()
@click.argument("named", metavar="ID_OR_NAME")
@json_option
@told
def show(named: str, as_json: bool) -> None:
    """The spellings of the applicant with this ID or name, the evidence for each, and the decisions on it."""
    settings = settings_of_process()
    with open_register(settings) as register:
        identity = register.database.read(lambda connection: _found(connection, named))
        if identity is None:
            fail(f"there is no applicant {named!r}; give its id, or its whole name in one of its spellings")
        spellings = register.database.read(lambda connection: spellings_of(connection, identity))
        decisions = register.database.read(lambda connection: decisions_on(connection, [identity]))
        counted = _counted(engine_of(settings), identity, [one.id for one in spellings])
    shown = [
        told_spelling(one, *(counted[one.id].told if one.id in counted else (0, {}))) for one in spellings
    ]
    if as_json:
        print_json(
            {
                "id": identity,
                "spellings": [msgspec.to_builtins(one) for one in shown],
                "decisions": [msgspec.to_builtins(told_decision(one)) for one in decisions],
            }
        )
        return
    results.print(f"applicant {identity}", highlight=False)
    table = Table()
    for head in ("spelling", "name", "country", "office's number", "records", "evidence"):
        table.add_column(head)
    for one in sorted(shown, key=lambda one: -one.records):
        why = "; ".join(f"{why.evidence} {why.score:.2f} ({why.name})" for why in one.why[:_LONGEST_LIST])
        number = f"{one.office} {one.number}" if one.number else ""
        table.add_row(one.id, one.name, one.country or "", number, f"{one.records:,}", why)
    results.print(table)
    for decision in decisions:
        undone = f", undone by {decision.undone_by}" if decision.undone_by else ""
        results.print(
            f"decision {decision.id}: {decision.kind} of {decision.applicant} and {decision.other} by "
            f"{decision.made_by} on {decision.made_at:%Y-%m-%d}{undone}",
            highlight=False,
        )


@applicant.command("merge")
@click.argument("kept", metavar="ID")
@click.argument("other", metavar="OTHER")
@click.option("--note", "words", default="", help="Why, in your words.")
@json_option
@told
def merge_(kept: str, other: str, words: str, as_json: bool) -> None:
    """Make the applicant OTHER part of ID, now and for every spelling that comes."""
    _decide(lambda connection: merge(connection, kept, other, by=operator(), words=words), as_json)


@applicant.command("split")
@click.argument("identity", metavar="ID")
@click.argument("spellings", metavar="SPELLING...", nargs=-1, required=True)
@click.option("--note", "words", default="", help="Why, in your words.")
@json_option
@told
def split_(identity: str, spellings: tuple[str, ...], words: str, as_json: bool) -> None:
    """Make another applicant of these SPELLINGs of ID (their ids, as `show` tells them)."""
    ids: list[int] = []
    for given in spellings:
        spelling = spelling_id(given)
        if spelling is None:
            fail(f"{given!r} is no id of a spelling; `ipregister applicant show {identity}` tells them")
        ids.append(spelling)
    _decide(lambda connection: split(connection, identity, ids, by=operator(), words=words), as_json)


@applicant.command("undo")
@click.argument("number", metavar="DECISION", type=click.IntRange(1, 2**31 - 1))
@json_option
@told
def undo_(number: int, as_json: bool) -> None:
    """Take the DECISION with this number back."""
    _decide(lambda connection: undo(connection, number, by=operator()), as_json)


def _found(connection: Connection, named: str) -> str | None:
    if named.startswith("ap-") and (identity := current_applicant(connection, named)) is not None:
        return identity
    return next(iter(so_called(connection, named, 1)), None)


def _counted(engine: Engine, identity: str, spellings: list[int]) -> dict[int, Counted]:
    try:
        return count_spellings(engine.reader(), identity, spellings)
    except IndexUnavailableError:
        return {}


def _decide(decide: Callable[[Connection], Decision], as_json: bool) -> None:
    settings = settings_of_process()
    with open_register(settings) as register:
        try:
            with register.database.writing() as connection:
                made = decide(connection)
        except DecisionError as error:
            fail(str(error))
        _index(settings, register)
    answer: dict[str, Any] = msgspec.to_builtins(told_decision(made))
    answer["moved"] = len(made.moved)
    if as_json:
        print_json(answer)
    else:
        results.print(
            f"decision {made.id}: {made.kind} of {made.applicant} and {made.other}; "
            f"{len(made.moved)} spellings moved",
            highlight=False,
        )


def _index(settings: Settings, register: Register) -> None:
    """Where no service runs, the index follows at once."""
    drained_here(register.database, engine_of(settings))
