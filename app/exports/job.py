"""What is to be written into a file, told to the process that writes it."""

from collections.abc import Callable

import msgspec

from app.exports.changes import told_lines
from app.exports.columns import columns_of
from app.exports.csv_writer import CsvWriter
from app.exports.found import LinesWriter, Ranked, Writer
from app.exports.kinds import ExportFormat
from app.exports.reading import Result, ranking_of, set_of
from app.exports.workbook import WorkbookWriter
from register.store.changes import Scope
from register.store.database import Database
from search.engine import Reader
from search.query import SearchQuery

# A larger part takes the receiver's memory, a smaller one more turns.
_PART_BYTES = 256 << 10


class ExportJob(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A result as a file. `ranked` is the whole ranking where the result is one; `about` goes into the
    spreadsheet.
    """

    query: SearchQuery
    format: ExportFormat
    ranked: tuple[Ranked, ...] | None = None
    about: dict[str, str] = {}

    def result(self, reader: Reader, database: Database) -> Result:
        """Raises `InputError`, and `IndexUnavailableError`."""
        if self.ranked is not None:
            return ranking_of(database, self.ranked)
        return set_of(reader, database, self.query)

    def writer(self) -> Writer:
        columns = columns_of(self.query.filters.rights)
        match self.format:
            case "csv":
                return CsvWriter(columns, self.ranked is not None)
            case "xlsx":
                return WorkbookWriter(columns, self.ranked is not None, self.about)
            case "jsonl":
                return LinesWriter()


class ChangesJob(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The changes after a timepoint as lines."""

    since: int
    limit: int | None
    scope: Scope

    def write(self, database: Database, out: Callable[[bytes], object]) -> None:
        for part in told_lines(database, self.since, self.limit, self.scope):
            out(part.lines)


def write(result: Result, writer: Writer, out: Callable[[bytes], object]) -> int:
    """Write a result; how many records it had. Raises what reading and `out` raise."""
    count = 0
    part = [writer.begin()]
    size = len(part[0])
    for batch in result.batches():
        count += len(batch)
        data = writer.add(batch)
        part.append(data)
        size += len(data)
        if size >= _PART_BYTES:
            out(b"".join(part))
            part, size = [], 0
    part.append(writer.end())
    out(b"".join(part))
    return count
