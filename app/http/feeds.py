"""Feeds over HTTP: sent, followed to their end, and what was not taken of them."""

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.feeds.spool import Spool, Spooled
from app.http.answers import encode
from app.http.feed_answers import (
    FeedAnswer,
    FeedErrorsPage,
    FeedFilesPage,
    FeedsPage,
    error_answer,
    feed_answer,
    file_answer,
)
from app.http.office_keys import key_of, require_office
from app.http.openapi import feed_operation, job_operation, operation, text_operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, bad_parameter, not_found
from app.http.service import Service, ServiceOf
from app.http.spooling import require_length, spool_body
from register.store.feed_queue import forget_spool, retry_feed
from register.store.feeds import (
    Feed,
    FeedStateError,
    NewFeed,
    cancel_feed,
    create_feed,
    find_feed,
    list_feeds,
    list_files,
    release_feed,
)
from register.store.quarantine import list_quarantine
from register.store.undo import ask_undo

_NOTHING = table()
_SENDING = table("office", "format", "dryRun", "name")
_LISTING = table("office", "state", "limit", "cursor")
_ERRORS = table("limit", "cursor")
_UNDOING = table("changed")
_EVENT_SECONDS = 0.5
_CSV_AT_ONCE = 500
# Without a name the kind of the body says how its file would end; the content decides what it is.
_ENDINGS = {
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "application/x-tar": ".tar",
}

_EXAMPLE = {
    "id": 12,
    "office": "SG",
    "name": "marks-2026-07-01.xml.gz",
    "size": 48211034,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "format": "st66",
    "dryRun": False,
    "state": "done",
    "counts": {
        "read": 50000,
        "created": 49000,
        "updated": 900,
        "unchanged": 95,
        "deleted": 2,
        "quarantined": 3,
    },
    "progress": 1.0,
    "receivedAt": "2026-07-01T08:30:00.000+00:00",
    "startedAt": "2026-07-01T08:30:00.412+00:00",
    "finishedAt": "2026-07-01T08:30:19.020+00:00",
    "links": {
        "errors": "/v1/feeds/12/errors",
        "files": "/v1/feeds/12/files",
        "events": "/v1/feeds/12/events",
    },
}
_EXAMPLE_QUEUED = {
    **_EXAMPLE,
    "state": "queued",
    "progress": 0.0,
    "counts": dict.fromkeys(_EXAMPLE["counts"], 0),  # type: ignore[call-overload]  # a literal above
    "startedAt": None,
    "finishedAt": None,
}
_EXAMPLE_ERRORS = {
    "results": [
        {
            "position": {"file": "marks-2026-07-01.xml", "record": 318, "line": 9540, "offset": 301877},
            "code": "bad-date",
            "reason": "the filing date '2024-13-45' is no date",
            "mend": "give it as 2024-01-31",
            "source": "<TradeMark>…</TradeMark>",
        }
    ]
}
_EXAMPLE_FILES = {
    "results": [{"name": "marks-2026-07-01.xml", "format": "st66", "counts": _EXAMPLE["counts"]}]
}

FeedId = Annotated[str, Path(description="The id of a feed, such as 12", max_length=20)]

router = APIRouter(tags=["Feeds"])


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


def require_format(name: str | None, office: str) -> None:
    """Raises `Problem` (400) where feeds of the office have no format of that name."""
    if name is None:
        return
    # The readers of all formats are large, and most deliveries name none.
    from ingest.detect import UnknownFormatError, format_named

    try:
        format_named(name, office)
    except UnknownFormatError as error:
        raise bad_parameter("format", str(error), "leave it out, and the content is looked at") from None


def delivery_name(given: str | None, request: Request) -> str:
    """What the delivery is called: as it is told, or by its kind."""
    if given is None:
        told = re.search(r'filename="?([^";]+)"?', request.headers.get("content-disposition", ""))
        given = told[1] if told else None
    if given is not None:
        last = PurePosixPath(given.replace("\\", "/")).name.strip()
        if last and last.isprintable() and last not in (".", ".."):
            return last[:200]
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return f"delivery{_ENDINGS.get(kind, '')}"


def queue_delivery(
    service: Service, office: str, name: str, spooled: Spooled, format_name: str | None, dry_run: bool
) -> Feed:
    """Put a delivery that is on the disk into the queue."""
    new = NewFeed(
        office=office,
        name=name,
        size=spooled.size,
        digest=spooled.digest,
        format=format_name,
        dry_run=dry_run,
        spool=spooled.name,
    )
    try:
        with service.database.writing() as connection:
            return create_feed(connection, new)
    except BaseException:
        spool_of(service).drop(spooled.name)
        raise


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    # What a key opens is nobody's else, and no cache's.
    given = {**(headers or {}), "Cache-Control": "private, no-store"}
    return Response(body, status, given, "application/json")


