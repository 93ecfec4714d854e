"""The report of a feed, and the records that a dry run found to change."""

from typing import Any

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from app.feeds.report import FeedReport, report_of
from app.feeds.report_csv import csv_of
from app.http.answers import encode
from app.http.feed_access import FeedId, next_of, number_of, opened_feed, private_json
from app.http.parameters import Parameter, read_parameters, table
from app.http.problems import Problem
from app.http.report_answers import FeedChangesPage, change_answer, report_answer
from app.http.service import Service, ServiceOf
from register.store.feeds import Feed
from register.store.rehearsal import RehearsedChange, list_rehearsed

_FORMATS = ("json", "csv")


def _format(text: str) -> str:
    if text not in _FORMATS:
        raise ValueError(f"must be one of {', '.join(_FORMATS)}")
    return text


REPORT = {
    "format": Parameter(
        "format",
        "the form of the report, before what `Accept` says: " + ", ".join(_FORMATS),
        {"type": "string", "enum": list(_FORMATS)},
        _format,
        "json",
    )
}
CHANGES = table("kind", "right", "field", "statusFrom", "statusTo", "limit", "cursor")


def report(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, REPORT)
    feed = opened_feed(service, request, id)
    by_accept = "csv" if "text/csv" in request.headers.get("accept", "") else "json"
    told = read_report(service, feed)
    if values.get("format", by_accept) == "csv":
        return csv_response(service, told)
    return private_json(encode(report_answer(told)), headers={"Vary": "Accept"})


def changes(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, CHANGES)
    feed = opened_feed(service, request, id)
    limit = values.get("limit", 20)
    found = read_changes(service, feed, values, limit + 1)
    shown, more = found[:limit], len(found) > limit
    base = f"/v1/feeds/{feed.id}/changes"
    page = FeedChangesPage(
        results=[change_answer(one) for one in shown],
        next=next_of(base, shown[-1].position, limit, asked_changes(values)) if more else None,
    )
    return private_json(encode(page))


def read_changes(service: Service, feed: Feed, values: dict[str, Any], limit: int) -> list[RehearsedChange]:
    """The records that a dry run found to change, as `CHANGES` asks. Raises `Problem` (409) for a feed in
    earnest.
    """
    if not feed.dry_run:
        raise Problem(
            409,
            "no-dry-run",
            f"feed {feed.id} was no dry run; what it changed is in the register",
            mend="GET /v1/changes tells what changed",
        )
    return service.database.read(
        lambda connection: list_rehearsed(
            connection,
            feed.id,
            kinds=values.get("kind", ()),
            right=values.get("right"),
            field=values.get("field"),
            status_before=values.get("statusFrom"),
            status_after=values.get("statusTo"),
            after=number_of(values.get("cursor")) or 0,
            limit=limit,
        )
    )


def read_report(service: Service, feed: Feed) -> FeedReport:
    return service.database.read(lambda connection: report_of(connection, feed))


def csv_response(service: Service, told: FeedReport) -> Response:
    """The report as a file to keep."""
    head = {
        "Content-Disposition": f'attachment; filename="feed-{told.feed.id}-report.csv"',
        "Cache-Control": "private, no-store",
        "Vary": "Accept",
    }
    return StreamingResponse(csv_of(service.database, told), 200, head, "text/csv; charset=utf-8")


def asked_changes(values: dict[str, Any]) -> dict[str, str]:
    """The filters as they are asked for again."""
    told = {name: value for name, value in values.items() if name not in ("limit", "cursor")}
    return {name: ",".join(value) if isinstance(value, tuple) else value for name, value in told.items()}
