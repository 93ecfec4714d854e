"""Events reach a receiver that fails, each once; what it never takes is laid aside."""

import hmac
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.watches import delivering as delivering_module
from app.watches.delivering import Policy, delivering, wait_after
from app.watches.events import event_identity
from app.watches.looking import encode_query
from app.watches.receiver import ReceiverError, receiver_of
from app.watches.signing import signature, told_secret
from register.store.database import Database
from register.store.watch_events import Event, NewEvent, add_events, count_by_state, events_of, send_again
from register.store.watches import Watch, create_watch
from search.query import SearchQuery
from tests.app.watches.receiving import receiving

POLICY = Policy(tries=12, first_wait=0.01, private=True)


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    opened = Database(fresh_database_url)
    yield opened
    opened.close()


def watch_with(database: Database, webhook: str, events: int) -> Watch:
    with database.writing() as connection:
        made = create_watch(
            connection,
            name="ours",
            query=encode_query(SearchQuery("steiger")),
            least_score=0.7,
            webhook=webhook,
            reached=0,
            conflicts=(),
        ).watch
        told = [
            NewEvent(event_identity(made.id, f"sg-tm-{n}", 1), f"sg-tm-{n}", 1, "new", b'{"n":%d}' % n)
            for n in range(events)
        ]
        add_events(connection, made.id, told, deliver=True)
        return made


def events_in(database: Database, watch: Watch) -> list[Event]:
    return database.read(lambda connection: events_of(connection, watch.id, limit=1000))


def deliver(database: Database, policy: Policy = POLICY, seconds: float = 30) -> None:
    """Deliver until nothing waits any more."""
    send = delivering(database, policy)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        send()
        with database.reading() as connection:
            if not connection.scalar(text("SELECT count(*) FROM watch_event WHERE state = 'waiting'")):
                return
        time.sleep(0.005)
    raise TimeoutError


def test_a_receiver_that_fails_half_of_the_time_gets_each_event_exactly_once(database: Database) -> None:
    draw = random.Random(3)
    with receiving(lambda _: 500 if draw.random() < 0.5 else 204) as receiver:
        watch = watch_with(database, receiver.address, 60)
        deliver(database)
        taken = receiver.taken()
    assert sorted(taken) == sorted(event.id for event in events_in(database, watch))
    assert len(receiver.requests) > 80
    assert database.read(lambda connection: count_by_state(connection, watch.id)) == {"delivered": 60}


def test_several_workers_deliver_each_event_once(database: Database, fresh_database_url: str) -> None:
    draw = random.Random(5)
    with receiving(lambda _: 503 if draw.random() < 0.5 else 200) as receiver:
        watch = watch_with(database, receiver.address, 60)
        workers = [worker_on(fresh_database_url) for _ in range(3)]
        deliver(database)
        for worker in workers:
            worker.terminate()
            worker.wait()
        assert sorted(receiver.taken()) == sorted(event.id for event in events_in(database, watch))


def test_killed_workers_lose_no_event_and_what_is_sent_again_has_the_same_id(
    database: Database, fresh_database_url: str
) -> None:
    draw = random.Random(7)

    def slow(_: int) -> int:
        time.sleep(0.02)
        return 500 if draw.random() < 0.5 else 200

    with receiving(slow) as receiver:
        watch = watch_with(database, receiver.address, 40)
        for _ in range(4):
            worker = worker_on(fresh_database_url)
            before = len(receiver.requests)
            while len(receiver.requests) < before + 3 and worker.poll() is None:
                time.sleep(0.01)
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            # The lease of what the killed one had taken runs out.
            with database.writing() as connection:
                connection.execute(
                    text("UPDATE watch_event SET next_try_at = clock_timestamp() WHERE state = 'waiting'")
                )
        deliver(database)
        taken = receiver.taken()
    assert set(taken) == {event.id for event in events_in(database, watch)}
    # A kill can repeat no more than what was on its way at that moment.
    assert len(taken) - len(set(taken)) <= 4 * 8
    assert database.read(lambda connection: count_by_state(connection, watch.id)) == {"delivered": 40}


WORKER = """
import sys, time
from app.watches.delivering import delivering
from register.store.database import Database
from tests.app.watches.test_delivering import POLICY
send = delivering(Database(sys.argv[1]), POLICY)
while True:
    send()
    time.sleep(0.005)
"""


def worker_on(url: str) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root}
    return subprocess.Popen([sys.executable, "-c", WORKER, url], cwd=root, env=environment)


