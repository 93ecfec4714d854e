"""Batches of statements become versions, heads and counts."""

import itertools
from typing import Literal, NamedTuple

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.model import Plain, Publication, decode_record
from register.store.counts import Counts
from register.store.database import Database
from register.store.feeds import FeedStateError, cancel_feed, list_files
from register.store.finding import Item
from register.store.offices import miscounted
from register.store.quarantine import list_quarantine
from register.store.reading import history
from register.store.upsert import FeedMovedError, Upsert, in_batches
from tests.register.store.delivering import Office, delete_of, mark, of_right, patent, rejects, says

A1 = Publication(country="EP", number="1000001", kind="A1")
B1 = Publication(country="EP", number="1000001", kind="B1")


def test_a_new_right_is_created_and_held_as_stated(office: Office) -> None:
    assert office.delivers(says(mark("1", "ALPHA"))) == Counts(read=1, created=1)
    held = office.held()
    assert (held.version, held.operation, held.record) == (1, "insert", mark("1", "ALPHA"))


def test_a_changed_right_gets_a_new_version(office: Office) -> None:
    office.delivers(says(mark("1", "ALPHA")))
    assert office.delivers(says(mark("1", "BETA"))) == Counts(read=1, updated=1)
    held = office.held()
    assert (held.version, held.operation, held.record) == (2, "update", mark("1", "BETA"))


def test_the_same_content_again_is_unchanged(office: Office) -> None:
    office.delivers(says(mark("1", "ALPHA")))
    assert office.delivers(says(mark("1", "ALPHA"))) == Counts(read=1, unchanged=1)
    assert office.held().version == 1


def test_a_number_that_comes_twice_in_a_feed_is_taken_twice_in_order(office: Office) -> None:
    counts = office.delivers(says(mark("1", "A")), says(mark("2", "B")), says(mark("1", "C")))
    assert counts == Counts(read=3, created=2, updated=1)
    assert office.held().record == mark("1", "C")
    with office.database.reading() as connection:
        assert [version.record for version in history(connection, "sg-tm-1")] == [
            mark("1", "A"),
            mark("1", "C"),
        ]


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_the_same_feed_again_changes_nothing_though_numbers_come_twice_in_it(
    office: Office, batch: int
) -> None:
    feed = [says(mark("1", "A")), says(mark("1", "B")), says(mark("2"), "delete"), says(mark("2", "C"))]
    assert office.delivers(*feed, digest="x", batch=batch) == Counts(
        read=4, created=2, updated=1, quarantined=1
    )
    before = office.register()
    assert office.delivers(*feed, digest="x", batch=batch) == Counts(read=4, unchanged=4)
    assert office.register() == before


def test_the_same_feed_under_another_mapping_is_applied(office: Office) -> None:
    office.delivers(says(mark("1", "A")), digest="x", mapping="1")
    assert office.delivers(says(mark("1", "B")), digest="x", mapping="2") == Counts(read=1, updated=1)


def test_a_feed_given_up_half_way_is_taken_to_its_end_when_it_is_sent_again(office: Office) -> None:
    items = [says(mark("1", "A")), says(mark("1", "B")), says(mark("1", "C"))]
    Upsert(office.database, office.begin("x")).apply(items[:2])
    assert office.delivers(*items, digest="x") == Counts(read=3, updated=1, unchanged=2)
    assert office.held().record == mark("1", "C")


def test_a_delete_is_a_version_that_keeps_the_last_content(office: Office) -> None:
    office.delivers(says(mark("1", "ALPHA")))
    assert office.delivers(says(mark("1"), "delete")) == Counts(read=1, deleted=1)
    held = office.held()
    assert (held.version, held.operation, held.record) == (2, "delete", mark("1", "ALPHA"))


def test_the_delete_of_a_deleted_right_is_unchanged(office: Office) -> None:
    office.delivers(says(mark("1")), says(mark("1"), "delete"))
    assert office.delivers(says(mark("1"), "delete")) == Counts(read=1, unchanged=1)


def test_the_delete_of_a_right_never_held_is_quarantined_with_the_reason(office: Office) -> None:
    feed = office.begin()
    assert Upsert(office.database, feed).apply([says(mark("1"), "delete")]).counts == Counts(
        read=1, quarantined=1
    )
    with office.database.reading() as connection:
        [kept] = list_quarantine(connection, feed.id)
    assert (kept.code, kept.position) == ("not-held", 1)
    assert "not held" in kept.reason


def test_a_dated_delete_of_a_right_never_held_keeps_an_older_statement_out(office: Office) -> None:
    office.delivers(says(mark("1"), "delete", stamp="2024-02-01"))
    office.delivers(says(mark("1", "OLD"), stamp="2024-01-01"))
    assert office.held().deleted
    office.delivers(says(mark("1", "NEW"), stamp="2024-03-01"))
    assert office.held().record == mark("1", "NEW")


