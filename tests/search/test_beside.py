"""Work in another process, whatever happens to that."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from search.beside import Beside


@pytest.fixture
def beside() -> Iterator[Beside]:
    held = Beside(1)
    yield held
    held.close()


def which_process(_: None) -> int:
    return os.getpid()


def slow_elsewhere(home: int) -> int:
    """Takes a minute in another process than this one."""
    if os.getpid() != home:
        time.sleep(60)
    return os.getpid()


def test_work_is_done_in_one_other_process(beside: Beside) -> None:
    done = {beside.begin(which_process, None)() for _ in range(3)}
    assert len(done) == 1
    assert os.getpid() not in done


def test_work_is_done_here_where_the_others_have_enough(beside: Beside) -> None:
    waiting = [beside.begin(time.sleep, 0.5) for _ in range(2)]
    assert beside.begin(which_process, None)() == os.getpid()
    for wait in waiting:
        wait()
    assert beside.begin(which_process, None)() != os.getpid()


def test_what_fails_there_fails_here(beside: Beside) -> None:
    with pytest.raises(ZeroDivisionError):
        beside.begin((1).__truediv__, 0)()


def test_what_a_killed_process_was_to_do_is_done_here_and_the_next_elsewhere_again(beside: Beside) -> None:
    other = beside.begin(which_process, None)()
    waiting = [beside.begin(slow_elsewhere, os.getpid()) for _ in range(2)]
    os.kill(other, signal.SIGKILL)
    assert [wait() for wait in waiting] == [os.getpid()] * 2
    assert beside.begin(which_process, None)() not in (os.getpid(), other)


def test_what_a_new_process_is_given_stays_when_the_end_of_the_one_before_is_met(beside: Beside) -> None:
    other = beside.begin(which_process, None)()
    first, second = (beside.begin(slow_elsewhere, os.getpid()) for _ in range(2))
    os.kill(other, signal.SIGKILL)
    assert first() == os.getpid()
    anew = beside.begin(which_process, None)()
    assert second() == os.getpid()
    assert beside.begin(which_process, None)() == anew


def test_the_other_process_goes_when_it_is_let_go(beside: Beside) -> None:
    other = beside.begin(which_process, None)()
    beside.close()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)
