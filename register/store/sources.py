"""Sources of feeds: what is known of each between runs, its runs, and the pages of the one that is open."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from register.store.audit import SERVICE, Actor, note
from register.store.packing import storable
from register.store.schema import feed_source, source_page, source_run

RunState = Literal["fetching", "fetched", "done", "unchanged", "failed"]
PULLER = Actor(who="source puller")
"""What fetches the feeds of sources."""

_OPEN: tuple[RunState, ...] = ("fetching", "fetched")


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source. `mark` is what the next run goes on from; `definition` the table it was last
    asked by; `failures` how many runs failed one after another; `problem` why the last one did.
    """

    name: str
    office: str
    definition: str
    mark: bytes | None
    failures: int
    problem: str | None
    next_run_at: dt.datetime | None
    last_run_at: dt.datetime | None
    last_success_at: dt.datetime | None


class SourceRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run. While it is open, `place` is asked for next (None: all has come), and `mark` is what is known
    where it ends there. `asked` counts requests answered, `pages` and `bytes` what is kept of them.
    """

    id: int
    source: str
    state: RunState
    url: str
    definition: str
    place: bytes | None
    mark: bytes | None
    asked: int
    pages: int
    bytes: int
    problem: str | None
    feed_id: int | None
    begun_at: dt.datetime
    ended_at: dt.datetime | None


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """A reply of an open run, numbered from 1. `request` and `content` are digests; `size` is that of the
    file in which it is kept, None where it is not kept.
    """

    number: int
    request: bytes
    content: bytes
    size: int | None


def source_states(connection: Connection) -> dict[str, SourceState]:
    return {row.name: SourceState(**row._mapping) for row in connection.execute(select(feed_source))}


def source_state(connection: Connection, name: str) -> SourceState | None:
    row = connection.execute(select(feed_source).where(feed_source.c.name == name)).one_or_none()
    return None if row is None else SourceState(**row._mapping)


def open_run(connection: Connection, name: str) -> SourceRun | None:
    """The run of the source that has not ended."""
    query = select(source_run).where(source_run.c.source == name, source_run.c.state.in_(_OPEN))
    row = connection.execute(query).one_or_none()
    return None if row is None else _run(row)


def runs_of(connection: Connection, name: str, limit: int) -> list[SourceRun]:
    """The runs of a source, newest first."""
    query = select(source_run).where(source_run.c.source == name).order_by(source_run.c.id.desc())
    return [_run(row) for row in connection.execute(query.limit(limit))]


def begin_run(
    connection: Connection,
    name: str,
    office: str,
    *,
    definition: str,
    url: str,
    place: bytes | None,
    mark: bytes,
    now: dt.datetime,
) -> SourceRun:
    """A new run of a source that has no open one. `url` has no secrets."""
    before = source_state(connection, name)
    if before is not None and before.definition not in ("", definition):
        note(connection, PULLER, "source.changed", office=office, subject=f"source {name}", url=url)
    _note(connection, name, {"office": office, "definition": definition, "last_run_at": now})
    values = {"definition": definition, "url": url, "place": place, "mark": mark, "begun_at": now}
    row = connection.execute(
        insert(source_run).values(source=name, state="fetching", **values).returning(*source_run.c)
    ).one()
    return _run(row)


def resume_run(connection: Connection, run: SourceRun, now: dt.datetime) -> None:
    """Write down that an open run is gone on with."""
    _note(connection, run.source, {"last_run_at": now})


def find_page(
    connection: Connection, run_id: int, *, request: bytes | None = None, content: bytes | None = None
) -> SourcePage | None:
    """The first page of the run that was asked for, or had content, by these digests."""
    query = select(source_page).where(source_page.c.run_id == run_id).order_by(source_page.c.number).limit(1)
    if request is not None:
        query = query.where(source_page.c.request == request)
    if content is not None:
        query = query.where(source_page.c.content == content)
    row = connection.execute(query).one_or_none()
    return None if row is None else _page(row)


def count_repeats(connection: Connection, run_id: int, content: bytes) -> int:
    """How many replies of the run have this content."""
    query = select(func.count()).where(source_page.c.run_id == run_id, source_page.c.content == content)
    return connection.scalar(query) or 0


def kept_pages(connection: Connection, run_id: int) -> list[SourcePage]:
    """The pages that are kept, in their order."""
    query = select(source_page).where(source_page.c.run_id == run_id, source_page.c.size.is_not(None))
    return [_page(row) for row in connection.execute(query.order_by(source_page.c.number))]


def add_page(
    connection: Connection, run: SourceRun, page: SourcePage, *, place: bytes | None, mark: bytes
) -> SourceRun:
    """The page is on disk, and `place` follows it."""
    connection.execute(insert(source_page).values(run_id=run.id, **msgspec.structs.asdict(page)))
    row = connection.execute(
        update(source_run)
        .where(source_run.c.id == run.id)
        .values(
            place=place,
            mark=mark,
            asked=source_run.c.asked + 1,
            pages=source_run.c.pages + int(page.size is not None),
            bytes=source_run.c.bytes + (page.size or 0),
        )
        .returning(*source_run.c)
    ).one()
    return _run(row)


def mark_fetched(connection: Connection, run: SourceRun, *, mark: bytes, problem: str | None) -> SourceRun:
    """Nothing further is asked for in this run."""
    values = {"state": "fetched", "place": None, "mark": mark, "problem": _storable(problem)}
    row = connection.execute(
        update(source_run).where(source_run.c.id == run.id).values(**values).returning(*source_run.c)
    ).one()
    return _run(row)


def end_run(
    connection: Connection,
    run: SourceRun,
    state: RunState,
    *,
    now: dt.datetime,
    feed_id: int | None = None,
    problem: str | None = None,
) -> SourceRun:
    """The run is over; of its pages nothing is kept here."""
    connection.execute(delete(source_page).where(source_page.c.run_id == run.id))
    values = {"state": state, "place": None, "ended_at": now, "feed_id": feed_id}
    row = connection.execute(
        update(source_run)
        .where(source_run.c.id == run.id)
        .values(**values, problem=_storable(problem))
        .returning(*source_run.c)
    ).one()
    return _run(row)


def note_success(
    connection: Connection,
    name: str,
    *,
    mark: bytes,
    next_run_at: dt.datetime,
    now: dt.datetime,
    problem: str | None = None,
) -> None:
    """All that there was has been taken, or, where `problem` says so, all that the source gives for now."""
    values = {"mark": mark, "failures": 0, "problem": _storable(problem), "last_success_at": now}
    _note(connection, name, {**values, "next_run_at": next_run_at})


def note_problem(
    connection: Connection,
    name: str,
    office: str,
    definition: str,
    *,
    problem: str,
    failures: int,
    next_run_at: dt.datetime,
    now: dt.datetime,
) -> None:
    """The source could not be asked to its end."""
    values = {"office": office, "definition": definition, "problem": storable(problem), "failures": failures}
    _note(connection, name, {**values, "next_run_at": next_run_at, "last_run_at": now})


def set_mark(connection: Connection, name: str, mark: bytes | None) -> None:
    """What the next run goes on from; None: it begins as if there had been none."""
    connection.execute(update(feed_source).where(feed_source.c.name == name).values(mark=mark))


def begin_anew(connection: Connection, name: str, now: dt.datetime, by: Actor = SERVICE) -> None:
    """The next run begins as the first one did."""
    held = source_state(connection, name)
    if held is not None:
        note(connection, by, "source.restarted", office=held.office or None, subject=f"source {name}")
    run = open_run(connection, name)
    if run is not None:
        end_run(connection, run, "failed", now=now, problem="given up, to begin anew")
    set_mark(connection, name, None)


def _note(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    statement = insert_or_update(feed_source).values(
        name=name, **{"office": "", "definition": "", "failures": 0, **values}
    )
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=dict(values)))


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _run(row: Row[Any]) -> SourceRun:
    return SourceRun(**row._mapping)


def _page(row: Row[Any]) -> SourcePage:
    return SourcePage(number=row.number, request=row.request, content=row.content, size=row.size)
