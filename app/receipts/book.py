"""The book of receipts: each search gets its receipt at once, and the register gets them in batches.

A search must not wait for the database: a receipt is hashed, written to the spool of the process, and given
out, which takes some 50 microseconds. Twice a second a thread writes what has come together in one
statement. A receipt that is asked for before that is answered from memory, or from another process's spool.
"""

import logging
import threading
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from app.receipts.spool import Spool, open_spool, orphans, spooled
from register.store.database import Database
from register.store.receipts import NewReceipt, find_receipt, note_use, put_receipts
from search.receipts.content import Receipt, encode_receipt
from search.receipts.identity import identity_of

log = logging.getLogger("ipregister.receipts")

FOLDER = "receipts"
_FLUSH_SECONDS = 0.5
_ORPHANS_EVERY = 20
"""Flushes between two looks for the spools of processes that are gone."""


class _Batch(NamedTuple):
    """Receipts by id, and the spool that holds the same; None where it could not be written."""

    receipts: dict[str, bytes]
    spool: Spool | None


class ReceiptBook:
    """The receipts that one process gives out; safe to share between threads.

    Between `open` and `close` a thread brings them into the register.
    """

    def __init__(self, database: Database, data: Path) -> None:
        self._database = database
        self._folder = data / FOLDER
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._batch: _Batch | None = None
        self._unwritten: list[_Batch] = []
        self._spools = 0

    def issue(self, receipt: Receipt) -> str:
        """The id under which the receipt can be asked for from now on."""
        content = encode_receipt(receipt)
        identity = identity_of(content)
        with self._lock:
            batch = self._batch
            if batch is None:
                batch = self._batch = _Batch({}, self._open_spool())
            batch.receipts[identity] = content
            if batch.spool is not None:
                try:
                    batch.spool.add(content)
                except OSError as error:
                    log.warning("a receipt is kept in memory only: %s", error)
        return identity

    def find(self, identity: str) -> bytes | None:
        """The content of a receipt, None where there is none of this id.

        Receipts of other machines are found once they are in the register, half a second later.
        """
        found = self._in_memory(identity) or self._in_register(identity) or self._in_spools(identity)
        # It may have gone from a spool into the register between the looks.
        return found or self._in_register(identity)

    def open(self) -> None:
        """Begin to bring receipts into the register."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="receipts", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Bring the last ones in. What cannot be brought in now stays in the spool for the next start."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        try:
            self.flush()
        except SQLAlchemyError as error:
            log.warning("receipts stay in the spool until the next start: %s", type(error).__name__)

    def flush(self) -> None:
        """Bring in what has come together. Raises `SQLAlchemyError`; nothing is lost by that."""
        with self._flushing:
            with self._lock:
                if self._batch is not None:
                    self._unwritten.append(self._batch)
                    self._batch = None
                waiting = list(self._unwritten)
            for batch in waiting:
                self._put([NewReceipt(*item) for item in batch.receipts.items()])
                if batch.spool is not None:
                    batch.spool.remove()
                with self._lock:
                    self._unwritten.remove(batch)

    def take_orphans(self) -> int:
        """Bring in what processes that are gone have left; how many receipts they were."""
        count = 0
        for orphan in orphans(self._folder):
            found = [NewReceipt(identity_of(content), content) for content in orphan.contents()]
            if found:
                self._put(found)
            orphan.remove()
            count += len(found)
        return count

    def _run(self) -> None:
        turns = 0
        while not self._stop.is_set():
            try:
                if turns % _ORPHANS_EVERY == 0:
                    self.take_orphans()
                self.flush()
            except (SQLAlchemyError, OSError) as error:
                log.warning("receipts wait for the register: %s", type(error).__name__)
            turns += 1
            self._stop.wait(_FLUSH_SECONDS)

    def _put(self, receipts: list[NewReceipt]) -> None:
        with self._database.writing() as connection:
            put_receipts(connection, receipts)

    def _open_spool(self) -> Spool | None:
        self._spools += 1
        try:
            return open_spool(self._folder, self._spools)
        except OSError as error:
            log.warning("receipts are kept in memory only until they are in the register: %s", error)
            return None

    def _in_memory(self, identity: str) -> bytes | None:
        with self._lock:
            batches = [*self._unwritten, *([] if self._batch is None else [self._batch])]
            return next((one.receipts[identity] for one in batches if identity in one.receipts), None)

    def _in_register(self, identity: str) -> bytes | None:
        found = self._database.read(lambda connection: find_receipt(connection, identity))
        if found is not None:
            with self._database.writing() as connection:
                note_use(connection, identity)
        return found

    def _in_spools(self, identity: str) -> bytes | None:
        return next((content for content in spooled(self._folder) if identity_of(content) == identity), None)