def test_what_is_sent_is_signed_and_says_which_try_it_is(database: Database) -> None:
    with receiving(lambda number: 500 if number == 1 else 200) as receiver:
        watch = watch_with(database, receiver.address, 1)
        deliver(database)
    first, second = receiver.requests
    assert (first.headers["Ipregister-Try"], second.headers["Ipregister-Try"]) == ("1", "2")
    assert first.headers["Ipregister-Event"] == second.headers["Ipregister-Event"]
    assert first.headers["Content-Type"] == "application/json"
    assert first.body == second.body == b'{"n":0}'
    assert watch.secret is not None
    timestamp = second.headers["Ipregister-Timestamp"]
    key = told_secret(watch.secret).encode()
    digest = hmac.new(key, timestamp.encode() + b"." + second.body, "sha256").hexdigest()
    assert second.headers["Ipregister-Signature"] == f"v1={digest}"
    assert signature(watch.secret, int(timestamp), second.body) == f"v1={digest}"
    assert abs(time.time() - int(timestamp)) < 60


def test_what_is_never_taken_is_laid_aside_and_can_be_sent_again(database: Database) -> None:
    broken = [True]
    with receiving(lambda _: 500 if broken[0] else 200) as receiver:
        watch = watch_with(database, receiver.address, 2)
        deliver(database, Policy(tries=3, first_wait=0.001, private=True))
        assert len(receiver.requests) == 6
        dead = events_in(database, watch)
        assert [(one.state, one.tries, one.problem) for one in dead] == [
            ("dead", 3, "the receiver answered 500")
        ] * 2
        broken[0] = False
        with database.writing() as connection:
            assert send_again(connection, watch.id, dead[0].id) == 1
            assert send_again(connection, "another") == 0
        deliver(database)
        assert receiver.taken() == [dead[0].id]
        assert [one.state for one in events_in(database, watch)] == ["delivered", "dead"]


@pytest.mark.parametrize("status", [302, 404, 410])
def test_only_2xx_is_taken_and_a_redirect_is_not_followed(database: Database, status: int) -> None:
    with receiving(lambda _: status) as receiver:
        watch = watch_with(database, receiver.address, 1)
        deliver(database, Policy(tries=1, first_wait=0.001, private=True))
    assert [one.problem for one in events_in(database, watch)] == [f"the receiver answered {status}"]


def test_nothing_is_sent_into_a_network_that_is_not_public(database: Database) -> None:
    with receiving(lambda _: 200) as receiver:
        by_name = receiver.address.replace("127.0.0.1", "localhost")
        watches = [watch_with(database, address, 1) for address in (receiver.address, by_name)]
        deliver(database, Policy(tries=1, first_wait=0.001, private=False))
        assert receiver.requests == []
    for watch in watches:
        (event,) = events_in(database, watch)
        assert event.problem is not None
        assert "not public" in event.problem


def test_a_receiver_that_is_away_does_not_hold_up_the_others(database: Database) -> None:
    with receiving(lambda _: 200) as receiver:
        away = watch_with(database, "http://127.0.0.1:9/", 30)
        there = watch_with(database, receiver.address, 5)
        send = delivering(database, POLICY)
        for _ in range(5):
            send()
        assert len(receiver.taken()) == 5
    waiting = events_in(database, away)
    assert {one.state for one in waiting} == {"waiting"}
    assert {one.state for one in events_in(database, there)} == {"delivered"}


def test_what_cannot_be_written_down_at_once_is_written_down_a_moment_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, losses = delivering_module._written, [2]

    def lost_twice(*given: Any) -> None:
        if losses[0]:
            losses[0] -= 1
            raise OperationalError("", {}, psycopg.OperationalError("the server is gone"))
        written(*given)

    monkeypatch.setattr(delivering_module, "_written", lost_twice)
    with receiving(lambda _: 200) as receiver:
        watch = watch_with(database, receiver.address, 1)
        deliver(database)
        assert len(receiver.requests) == 1
    assert [one.state for one in events_in(database, watch)] == ["delivered"]


def test_waits_grow_with_each_try_and_are_not_the_same_for_all() -> None:
    policy = Policy(tries=5, first_wait=2.0, private=False)
    assert 1.0 <= (wait_after(policy, 1) or 0) <= 2.0
    assert 8.0 <= (wait_after(policy, 4) or 0) <= 16.0
    assert wait_after(policy, 5) is None
    assert len({wait_after(policy, 2) for _ in range(20)}) > 10


PRIVATE: Sequence[str] = (
    "http://127.0.0.1/",
    "http://10.1.2.3/",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fd00::1]/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_network_is_refused_unless_allowed(address: str) -> None:
    with pytest.raises(ReceiverError, match="not public"):
        receiver_of(address, private=False)
    assert receiver_of(address, private=True).port == 80


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "example.org",
        "https://",
        "https://u:p@example.org/",
        "http://a:99999/",
        "http://a b/",
    ],
)
def test_what_is_no_address_of_a_receiver_is_refused(address: str) -> None:
    with pytest.raises(ReceiverError):
        receiver_of(address, private=True)