def test_a_right_that_comes_back_after_a_delete_counts_as_updated(office: Office) -> None:
    office.delivers(says(mark("1", "A")), says(mark("1"), "delete"))
    assert office.delivers(says(mark("1", "A"))) == Counts(read=1, updated=1)
    held = office.held()
    assert (held.version, held.operation, held.deleted) == (3, "update", False)


def test_an_older_statement_is_unchanged(office: Office) -> None:
    office.delivers(says(mark("1", "NEW"), stamp="2024-02-01"))
    assert office.delivers(says(mark("1", "OLD"), stamp="2024-01-01")) == Counts(read=1, unchanged=1)
    assert office.held().record == mark("1", "NEW")


def test_a_newer_stamp_counts_though_the_content_is_the_same(office: Office) -> None:
    office.delivers(says(mark("1", "A"), stamp="2024-01-01"))
    assert office.delivers(says(mark("1", "A"), stamp="2024-03-01")) == Counts(read=1, unchanged=1)
    assert office.delivers(says(mark("1", "B"), stamp="2024-02-01")) == Counts(read=1, unchanged=1)


def test_a_patch_keeps_what_it_does_not_give(office: Office) -> None:
    office.delivers(says(mark("1", "ALPHA", kind="individual")))
    patch = says(mark("1", plain="ended"), "patch", given={"status"})
    assert office.delivers(patch) == Counts(read=1, updated=1)
    assert office.held().record == mark("1", "ALPHA", kind="individual", plain="ended")


def test_a_patch_of_a_right_stated_in_the_same_batch_is_merged_with_it(office: Office) -> None:
    patch = says(mark("1", plain="ended"), "patch", given={"status"})
    office.delivers(says(mark("1", "ALPHA")), patch)
    assert office.held().record == mark("1", "ALPHA", plain="ended")


def test_stamps_of_patches_outlive_the_batch(office: Office) -> None:
    office.delivers(says(mark("1", plain="ended"), "patch", given={"status"}, stamp="2024-03-01"))
    office.delivers(says(mark("1", "ALPHA", plain="pending"), stamp="2024-01-01"))
    assert office.held().record == mark("1", "ALPHA", plain="ended")
    office.delivers(says(mark("1", "BETA", plain="pending"), stamp="2024-02-01"))
    assert office.held().record == mark("1", "BETA", plain="ended")


def test_a_delete_of_a_publication_finds_its_application(office: Office) -> None:
    office.delivers(says(patent("1", A1, B1)))
    assert office.delivers(delete_of(A1)) == Counts(read=1, updated=1)
    assert office.held("sg-pt-1").record == patent("1", B1)
    assert office.delivers(delete_of(B1)) == Counts(read=1, deleted=1)
    assert office.held("sg-pt-1").deleted


def test_a_delete_of_a_publication_finds_an_application_of_the_same_batch(office: Office) -> None:
    counts = office.delivers(says(patent("1", A1)), delete_of(A1))
    assert counts == Counts(read=2, created=1, deleted=1)


def test_a_delete_of_a_publication_without_its_kind_finds_the_only_application(office: Office) -> None:
    office.delivers(says(patent("1", A1)))
    kindless = Publication(country="EP", number="1000001")
    assert office.delivers(delete_of(kindless)) == Counts(read=1, deleted=1)


def test_a_delete_of_an_unknown_publication_is_quarantined(office: Office) -> None:
    assert office.delivers(delete_of(A1)) == Counts(read=1, quarantined=1)


def test_what_was_rejected_is_kept_with_its_place_and_source(office: Office) -> None:
    feed = office.begin()
    upsert = Upsert(office.database, feed)
    upsert.apply([says(mark("1")), rejects(number=2, file="a.zip/b.xml", source=b"<broken>")])
    with office.database.reading() as connection:
        [kept] = list_quarantine(connection, feed.id)
    assert (kept.position, kept.file, kept.number, kept.line, kept.offset) == (2, "a.zip/b.xml", 2, 2, 0)
    assert (kept.code, kept.reason, kept.mend, kept.source) == (
        "no-number", "a record without a number", "add the number", b"<broken>",
    )  # fmt: skip


def test_of_a_large_rejected_source_8_mib_are_kept(office: Office) -> None:
    feed = office.begin()
    Upsert(office.database, feed).apply([rejects(source=b"x" * 9_000_000)])
    with office.database.reading() as connection:
        assert len(list_quarantine(connection, feed.id)[0].source) == 8 << 20


def test_a_record_without_a_filing_date_and_with_any_script_is_held_as_stated(office: Office) -> None:
    record = of_right("geographical-indication", "กข-1", "ไหมไทย", "Δ🜁", office="TH", filing_date=None)
    office.delivers(says(record))
    assert office.held(record.id).record == record


