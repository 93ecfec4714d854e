"""How a source stands, in words for everyone: no address, no error text, nothing of its secrets."""

import datetime as dt
from collections.abc import Mapping

from app.http.source_answers import SourceState as Standing
from app.http.source_answers import ToldSource
from ingest.pulling.source import Source
from register.store.sources import SourceState


def told_source(source: Source, state: SourceState | None, now: dt.datetime) -> ToldSource:
    """The public part of a source and of what is known of it."""
    table = source.table
    seen = state is not None
    success = state.last_success_at if state is not None else None
    return ToldSource(
        name=source.name,
        office=table.office,
        title=table.title,
        kind=table.kind,
        schedule=f"every {table.every}" if table.every else f"{table.cron} {table.time_zone}",
        state=_standing(source, state),
        last_run=_written(state.last_run_at if state is not None else None),
        last_success=_written(success),
        next_run=_written(state.next_run_at if seen and state is not None and not table.off else None),
        delay=None if success is None else max(0, int((now - success).total_seconds())),
    )


def told_sources(
    sources: Mapping[str, Source], states: Mapping[str, SourceState], now: dt.datetime
) -> list[ToldSource]:
    """All sources, by name."""
    return [told_source(sources[name], states.get(name), now) for name in sorted(sources)]


def _standing(source: Source, state: SourceState | None) -> Standing:
    if source.table.off:
        return "off"
    if state is None:
        return "new"
    if state.failures:
        return "failing"
    if state.problem is not None:
        return "waiting"
    return "new" if state.last_success_at is None else "well"


def _written(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
