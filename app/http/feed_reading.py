"""Feeds followed to their end: the list of an office, one feed, its files, its events."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.http.answers import encode
from app.http.feed_access import FeedId, next_of, number_of, opened_feed, private_json, told_feed
from app.http.feed_answers import FeedFilesPage, FeedsPage, feed_answer, file_answer
from app.http.office_keys import key_of, require_office
from app.http.parameters import read_parameters, table
from app.http.service import Service, ServiceOf
from register.store.feeds import Feed, find_feed, list_feeds, list_files

NOTHING = table()
LISTING = table("office", "state", "limit", "cursor")
_EVENT_SECONDS = 0.5


def listed(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, LISTING)
    key = key_of(service, request)
    office = values.get("office", key.office)
    require_office(key, office, acts=False)
    limit = values.get("limit", 20)
    found = service.database.read(
        lambda connection: list_feeds(
            connection,
            office=office,
            states=values.get("state"),
            before=number_of(values.get("cursor")),
            limit=limit + 1,
        )
    )
    shown, more = found[:limit], len(found) > limit
    asked = {"office": office, **({"state": ",".join(values["state"])} if "state" in values else {})}
    page = FeedsPage(
        results=[feed_answer(feed) for feed in shown],
        next=next_of("/v1/feeds", shown[-1].id, limit, asked) if more else None,
    )
    return private_json(encode(page))


def read(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, NOTHING)
    return told_feed(opened_feed(service, request, id))


def files(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, NOTHING)
    feed = opened_feed(service, request, id)
    found = service.database.read(lambda connection: list_files(connection, feed.id))
    return private_json(encode(FeedFilesPage(results=[file_answer(file) for file in found])))


async def events(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, NOTHING)
    feed = await run_in_threadpool(opened_feed, service, request, id)
    head = {"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_followed(service, feed), 200, head, "text/event-stream")


async def _followed(service: Service, feed: Feed) -> AsyncIterator[bytes]:
    """The feed as it is now, and whenever something of it changed, until it has ended or is held."""
    feed_id, before = feed.id, b""
    while True:
        now = encode(feed_answer(feed))
        if now != before:
            yield b"event: " + feed.state.encode() + b"\ndata: " + now + b"\n\n"
            before = now
        if feed.state not in ("queued", "reading"):
            return
        await asyncio.sleep(_EVENT_SECONDS)
        seen = await run_in_threadpool(
            service.database.read, lambda connection: find_feed(connection, feed_id)
        )
        assert seen is not None
        feed = seen
