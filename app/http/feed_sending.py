"""A delivery sent in one request: named, put on the disk, put into the queue."""

import re
from pathlib import PurePosixPath

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.feeds.spool import Spooled
from app.http.feed_access import spool_of, told_feed
from app.http.office_keys import acting, key_of, require_office
from app.http.parameters import read_parameters, table
from app.http.problems import bad_parameter
from app.http.refusals import refusals_noted
from app.http.service import Service, ServiceOf
from app.http.spooling import require_length, spool_body
from register.store.audit import Actor
from register.store.feeds import Feed, NewFeed, create_feed

SENDING = table("office", "format", "dryRun", "name")
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
    service: Service,
    office: str,
    name: str,
    spooled: Spooled,
    format_name: str | None,
    dry_run: bool,
    by: Actor,
) -> Feed:
    """Put a delivery that is on the disk into the queue; `by` is who brought it."""
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
            return create_feed(connection, new, by)
    except BaseException:
        spool_of(service).drop(spooled.name)
        raise


async def send(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, SENDING)
    if "office" not in values:
        raise bad_parameter("office", "the office is missing", "say whose feed it is, as office=SG")
    office, format_name = values["office"], values.get("format")
    key = await run_in_threadpool(key_of, service, request)
    require_office(key, office, acts=True)
    spool, by = spool_of(service), acting(request)
    async with refusals_noted(service, by, "feed.received", office):
        require_length(request, spool, service.settings)
        await run_in_threadpool(require_format, format_name, office)
        name = delivery_name(values.get("name"), request)
        spooled = await spool_body(request, spool, service.settings)
    feed = await run_in_threadpool(
        queue_delivery, service, office, name, spooled, format_name, values.get("dryRun", False), by
    )
    return told_feed(feed, 202)
