"""Receipts replayed and compared, over both engines and a real register."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest

from register.store.changes import last_timepoint
from register.store.database import Database
from register.store.index_states import reached
from search.engine import Engine
from search.indexer import Indexer
from search.query import Filters, SearchQuery, Sort
from search.receipts.content import (
    Circumstances,
    Receipt,
    RulesUsed,
    RuleVersion,
    decode_receipt,
    encode_receipt,
    index_used,
    receipt_of,
)
from search.receipts.difference import Difference, difference
from search.receipts.replay import Replay, compare, query_to_replay
from search.service import SearchService
from tests.register.store.delivering import Office, mark, patent, says

NAMES = ("STEIGER", "STAIGER", "STEIGERS", "UNITEL", "STEIGER FOODS", "LUMORA")


class Searched:
    """A register with its index, searched with receipts."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self.database, self.engine = database, engine
        self.indexer = Indexer(database, engine)
        self.office = Office(database)
        self.service = SearchService(engine.reader(), lambda: {"SG": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})

    def over(self) -> Circumstances:
        name = self.engine.live()
        assert name is not None
        timepoint = self.database.read(lambda connection: reached(connection, name))
        return Circumstances("1", index_used(name, self.engine.kind, timepoint), {})

    def receipt(self, query: SearchQuery) -> Receipt:
        made = receipt_of(query, self.service.search(query), self.over())
        return decode_receipt(encode_receipt(made))

    def replay(self, receipt: Receipt) -> Replay:
        query = query_to_replay(receipt, self.engine.kind)
        newest = self.database.read(last_timepoint)
        return compare(receipt, self.service.search(query), self.over(), newest)

    def difference(self, receipt: Receipt) -> Difference:
        query = query_to_replay(receipt, self.engine.kind)
        return difference(self.service, self.database, receipt, query, self.service.search(query))


@pytest.fixture
def searched(fresh_database_url: str, engine: Engine) -> Iterator[Searched]:
    database = Database(fresh_database_url)
    made = Searched(database, engine)
    made.office.delivers(
        *(
            says(mark(str(n), name, vienna_codes=("26.04.05", f"03.01.0{n}")), number=n)
            for n, name in enumerate(NAMES, 1)
        )
    )
    made.indexer.drain()
    yield made
    made.indexer.close()
    database.close()


QUERIES = (
    SearchQuery("steiger"),
    SearchQuery("steiger", limit=2),
    SearchQuery("steiger", sort=Sort("filingDate")),
    SearchQuery("steiger", match="sound", filters=Filters(offices=("SG",), status=("registered",))),
    SearchQuery("st", match="startsWith"),
    SearchQuery(limit=3),
    SearchQuery("nothing like it whatever"),
    SearchQuery(vienna_like=("26.4.5", "sg-tm-1")),
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_receipt_replays_to_the_same_answer_also_after_a_rebuild(
    searched: Searched, query: SearchQuery
) -> None:
    receipt = searched.receipt(query)
    assert searched.replay(receipt).same
    searched.indexer.rebuild()
    assert searched.replay(receipt) == Replay(True, (), (), (), (), ())
    assert searched.difference(receipt) == Difference([], [], [], True)


@pytest.mark.parametrize("query", [SearchQuery("steiger", limit=1), SearchQuery(limit=2)])
def test_a_page_that_is_not_the_first_is_replayed_too(searched: Searched, query: SearchQuery) -> None:
    second = dataclasses.replace(query, cursor=searched.service.search(query).next)
    receipt = searched.receipt(second)
    assert receipt.results[0].id != searched.service.search(query).hits[0].id
    searched.indexer.rebuild()
    assert searched.replay(receipt).same


def test_what_a_feed_adds_changes_and_deletes_is_told(searched: Searched) -> None:
    receipt = searched.receipt(SearchQuery("steiger"))
    searched.office.delivers(
        says(mark("7", "STEIGEN")),
        says(mark("2", "STAIGER", plain="expired"), number=2),
        says(mark("3", "STEIGERS"), "delete", number=3),
        says(mark("5", "WHOLLY OTHER"), number=4),
        says(mark("6", "LUMORA TOO"), number=5),
    )
    searched.indexer.drain()
    replay = searched.replay(receipt)
    assert (replay.same, replay.causes) == (False, ("data",))
    assert replay.appeared == ("sg-tm-7",)
    assert replay.changed == ("sg-tm-2",)
    assert set(replay.gone) == {"sg-tm-3", "sg-tm-5"}
    found = searched.difference(receipt)
    assert [hit.id for hit in found.new] == ["sg-tm-7"]
    assert [
        (one.hit.id, one.before.version if one.before else 0, one.hit.version) for one in found.changed
    ] == [("sg-tm-2", 1, 2)]
    assert {one.before.id: one.because for one in found.gone} == {"sg-tm-3": "deleted", "sg-tm-5": "changed"}
    assert found.complete


def test_what_does_not_concern_the_search_leaves_it_the_same(searched: Searched) -> None:
    receipt = searched.receipt(SearchQuery("steiger"))
    searched.office.delivers(says(mark("8", "GOLDLEAF")))
    searched.indexer.drain()
    assert searched.replay(receipt).same
    assert searched.difference(receipt) == Difference([], [], [], True)


def test_what_others_push_off_the_page_is_not_said_to_be_changed(searched: Searched) -> None:
    receipt = searched.receipt(SearchQuery(limit=2, sort=Sort("changed")))
    searched.office.delivers(says(mark("9", "GOLDLEAF")))
    searched.indexer.drain()
    found = searched.difference(receipt)
    assert [hit.id for hit in found.new] == ["sg-tm-9"]
    assert {one.because for one in found.gone} == {"displaced"}


def test_what_is_new_beyond_the_page_is_told_and_what_was_there_before_is_not(searched: Searched) -> None:
    query = SearchQuery(limit=1, sort=Sort("filingDate", descending=False))
    receipt = searched.receipt(query)
    late = dt.date(2025, 1, 1)
    searched.office.delivers(
        says(mark("9", "GOLDLEAF", filing_date=late)),
        says(mark("4", "UNITEL", plain="expired", filing_date=late), number=2),
    )
    searched.indexer.drain()
    found = searched.difference(receipt)
    assert [hit.id for hit in found.new] == ["sg-tm-9"]
    assert [(one.hit.id, one.before) for one in found.changed] == [("sg-tm-4", None)]


def test_more_than_one_search_looks_at_is_told_to_the_end(searched: Searched) -> None:
    receipt = searched.receipt(SearchQuery("steiger"))
    count = 300
    searched.office.delivers(
        *(says(mark(str(n), "STEIGER"), number=n) for n in range(100, 100 + count)), batch=50
    )
    searched.indexer.drain()
    found = searched.difference(receipt)
    assert (len(found.new), found.complete) == (count, True)


def test_other_rules_are_named(searched: Searched) -> None:
    receipt = searched.receipt(SearchQuery("steiger"))
    older = tuple(
        RuleVersion(rule.name, 0) if rule.name == "identical" else rule for rule in receipt.rules.rules
    )
    before = msgspec.structs.replace(receipt, rules=RulesUsed("0", older))
    assert searched.replay(before).rules == ("identical",)


def test_patents_are_replayed_too(searched: Searched) -> None:
    searched.office.delivers(says(patent("P1", titles=())))
    searched.indexer.drain()
    receipt = searched.receipt(SearchQuery(filters=Filters(rights=("patent",))))
    assert [one.id for one in receipt.results] == ["sg-pt-p1"]
    assert searched.replay(receipt).same
