"""Children end when they are asked to, when they are not, and when nobody is left to ask."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from app.family import LIFELINE, spawn, watch_lifeline

_MEMBER = "tests.app.family_member"
_SECONDS = 15.0


class Pipe(NamedTuple):
    """What a family holds open while any member of it lives."""

    reading: int
    writing: int

    def heard(self) -> bytes:
        """The next that is written; b"" once nobody holds the other end any more."""
        ready, _, _ = select.select([self.reading], [], [], _SECONDS)
        assert ready, "nothing happened in time"
        return os.read(self.reading, 1)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe(*os.pipe())
    yield made
    os.close(made.reading)


def test_a_child_ends_when_its_parent_is_killed(pipe: Pipe) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", _MEMBER, "parent", str(pipe.writing)], pass_fds=[pipe.writing]
    )
    os.close(pipe.writing)
    assert pipe.heard() == b"."
    parent.send_signal(signal.SIGKILL)
    parent.wait(_SECONDS)
    assert pipe.heard() == b""


def test_a_child_that_is_asked_to_stop_ends_by_itself(pipe: Pipe) -> None:
    child = spawn(_MEMBER, ["child", str(pipe.writing)], [pipe.writing])
    os.close(pipe.writing)
    assert pipe.heard() == b"."
    assert child.alive()
    child.stop(_SECONDS)
    assert child.process.returncode == 0
    assert not child.alive()


def test_a_child_that_does_not_stop_in_time_is_ended(pipe: Pipe) -> None:
    child = spawn(_MEMBER, ["stubborn", str(pipe.writing)], [pipe.writing])
    os.close(pipe.writing)
    assert pipe.heard() == b"."
    child.stop(0.1)
    assert child.process.returncode == -signal.SIGKILL


def test_a_process_that_was_not_spawned_watches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LIFELINE, raising=False)
    before = threading.active_count()
    watch_lifeline(lambda: None)
    assert threading.active_count() == before
