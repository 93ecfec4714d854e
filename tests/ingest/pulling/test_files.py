"""Files at an address, and files that an index lists."""

import datetime as dt
import json

import pytest

from tests.ingest.pulling.pulling import Pulling, lines, source_of
from tests.ingest.pulling.serving import Answer, Asked, serving


def test_a_file_is_taken_once_and_asked_for_with_what_the_server_said_of_it(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"v1"':
            return Answer(304)
        return Answer(200, lines(1, 2), {"ETag": '"v1"', "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"})

    with serving(answer) as office:
        source = source_of(f"{office.address}/marks.jsonl", "file")
        first = pulling.pull(source)
        second = pulling.pull(source)
    assert (first.outcome, second.outcome) == ("taken", "unchanged")
    assert office.asked[1].headers["if-modified-since"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    assert pulling.numbers() == [1, 2]
    assert [feed.id for feed in pulling.feeds()] == [first.feed_id]
    assert pulling.files() == []


def test_a_changed_file_is_a_new_feed(pulling: Pulling) -> None:
    with serving(lambda _: Answer(200, lines(1), {"ETag": '"v1"'})) as office:
        source = source_of(f"{office.address}/marks.jsonl", "file")
        pulling.pull(source)
        office.answer = lambda _: Answer(200, lines(1, 2), {"ETag": '"v2"'})
        assert pulling.pull(source).outcome == "taken"
        office.answer = lambda asked: Answer(304) if asked.headers["if-none-match"] == '"v2"' else Answer(500)
        assert pulling.pull(source).outcome == "unchanged"
    assert pulling.numbers() == [1, 2]


def test_the_same_bytes_of_a_server_without_conditions_are_no_new_feed(pulling: Pulling) -> None:
    with serving(lambda _: Answer(200, lines(1))) as office:
        source = source_of(f"{office.address}/marks.jsonl", "file")
        assert [pulling.pull(source).outcome for _ in range(3)] == ["taken", "unchanged", "unchanged"]
    assert len(pulling.feeds()) == 1


def test_a_page_in_the_place_of_the_file_is_a_problem_and_does_not_count_as_its_state(
    pulling: Pulling,
) -> None:
    with serving(lambda _: Answer(200, b"<html>be patient</html>", {"ETag": '"p"'})) as office:
        source = source_of(f"{office.address}/marks.jsonl", "file")
        pulled = pulling.pull(source)
        assert pulled.outcome == "stopped"
        assert pulled.problem is not None
        assert "no feed" in pulled.problem
        office.answer = lambda asked: Answer(200 if "if-none-match" not in asked.headers else 304, lines(1))
        assert pulling.pull(source).outcome == "taken"
    assert pulling.state().problem is None
    assert len(pulling.feeds()) == 1


def test_a_body_that_is_cut_short_is_asked_for_again(pulling: Pulling) -> None:
    body = lines(*range(1, 20))

    def answer(_: Asked) -> Answer:
        whole = len(office.asked) > 2
        return Answer(200, body if whole else body[:500], declared=len(body))

    with serving(answer) as office:
        assert pulling.pull(source_of(f"{office.address}/marks.jsonl", "file")).outcome == "taken"
    assert len(office.asked) == 3
    assert pulling.numbers() == list(range(1, 20))


def test_a_file_larger_than_its_bound_is_refused_by_its_declared_length_and_without_one(
    pulling: Pulling,
) -> None:
    body = lines(*range(1, 200))
    with serving(lambda _: Answer(200, b"", declared=10_000_000)) as office:
        source = source_of(f"{office.address}/m", "file", bounds={"bytes": 1000})
        problem = pulling.pull(source).problem
        assert problem is not None
        assert "10,000,000 bytes, more than 1,000" in problem
        office.answer = lambda _: Answer(200, body)
        problem = pulling.pull(source).problem
        assert problem is not None
        assert "more than 1,000" in problem
    assert len(office.asked) == 2
    assert pulling.numbers() == []


INDEX = """<html><body><pre><a href="?C=N">Name</a> <a href="../">up</a>
<a href="apc261122.jsonl">x</a> <a href="/d/apc261120.jsonl">x</a> <a href="apc261121.jsonl">x</a>
<a href="readme.txt">readme</a> <a href="apc251231.jsonl">too old</a></pre></body></html>"""


@pytest.mark.parametrize(
    "listed",
    [
        INDEX.encode(),
        json.dumps({"files": [{"name": f"apc2611{day}.jsonl"} for day in (22, 20, 21)]}).encode(),
        b"-rw 12 apc261122.jsonl\n-rw 12 apc261120.jsonl\n-rw 12 apc261121.jsonl\n",
    ],
)
def test_the_files_of_an_index_are_taken_one_by_one_in_the_order_of_their_days(
    pulling: Pulling, listed: bytes
) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.path == "/d/":
            return Answer(200, listed)
        day = int(asked.path[-8:-6])
        return Answer(200, lines(day))

    with serving(answer) as office:
        files = {"pattern": "apc%y%m%d.jsonl", "first": dt.date(2026, 1, 1), "links": "files.name"}
        source = source_of(f"{office.address}/d/", "index", files=files)
        feeds = []
        for _ in range(3):
            pulled = pulling.pull(source)
            feeds.append(pulled.feed_id)
            now = pulling.clock.now()
        assert pulled.next_run_at > now
        assert pulling.pull(source).outcome == "unchanged"
    paths = [asked.path.removeprefix("/d/") for asked in office.asked]
    assert paths == ["", "apc261120.jsonl", "apc261121.jsonl", "apc261122.jsonl", ""]
    assert sorted(feed for feed in feeds if feed is not None) == feeds
    assert pulling.numbers() == [20, 21, 22]


def test_a_run_that_leaves_files_of_an_index_is_due_again_at_once(pulling: Pulling) -> None:
    with serving(lambda asked: Answer(200, INDEX.encode() if asked.path == "/d/" else lines(1))) as office:
        files = {"pattern": "apc%y%m%d.jsonl", "first": dt.date(2026, 1, 1)}
        pulled = pulling.pull(source_of(f"{office.address}/d/", "index", files=files))
    assert pulled.next_run_at <= pulling.clock.now()


def test_a_file_that_comes_late_on_a_day_is_taken_too(pulling: Pulling) -> None:
    listed = ["tm-20261122-01.jsonl"]

    def answer(asked: Asked) -> Answer:
        if asked.path == "/":
            return Answer(200, "\n".join(listed).encode())
        return Answer(200, lines(int(asked.path[-8:-6])))

    with serving(answer) as office:
        source = source_of(f"{office.address}/", "index", files={"pattern": "tm-%Y%m%d-%H.jsonl"})
        assert pulling.pull(source).outcome == "taken"
        assert pulling.pull(source).outcome == "unchanged"
        listed.append("tm-20261122-02.jsonl")
        assert pulling.pull(source).outcome == "taken"
        assert pulling.pull(source).outcome == "unchanged"
    assert pulling.numbers() == [1, 2]


def test_a_listed_file_that_is_gone_does_not_hold_up_the_others_for_ever(pulling: Pulling) -> None:
    listed = ["apc261120.jsonl", "apc261121.jsonl"]

    def answer(asked: Asked) -> Answer:
        if asked.path == "/":
            return Answer(200, "\n".join(listed).encode())
        return Answer(404) if asked.path == "/apc261120.jsonl" else Answer(200, lines(21))

    with serving(answer) as office:
        source = source_of(f"{office.address}/", "index", files={"pattern": "apc%y%m%d.jsonl"})
        assert pulling.pull(source).outcome == "stopped"
        del listed[0]
        assert pulling.pull(source).outcome == "taken"
    assert pulling.numbers() == [21]


def test_an_index_without_such_files_is_a_problem(pulling: Pulling) -> None:
    with serving(lambda _: Answer(200, b"<html>we have moved</html>")) as office:
        source = source_of(f"{office.address}/", "index", files={"pattern": "apc%y%m%d.jsonl"})
        problem = pulling.pull(source).problem
    assert problem is not None
    assert "lists no file like apc%y%m%d.jsonl" in problem
