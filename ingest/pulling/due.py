"""Which sources are to be asked now."""

import datetime as dt
from collections.abc import Mapping

from ingest.pulling.source import Source
from register.store.sources import SourceState


def due_sources(
    sources: Mapping[str, Source], states: Mapping[str, SourceState], now: dt.datetime
) -> list[Source]:
    """Those whose time has come, longest waiting first; new ones, and ones with a changed table, at once."""
    due = [
        (_next_run(source, states.get(source.name)), source)
        for source in sources.values()
        if not source.table.off
    ]
    return [source for moment, source in sorted(due, key=lambda one: (one[0], one[1].name)) if moment <= now]


def _next_run(source: Source, state: SourceState | None) -> dt.datetime:
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    if state is None or state.next_run_at is None or state.definition != source.definition:
        return long_ago
    return state.next_run_at
