"""What was not taken of a feed, as pages and as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from app.http.answers import encode
from app.http.csv_cells import plain_cell
from app.http.feed_access import FeedId, next_of, number_of, opened_feed, private_json
from app.http.feed_answers import FeedErrorsPage, error_answer
from app.http.parameters import read_parameters, table
from app.http.service import Service, ServiceOf
from register.store.quarantine import list_quarantine

ERRORS = table("limit", "cursor")
_CSV_AT_ONCE = 500


def errors(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, ERRORS)
    feed = opened_feed(service, request, id)
    if "text/csv" in request.headers.get("accept", ""):
        head = {"Content-Disposition": f'attachment; filename="feed-{feed.id}-errors.csv"'}
        return StreamingResponse(error_rows(service, feed.id), 200, head, "text/csv; charset=utf-8")
    limit, after = values.get("limit", 20), number_of(values.get("cursor")) or 0
    found = service.database.read(
        lambda connection: list_quarantine(connection, feed.id, after=after, limit=limit + 1)
    )
    shown, more = found[:limit], len(found) > limit
    page = FeedErrorsPage(
        results=[error_answer(held) for held in shown],
        next=next_of(f"/v1/feeds/{feed.id}/errors", shown[-1].id, limit, {}) if more else None,
    )
    return private_json(encode(page))


def error_rows(service: Service, feed_id: int) -> Iterator[bytes]:
    """All errors as CSV: the first line names the columns."""
    columns = ("file", "record", "line", "offset", "code", "reason", "mend", "source")
    rows: list[tuple[Any, ...]] = [columns]
    after = 0
    while True:
        text = io.StringIO()
        csv.writer(text).writerows([tuple(map(plain_cell, row)) for row in rows])
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
