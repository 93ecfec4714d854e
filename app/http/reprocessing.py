"""Everything that an office delivered read again by its tables as they are now."""

from fastapi import APIRouter, Request, Response

from app.http import feed_examples as examples
from app.http.feed_access import told_feed
from app.http.feed_answers import FeedAnswer
from app.http.office_keys import acting
from app.http.openapi import job_operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.http.quarantine import OfficeCode, office_of
from app.http.service import ServiceOf
from register.store.feeds import FeedStateError
from register.store.reprocesses import ask_reprocess

_PARAMETERS = table("dryRun", "right")

router = APIRouter(tags=["Feeds"])


@router.post(
    "/offices/{code}/reprocess",
    response_class=Response,
    operation_id="reprocessOffice",
    **job_operation(
        "Read again everything that an office delivered, by its tables as they are now",
        FeedAnswer,
        parameters=_PARAMETERS,
        errors=(401, 403, 404, 409),
        example={
            **examples.QUEUED,
            "id": 15,
            "name": "reprocessing of SG",
            "size": 0,
            "format": None,
            "dryRun": True,
            "task": "reprocess",
        },
    ),
)
def reprocess(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    values = read_parameters(request.query_params, _PARAMETERS)
    office = office_of(service, request, code, acts=True)
    try:
        with service.database.writing() as connection:
            feed = ask_reprocess(
                connection,
                office,
                values.get("right"),
                dry_run=values.get("dryRun", False),
                by=acting(request),
            )
    except FeedStateError as error:
        mend = f"GET /v1/feeds?office={office} tells of its feeds"
        raise Problem(409, "wrong-state", str(error), mend=mend) from None
    return told_feed(feed, 202)