def test_a_feed_that_somebody_else_moved_on_is_not_applied(office: Office) -> None:
    feed = office.begin()
    first, second = Upsert(office.database, feed), Upsert(office.database, feed)
    first.apply([says(mark("1"))])
    with pytest.raises(FeedMovedError):
        second.apply([says(mark("1"))])


def test_a_cancelled_feed_is_not_applied_any_further(office: Office) -> None:
    feed = office.begin()
    upsert = Upsert(office.database, feed)
    upsert.apply([says(mark("1"))])
    with office.database.writing() as connection:
        cancel_feed(connection, feed.id)
    with pytest.raises(FeedStateError, match="cancelled"):
        upsert.apply([says(mark("2"))])
    assert list(office.register()) == ["sg-tm-1"]


def test_a_batch_that_fails_leaves_nothing_and_can_be_applied_again(office: Office) -> None:
    upsert = Upsert(office.database, office.begin())
    impossible = rejects(number=1 << 40)
    with pytest.raises(psycopg.DataError):
        upsert.apply([says(mark("1")), impossible])
    assert office.register() == {}
    upsert.apply([says(mark("1"))])
    assert list(office.register()) == ["sg-tm-1"]


def test_batches_are_cut_by_number_and_by_bytes() -> None:
    small = [rejects(source=b"x")] * 5
    assert [len(batch) for batch in in_batches(small, most=2)] == [2, 2, 1]
    large = [rejects(source=b"x" * 60)] * 5
    assert [len(batch) for batch in in_batches(large, most=100, most_bytes=100)] == [2, 2, 1]


# Each example has numbers of its own, for all meet in one register.
_RUNS = itertools.count(1)


class Told(NamedTuple):
    """A statement of a feed that is invented twice, under different numbers."""

    operation: Literal["upsert", "patch", "delete", "rejected"]
    number: int
    text: str
    plain: Plain

    def of(self, run: str) -> Item:
        if self.operation == "rejected":
            return rejects()
        record = mark(f"{run}{self.number}", self.text, plain=self.plain)
        return says(record, self.operation, given={"status"} if self.operation == "patch" else ())


told = st.builds(
    Told,
    st.sampled_from(["upsert", "upsert", "patch", "delete", "rejected"]),
    st.integers(1, 3),
    st.sampled_from("AB"),
    st.sampled_from(["registered", "ended"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(feed=st.lists(told, max_size=12), batch=st.integers(2, 5))
def test_however_a_feed_is_cut_it_ends_the_same_and_adds_up(
    database: Database, feed: list[Told], batch: int
) -> None:
    office = Office(database)
    ends = []
    for size in (1, batch):
        name = f"{next(_RUNS)}x{size}n"
        items = [statement.of(name) for statement in feed]
        counts = office.delivers(*items, digest=name, batch=size)
        assert counts.read == len(feed)
        register = office.register()
        own = {n: register.get(f"sg-tm-{name}{n}") for n in (1, 2, 3)}
        ends.append(
            (counts, {n: held and (held[:2], decode_record(held[2]).texts) for n, held in own.items()})
        )
        again = office.delivers(*items, digest=name, batch=size)
        assert (again.created, again.updated, again.deleted) == (0, 0, 0)
        assert office.register() == register
    assert ends[0] == ends[1]
    with database.reading() as connection:
        assert miscounted(connection) == []


@pytest.mark.parametrize("identity", ["sg-tm-" + "9" * 3000, "sg-tm-\0", "sg-tm-\ud800", ""])
def test_an_id_that_cannot_be_stored_is_quarantined_and_the_rest_goes_on(
    office: Office, identity: str
) -> None:
    unusable = says(msgspec.structs.replace(mark("2"), id=identity), source=b"x")
    assert office.delivers(unusable, says(mark("1"))) == Counts(read=2, created=1, quarantined=1)


def test_a_text_that_no_encoding_holds_is_quarantined_and_the_rest_goes_on(office: Office) -> None:
    broken = says(mark("2", "half \ud800 a pair"), source=b"x")
    assert office.delivers(broken, says(mark("1"))) == Counts(read=2, created=1, quarantined=1)


def test_names_and_reasons_that_postgres_cannot_hold_are_kept_as_well_as_they_can_be(office: Office) -> None:
    feed = office.begin()
    odd = rejects(file="na\0me\udcff.xml")._replace(reason="found \0")
    Upsert(office.database, feed).apply([odd, says(mark("1"), file="na\0me\udcff.xml")])
    with office.database.reading() as connection:
        [kept] = list_quarantine(connection, feed.id)
        [file] = list_files(connection, feed.id)
    assert (kept.file, kept.reason) == (
        "na\N{REPLACEMENT CHARACTER}me?.xml",
        "found \N{REPLACEMENT CHARACTER}",
    )
    assert file.name == kept.file == office.held().provenance.file
