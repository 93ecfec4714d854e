"""The forms of documents beside an embedded index, in one file that is only ever added to.

A stored document costs some 7 microseconds to fetch, for a block of its neighbours is unpacked with it; 400
candidates of a search make 3 milliseconds. A number in a column says where in the file a document's form
stands, and reading 400 of them takes a tenth of that. What is replaced or deleted stays in the file until
the index is built anew.
"""

import mmap
import os
import threading
from collections.abc import Iterable
from pathlib import Path

from search.document import IndexDocument

FILE = "forms.log"
FIELD = "forms_at"
_LENGTH_BITS = 20
_MOST_LENGTH = (1 << _LENGTH_BITS) - 1
# Neither an id nor a form holds it: PostgreSQL takes no text with it.
_BETWEEN = "\0"


class FormsWriter:
    """Adds forms to the file; they are safe after `flush`."""

    def __init__(self, directory: Path) -> None:
        # What a writer left that was killed before its commit stands there unused.
        self._file = open(directory / FILE, "ab")  # noqa: SIM115  # open until the writer closes
        self._end = self._file.tell()

    def add(self, document: IndexDocument) -> int:
        """Where the form of a document stands, as the number for its column."""
        data = _BETWEEN.join((document.id, str(document.version), document.forms)).encode()
        place = self._end << _LENGTH_BITS | len(data)
        self._file.write(data)
        self._end += len(data)
        return place

    def flush(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


class FormsReader:
    """Reads forms from the file; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._lock = threading.Lock()
        self._data: mmap.mmap | bytes = b""

    def at(self, places: Iterable[int]) -> tuple[list[str], list[int], list[str]]:
        """The documents whose columns hold these numbers: their ids, versions and forms."""
        found: list[bytes] = []
        data = self._data
        for place in places:
            begin, length = place >> _LENGTH_BITS, place & _MOST_LENGTH
            if begin + length > len(data):
                data = self._grown(begin + length)
            found.append(data[begin : begin + length])
        # All at once: to decode and split hundreds of documents one by one takes more than twice as long.
        members = _BETWEEN.encode().join(found).decode().split(_BETWEEN) if found else []
        return members[0::3], list(map(int, members[1::3])), members[2::3]

    def _grown(self, size: int) -> mmap.mmap | bytes:
        with self._lock:
            if len(self._data) < size:
                with open(self._path, "rb") as file:
                    self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return self._data
