"""One address whose content is the feed, fetched where it has changed."""

from msgspec.structs import replace

from ingest.pulling.asking import Ask
from ingest.pulling.place import Mark, Place
from ingest.pulling.problems import TryAgain
from ingest.pulling.reply import Reply
from ingest.pulling.table import SourceTable
from ingest.pulling.walk import Turn


class FileWalk:
    def __init__(self, table: SourceTable) -> None:
        self._table = table

    def start(self, _mark: Mark, /) -> Place:
        return Place()

    def ask(self, _place: Place, mark: Mark, /) -> Ask:
        headers: dict[str, str] = {}
        if mark.etag is not None:
            headers["If-None-Match"] = mark.etag
        if mark.modified is not None:
            headers["If-Modified-Since"] = mark.modified
        parameters = {name: str(value) for name, value in self._table.parameters.items()}
        return Ask(self._table.url, parameters, headers, self._table.bounds.bytes)

    def read(self, reply: Reply, _place: Place, mark: Mark, /) -> Turn:
        if reply.status != 200:
            return Turn(None, False, mark)
        if reply.size == 0:
            raise TryAgain("the file is empty")
        known = replace(
            mark,
            etag=reply.headers.get("etag"),
            modified=reply.headers.get("last-modified"),
            digest=reply.digest,
        )
        # A server that knows no conditions sends the same again.
        return Turn(None, reply.digest != mark.digest, known)
