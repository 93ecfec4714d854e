"""A run that ends anywhere goes on where it was: nothing is lost, and nothing counts twice."""

import random
import shutil
from collections.abc import Callable

import pytest

from ingest.pulling.handing_over import Fetched, loading
from ingest.pulling.place import decode_mark
from register.store.claims import claim_host
from register.store.database import Database
from register.store.sources import kept_pages
from tests.ingest.pulling.pulling import Pulling, lines, source_of
from tests.ingest.pulling.serving import Answer, Asked, serving
from tests.ingest.pulling.test_pages import CURSOR, PAGE, RECORDS, by_cursor, by_page


class CutShortError(BaseException):
    """The process ends, as by a kill: nothing of ours gets to say anything."""


SEED = 20261123


@pytest.mark.parametrize("seed", range(5))
def test_cut_short_at_random_moments_it_ends_as_without(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Cut before or after each thing that it writes, to the disk or the database."""
    draw = random.Random(SEED + seed)
    held = list(range(1, 30))

    def cutting(name: str) -> None:
        import ingest.pulling.run as run_module  # the names that the run calls

        whole: Callable[..., object] = getattr(run_module, name)

        def cut(*arguments: object, **named: object) -> object:
            if draw.random() < 0.15:
                raise CutShortError
            made = whole(*arguments, **named)
            if draw.random() < 0.15:
                raise CutShortError
            return made

        monkeypatch.setattr(run_module, name, cut)

    for name in ("add_page", "mark_fetched", "end_run", "note_success", "check_is_feed", "kept_pages"):
        cutting(name)
    cuts = 0
    with serving(by_cursor(held)) as office:
        source = source_of(f"{office.address}/tm", "changes", pages=CURSOR, reply=RECORDS)
        while True:
            try:
                pulled = pulling.pull(source)
                break
            except CutShortError:
                cuts += 1
    assert pulled.problem is None
    assert pulling.numbers() == held
    # A cut costs the request under way, and no more.
    assert len(office.asked) <= 10 + cuts
    assert sum(feed.counts.created for feed in pulling.feeds()) == len(held)
    assert {(run.state) for run in pulling.runs()} == {"done"}
    assert pulling.files() == []


def test_cut_short_while_the_feed_is_handed_over_it_is_handed_over_again(pulling: Pulling) -> None:
    def cut(fetched: Fetched) -> int:
        loading(pulling.database)(fetched)
        raise CutShortError

    with serving(by_page(list(range(1, 8)))) as office:
        source = source_of(f"{office.address}/tm", "changes", pages=PAGE, reply=RECORDS)
        with pytest.raises(CutShortError):
            pulling.pull(source, cut)
        asked = len(office.asked)
        assert pulling.pull(source).outcome == "taken"
        assert len(office.asked) == asked
    again, first = pulling.feeds()
    assert again.digest == first.digest
    assert (again.counts.unchanged, again.counts.created) == (7, 0)


def test_on_a_machine_that_has_not_its_replies_a_run_begins_anew(pulling: Pulling) -> None:
    failing = True
    respond = by_page(list(range(1, 8)))

    def answer(asked: Asked) -> Answer:
        return Answer(500) if failing and asked.query["page"] == "3" else respond(asked)

    with serving(answer) as office:
        source = source_of(f"{office.address}/tm", "changes", pages=PAGE, reply=RECORDS)
        assert pulling.pull(source).outcome == "stopped"
        (run,) = pulling.runs()
        with pulling.database.reading() as connection:
            assert len(kept_pages(connection, run.id)) == 2
        shutil.rmtree(pulling.root)
        failing = False
        assert pulling.pull(source).outcome == "taken"
    assert pulling.numbers() == list(range(1, 8))
    assert [run.state for run in pulling.runs()] == ["done", "failed"]


def test_a_run_whose_source_was_changed_begins_anew_and_keeps_the_mark_of_the_same_address(
    pulling: Pulling,
) -> None:
    with serving(by_page([1, 2])) as office:
        further = {"pages": PAGE, "reply": RECORDS}
        pulling.pull(source_of(f"{office.address}/tm", "changes", **further))
        pulling.pull(source_of(f"{office.address}/tm", "changes", title="another", **further))
        pulling.pull(source_of(f"{office.address}/other", "changes", **further))
    assert [value is None for value in office.values("changedSince")] == [True, False, True]


def test_what_is_no_feed_does_not_move_the_mark(pulling: Pulling) -> None:
    with serving(lambda _: Answer(200, lines(1), {"ETag": '"1"'})) as office:
        source = source_of(f"{office.address}/m", "file")
        pulling.pull(source)
        office.answer = lambda _: Answer(200, b"%PDF-1.7", {"ETag": '"2"'})
        assert pulling.pull(source).outcome == "stopped"
    assert decode_mark(pulling.state().mark).etag == '"1"'
    assert pulling.state().last_success_at is not None


def test_a_host_is_asked_by_one_process_at_a_time(pulling: Pulling, fresh_database_url: str) -> None:
    other = Database(fresh_database_url)
    with serving(lambda _: Answer(200, lines(1))) as office:
        source = source_of(f"{office.address}/m", "file")
        with claim_host(other, source.host) as claimed:
            assert claimed
            assert pulling.puller().pull(source) is None
        assert pulling.pull(source).outcome == "taken"
    other.close()
    assert len(office.asked) == 1