def _told(feed: Feed, status: int = 200) -> Response:
    location = {"Location": f"/v1/feeds/{feed.id}"} if status == 202 else {}
    return _json(encode(feed_answer(feed)), status, location)


@router.post(
    "/feeds",
    response_class=Response,
    operation_id="sendFeed",
    **feed_operation("Send a feed", FeedAnswer, parameters=_SENDING, example=_EXAMPLE_QUEUED),
)
async def send(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, _SENDING)
    if "office" not in values:
        raise bad_parameter("office", "the office is missing", "say whose feed it is, as office=SG")
    office, format_name = values["office"], values.get("format")
    key = await run_in_threadpool(key_of, service, request)
    require_office(key, office, acts=True)
    spool = spool_of(service)
    require_length(request, spool, service.settings)
    await run_in_threadpool(require_format, format_name, office)
    name = delivery_name(values.get("name"), request)
    spooled = await spool_body(request, spool, service.settings)
    feed = await run_in_threadpool(
        queue_delivery, service, office, name, spooled, format_name, values.get("dryRun", False)
    )
    return _told(feed, 202)


@router.get(
    "/feeds",
    response_class=Response,
    operation_id="listFeeds",
    **operation(
        "The feeds of an office",
        FeedsPage,
        parameters=_LISTING,
        errors=(401, 403),
        example={"results": [_EXAMPLE]},
    ),
)
def listed(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, _LISTING)
    key = key_of(service, request)
    office = values.get("office", key.office)
    require_office(key, office, acts=False)
    limit = values.get("limit", 20)
    found = service.database.read(
        lambda connection: list_feeds(
            connection,
            office=office,
            states=values.get("state"),
            before=_number(values.get("cursor")),
            limit=limit + 1,
        )
    )
    shown, more = found[:limit], len(found) > limit
    asked = {"office": office, **({"state": ",".join(values["state"])} if "state" in values else {})}
    page = FeedsPage(
        results=[feed_answer(feed) for feed in shown],
        next=_next("/v1/feeds", shown[-1].id, limit, asked) if more else None,
    )
    return _json(encode(page))


