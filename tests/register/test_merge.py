"""Merging statements: the last writer wins by field, whatever the order of delivery."""

import datetime as dt
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.merge import (
    NOTHING,
    Held,
    Standing,
    state_all,
    state_end,
    state_some,
    take_away,
    takes_all,
)
from register.model import Event, Number, Publication, Record, Right, Status, Text

A1 = Publication(country="EP", number="1000001", kind="A1", date=dt.date(2020, 1, 1))
B1 = Publication(country="EP", number="1000001", kind="B1", date=dt.date(2022, 1, 1))
C1 = Publication(country="EP", number="1000001", kind="C1", date=dt.date(2021, 1, 1))


class Said(NamedTuple):
    """A statement as the tests make it."""

    operation: str
    record: Record
    given: frozenset[str] = frozenset()


def mark(right: Right = "patent", **fields: object) -> Record:
    return Record(id="xx-pt-1", office="XX", right=right, application_number="1", **fields)  # type: ignore[arg-type]


def follow(held: Held | None, said: Said, stamp: str) -> Held:
    if said.operation == "upsert":
        return state_all(held, said.record, stamp)
    if said.operation == "patch":
        return state_some(held, said.record, said.given, stamp)
    return state_end(held, said.record, stamp)


def visible(held: Held | None) -> Record | None:
    """What a reader sees: nothing of a deleted right."""
    return None if held is None or held.deleted else held.record


fields = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["a", "b"]),
        "status": st.sampled_from([Status(), Status(plain="registered"), Status(plain="ended")]),
        "titles": st.sampled_from([(), (Text("one"),), (Text("two"), Text("three"))]),
        "publications": st.lists(st.sampled_from([A1, B1, C1]), unique=True, max_size=3).map(tuple),
        "numbers": st.lists(
            st.builds(Number, st.just("x"), st.sampled_from("123")), unique=True, max_size=2
        ).map(tuple),
        "events": st.lists(
            st.builds(Event, code=st.sampled_from("abc")), unique_by=lambda event: event.code, max_size=2
        ).map(tuple),
        "ipc": st.sampled_from([(), ("A01B1/00",)]),
    },
)


@st.composite
def statements(draw: st.DrawFn, right: Right) -> list[tuple[str, Said]]:
    """Statements of one right with stamps that all differ, oldest first."""
    made = []
    for n in range(draw(st.integers(1, 5))):
        operation = draw(st.sampled_from(["upsert", "patch", "patch", "delete"]))
        values = {} if operation == "delete" else draw(fields)
        cleared = draw(st.sampled_from([frozenset(), frozenset({"kind", "numbers"})]))
        spelled = draw(st.sampled_from(["1", "1.", "-1"]))
        record = msgspec.structs.replace(mark(right, **values), application_number=spelled)
        made.append((f"2024-01-{n + 1:02}", Said(operation, record, frozenset(values) | cleared)))
    return made


@pytest.mark.parametrize("right", ["patent", "trademark"])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_stamped_statements_in_any_order_end_in_the_same_state(data: st.DataObject, right: Right) -> None:
    in_time = data.draw(statements(right))
    delivered = data.draw(st.permutations(in_time))
    first = second = None
    for stamp, said in in_time:
        first = follow(first, said, stamp)
    for stamp, said in delivered:
        second = follow(second, said, stamp)
    assert first is not None
    assert second is not None
    assert first.deleted == second.deleted
    assert _in_any_order(visible(first)) == _in_any_order(visible(second))


def _in_any_order(record: Record | None) -> object:
    """Lists as sets where only their members matter: a full statement keeps its own order, a union sorts."""
    if record is None:
        return None
    values = {name: getattr(record, name) for name in record.__struct_fields__}
    for name in ("publications", "numbers", "events"):
        values[name] = frozenset(values[name])
    return values


@settings(max_examples=100, deadline=None)
@given(made=statements("patent"))
def test_the_same_statement_again_changes_nothing(made: list[tuple[str, Said]]) -> None:
    held: Held | None = None
    for stamp, said in made:
        held = follow(held, said, stamp)
        again = follow(held, said, stamp)
        assert again.deleted == held.deleted
        assert visible(again) == visible(held)


@settings(max_examples=100, deadline=None)
@given(made=statements("patent"))
def test_without_stamps_the_order_of_delivery_decides(made: list[tuple[str, Said]]) -> None:
    held: Held | None = None
    for _, said in made:
        held = follow(held, said, "")
        assert held.standing == NOTHING
        if said.operation == "upsert":
            assert held.record == said.record
        if said.operation == "delete":
            assert held.deleted
        if said.operation == "patch":
            for name in said.given - {"publications", "numbers", "events"}:
                assert getattr(held.record, name) == getattr(said.record, name)


