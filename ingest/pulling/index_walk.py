"""A page that lists files with a day in their names, as a web server lists a directory: each file is a feed
of its own, in the order of days.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from msgspec.structs import replace

from ingest.pulling.asking import Ask
from ingest.pulling.hidden import Secrets
from ingest.pulling.place import Mark, Place
from ingest.pulling.problems import SourceProblem, TryAgain
from ingest.pulling.reply import JsonContent, Reply
from ingest.pulling.table import SourceTable
from ingest.pulling.walk import Turn

_MOST_NAMED = 10_000


class IndexWalk:
    def __init__(self, table: SourceTable, secrets: Secrets) -> None:
        self._table = table
        self._secrets = secrets

    def start(self, mark: Mark, /) -> Place:
        return mark.rest or Place()

    def ask(self, place: Place, _mark: Mark, /) -> Ask:
        if place.files:
            return Ask(place.files[0], {}, {}, self._table.bounds.bytes)
        parameters = {name: str(value) for name, value in self._table.parameters.items()}
        return Ask(self._table.url, parameters, {}, self._table.bounds.page_bytes)

    def read(self, reply: Reply, place: Place, mark: Mark, /) -> Turn:
        if not place.files:
            files = self._wanted(reply, mark)
            return Turn(Place(files=files) if files else None, False, replace(mark, rest=None))
        if reply.status != 200 or reply.size == 0:
            raise TryAgain(f"the file {_name_of(place.files[0])} is empty")
        url, *left = place.files
        return Turn(None, True, self._after(url, tuple(left), mark))

    def _after(self, url: str, left: tuple[str, ...], mark: Mark) -> Mark:
        """What is known once the file is taken: the run ends with it, the next one takes the rest."""
        day = self._day(url)
        assert day is not None
        same_day = mark.taken if mark.day == day.isoformat() else ()
        return replace(
            mark,
            day=day.isoformat(),
            taken=(*same_day, _name_of(url)),
            rest=Place(files=left) if left else None,
        )

    def _wanted(self, reply: Reply, mark: Mark) -> tuple[str, ...]:
        """Addresses of files that were not taken yet, by day and name."""
        found: dict[tuple[dt.date, str], str] = {}
        listed = 0
        for link in self._links(reply):
            url = self._secrets.without(urljoin(reply.url, link))
            day = self._day(url)
            if day is None:
                continue
            listed += 1
            if self._is_new(day, _name_of(url), mark):
                found[day, _name_of(url)] = url
        if listed == 0:
            raise SourceProblem(f"the index lists no file like {self._table.files.pattern}")
        return tuple(found[key] for key in sorted(found)[:_MOST_NAMED])

    def _is_new(self, day: dt.date, name: str, mark: Mark) -> bool:
        first = self._table.files.first
        if first is not None and day < first:
            return False
        if mark.day is None or day > dt.date.fromisoformat(mark.day):
            return True
        return day.isoformat() == mark.day and name not in mark.taken

    def _links(self, reply: Reply) -> Iterator[str]:
        data = reply.path.read_bytes()
        if data.lstrip()[:1] in (b"{", b"["):
            yield from JsonContent(data).names(self._table.files.links)
            return
        if b"<" not in data:
            # A list in plain text, a name in each line.
            lines = data.decode("utf-8", "replace").splitlines()
            yield from (words[-1] for line in lines if (words := line.split()))
            return
        try:
            root = html.document_fromstring(data)
        except (etree.ParserError, ValueError):
            raise TryAgain("the index is no page") from None
        yield from (link for anchor in root.iter("a") if (link := anchor.get("href")) is not None)

    def _day(self, url: str) -> dt.date | None:
        try:
            moment = dt.datetime.strptime(_name_of(url), self._table.files.pattern)
        except ValueError:
            return None
        return moment.date()


def _name_of(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])
