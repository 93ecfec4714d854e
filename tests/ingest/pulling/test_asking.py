"""Requests: polite, patient within bounds, only where they may go, and without a word about secrets."""

import datetime as dt
import logging
import ssl
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
import trustme
from sqlalchemy import text

from ingest.pulling.clock import SystemClock
from ingest.pulling.problems import StoppedError
from tests.ingest.pulling.pulling import AGENT, Pulling, lines, source_of
from tests.ingest.pulling.serving import Answer, Asked, FakeClock, serving
from tests.ingest.pulling.test_pages import PAGE, RECORDS, by_page, days_source, ipos, reply


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """What a server on loopback shows, and a file of who vouches for it, of this run alone."""
    vouching = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    vouching.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    file = tmp_path_factory.mktemp("tls") / "authority.pem"
    vouching.cert_pem.write_to_path(str(file))
    return context, file


@pytest.mark.parametrize("rate", [0.1, 0.5, 2.0, 50.0])
def test_no_request_leaves_before_its_time_whatever_the_rate(pulling: Pulling, rate: float) -> None:
    with serving(by_page(list(range(30))), pulling.clock) as office:
        further = {"pages": PAGE, "reply": RECORDS, "politeness": {"requests-a-second": rate}}
        pulling.pull(source_of(f"{office.address}/tm", "changes", **further))
    assert len(office.asked) == 10
    gaps = [later.at - earlier.at for earlier, later in pairwise(office.asked)]
    assert min(gaps) >= 1 / rate - 1e-6
    assert max(gaps) <= 1 / rate + 1e-6
    assert office.most_at_once == 1


def test_the_pace_holds_from_one_source_to_the_next_of_the_same_host(pulling: Pulling) -> None:
    with serving(lambda _: Answer(200, lines(1)), pulling.clock) as office:
        for name in ("one", "two"):
            pulling.pull(source_of(f"{office.address}/{name}", "file", name=f"the-{name}"))
    assert office.asked[1].at - office.asked[0].at >= 1


def test_redirects_keep_the_pace_too(pulling: Pulling) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.path == "/a":
            return Answer(302, headers={"Location": "/b"})
        return Answer(200, lines(1))

    with serving(answer, pulling.clock) as office:
        assert pulling.pull(source_of(f"{office.address}/a", "file")).outcome == "taken"
    assert office.asked[1].at - office.asked[0].at >= 1


def test_a_server_that_fails_is_tried_again_with_growing_waits_and_then_left(pulling: Pulling) -> None:
    with serving(lambda _: Answer(503), pulling.clock) as office:
        politeness = {"tries": 6, "first-wait": 10, "longest-wait": 60}
        source = source_of(f"{office.address}/m", "file", politeness=politeness)
        pulled = pulling.pull(source)
    assert pulled.problem == "the server answered 503; tried 6 times"
    gaps = [later.at - earlier.at for earlier, later in pairwise(office.asked)]
    for gap, longest in zip(gaps, (10, 20, 40, 60, 60), strict=True):
        assert longest / 2 <= gap <= longest + 1
    # Not one wait is the other's double to the second: a part of each is drawn by lot.
    assert len({round(gap, 3) for gap in gaps}) == 5


def test_after_runs_that_failed_the_next_one_waits_longer_each_time(pulling: Pulling) -> None:
    with serving(lambda _: Answer(404)) as office:
        source = source_of(f"{office.address}/m", "file")
        waits = []
        for _ in range(10):
            now = pulling.clock.now()
            waits.append((pulling.pull(source).next_run_at - now).total_seconds())
    assert 150 <= waits[0] <= 300
    assert 300 <= waits[1] <= 600
    assert 3 * 3600 <= waits[-1] <= 6 * 3600
    assert pulling.state().failures == 10


@pytest.mark.parametrize("close", [True, False])
def test_a_server_that_hangs_up_is_tried_again(pulling: Pulling, close: bool) -> None:
    def answer(_: Asked) -> Answer:
        return (
            Answer(200, lines(1), close=close, declared=9999)
            if len(office.asked) < 3
            else Answer(200, lines(1))
        )

    with serving(answer) as office:
        assert pulling.pull(source_of(f"{office.address}/m", "file")).outcome == "taken"
    assert len(office.asked) == 3


def test_a_server_that_is_not_there_is_a_problem_in_words(pulling: Pulling) -> None:
    pulled = pulling.pull(source_of("http://127.0.0.1:9/m", "file", politeness={"tries": 2}))
    assert pulled.problem is not None
    assert "the way to the server failed" in pulled.problem


