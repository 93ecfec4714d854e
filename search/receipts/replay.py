"""A receipt compared with the answer of now: whether it is the same, and if not, why."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from search.cursor import read_cursor, write_cursor
from search.query import SearchQuery
from search.receipts.content import RULES_NOW, Circumstances, Found, Receipt, RulesUsed
from search.service import Answer

SCORE_TOLERANCE = 0.02
"""Up to here two scores are one. How rare a word is, an engine counts with the records in it that were
replaced and are not merged away yet, so a rebuilt index may weigh a word a little differently.
"""

Cause = Literal["data", "rules", "index", "engine", "software"]


class Replay(NamedTuple):
    """`same`: the same records in the same versions, order and scores. `causes` are what is different in the
    circumstances, where it may have changed the answer. `appeared`, `changed` and `gone` are ids of the page.
    """

    same: bool
    causes: tuple[Cause, ...]
    appeared: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    rules: tuple[str, ...]


def query_to_replay(receipt: Receipt, engine: Literal["tantivy", "opensearch"]) -> SearchQuery:
    """The query as it was asked, its page of the same place in the engine of now.

    Raises `InputError` where the cursor is of a form that is no longer read.
    """
    query = receipt.query
    if query.cursor is None or receipt.index.engine == engine:
        return query
    place = read_cursor(query, receipt.index.engine)
    return query if place is None else dataclasses.replace(query, cursor=write_cursor(query, engine, place))


def compare(receipt: Receipt, answer: Answer, over: Circumstances, changes: int) -> Replay:
    """The receipt and the answer of now; `changes` is the newest timepoint of the register."""
    now = [Found(hit.id, hit.version, hit.score) for hit in answer.hits]
    then, later = _by_id(receipt.results), _by_id(now)
    known = {**_by_id(receipt.ranked), **then}
    same = _same_order(receipt.results, now, known) and (
        receipt.relation != "eq" or answer.total.relation != "eq" or receipt.total == answer.total.value
    )
    return Replay(
        same=same,
        causes=() if same else _causes(receipt, over, changes),
        appeared=tuple(one.id for one in now if one.id not in then),
        changed=tuple(one.id for one in now if one.id in then and differs(then[one.id], one)),
        gone=tuple(one.id for one in receipt.results if one.id not in later),
        rules=changed_rules(receipt.rules, RULES_NOW),
    )


def differs(then: Found, now: Found) -> bool:
    """Whether the version is another, or the score by more than engines differ in."""
    return then.version != now.version or not _alike(then.score, now.score)


def changed_rules(then: RulesUsed, now: RulesUsed) -> tuple[str, ...]:
    """The names of rules that are of another version, new, or no longer there."""
    before = {rule.name: rule.version for rule in then.rules}
    after = {rule.name: rule.version for rule in now.rules}
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


def _causes(receipt: Receipt, over: Circumstances, changes: int) -> tuple[Cause, ...]:
    found: list[Cause] = []
    if changes > receipt.index.timepoint:
        found.append("data")
    if receipt.rules != RULES_NOW:
        found.append("rules")
    if receipt.index.name != over.index.name:
        found.append("index")
    if receipt.index.engine != over.index.engine:
        found.append("engine")
    if receipt.software != over.software:
        found.append("software")
    return tuple(found)


def _same_order(then: Sequence[Found], now: Sequence[Found], known: Mapping[str, Found]) -> bool:
    """The same records place by place; those whose scores are one may stand in another order."""
    if len(then) != len(now):
        return False
    for before, after in zip(then, now, strict=True):
        held = known.get(after.id)
        if held is None or differs(held, after):
            return False
        if held.id != before.id and (held.score is None or not _alike(held.score, before.score)):
            return False
    return True


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SCORE_TOLERANCE


def _by_id(found: Sequence[Found]) -> dict[str, Found]:
    return {one.id: one for one in found}
