"""Connections are shared out among the processes that listen on one socket."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from app.http.accepting import Counts, SharingServer, shared_counts
from app.http.wire import Wire
from app.supervisor import listen

CONNECTIONS = 12


async def answer(scope: dict[str, object], receive: object, send: object) -> None:
    """Answers every request with its own place among the servers."""
    assert scope["type"] == "http"
    begin = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    await send(begin)  # type: ignore[operator]
    await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]


@pytest.fixture
def servers() -> Iterator[tuple[int, list[SharingServer]]]:
    """Two servers on one socket, each with a loop of its own, and its port."""
    listener = listen("127.0.0.1", 0)
    counts = shared_counts(2)
    made = []
    threads = []
    for place in range(2):
        config = uvicorn.Config(answer, http=Wire, log_config=None, lifespan="off")
        server = SharingServer(config, listener.dup(), Counts(counts, place))
        thread = threading.Thread(target=asyncio.run, args=(server.serve(),))
        thread.start()
        made.append(server)
        threads.append(thread)
    while not all(server.started for server in made):
        time.sleep(0.01)
    yield listener.getsockname()[1], made
    for server in made:
        server.should_exit = True
    for thread in threads:
        thread.join()
    listener.close()


def connected(port: int) -> socket.socket:
    """A connection over which a request was answered."""
    return answered(socket.create_connection(("127.0.0.1", port), timeout=10))


def answered(held: socket.socket) -> socket.socket:
    held.sendall(b"GET / HTTP/1.1\r\nhost: test\r\n\r\n")
    assert held.recv(4096).startswith(b"HTTP/1.1 200")
    return held


def test_each_server_takes_half_of_the_connections(servers: tuple[int, list[SharingServer]]) -> None:
    port, both = servers
    held = [connected(port) for _ in range(CONNECTIONS)]
    shares = [len(server.server_state.connections) for server in both]
    for one in held:
        one.close()
    assert sum(shares) == CONNECTIONS
    assert min(shares) >= CONNECTIONS // 2 - 1


def test_all_connections_are_taken_where_the_server_with_fewest_is_stuck(
    servers: tuple[int, list[SharingServer]],
) -> None:
    port, (one, stuck) = servers
    stuck.should_exit = True
    while stuck._listener.fileno() >= 0:
        time.sleep(0.01)
    held = [connected(port) for _ in range(3)]
    waiting = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(20)]
    held += [answered(each) for each in waiting]
    assert len(one.server_state.connections) == len(held)
    for each in held:
        each.close()