def test_a_server_that_falls_silent_is_left_and_tried_again(pulling: Pulling) -> None:
    asleep = threading.Event()

    def answer(_: Asked) -> Answer:
        if len(office.asked) == 1:
            asleep.wait(3)
        return Answer(200, lines(1))

    with serving(answer) as office:
        source = source_of(f"{office.address}/m", "file", bounds={"silence": 0.2})
        begun = time.monotonic()
        assert pulling.pull(source).outcome == "taken"
        assert time.monotonic() - begun < 2.5
        asleep.set()


def test_a_long_wait_that_the_server_asks_for_is_left_to_the_schedule(pulling: Pulling) -> None:
    said = "Mon, 23 Nov 2026 19:30:00 GMT"
    with serving(lambda _: Answer(429, headers={"Retry-After": said}), pulling.clock) as office:
        pulled = pulling.pull(source_of(f"{office.address}/m", "file"))
    assert len(office.asked) == 1
    assert pulled.next_run_at == dt.datetime(2026, 11, 23, 19, 30, tzinfo=dt.UTC)
    assert pulling.state().failures == 0


def test_a_run_that_reaches_its_bound_of_pages_hands_over_what_it_has_and_the_next_takes_the_rest(
    pulling: Pulling,
) -> None:
    with serving(by_page(list(range(20)))) as office:
        further = {"pages": PAGE, "reply": RECORDS, "bounds": {"pages": 3}}
        source = source_of(f"{office.address}/tm", "changes", **further)
        held = []
        for _ in range(3):
            assert pulling.pull(source).outcome == "taken"
            held.append(len(pulling.numbers()))
        assert held == [9, 18, 20]
        pulling.pull(source)
    assert office.values("page")[:8] == ["1", "2", "3", "4", "5", "6", "7", "1"]
    assert office.values("changedSince")[:7] == [None] * 7
    # What the last of the runs is after is what has changed since the first of them began.
    assert office.values("changedSince")[7] == "2026-11-23T08:50:00Z"


def test_a_run_that_reaches_its_bound_of_time_or_bytes_does_the_same(pulling: Pulling) -> None:
    for number, bounds in enumerate(({"seconds": 2.5}, {"bytes": 1000})):
        with serving(by_page(list(range(20))), pulling.clock) as office:
            further = {"pages": PAGE, "reply": RECORDS, "bounds": bounds, "name": f"source-{number}"}
            source = source_of(f"{office.address}/tm", "changes", **further)
            assert pulling.pull(source).problem is None
            assert 1 < len(office.asked) < 4
            for _ in range(3):
                pulling.pull(source)
        assert set(office.values("page")) >= {str(page) for page in range(1, 8)}


@pytest.mark.parametrize("allowed", [False, True])
def test_a_redirect_leads_to_another_host_only_where_the_table_names_it_and_takes_no_secret_along(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    monkeypatch.setenv("THE_TOKEN", "Bearer t0ken")
    monkeypatch.setenv("THE_KEY", "k3y")
    with serving(lambda _: Answer(200, lines(1))) as store:
        elsewhere = store.address.replace("127.0.0.1", "localhost")
        with serving(lambda _: Answer(302, headers={"Location": f"{elsewhere}/file?signed=1"})) as office:
            source = source_of(
                f"{office.address}/m",
                "file",
                **{
                    "secret-headers": {"Authorization": "THE_TOKEN"},
                    "secret-parameters": {"accessKey": "THE_KEY"},
                    "redirect-hosts": [elsewhere.removeprefix("http://")] if allowed else [],
                },
            )
            pulled = pulling.pull(source)
    assert office.asked[0].headers["authorization"] == "Bearer t0ken"
    assert office.asked[0].query == {"accessKey": "k3y"}
    assert office.asked[0].headers["user-agent"] == AGENT
    assert (pulled.outcome == "taken") == allowed
    if allowed:
        assert "authorization" not in store.asked[0].headers
        assert store.asked[0].query == {"signed": "1"}
    else:
        assert store.asked == []
        assert pulled.problem is not None
        assert "redirect-hosts" in pulled.problem


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://169.254.169.254/latest", "//[::1]:80/", "gopher:x"],
)
def test_no_redirect_leads_out(pulling: Pulling, location: str) -> None:
    with serving(lambda _: Answer(302, headers={"Location": location})) as office:
        pulled = pulling.pull(source_of(f"{office.address}/m", "file"))
    assert pulled.outcome == "stopped"
    assert len(office.asked) == 1


