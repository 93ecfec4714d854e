"""The answers about sources from which feeds are fetched."""

from typing import Literal

from register.model import Part

SourceState = Literal["new", "well", "waiting", "failing", "off"]


class ToldSource(Part, frozen=True, kw_only=True):
    """A source and how it stands.

    `new`: not run to its end yet; `well`: the last run took all that there was; `waiting`: the source gives
    no more for now; `failing`: the last run could not be ended. `delay` is the seconds since the last run
    that ended well: what is held may be older than the source's own data by so much.
    """

    name: str
    office: str
    title: str
    kind: str
    schedule: str
    state: SourceState
    last_run: str | None = None
    last_success: str | None = None
    next_run: str | None = None
    delay: int | None = None


class SourcesPage(Part, frozen=True):
    results: list[ToldSource]
