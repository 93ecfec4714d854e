"""Feeds over HTTP: every address of theirs, with what answers there."""

from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import APIRouter, Response

from app.http import feed_examples as examples
from app.http.feed_acting import NOTHING, UNDOING, cancel, confirm, retry, undo
from app.http.feed_answers import FeedAnswer, FeedErrorsPage, FeedFilesPage, FeedsPage
from app.http.feed_errors import ERRORS, errors
from app.http.feed_reading import LISTING, events, files, listed, read
from app.http.feed_report import CHANGES, REPORT, changes, report
from app.http.feed_sending import SENDING, send
from app.http.openapi import feed_operation, job_operation, operation, text_operation
from app.http.report_answers import FeedChangesPage, FeedReportAnswer

_SEEN = (401, 403, 404)
_ACTED = (*_SEEN, 409)


class _Route(NamedTuple):
    method: str
    path: str
    answer: Callable[..., Any]
    operation_id: str
    described: dict[str, Any]


def _acting(summary: str, example: dict[str, Any]) -> dict[str, Any]:
    return operation(summary, FeedAnswer, parameters=NOTHING, errors=_ACTED, example=example)


_ROUTES = (
    _Route(
        "POST",
        "/feeds",
        send,
        "sendFeed",
        feed_operation("Send a feed", FeedAnswer, parameters=SENDING, example=examples.QUEUED),
    ),
    _Route(
        "GET",
        "/feeds",
        listed,
        "listFeeds",
        operation(
            "The feeds of an office",
            FeedsPage,
            parameters=LISTING,
            errors=(401, 403),
            example={"results": [examples.FEED]},
        ),
    ),
    _Route(
        "GET",
        "/feeds/{id}",
        read,
        "getFeed",
        operation("A feed", FeedAnswer, parameters=NOTHING, errors=_SEEN, example=examples.FEED),
    ),
    _Route(
        "GET",
        "/feeds/{id}/files",
        files,
        "listFeedFiles",
        operation(
            "The files of a feed", FeedFilesPage, parameters=NOTHING, errors=_SEEN, example=examples.FILES
        ),
    ),
    _Route(
        "GET",
        "/feeds/{id}/errors",
        errors,
        "listFeedErrors",
        operation(
            "What was not taken of a feed, and why",
            FeedErrorsPage,
            parameters=ERRORS,
            errors=_SEEN,
            documents=("text/csv",),
            example=examples.ERRORS,
        ),
    ),
    _Route(
        "GET",
        "/feeds/{id}/report",
        report,
        "readFeedReport",
        operation(
            "What a feed changes, its problems, and its quality beside the last one",
            FeedReportAnswer,
            parameters=REPORT,
            errors=_SEEN,
            documents=("text/csv",),
            example=examples.REPORT,
        ),
    ),
    _Route(
        "GET",
        "/feeds/{id}/changes",
        changes,
        "listFeedChanges",
        operation(
            "The records that a dry run found to change",
            FeedChangesPage,
            parameters=CHANGES,
            errors=_ACTED,
            example=examples.CHANGES,
        ),
    ),
    _Route(
        "GET",
        "/feeds/{id}/events",
        events,
        "followFeed",
        text_operation(
            "A feed followed to its end, as server-sent events",
            "text/event-stream",
            parameters=NOTHING,
            errors=_SEEN,
        ),
    ),
    _Route(
        "POST",
        "/feeds/{id}/cancel",
        cancel,
        "cancelFeed",
        _acting(
            "Stop a feed; what is applied of it stays until it is undone",
            {**examples.FEED, "state": "cancelled"},
        ),
    ),
    _Route(
        "POST",
        "/feeds/{id}/confirm",
        confirm,
        "confirmFeed",
        _acting("Take a feed that is held because it ends many records", examples.QUEUED),
    ),
    _Route(
        "POST",
        "/feeds/{id}/retry",
        retry,
        "retryFeed",
        _acting("Read a feed that failed once more, from where it was left", examples.QUEUED),
    ),
    _Route(
        "POST",
        "/feeds/{id}/undo",
        undo,
        "undoFeed",
        job_operation(
            "Take a feed back as a whole, by a feed of its own",
            FeedAnswer,
            parameters=UNDOING,
            errors=_ACTED,
            example={**examples.QUEUED, "id": 13, "name": "undo of feed 12", "undoes": 12},
        ),
    ),
)

router = APIRouter(tags=["Feeds"])
for _route in _ROUTES:
    router.add_api_route(
        _route.path,
        _route.answer,
        methods=[_route.method],
        response_class=Response,
        operation_id=_route.operation_id,
        **_route.described,
    )