@router.get(
    "/feeds/{id}",
    response_class=Response,
    operation_id="getFeed",
    **operation("A feed", FeedAnswer, parameters=_NOTHING, errors=(401, 403, 404), example=_EXAMPLE),
)
def read(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    return _told(opened_feed(service, request, id))


@router.get(
    "/feeds/{id}/files",
    response_class=Response,
    operation_id="listFeedFiles",
    **operation(
        "The files of a feed",
        FeedFilesPage,
        parameters=_NOTHING,
        errors=(401, 403, 404),
        example=_EXAMPLE_FILES,
    ),
)
def files(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    feed = opened_feed(service, request, id)
    found = service.database.read(lambda connection: list_files(connection, feed.id))
    return _json(encode(FeedFilesPage(results=[file_answer(file) for file in found])))


@router.get(
    "/feeds/{id}/errors",
    response_class=Response,
    operation_id="listFeedErrors",
    **operation(
        "What was not taken of a feed, and why",
        FeedErrorsPage,
        parameters=_ERRORS,
        errors=(401, 403, 404),
        documents=("text/csv",),
        example=_EXAMPLE_ERRORS,
    ),
)
def errors(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, _ERRORS)
    feed = opened_feed(service, request, id)
    if "text/csv" in request.headers.get("accept", ""):
        head = {"Content-Disposition": f'attachment; filename="feed-{feed.id}-errors.csv"'}
        return StreamingResponse(_csv(service, feed.id), 200, head, "text/csv; charset=utf-8")
    limit, after = values.get("limit", 20), _number(values.get("cursor")) or 0
    found = service.database.read(
        lambda connection: list_quarantine(connection, feed.id, after=after, limit=limit + 1)
    )
    shown, more = found[:limit], len(found) > limit
    page = FeedErrorsPage(
        results=[error_answer(held) for held in shown],
        next=_next(f"/v1/feeds/{feed.id}/errors", shown[-1].id, limit, {}) if more else None,
    )
    return _json(encode(page))


@router.get(
    "/feeds/{id}/events",
    response_class=Response,
    operation_id="followFeed",
    **text_operation(
        "A feed followed to its end, as server-sent events",
        "text/event-stream",
        parameters=_NOTHING,
        errors=(401, 403, 404),
    ),
)
async def events(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    feed = await run_in_threadpool(opened_feed, service, request, id)
    head = {"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_followed(service, feed), 200, head, "text/event-stream")


@router.post(
    "/feeds/{id}/cancel",
    response_class=Response,
    operation_id="cancelFeed",
    **operation(
        "Stop a feed; what is applied of it stays until it is undone",
        FeedAnswer,
        parameters=_NOTHING,
        errors=(401, 403, 404, 409),
        example={**_EXAMPLE, "state": "cancelled"},
    ),
)
def cancel(request: Request, service: ServiceOf, id: FeedId) -> Response:
    def stop(connection: Connection, feed_id: int) -> Feed:
        cancelled = cancel_feed(connection, feed_id)
        forget_spool(connection, feed_id)
        return cancelled

    feed = opened_feed(service, request, id, acts=True)
    answer = _acted(service, request, id, stop)
    if feed.spool is not None:
        # Whoever reads it just now has it open.
        spool_of(service).drop(feed.spool)
    return answer


@router.post(
    "/feeds/{id}/confirm",
    response_class=Response,
    operation_id="confirmFeed",
    **operation(
        "Take a feed that is held because it ends many records",
        FeedAnswer,
        parameters=_NOTHING,
        errors=(401, 403, 404, 409),
        example=_EXAMPLE_QUEUED,
    ),
)
def confirm(request: Request, service: ServiceOf, id: FeedId) -> Response:
    return _acted(service, request, id, release_feed)


@router.post(
    "/feeds/{id}/retry",
    response_class=Response,
    operation_id="retryFeed",
    **operation(
        "Read a feed that failed once more, from where it was left",
        FeedAnswer,
        parameters=_NOTHING,
        errors=(401, 403, 404, 409),
        example=_EXAMPLE_QUEUED,
    ),
)
def retry(request: Request, service: ServiceOf, id: FeedId) -> Response:
    return _acted(service, request, id, retry_feed)


@router.post(
    "/feeds/{id}/undo",
    response_class=Response,
    operation_id="undoFeed",
    **job_operation(
        "Take a feed back as a whole, by a feed of its own",
        FeedAnswer,
        parameters=_UNDOING,
        errors=(401, 403, 404, 409),
        example={**_EXAMPLE_QUEUED, "id": 13, "name": "undo of feed 12", "undoes": 12},
    ),
)
def undo(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, _UNDOING)
    feed = opened_feed(service, request, id, acts=True)
    leaves = values.get("changed") == "leave"
    return _changed(
        service, feed, lambda connection: ask_undo(connection, feed.id, leaves_changed=leaves), 202
    )


def _acted(
    service: Service, request: Request, identity: str, act: Callable[[Connection, int], Feed]
) -> Response:
    read_parameters(request.query_params, _NOTHING)
    feed = opened_feed(service, request, identity, acts=True)
    return _changed(service, feed, lambda connection: act(connection, feed.id), 200)


def _changed(service: Service, feed: Feed, act: Callable[[Connection], Feed], status: int) -> Response:
    try:
        with service.database.writing() as connection:
            changed = act(connection)
    except FeedStateError as error:
        mend = f"GET /v1/feeds/{feed.id} tells its state"
        raise Problem(409, "wrong-state", str(error), mend=mend) from None
    return _told(changed, status)


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


def _csv(service: Service, feed_id: int) -> Iterator[bytes]:
    """All errors as CSV: the first line names the columns."""
    columns = ("file", "record", "line", "offset", "code", "reason", "mend", "source")
    rows: list[tuple[Any, ...]] = [columns]
    after = 0
    while True:
        text = io.StringIO()
        csv.writer(text).writerows([tuple(map(_plain, row)) for row in rows])
        yield text.getvalue().encode()

        def more(connection: Any, reached: int = after) -> Any:
            return list_quarantine(connection, feed_id, after=reached, limit=_CSV_AT_ONCE)

        found = service.database.read(more)
        if not found:
            return
        after = found[-1].id
        told = [error_answer(held) for held in found]
        rows = [
            (
                one.position.file,
                one.position.record,
                one.position.line,
                one.position.offset,
                one.code,
                one.reason,
                one.mend,
                one.source,
            )
            for one in told
        ]


def _plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18:
        raise bad_parameter("cursor", "is no cursor of an answer", "take it from the `next` link")
    return int(cursor)


def _next(path: str, last: int, limit: int, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode({**asked, 'limit': limit, 'cursor': last})}"
