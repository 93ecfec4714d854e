"""A feed for who has a key of its office, and the form of every answer about feeds."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path, Request, Response

from app.feeds.spool import Spool
from app.http.answers import encode
from app.http.feed_answers import feed_answer
from app.http.office_keys import key_of, require_office
from app.http.problems import bad_parameter, not_found
from app.http.service import Service
from register.store.feeds import Feed, find_feed

FeedId = Annotated[str, Path(description="The id of a feed, such as 12", max_length=20)]


def spool_of(service: Service) -> Spool:
    return Spool(service.settings.data, service.settings.spare_bytes)


def opened_feed(service: Service, request: Request, identity: str, *, acts: bool = False) -> Feed:
    """The feed, for a key of its office. Raises `Problem`: 401, 403, 404."""
    key = key_of(service, request)
    feed = None
    if identity.isascii() and identity.isdigit() and len(identity) <= 9:
        feed = service.database.read(lambda connection: find_feed(connection, int(identity)))
    if feed is None:
        raise not_found(f"there is no feed {identity[:20]!r}", "GET /v1/feeds lists those of an office")
    require_office(key, feed.office, acts=acts)
    return feed


def private_json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON for the one who asks only."""
    # What a key opens is nobody's else, and no cache's.
    given = {**(headers or {}), "Cache-Control": "private, no-store"}
    return Response(body, status, given, "application/json")


def told_feed(feed: Feed, status: int = 200) -> Response:
    location = {"Location": f"/v1/feeds/{feed.id}"} if status == 202 else {}
    return private_json(encode(feed_answer(feed)), status, location)


def number_of(cursor: str | None) -> int | None:
    """The number that a cursor of these pages is. Raises `Problem` (400)."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18:
        raise bad_parameter("cursor", "is no cursor of an answer", "take it from the `next` link")
    return int(cursor)


def next_of(path: str, last: int, limit: int, asked: dict[str, str]) -> str:
    """The address of the page after the result with the number `last`."""
    return f"{path}?{urlencode({**asked, 'limit': limit, 'cursor': last})}"
