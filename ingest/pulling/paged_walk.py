"""An interface asked page by page, for what has changed since a moment, day by day, or as a whole."""

import datetime as dt
from urllib.parse import urljoin

import httpx
from msgspec.structs import replace

from ingest.pulling.asking import Ask
from ingest.pulling.clock import Clock
from ingest.pulling.hidden import Secrets
from ingest.pulling.moments import served, written, written_day
from ingest.pulling.place import Mark, Place
from ingest.pulling.problems import LimitReached, SourceProblem, TryAgain
from ingest.pulling.reply import Content, Reply, check_code, content_of, number_at
from ingest.pulling.source import Source
from ingest.pulling.walk import Turn

# A total that shrinks moves what was on the pages to come onto pages read already.
_MOST_BACK = 20


class PagedWalk:
    def __init__(self, source: Source, secrets: Secrets, clock: Clock) -> None:
        self._table = source.table
        self._zone = source.schedule.zone
        self._secrets = secrets
        self._clock = clock

    def start(self, mark: Mark, /) -> Place | None:
        if mark.rest is not None:
            return mark.rest
        dates = self._table.dates
        if dates.by == "days":
            assert dates.first is not None
            until = self._clock.now().astimezone(self._zone).date() - dt.timedelta(days=dates.behind)
            begin = dates.first
            if mark.day is not None:
                begin = max(begin, dt.date.fromisoformat(mark.day) + dt.timedelta(days=1 - dates.again))
            if begin > until:
                return None
            return replace(self._first(), day=begin.isoformat(), until=until.isoformat())
        if dates.by == "since":
            first = None if dates.first is None else dt.datetime.combine(dates.first, dt.time(), dt.UTC)
            return replace(self._first(), since=mark.since or (first.isoformat() if first else None))
        return self._first()

    def ask(self, place: Place, _mark: Mark, /) -> Ask:
        if place.url is not None:
            return Ask(place.url, {}, {}, self._table.bounds.page_bytes)
        parameters = {name: str(value) for name, value in self._table.parameters.items()}
        headers: dict[str, str] = {}
        self._add_dates(place, parameters, headers)
        pages = self._table.pages
        if pages.size_parameter:
            parameters[pages.size_parameter] = str(pages.size)
        if pages.by == "page":
            parameters[pages.parameter] = str(place.page)
        elif pages.by == "offset":
            parameters[pages.parameter] = str(place.offset)
        elif pages.by == "cursor" and place.cursor is not None:
            parameters[pages.parameter] = place.cursor
        return Ask(self._table.url, parameters, headers, self._table.bounds.page_bytes)

    def read(self, reply: Reply, place: Place, mark: Mark, /) -> Turn:
        if place.begun is None and self._table.dates.by == "since":
            begun = served(reply.headers, self._clock.now())
            begun -= dt.timedelta(minutes=self._table.dates.overlap_minutes)
            place = replace(place, begun=begun.isoformat())
        if reply.status != 200:
            return self._end(place, mark, keep=False)
        content = content_of(reply, self._table.reply.form)
        if not self._is_fine(content):
            return self._end(place, mark, keep=False)
        table = self._table.reply
        records = content.count(table.records)
        total = number_at(content, table.total)
        if records is None and table.form == "xml" and not total:
            records = 0
        if records is None and table.records:
            raise SourceProblem(f"the reply has no records at {' or '.join(table.records)}")
        turn = self._after(reply, content, place, mark, records, total)
        if turn.keep and table.keep == "records":
            return turn._replace(body=content.lines(table.records))
        return turn

    def _add_dates(self, place: Place, parameters: dict[str, str], headers: dict[str, str]) -> None:
        dates = self._table.dates
        if place.day is not None:
            said = written_day(dt.date.fromisoformat(place.day), dates.form)
            for name in filter(None, (dates.parameter, dates.to_parameter)):
                parameters[name] = said
        elif place.since is not None:
            said = written(dt.datetime.fromisoformat(place.since), dates.form)
            if dates.parameter:
                parameters[dates.parameter] = said
            if dates.header and place.begun is None:
                headers[dates.header] = said

    def _is_fine(self, content: Content) -> bool:
        """Whether the reply holds records rather than an error. Raises what the error means."""
        found = check_code(content, self._table.reply)
        if found is None:
            return True
        meaning, words = found
        said = self._secrets.hide(f"the reply is an error, {words}")
        match meaning:
            case "nothing":
                return False
            case "again":
                raise TryAgain(said)
            case "limit":
                raise LimitReached(f"{said}: the day's calls are used up")
            case "key":
                raise SourceProblem(f"{said}: it does not take our key")
            case _:
                raise SourceProblem(said)

    def _after(
        self, reply: Reply, content: Content, place: Place, mark: Mark, records: int | None, total: int | None
    ) -> Turn:
        keep = records != 0
        seen = place.seen + (records or 0)
        pages = self._table.pages
        if pages.by == "none":
            return self._end(place, mark, keep=keep)
        if pages.by in ("cursor", "link"):
            following = self._linked(reply, content)
            if following is not None:
                further = {"cursor": following} if pages.by == "cursor" else {"url": following}
                return Turn(replace(place, seen=seen, total=total, **further), keep, mark)
            return self._end(replace(place, seen=seen, total=total), mark, keep=keep)
        if total is not None and place.total is not None and total < place.total:
            back = self._back(place, total)
            if back is not None:
                return Turn(back, keep, mark)
        if records == 0 or records is None or (total is not None and seen >= total):
            return self._end(replace(place, seen=seen, total=total), mark, keep=keep)
        further_page = replace(
            place, seen=seen, total=total, page=place.page + 1, offset=place.offset + records
        )
        return Turn(further_page, keep, mark)

    def _linked(self, reply: Reply, content: Content) -> str | None:
        """The cursor or address of the next page."""
        found = content.text(self._table.pages.next)
        if self._table.pages.by == "cursor":
            return found or None
        if not found:
            # `Link: <…>; rel="next"` (RFC 8288).
            linked = httpx.Response(200, headers={"Link": reply.headers.get("link", "")}).links
            found = linked.get("next", {}).get("url")
        return self._secrets.without(urljoin(reply.url, found)) if found else None

    def _back(self, place: Place, total: int) -> Place | None:
        """Where to read once more, so that nothing is missed that moved to pages read already."""
        assert place.total is not None
        if place.back >= _MOST_BACK or place.seen == 0:
            return None
        gone = place.total - total
        if self._table.pages.by == "offset":
            offset = max(self._table.pages.first, place.offset - gone)
            seen = max(0, place.seen - (place.offset - offset))
            return replace(place, offset=offset, seen=seen, total=total, back=place.back + 1)
        read = place.page - self._table.pages.first
        a_page = max(1, place.seen // max(1, read))
        page = max(self._table.pages.first, place.page - -(-gone // a_page))
        seen = (page - self._table.pages.first) * a_page
        return replace(place, page=page, seen=seen, total=total, back=place.back + 1)

    def _end(self, place: Place, mark: Mark, *, keep: bool) -> Turn:
        """The day or the whole is read: the next day, or the end."""
        problem = None
        if place.total is not None and place.seen < place.total:
            of = f" of {place.day}" if place.day else ""
            problem = f"the source gave {place.seen:,} of the {place.total:,} records{of} that it counts"
        if problem is not None:
            return Turn(None, keep, mark, problem)
        if place.day is None:
            return Turn(None, keep, replace(mark, since=place.begun or mark.since, rest=None))
        known = replace(mark, day=max(place.day, mark.day or ""), rest=None)
        day = dt.date.fromisoformat(place.day) + dt.timedelta(days=1)
        if place.until is None or day > dt.date.fromisoformat(place.until):
            return Turn(None, keep, known)
        following = replace(self._first(), day=day.isoformat(), until=place.until)
        return Turn(following, keep, known)

    def _first(self) -> Place:
        first = self._table.pages.first
        by = self._table.pages.by
        return Place(page=first if by == "page" else 0, offset=first if by == "offset" else 0)