def test_a_next_link_leads_to_no_other_host_either(pulling: Pulling) -> None:
    with serving(lambda _: reply([1], next="http://127.0.0.1:9/steal")) as office:
        pulled = pulling.pull(source_of(f"{office.address}/tm", "collection", reply=RECORDS))
    assert pulled.problem is not None
    assert "an address of the next page leads to http://127.0.0.1:9" in pulled.problem


def test_redirects_end(pulling: Pulling) -> None:
    with serving(lambda asked: Answer(302, headers={"Location": asked.path + "x"})) as office:
        pulled = pulling.pull(source_of(f"{office.address}/m", "file"))
    assert pulled.problem == "more than 5 redirects, one after another"
    assert len(office.asked) == 6


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_the_table_is_taken(
    pulling: Pulling, authority: tuple[ssl.SSLContext, Path]
) -> None:
    context, vouched = authority
    with serving(lambda _: Answer(200, lines(1)), tls=context) as office:
        pulled = pulling.pull(source_of(f"{office.address}/m", "file"))
        assert pulled.problem is not None
        assert "certificate" in pulled.problem
        assert office.asked == []
        source = source_of(f"{office.address}/m", "file", **{"ca-file": str(vouched)})
        assert pulling.pull(source).outcome == "taken"


def test_from_https_nothing_leads_to_http(pulling: Pulling, authority: tuple[ssl.SSLContext, Path]) -> None:
    context, vouched = authority

    def answer(_: Asked) -> Answer:
        return Answer(302, headers={"Location": office.address.replace("https:", "http:")})

    with serving(answer, tls=context) as office:
        pulled = pulling.pull(source_of(f"{office.address}/m", "file", **{"ca-file": str(vouched)}))
    assert pulled.problem is not None
    assert "not followed from https" in pulled.problem


def test_no_secret_is_logged_told_or_kept(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The server says the key back in its links and its errors."""
    monkeypatch.setenv("THE_KEY", "s3cr3t/key=")

    def answer(asked: Asked) -> Answer:
        if len(office.asked) == 1:
            return reply([1], next="/tm?accessKey=s3cr3t%2Fkey%3D&cursor=2")
        return Answer(302, headers={"Location": "http://s3cr3t%2Fkey%3D.example/?k=s3cr3t/key="})

    with caplog.at_level(logging.DEBUG), serving(answer) as office:
        secret = {"secret-parameters": {"accessKey": "THE_KEY"}}
        source = source_of(f"{office.address}/tm", "collection", reply=RECORDS, **secret)
        pulled = pulling.pull(source)
    assert office.values("accessKey") == ["s3cr3t/key="] * 2
    with pulling.database.reading() as connection:
        kept = [
            connection.execute(text(f"SELECT t::text, encode(t.{column}, 'escape') FROM {table} t")).all()
            for table, column in (("feed_source", "mark"), ("source_run", "place"), ("source_run", "mark"))
        ]
    told = f"{caplog.text} {pulled} {kept} {pulling.runs()}"
    assert "s3cr3t" not in told.replace("%2F", "/")
    assert "cursor=2" in told


def test_a_secret_that_is_not_set_is_named_and_nothing_is_asked(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THE_KEY", raising=False)
    with serving(lambda _: Answer(200, lines(1))) as office:
        source = source_of(f"{office.address}/m", "file", **{"secret-parameters": {"accessKey": "THE_KEY"}})
        problem = pulling.pull(source).problem
    assert problem is not None
    assert "set THE_KEY in the environment" in problem
    assert office.asked == []


def test_told_to_stop_it_stops_at_once_and_goes_on_later(pulling: Pulling) -> None:
    with serving(lambda asked: ipos(asked.query["lodgement_date"], 1), pulling.clock) as office:
        source = days_source(office.address)
        pulling.clock = FakeClock(stop_after=1)
        with pytest.raises(StoppedError):
            pulling.pull(source)
        assert len(office.asked) == 2
        pulling.clock = FakeClock()
        pulling.pull(source)
    assert office.values("lodgement_date") == [f"2026-11-{day}" for day in (19, 20, 21, 22)]
    assert len(pulling.ids()) == 4


def test_the_clock_of_the_machine_ends_its_waits_when_told_to_stop() -> None:
    stop = threading.Event()
    clock = SystemClock(stop)
    clock.sleep(0.01)
    stop.set()
    begun = clock.seconds()
    with pytest.raises(StoppedError):
        clock.sleep(30)
    assert clock.seconds() - begun < 5
    assert clock.now().tzinfo is dt.UTC
