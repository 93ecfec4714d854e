"""`ipregister serve`: the processes of one machine, started, watched, and stopped together.

One listening socket is shared by the processes that answer HTTP; one worker writes the index, others read
feeds; the embedded database runs beside them where the settings name no other.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.family import Child, spawn, stop_event
from app.http.accepting import shared_counts
from app.settings import Settings
from register.store.embedded import EmbeddedPostgres
from register.store.migrate import upgrade

log = logging.getLogger("ipregister.serve")

_LOOK_SECONDS = 0.5
_BACK_OFF_SECONDS = (0.2, 1.0, 5.0, 15.0)
_STEADY_SECONDS = 60.0


class AddressTakenError(Exception):
    """Something else listens on the address."""


@dataclass
class Post:
    """A place in the family that is always filled: the child in it, and how often it had to be replaced
    lately.
    """

    name: str
    start: Callable[[], Child]
    child: Child | None = None
    started: float = 0.0
    falls: int = 0
    next_start: float = field(default=0.0)

    def look(self) -> None:
        """Start the child where there is none, with a longer wait after each fall."""
        now = time.monotonic()
        if self.child is not None and self.child.alive():
            return
        if self.child is not None:
            self.falls = 0 if now - self.started > _STEADY_SECONDS else self.falls + 1
            wait = _BACK_OFF_SECONDS[min(self.falls, len(_BACK_OFF_SECONDS) - 1)]
            log.warning("%s ended with %s; again in %.1f s", self.name, self.child.process.returncode, wait)
            self.child.stop(0.1)
            self.child, self.next_start = None, now + wait
        if now >= self.next_start:
            self.child, self.started = self.start(), now

    def stop(self) -> None:
        if self.child is not None:
            self.child.stop()
            self.child = None


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `AddressTakenError` with a sentence where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise AddressTakenError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port"
        ) from None
    sock.listen(1024)
    sock.set_inheritable(True)
    return sock


def serve(settings: Settings, host: str, port: int, prepare: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT. `prepare(database url)` runs once before anything answers."""
    stop = stop_event()
    sock = listen(host, port)
    embedded = None
    if settings.database_url is None:
        settings.data.mkdir(parents=True, exist_ok=True)
        embedded = EmbeddedPostgres(settings.data)
    url = settings.database_url or (embedded.acquire() if embedded is not None else "")
    posts: list[Post] = []
    try:
        upgrade(url)
        worker = Post("worker", lambda: spawn("app.worker", []))
        posts.append(worker)
        worker.look()
        prepare(url)
        posts += feed_posts(settings)
        posts += web_posts(settings, sock)
        shown = f"[{host}]" if ":" in host else host
        log.info("serving on http://%s:%d", shown, sock.getsockname()[1])
        _watch(stop, posts, embedded)
    finally:
        stop_all(posts)
        sock.close()
        if embedded is not None:
            embedded.release()


def web_posts(settings: Settings, sock: socket.socket) -> list[Post]:
    """The processes that answer HTTP."""
    descriptors = (sock.fileno(), shared_counts(settings.web_processes))

    def start(place: int) -> Child:
        return spawn("app.web", [*map(str, descriptors), str(place)], descriptors)

    return [Post(f"web {place}", partial(start, place)) for place in range(settings.web_processes)]


def feed_posts(settings: Settings) -> list[Post]:
    """The processes that read feeds."""
    return [Post(f"feeds {n}", lambda: spawn("app.feeds_worker", [])) for n in range(settings.feed_workers)]


def wait_for(condition: Callable[[], bool], seconds: float = 600.0) -> None:
    """Return when the condition holds, looking ten times a second. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the index did not come up")
        time.sleep(0.1)


def _watch(stop: threading.Event, posts: list[Post], embedded: EmbeddedPostgres | None) -> None:
    while not stop.is_set():
        if embedded is not None:
            try:
                embedded.ensure_alive()
            except Exception:
                log.exception("the embedded database cannot be started; trying again")
        for post in posts:
            post.look()
        stop.wait(_LOOK_SECONDS)
    log.info("stopping (process %d)", os.getpid())


def stop_all(posts: list[Post]) -> None:
    """Ask all at once, then wait for each."""
    for post in posts:
        if post.child is not None and post.child.alive():
            post.child.process.terminate()
    for post in posts:
        post.stop()
