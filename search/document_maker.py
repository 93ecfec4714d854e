"""Documents made of versions: here, or, where many wait, in a process of its own beside the one that resolves
applicants and writes the index.
"""

import datetime as dt
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, NamedTuple

import msgspec

from register.collector import collect_seldom
from register.model import Status, decode_record
from search.document import IndexDocument, document_of

_PARENT_LOOKED_AT_SECONDS: Final = 1.0


class Source(NamedTuple):
    """What a document is made of: a version's JSON and numbers, its resolved applicants by name, the statuses
    of earlier versions, and the day it was taken in.
    """

    body: bytes
    version: int
    timepoint: int
    applicants: Mapping[str, str]
    history: Sequence[Status]
    as_of: dt.date


def documents_of(sources: Sequence[Source]) -> list[IndexDocument]:
    return [
        document_of(
            decode_record(one.body),
            one.version,
            one.timepoint,
            one.applicants,
            history=one.history,
            as_of=one.as_of,
        )
        for one in sources
    ]


class DocumentMaker:
    """Makes documents; not to be shared between threads."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, sources: Sequence[Source], *, beside: bool) -> Callable[[], list[IndexDocument]]:
        """Begin to make documents, `beside`: in the other process; what is given back waits for them."""
        if not beside:
            return lambda: documents_of(sources)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (os.getpid(),))
        try:
            made = self._pool.submit(_encoded, list(sources))
        except BrokenProcessPool:
            self.close()
            return lambda: documents_of(sources)

        def wait() -> list[IndexDocument]:
            try:
                return _decoder.decode(made.result())
            except BrokenProcessPool:
                # It was killed: what it was to make is made here.
                self.close()
                return documents_of(sources)

        return wait

    def close(self) -> None:
        """Let the other process go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[IndexDocument])


def _encoded(sources: Sequence[Source]) -> bytes:
    return _encoder.encode(documents_of(sources))


def _begin(parent: int) -> None:
    """Make this process one that makes documents, and ends when its parent is gone, however that ended."""
    collect_seldom()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_LOOKED_AT_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
