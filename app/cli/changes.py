"""`ipregister changes`: the register followed, a change a line."""

import sys

import click
from starlette.datastructures import QueryParams

from app.cli.console import fail, settings_of_process, told
from app.cli.exporting import problem_words
from app.exports.changes import since_of, told_lines
from app.family import stop_event
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.open_register import open_register
from register.store.changes import Scope

_LOOK_SECONDS = 0.5
_SCOPE = table("offices", "rights")


@click.command()
@click.option(
    "--since", default="0", help="A day, a time, or the timepoint of a line; absent: from the first."
)
@click.option("--offices", default="", help="Only these offices: ST.3 codes with commas between.")
@click.option("--rights", default="", help="Only these rights, as trademark,design.")
@click.option("--limit", type=click.IntRange(1), help="At most so many changes.")
@click.option(
    "--follow", is_flag=True, help="Do not end at the last change: wait for the next, until interrupted."
)
@told
def changes(since: str, offices: str, rights: str, limit: int | None, follow: bool) -> None:
    """Print the changes of the register as JSON, a change a line, in their order.

    A line that has a timepoint only says that everything up to there has been printed. To go on after a
    break, give the timepoint of the last whole line as --since.
    """
    if follow and limit is not None:
        fail("--follow has no end; give either --follow or --limit")
    settings = settings_of_process()
    given = {name: value for name, value in (("offices", offices), ("rights", rights)) if value}
    try:
        values = read_parameters(QueryParams(given), _SCOPE)
    except Problem as problem:
        fail(problem_words(problem))
    scope = Scope(values.get("offices", ()), values.get("rights", ()))
    with open_register(settings, connections=1) as register:
        try:
            reached = since_of(register.database, since)
        except ValueError as error:
            fail(f"--since: {error}")
        begun = False
        # An interrupt that comes while the database answers must end it too.
        stop = stop_event() if follow else None
        while True:
            for part in told_lines(register.database, reached, limit, scope):
                lines = part.lines
                # Who follows is told of the end once, and then of what comes.
                if not begun or not follow or part.reached > reached:
                    sys.stdout.buffer.write(lines)
                    sys.stdout.buffer.flush()
                reached, begun = part.reached, True
                if stop is not None and stop.is_set():
                    return
            if stop is None or stop.wait(_LOOK_SECONDS):
                return
