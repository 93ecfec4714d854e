"""A dry run tells what a feed would change: counted exactly, with examples, and leaves nothing behind."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from register.model import Publication, Record, Status, Text
from register.store import rehearsal as rehearsing
from register.store.database import Database
from register.store.dry_run import DryRun
from register.store.finding import Item
from register.store.guard import Guard, held_before, note_ended
from register.store.rehearsal import (
    FieldChange,
    Rehearsal,
    RehearsedChange,
    RightEffects,
    list_rehearsed,
    read_rehearsal,
)
from register.store.schema import metadata
from register.store.upsert import Upsert
from tests.register.store.delivering import Office, delete_of, mark, patent, rejects, says

OWN = {"feed", "feed_file", "quarantine", "feed_quality", "feed_unread", "rehearsal", "rehearsed_change"}
"""Where a dry run writes: rows of its own only."""


def rehearse(office: Office, *items: Item, batch: int = 1000, guard: Guard | None = None) -> int:
    """The id of a dry run of these."""
    feed = office.begin(dry_run=True)
    if guard is not None:
        with office.database.writing() as connection:
            note_ended(connection, feed.id, held_before(connection))
    with DryRun(office.database, feed, guard) as run:
        for first in range(0, len(items), batch):
            run.apply(items[first : first + batch])
    office.finish(feed)
    return feed.id


def found(office: Office, feed_id: int) -> Rehearsal:
    with office.database.reading() as connection:
        return read_rehearsal(connection, feed_id)


def listed(office: Office, feed_id: int, **asked: Any) -> list[RehearsedChange]:
    with office.database.reading() as connection:
        return list_rehearsed(connection, feed_id, **asked)


def everything(database: Database, but_feed: int = 0) -> dict[str, list[Any]]:
    """Every row of every table, but those of one feed, and that it came, which stands in the audit log."""
    held = {}
    with database.reading() as connection:
        for name, table in metadata.tables.items():
            if name == "audit":
                continue
            rows = connection.execute(text(f'SELECT * FROM "{name}"')).mappings().all()
            key = "id" if name == "feed" else "feed_id" if "feed_id" in table.c else None
            kept = [dict(row) for row in rows if name not in OWN or row[str(key)] != but_feed]
            held[name] = sorted(map(repr, kept))
    return held


def test_what_would_change_is_counted_by_right_field_and_status(office: Office) -> None:
    office.delivers(
        says(mark("1", "A")),
        says(mark("2", "B")),
        says(mark("3")),
        says(mark("4")),
        says(mark("5"), "delete"),
    )
    office.delivers(says(mark("4"), "delete"))
    feed_id = rehearse(
        office,
        says(mark("1", "A", plain="ended")),
        says(mark("2", "C", filing_date=dt.date(2021, 1, 1))),
        says(mark("3"), "delete"),
        says(mark("4", "D")),
        says(mark("6", "E")),
        says(mark("1", "A", plain="ended")),
        rejects(),
    )
    assert found(office, feed_id) == Rehearsal(
        None,
        {
            "trademark": RightEffects(
                created=1,
                updated=2,
                returned=1,
                deleted=1,
                fields={"status": 1, "texts": 1, "filingDate": 1},
                statuses={"registered ended": 1},
            )
        },
    )


def test_the_records_are_listed_with_what_was_and_what_would_be(office: Office) -> None:
    office.delivers(says(mark("1", "A")), says(mark("2", "B")))
    feed_id = rehearse(
        office,
        says(mark("1", "AB", plain="ended"), number=7),
        says(mark("2"), "delete"),
        says(mark("3", "C")),
    )
    changed, deleted, created = listed(office, feed_id)
    assert (changed.position, changed.number, changed.file, changed.kind) == (1, 7, "feed.jsonl", "updated")
    assert (changed.record_id, changed.title) == ("sg-tm-1", "AB")
    assert changed.changes == [
        FieldChange("status", {"plain": "registered"}, {"plain": "ended"}),
        FieldChange("texts", [{"text": "A", "language": "en"}], [{"text": "AB", "language": "en"}]),
    ]
    assert (deleted.kind, deleted.title) == ("deleted", "B")
    assert (deleted.status_before, deleted.status_after) == ("registered", None)
    assert (created.kind, created.title, created.status_after) == ("created", "C", "registered")


def test_the_list_is_asked_by_kind_field_and_status_and_goes_on(office: Office) -> None:
    office.delivers(*[says(mark(str(n), "A")) for n in range(6)])
    feed_id = rehearse(
        office,
        *[says(mark(str(n), "A", plain="expired")) for n in range(3)],
        *[says(mark(str(n), "B")) for n in range(3, 5)],
        says(mark("5"), "delete"),
    )
    by_status = listed(office, feed_id, status_before="registered", status_after="expired", limit=2)
    assert [one.position for one in by_status] == [1, 2]
    more = listed(office, feed_id, status_before="registered", status_after="expired", after=2)
    assert [one.position for one in more] == [3]
    assert [one.position for one in listed(office, feed_id, field="texts")] == [4, 5]
    assert [one.position for one in listed(office, feed_id, kinds=("deleted",))] == [6]
    assert listed(office, feed_id, right="patent") == []


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_number_that_comes_again_is_compared_with_what_it_said_before(office: Office, batch: int) -> None:
    office.delivers(says(mark("1", "A")))
    feed_id = rehearse(
        office,
        says(mark("1", "B")),
        says(mark("1", "C")),
        says(mark("1"), "delete"),
        says(mark("1", "C")),
        batch=batch,
    )
    told = [
        (one.kind, one.changes[0].before[0]["text"] if one.changes else "") for one in listed(office, feed_id)
    ]
    assert told == [("updated", "A"), ("updated", "B"), ("deleted", ""), ("returned", "")]


def test_a_patch_is_told_by_what_it_changes(office: Office) -> None:
    office.delivers(says(mark("1", "A")))
    feed_id = rehearse(office, says(mark("1", plain="ended"), "patch", given={"status"}))
    (change,) = listed(office, feed_id)
    assert [one.field for one in change.changes] == ["status"]
    assert change.title == "A"


def test_a_delete_of_a_publication_is_of_its_application(office: Office) -> None:
    a1 = Publication(country="EP", number="1000001", kind="A1")
    office.delivers(says(patent("9", a1)))
    feed_id = rehearse(office, delete_of(a1))
    (change,) = listed(office, feed_id)
    assert (change.record_id, change.right, change.kind) == ("sg-pt-9", "patent", "deleted")


def test_counts_are_exact_where_examples_end(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsing, "MOST_BY_FIELD", 2)
    monkeypatch.setattr(rehearsing, "MOST_BY_STATUS", 3)
    monkeypatch.setattr(rehearsing, "MOST_BY_KIND", dict.fromkeys(rehearsing.KINDS, 1))
    office.delivers(*[says(mark(str(n), "A")) for n in range(20)])
    feed_id = rehearse(
        office,
        *[says(mark(str(n), "A", plain="ended")) for n in range(8)],
        *[says(mark(str(n), "B")) for n in range(8, 16)],
        *[says(mark(str(n), "A")) for n in range(20, 25)],
        batch=3,
    )
    effects = found(office, feed_id).rights["trademark"]
    assert (effects.updated, effects.created) == (16, 5)
    assert effects.fields == {"status": 8, "texts": 8}
    assert effects.statuses == {"registered ended": 8}
    assert [one.position for one in listed(office, feed_id, limit=100)] == [1, 2, 3, 9, 10, 17]


def test_a_long_value_is_cut(office: Office) -> None:
    office.delivers(says(mark("1", descriptions=(Text("x" * 5000),))))
    feed_id = rehearse(office, says(mark("1")))
    (change,) = listed(office, feed_id)[0].changes
    assert isinstance(change.before, str)
    assert change.before.endswith("…")
    assert len(change.before) < 600
    assert change.after is None


def test_a_dry_run_leaves_every_table_as_it_was_but_for_its_own_rows(office: Office) -> None:
    a1 = Publication(country="EP", number="1000001", kind="A1")
    office.delivers(says(mark("1", "A")), says(mark("2", "B")), says(patent("9", a1)), rejects())
    before = everything(office.database)
    feed_id = rehearse(
        office,
        says(mark("1", "C", plain="ended"))._replace(unread=(("status", "trademark: Zorb"),)),
        says(mark("2"), "delete"),
        says(mark("3", office="TH")),
        says(patent("10", Publication(country="EP", number="2", kind="B1"))),
        delete_of(a1),
        says(mark("7"), "delete"),
        rejects(),
        batch=2,
        guard=Guard(lambda _, __: 0.01, 1),
    )
    assert everything(office.database, feed_id) == before
    with office.database.reading() as connection:
        for name in OWN - {"feed", "feed_file"}:
            assert connection.scalar(text(f"SELECT count(*) FROM {name} WHERE feed_id = {feed_id}"))


def test_a_dry_run_says_that_the_guard_would_hold_the_feed_and_goes_on(office: Office) -> None:
    office.delivers(*[says(mark(str(n), "A")) for n in range(10)])
    feed_id = rehearse(
        office,
        *[says(mark(str(n)), "delete") for n in range(5)],
        batch=2,
        guard=Guard(lambda _, __: 0.2, 3),
    )
    rehearsal = found(office, feed_id)
    assert rehearsal.held is not None
    assert "4 of the 10 trademarks of Singapore" in rehearsal.held
    assert rehearsal.rights["trademark"].deleted == 5


def test_what_is_applied_meanwhile_is_not_taken_for_what_is_rehearsed(office: Office) -> None:
    office.delivers(says(mark("1", "A")))
    rehearsed = office.begin(dry_run=True)
    real = office.begin()
    with DryRun(office.database, rehearsed) as run:
        run.apply([says(mark("2", "B"))])
        # It gets the timepoint that the dry run would have given next.
        Upsert(office.database, real).apply([says(mark("3", "C"))])
        run.apply([says(mark("3", "CC")), says(mark("3", plain="ended"), "patch", given={"status"})])
    office.finish(rehearsed)
    _, replaced, patched = listed(office, rehearsed.id)
    assert replaced.changes[0].before == [{"text": "C", "language": "en"}]
    assert (patched.title, [one.field for one in patched.changes]) == ("CC", ["status"])


def test_the_fields_of_a_record_are_compared_by_value() -> None:
    one = mark("1", "A")
    other = msgspec.structs.replace(one, texts=(Text("A", "en"),), status=Status("registered"))
    assert rehearsing._changed(one, other) == []
    assert isinstance(one, Record)