def test_a_patch_sets_only_the_fields_it_gives_and_an_empty_one_is_cleared() -> None:
    held = state_all(None, mark("trademark", kind="word", feature="x", texts=(Text("A"),)), "")
    held = state_some(held, mark("trademark", texts=(Text("B"),)), frozenset({"texts", "feature"}), "")
    assert held.record == mark("trademark", kind="word", texts=(Text("B"),))


def test_an_older_full_statement_fills_what_only_patches_left_open() -> None:
    held = state_some(None, mark(kind="new"), frozenset({"kind"}), "2024-02-01")
    held = state_all(held, mark(kind="old", feature="wide"), "2024-01-01")
    assert held.record == mark(kind="new", feature="wide")


def test_a_statement_without_a_stamp_wins_over_a_stamped_one_and_stands_as_new() -> None:
    held = state_all(None, mark(kind="dated"), "2024-05-01")
    held = state_all(held, mark(kind="undated"), "")
    assert held.record.kind == "undated"
    assert state_all(held, mark(kind="older"), "2024-04-01").record.kind == "undated"
    assert state_all(held, mark(kind="newer"), "2024-06-01").record.kind == "newer"


def test_of_two_statements_of_one_day_the_later_delivered_wins() -> None:
    held = state_all(state_all(None, mark(kind="morning"), "2024-05-01"), mark(kind="evening"), "2024-05-01")
    assert held.record.kind == "evening"


def test_an_older_statement_does_not_bring_back_a_deleted_right_but_a_newer_does() -> None:
    held = state_end(state_all(None, mark(kind="a"), "2024-01-01"), mark(), "2024-03-01")
    assert held.deleted
    assert held.record.kind == "a"
    assert state_all(held, mark(kind="b"), "2024-02-01").deleted
    again = state_all(held, mark(kind="c"), "2024-04-01")
    assert again == Held(mark(kind="c"), Standing("2024-04-01"), False)


def test_a_patch_after_a_delete_brings_back_only_what_it_gives() -> None:
    held = state_end(state_all(None, mark(kind="a", feature="x"), ""), mark(), "")
    assert state_some(held, mark(feature="y"), frozenset({"feature"}), "").record == mark(feature="y")


def test_publications_of_an_application_are_united_by_their_numbers() -> None:
    given_fields = frozenset({"publications"})
    held = state_some(None, mark(publications=(B1,)), given_fields, "")
    held = state_some(held, mark(publications=(A1,)), given_fields, "")
    assert held.record.publications == (A1, B1)
    corrected = Publication(country="EP", number="1000001", kind="A1", date=dt.date(2020, 1, 8))
    held = state_some(held, mark(publications=(corrected,)), given_fields, "")
    assert held.record.publications == (corrected, B1)


def test_a_patch_of_a_mark_replaces_its_lists() -> None:
    held = state_all(None, mark("trademark", events=(Event(code="a"),)), "")
    held = state_some(held, mark("trademark", events=(Event(code="b"),)), frozenset({"events"}), "")
    assert held.record.events == (Event(code="b"),)


def test_the_delete_of_one_publication_leaves_the_right_with_the_others() -> None:
    held = state_all(None, mark(publications=(A1, B1)), "")
    held = take_away(held, A1, "")
    assert (held.record.publications, held.deleted) == ((B1,), False)
    assert take_away(held, B1, "").deleted


def test_a_publication_deleted_without_its_kind_is_found_by_its_number() -> None:
    held = state_all(None, mark(publications=(A1,)), "")
    assert take_away(held, Publication(country="EP", number="1 000 001"), "").deleted


def test_an_older_patch_does_not_bring_back_a_publication_taken_away() -> None:
    given_fields = frozenset({"publications"})
    held = state_some(None, mark(publications=(A1, B1)), given_fields, "2024-01-01")
    held = take_away(held, A1, "2024-03-01")
    assert state_some(held, mark(publications=(A1,)), given_fields, "2024-02-01").record.publications == (B1,)
    held = state_some(held, mark(publications=(A1,)), given_fields, "2024-04-01")
    assert held.record.publications == (A1, B1)


def test_a_publication_stated_after_its_delete_was_written_stays() -> None:
    held = state_some(None, mark(publications=(A1,)), frozenset({"publications"}), "2024-03-01")
    assert take_away(held, A1, "2024-02-01") == held


def test_a_full_statement_needs_the_content_held_only_where_something_later_was_patched() -> None:
    assert takes_all(Standing("2024-01-01"), "2024-02-01")
    assert takes_all(Standing("2024-01-01"), "")
    assert not takes_all(Standing("2024-03-01"), "2024-02-01")
    assert not takes_all(Standing("2024-01-01", {"kind": "2024-03-01"}), "2024-02-01")
