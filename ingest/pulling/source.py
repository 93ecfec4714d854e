"""A source: its table with the habits of its kind worked in, and checked."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, get_args
from urllib.parse import urlsplit

import msgspec

from ingest.detect import UnknownFormatError, format_named
from ingest.pulling.hidden import secrets_in_table
from ingest.pulling.schedule import Schedule, read_schedule
from ingest.pulling.table import Kind, SourceTable
from register.codes.offices import is_st3

KINDS: tuple[Kind, ...] = get_args(Kind)


class SourceTableError(ValueError):
    """A table that cannot be used: where it stands, and what is wrong in it."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")


class Source(NamedTuple):
    """A source as it is asked. `definition` changes with anything in the table, `identity` (with which goes
    what is known of the other side) only with who is asked for what.
    """

    table: SourceTable
    schedule: Schedule
    definition: str
    identity: str

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def host(self) -> str:
        return urlsplit(self.table.url).netloc.lower()


def read_source(raw: Mapping[str, Any], where: str, office: str = "") -> Source:
    """A source of a table as TOML gives it. `office` is that of the profile in which it stands. Raises
    `SourceTableError`.
    """
    said = dict(raw)
    if office:
        if said.get("office", office) != office:
            raise SourceTableError(where, f"office: a profile names sources of its own office, {office}")
        said["office"] = office
    named = f"{where}, source {said.get('name', '?')}"
    try:
        habits = _habits(str(said.get("kind", "")))
        table = msgspec.convert(_merged(habits, said), SourceTable)
        schedule = read_schedule(table.every, table.cron, table.time_zone)
        _check(table)
    except (ValueError, UnknownFormatError) as error:
        raise SourceTableError(named, str(error).replace("`$.", "`")) from None
    identity = (table.office, table.kind, table.url, sorted(table.parameters.items()), table.dates.by)
    return Source(table, schedule, _digest(msgspec.to_builtins(table)), _digest(identity))


def _check(table: SourceTable) -> None:
    if not is_st3(table.office):
        raise ValueError(f"office: {table.office!r} is no ST.3 code of an office")
    parts = urlsplit(table.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
        raise ValueError("url: an address begins with https:// or http:// and a host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("url: no user or password in an address; use secret-headers")
    told = secrets_in_table(table)
    if told:
        raise ValueError(
            f"{', '.join(told)}: a secret does not stand in a table; name the environment variable that "
            "holds it under secret-parameters or secret-headers"
        )
    if table.format is not None:
        format_named(table.format, table.office)
    _check_dates(table)
    _check_pages(table)
    if table.kind == "index" and not re.search(r"%[a-zA-Z]", table.files.pattern):
        raise ValueError('files: pattern is missing, such as "apc%y%m%d.zip"')


def _check_dates(table: SourceTable) -> None:
    dates = table.dates
    if dates.by == "days" and (dates.first is None or not dates.parameter):
        raise ValueError("dates: days need `parameter` and `first`, the day from which on they are wanted")
    if dates.by == "since" and not dates.parameter and not dates.header:
        raise ValueError("dates: since needs `parameter` or `header`")
    if dates.form not in ("iso-date", "iso-time", "http-date", "unix") and "%" not in dates.form:
        raise ValueError(
            "dates: form is iso-date, iso-time, http-date, unix or a pattern such as %Y%m%d, "
            f"not {dates.form!r}"
        )


def _check_pages(table: SourceTable) -> None:
    pages = table.pages
    if pages.by in ("page", "offset", "cursor") and not pages.parameter:
        raise ValueError(f"pages: {pages.by} needs `parameter`")
    if pages.by == "cursor" and not pages.next:
        raise ValueError("pages: cursor needs `next`, the path to the next cursor in a reply")
    if pages.by in ("page", "offset") and table.reply.form == "any":
        raise ValueError("reply: form (json or xml) is needed where pages are counted")


@cache
def _habits(kind: str) -> dict[str, Any]:
    if kind not in KINDS:
        raise ValueError(f"kind: {kind!r} is none of {', '.join(KINDS)}")
    found = files(__package__).joinpath("kinds", f"{kind}.toml")
    return tomllib.loads(found.read_text(encoding="utf-8"))


def _merged(habits: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What the table says, and what it does not say by the habits of its kind."""
    merged = dict(habits)
    for name, value in said.items():
        before = merged.get(name)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[name] = _merged(before, value)
        else:
            merged[name] = value
    return merged


def _digest(value: Any) -> str:
    return hashlib.blake2b(msgspec.json.encode(value, order="deterministic"), digest_size=8).hexdigest()
