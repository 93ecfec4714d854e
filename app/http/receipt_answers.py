"""The bodies of the answers about receipts."""

from typing import Any, Literal

import msgspec

from app.http.answers import Total
from register.model import Part
from search.receipts.content import IndexUsed, RulesUsed, Understood
from search.receipts.replay import Cause


class FoundRecord(Part, frozen=True):
    """A record of the answer: its version then, and its score where it had one."""

    id: str
    version: int
    score: float | None = None


class ReplayAnswer(Part, frozen=True, kw_only=True):
    """The same search made now.

    `same`: the same records in the same versions and order. If not, `causes` are what is different in what it
    was made over, `rules` the names of rules that have changed, and `new`, `changed` and `gone` the ids of
    the page that are different.
    """

    same: bool
    at: str
    causes: list[Cause] = msgspec.field(default_factory=list)
    rules: list[str] = msgspec.field(default_factory=list)
    total: Total
    index: IndexUsed
    as_of: dict[str, str]
    new: list[str] = msgspec.field(default_factory=list)
    changed: list[str] = msgspec.field(default_factory=list)
    gone: list[str] = msgspec.field(default_factory=list)


class ReceiptAnswer(Part, frozen=True, kw_only=True):
    """A search that was made, and what it gave.

    `query` are the parameters in their normal form; `understood` how the name was read; `index.timepoint` the
    point up to which every change of the register was in; `gaps` records delivered but not taken in, by
    office; `results` the page that was given, `ranked` the first 100 of its ranking, `left` the ways of
    finding for which there was no time; `address` asks again.
    """

    id: str
    issued_at: str
    query: dict[str, Any]
    understood: Understood | None = None
    rules: RulesUsed
    index: IndexUsed
    software: str
    as_of: dict[str, str]
    gaps: dict[str, int] = msgspec.field(default_factory=dict)
    total: Total
    results: list[FoundRecord]
    ranked: list[FoundRecord] = msgspec.field(default_factory=list)
    left: tuple[str, ...] = ()
    address: str
    replay: ReplayAnswer


class ReceiptDifference(Part, frozen=True, kw_only=True):
    """What is different now from what a receipt says.

    `new` and `changed` hold the short form of records as a search does, `changed` with `before`: the version
    and score then, where the receipt holds them. `gone` tells `because`: `deleted` by the office, `changed`
    so that it does not match any more, or `displaced` by others though it has not changed itself. `complete`
    is False where more is different than is told.
    """

    id: str
    since: dict[Literal["issuedAt", "timepoint"], str | int]
    at: str
    rules: list[str] = msgspec.field(default_factory=list)
    new: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    gone: list[dict[str, Any]]
    complete: bool
    as_of: dict[str, str]
