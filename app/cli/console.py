"""How the command line speaks: one JSON object or a table on standard output, everything else on standard
error.
"""

import getpass
import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console

from app.logs import start_logging
from app.settings import Settings, SettingsError, load_settings
from ingest.detect import UnknownFormatError
from ingest.pipeline import RefusedFeedError
from ingest.profile import ProfileError
from register.store.audit import Actor
from register.store.embedded import EmbeddedPostgresError

P = ParamSpec("P")
T = TypeVar("T")

errors = Console(stderr=True)
results = Console()

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on standard output."
)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def fail(sentence: str, status: int = 1) -> NoReturn:
    """End with a sentence on standard error."""
    errors.print(f"[bold red]ipregister:[/] {_escaped(sentence)}", highlight=False, soft_wrap=True)
    sys.exit(status)


def told(command: Callable[P, T]) -> Callable[P, T]:
    """Turn errors that a person can mend into a sentence and a non-zero exit."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (
            SettingsError,
            RefusedFeedError,
            UnknownFormatError,
            ProfileError,
            EmbeddedPostgresError,
        ) as error:
            fail(str(error))
        except KeyboardInterrupt:
            fail("interrupted", 130)

    return run


def settings_of_process() -> Settings:
    """The settings, with logging started by them."""
    settings = load_settings()
    start_logging(settings)
    return settings


def operator() -> Actor:
    """Who gives the commands of this process, as the audit log tells."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        # A user by number alone, as in a container.
        name = ""
    return Actor(who="operator", place=f"command line, {name}" if name else "command line")


def _escaped(text: str) -> str:
    return text.replace("[", "\\[")
