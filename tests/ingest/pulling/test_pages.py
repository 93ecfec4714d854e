"""Interfaces in pages: changes since a moment, a collection, KIPRIS Plus, data.gov.sg; also failing ones."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from ingest.pulling.source import Source
from tests.ingest.pulling.pulling import Pulling, mark_of, source_of
from tests.ingest.pulling.serving import BEGIN, Answer, Asked, serving

Respond = Callable[[Asked], Answer]


def reply(numbers: Sequence[int], **further: Any) -> Answer:
    """A page of our own API."""
    body = {"results": [mark_of(number) for number in numbers], **further}
    return Answer(200, json.dumps(body).encode())


def by_page(held: list[int], *, size: int = 3) -> Respond:
    def answer(asked: Asked) -> Answer:
        begin = (int(asked.query["page"]) - 1) * size
        return reply(held[begin : begin + size], total=len(held))

    return answer


def by_offset(held: list[int]) -> Respond:
    def answer(asked: Asked) -> Answer:
        begin, size = int(asked.query["offset"]), int(asked.query["limit"])
        return reply(held[begin : begin + size], total=len(held))

    return answer


def by_cursor(held: list[int]) -> Respond:
    def answer(asked: Asked) -> Answer:
        begin = int(asked.query.get("cursor", "c0").removeprefix("c"))
        more = begin + 3 < len(held)
        return reply(held[begin : begin + 3], paging={"next": f"c{begin + 3}" if more else None})

    return answer


def by_link_header(held: list[int]) -> Respond:
    def answer(asked: Asked) -> Answer:
        begin = int(asked.query.get("from", "0"))
        link = {"Link": f'</tm?from={begin + 3}>; rel="next"'} if begin + 3 < len(held) else {}
        return reply(held[begin : begin + 3])._replace(headers=link)

    return answer


RECORDS = {"keep": "records"}
PAGE = {"by": "page", "parameter": "page", "size-parameter": "size", "size": 3}
OFFSET = {"by": "offset", "parameter": "offset", "size-parameter": "limit", "size": 3, "first": 0}
CURSOR = {"by": "cursor", "parameter": "cursor", "next": ["paging.next"]}
LINK = {"by": "link"}


@pytest.mark.parametrize(
    ("serve", "pages"),
    [(by_page, PAGE), (by_offset, OFFSET), (by_cursor, CURSOR), (by_link_header, LINK)],
    ids=["page", "offset", "cursor", "link header"],
)
def test_every_way_of_paging_is_read_to_its_end_into_one_feed(
    pulling: Pulling, serve: Callable[[list[int]], Respond], pages: dict[str, Any]
) -> None:
    held = list(range(1, 12))
    with serving(serve(held)) as office:
        pulled = pulling.pull(source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=pages))
    assert (pulled.outcome, pulled.problem) == ("taken", None)
    assert pulling.numbers() == held
    assert len(office.asked) == 4
    (feed,) = pulling.feeds()
    assert (feed.counts.read, feed.name) == (11, "the-source-20261123T090000Z")
    (run,) = pulling.runs()
    assert (run.state, run.pages, run.feed_id, run.url) == ("done", 4, feed.id, f"{office.address}/tm")


def test_a_server_that_gives_smaller_pages_than_asked_for_is_read_to_its_end(pulling: Pulling) -> None:
    held = list(range(1, 12))
    with serving(by_page(held, size=2)) as office:
        pulling.pull(source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE))
    assert pulling.numbers() == held


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("iso-time", "2026-11-23T08:50:00Z"),
        ("iso-date", "2026-11-23"),
        ("unix", str(int(BEGIN.timestamp()) - 600)),
        ("%d.%m.%Y", "23.11.2026"),
    ],
)
def test_the_next_run_asks_for_what_has_changed_since_this_one_began(
    pulling: Pulling, form: str, written: str
) -> None:
    with serving(by_page([1, 2])) as office:
        dates = {"form": form, "first": dt.date(2020, 1, 1)}
        source = source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE, dates=dates)
        pulling.pull(source)
        pulling.clock.passed += 6 * 3600
        pulling.pull(source)
    first, second = office.values("changedSince")
    assert second == written
    assert first in ("2020-01-01T00:00:00Z", "2020-01-01", "1577836800", "01.01.2020")


def test_a_total_that_shrinks_while_it_is_read_leaves_nothing_out(pulling: Pulling) -> None:
    """A record that goes moves all after it forward, the first of the next page onto one read already."""
    for pages, serve in ((PAGE, by_page), (OFFSET, by_offset)):
        held = list(range(1, 12))
        respond = serve(held)

        def answer(asked: Asked, held: list[int] = held, respond: Respond = respond) -> Answer:
            if len(office.asked) == 3:
                del held[0:2]
            return respond(asked)

        with serving(answer) as office:
            pulled = pulling.pull(
                source_of(f"{office.address}/{serve.__name__}", "changes", reply=RECORDS, pages=pages)
            )
        assert pulled.problem is None
        assert set(held) <= set(pulling.numbers())


def test_a_total_that_grows_while_it_is_read_is_read_to_its_new_end(pulling: Pulling) -> None:
    held = list(range(1, 7))
    respond = by_page(held)

    def answer(asked: Asked) -> Answer:
        if len(office.asked) == 2:
            held.append(7)
        return respond(asked)

    with serving(answer) as office:
        pulling.pull(source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE))
    assert pulling.numbers() == list(range(1, 8))


def test_records_that_are_counted_but_not_given_are_told_and_asked_for_again(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        return reply([1, 2, 3] if asked.query["page"] == "1" else [], total=9)

    with serving(answer) as office:
        source = source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE)
        pulled = pulling.pull(source)
        assert pulled.problem == "the source gave 3 of the 9 records that it counts"
        assert pulling.state().failures == 1
        pulling.pull(source)
    assert pulling.numbers() == [1, 2, 3]
    assert office.values("changedSince") == [None] * 4


def test_a_source_that_does_not_turn_its_pages_is_left_after_a_few(pulling: Pulling) -> None:
    with serving(lambda _: reply([1, 2, 3], total=300)) as office:
        pulled = pulling.pull(source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE))
    assert pulled.problem is not None
    assert "does not turn its pages" in pulled.problem
    assert len(office.asked) == 4
    assert pulling.numbers() == [1, 2, 3]


def test_links_that_lead_in_a_circle_end_the_run_with_what_came(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        number = int(asked.query.get("p", "0"))
        return reply([number, 10 + len(office.asked)], next=f"/tm?p={(number + 1) % 3}")

    with serving(answer) as office:
        pulled = pulling.pull(source_of(f"{office.address}/tm", "collection", reply=RECORDS))
    assert pulled.problem is not None
    assert "a circle" in pulled.problem
    assert len(office.asked) <= 6
    assert {0, 1, 2} <= set(pulling.numbers())


def test_a_page_that_comes_twice_is_kept_once(pulling: Pulling) -> None:
    held = [1, 2, 3, 1, 2, 3, 4]
    with serving(by_page(held)) as office:
        pulled = pulling.pull(source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE))
    assert pulled.problem is None
    assert pulling.numbers() == [1, 2, 3, 4]
    assert pulling.feeds()[0].counts.read == 4


def test_a_collection_is_asked_with_if_modified_since_and_followed_by_its_links(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        if "if-modified-since" in asked.headers and "cursor" not in asked.query:
            return Answer(304)
        if asked.query.get("cursor") == "abc":
            return reply([3], next=None)
        return reply([1, 2], next="?cursor=abc&limit=100")

    with serving(answer) as office:
        source = source_of(
            f"{office.address}/v1/tm", "collection", reply=RECORDS, headers={"Prefer": "handling=strict"}
        )
        assert pulling.pull(source).outcome == "taken"
        assert pulling.pull(source).outcome == "unchanged"
    assert pulling.numbers() == [1, 2, 3]
    assert office.values("limit") == ["100", "100", "100"]
    assert office.asked[2].headers["if-modified-since"] == "Mon, 23 Nov 2026 08:50:00 GMT"
    assert {asked.headers["prefer"] for asked in office.asked} == {"handling=strict"}


def test_a_cursor_that_the_source_has_forgotten_is_given_up_and_the_run_begins_anew(pulling: Pulling) -> None:
    alive = False

    def answer(asked: Asked) -> Answer:
        if "cursor" in asked.query:
            return reply([2], paging={}) if alive else Answer(410)
        return reply([1], paging={"next": "c1"})

    with serving(answer) as office:
        source = source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=CURSOR)
        assert pulling.pull(source).outcome == "stopped"
        assert pulling.runs()[0].state == "failed"
        alive = True
        assert pulling.pull(source).outcome == "taken"
    assert pulling.numbers() == [1, 2]
    assert pulling.files() == []


def kipris(numbers: Sequence[int], total: int, code: str = "", message: str = "") -> Answer:
    infos = "".join(
        f"<TradeMarkInfo><ApplicationNumber>40{2020:04d}{number:07d}</ApplicationNumber>"
        f"<ApplicationDate>20200131</ApplicationDate><ApplicationStatus>등록</ApplicationStatus>"
        f"<Title>라임 LIME</Title></TradeMarkInfo>"
        for number in numbers
    )
    body = (
        f"<response><header><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg></header>"
        f"<body><items><TotalSearchCount>{total}</TotalSearchCount>{infos}</items></body></response>"
    )
    return Answer(200, body.encode(), {"Content-Type": "application/xml"})


def kipris_source(address: str, **further: Any) -> Source:
    further = {
        "office": "KR",
        "secret-parameters": {"accessKey": "KIPRIS_KEY"},
        "parameters": {"applicationDate": "20200131"},
        "pages": {"size": 2},
        **further,
    }
    return source_of(f"{address}/openapi/rest/trademark", "kipris", **further)


def test_kipris_plus_is_read_page_by_page_with_its_key(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIPRIS_KEY", "s3cret=/k")

    def answer(asked: Asked) -> Answer:
        begin = (int(asked.query["pageNo"]) - 1) * 2
        return kipris(range(1, 6)[begin : begin + 2], 5)

    with serving(answer) as office:
        assert pulling.pull(kipris_source(office.address)).problem is None
    assert office.values("pageNo") == ["1", "2", "3"]
    assert office.values("numOfRows") == ["2"] * 3
    assert office.values("accessKey") == ["s3cret=/k"] * 3
    assert len(pulling.ids()) == 5


def test_the_daily_limit_of_kipris_plus_ends_the_day_with_what_came_and_the_next_one_takes_the_rest(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIPRIS_KEY", "s3cret")
    limited = True

    def answer(asked: Asked) -> Answer:
        if limited and len(office.asked) > 2:
            return kipris([], 0, "22", "LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS")
        begin = (int(asked.query["pageNo"]) - 1) * 2
        return kipris(range(1, 6)[begin : begin + 2], 5)

    with serving(answer) as office:
        source = kipris_source(office.address)
        pulled = pulling.pull(source)
        assert pulled.outcome == "taken"
        assert pulled.problem is not None
        assert "code 22" in pulled.problem
        # A minute after midnight in Seoul.
        assert pulled.next_run_at == dt.datetime(2026, 11, 23, 15, 1, tzinfo=dt.UTC)
        assert len(pulling.ids()) == 4
        limited = False
        assert pulling.pull(source).problem is None
    assert office.values("pageNo") == ["1", "2", "3", "3"]
    assert len(pulling.ids()) == 5


@pytest.mark.parametrize(
    ("code", "asked", "told"),
    [("30", 1, "does not take our key"), ("10", 1, "code 10"), ("04", 5, "tried 5 times"), ("03", 1, None)],
)
def test_a_code_in_a_reply_of_kipris_plus_means_what_its_table_says(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch, code: str, asked: int, told: str | None
) -> None:
    monkeypatch.setenv("KIPRIS_KEY", "s3cret")
    with serving(lambda _: kipris([], 0, code, "no key s3cret")) as office:
        problem = pulling.pull(kipris_source(office.address)).problem
    assert len(office.asked) == asked
    assert (problem is None) == (told is None)
    if told is not None and problem is not None:
        assert told in problem
        assert "s3cret" not in problem


def ipos(day: str, count: int) -> Answer:
    items = [
        {
            "applicationNum": f"402020{day[-2:]}{number:03d}Q",
            "summary": {"filingDate": day, "markStatus": "Registered", "tradeMarkType": "Trade Mark"},
            "markIndex": [{"wordsInMark": "LIME"}],
        }
        for number in range(count)
    ]
    return Answer(200, json.dumps({"lodgement_date": day, "count": count, "items": items}).encode())


def days_source(address: str, kind: str = "data-gov-sg", **dates: Any) -> Source:
    return source_of(f"{address}/tm", kind, dates={"first": dt.date(2026, 11, 19), "again": 1, **dates})


def test_data_gov_sg_is_asked_day_by_day_until_yesterday_and_for_new_days_later(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        day = asked.query["lodgement_date"]
        return Answer(404) if day.endswith("21") else ipos(day, int(day[-2:]) - 18)

    with serving(answer, pulling.clock) as office:
        source = days_source(office.address)
        pulling.pull(source)
        assert office.values("lodgement_date") == [f"2026-11-{day}" for day in (19, 20, 21, 22)]
        assert len(pulling.ids()) == 1 + 2 + 4
        pulling.clock.passed += 86_400
        pulling.pull(source)
    # The last day is asked for once more.
    assert office.values("lodgement_date")[4:] == ["2026-11-22", "2026-11-23"]


def test_days_without_applications_are_no_feed(pulling: Pulling) -> None:
    with serving(lambda asked: ipos(asked.query["lodgement_date"], 0)) as office:
        assert pulling.pull(days_source(office.address)).outcome == "unchanged"
    assert pulling.feeds() == []
    assert pulling.runs()[0].asked == 4


def test_a_limit_of_rate_is_waited_out_as_the_server_says(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        if len(office.asked) == 2:
            return Answer(429, headers={"Retry-After": "17"})
        return ipos(asked.query["lodgement_date"], 1)

    with serving(answer, pulling.clock) as office:
        assert pulling.pull(days_source(office.address)).problem is None
    assert office.asked[2].at - office.asked[1].at >= 17
    assert len(office.asked) == 5


def test_a_datastore_is_read_by_offset_for_each_day(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        day = json.loads(asked.query["filters"])["lodgement_date"]
        items = json.loads(ipos(day, 5).body)["items"]
        begin, size = int(asked.query["offset"]), int(asked.query["limit"])
        result = {"records": items[begin : begin + size], "total": 5}
        return Answer(200, json.dumps({"success": True, "result": result}).encode())

    with serving(answer) as office:
        table = {"parameters": {"resource_id": "d_1"}, "pages": {"size": 3}}
        dates = {"first": dt.date(2026, 11, 21)}
        source = source_of(f"{office.address}/api/action/datastore_search", "datastore", dates=dates, **table)
        assert pulling.pull(source).problem is None
    assert office.values("offset") == ["0", "3", "0", "3"]
    assert len(pulling.ids()) == 10


def test_an_error_of_a_datastore_is_told_in_its_words(pulling: Pulling) -> None:
    body = json.dumps({"success": False, "error": {"message": "resource not found"}}).encode()
    with serving(lambda _: Answer(200, body)) as office:
        source = source_of(f"{office.address}/s", "datastore", dates={"first": dt.date(2026, 11, 21)})
        problem = pulling.pull(source).problem
    assert problem == "the reply is an error, code false (resource not found)"


@pytest.mark.parametrize("body", [b"", b"{", b'{"results": [{"office"', b"<html>", b"\xff\xfe"])
def test_a_reply_that_is_broken_is_asked_for_again(pulling: Pulling, body: bytes) -> None:
    respond = by_page([1, 2])

    def answer(asked: Asked) -> Answer:
        return Answer(200, body) if len(office.asked) == 1 else respond(asked)

    with serving(answer) as office:
        assert (
            pulling.pull(source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE)).problem
            is None
        )
    assert pulling.numbers() == [1, 2]


def test_a_reply_of_another_shape_is_a_problem(pulling: Pulling) -> None:
    with serving(lambda _: Answer(200, b'{"hello": 1}')) as office:
        problem = pulling.pull(
            source_of(f"{office.address}/tm", "changes", reply=RECORDS, pages=PAGE)
        ).problem
    assert problem is not None
    assert "no records at results" in problem
