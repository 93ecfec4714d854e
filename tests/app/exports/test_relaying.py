"""A file on its way to its receiver: what is sent, and that nothing goes on when the receiver is gone."""

import threading
from typing import Any, cast

import anyio
import pytest
from starlette.types import Message

from app.exports import relaying
from app.exports.relaying import BrokenExportError, RelayedFile
from app.exports.started import Started


class Written:
    """Stands for the process: so many parts, and how it ends."""

    def __init__(self, parts: int, whole: bool = True) -> None:
        self._parts = parts
        self._whole = whole
        self.ended = threading.Event()
        self.read_parts = 0

    def read(self, _: int) -> bytes:
        if self.read_parts == self._parts:
            return b""
        self.read_parts += 1
        return b"part"

    def is_whole(self) -> bool:
        return self._whole

    def end(self) -> None:
        self.ended.set()


class Receiver:
    """Takes messages; goes away, or stops taking, after so many of them."""

    def __init__(self, gone_after: int | None = None, stuck_after: int | None = None) -> None:
        self.taken: list[Message] = []
        self._gone_after = gone_after
        self._stuck_after = stuck_after
        self._gone = anyio.Event()

    async def receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.taken.append(message)
        if len(self.taken) == self._gone_after:
            self._gone.set()
        if len(self.taken) == self._stuck_after:
            await anyio.sleep_forever()
        await anyio.sleep(0)


def relay(written: Written, scope: dict[str, Any] | None = None, **kind: int) -> list[Message]:
    async def run() -> list[Message]:
        receiver = Receiver(**kind)
        answer = RelayedFile(cast(Started, written), "text/csv", {})
        await answer(scope or {"type": "http"}, receiver.receive, receiver.send)
        return receiver.taken

    return anyio.run(run)


def test_a_whole_file_ends() -> None:
    written = Written(3)
    head, *parts, last = relay(written)
    assert head["status"] == 200
    assert [part["body"] for part in parts] == [b"part"] * 3
    assert not last.get("more_body", False)
    assert written.ended.is_set()


def test_a_file_that_breaks_off_has_no_end() -> None:
    written = Written(3, whole=False)
    with pytest.raises(BaseExceptionGroup) as raised:
        relay(written)
    assert raised.group_contains(BrokenExportError)
    assert written.ended.is_set()


def test_who_goes_away_ends_the_work() -> None:
    written = Written(1_000_000)
    relay(written, gone_after=3)
    assert written.read_parts < 100
    assert written.ended.is_set()


def test_who_takes_nothing_more_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaying, "_PATIENCE_SECONDS", 0.05)
    written = Written(1_000_000)
    with pytest.raises(BaseExceptionGroup) as raised:
        relay(written, stuck_after=3)
    assert raised.group_contains(TimeoutError)
    assert written.ended.is_set()


def test_for_a_head_nothing_is_read() -> None:
    written = Written(3)
    assert len(relay(written, {"type": "http", relaying.HEAD: True})) == 2
    assert written.read_parts == 0
    assert written.ended.is_set()
