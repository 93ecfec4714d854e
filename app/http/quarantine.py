"""Records in quarantine: shown whole, corrected, and read again."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from app.http import feed_examples as examples
from app.http.answers import encode
from app.http.bodies import read_bounded
from app.http.feed_access import FeedId, next_of, number_of, opened_feed, private_json, told_feed
from app.http.feed_answers import FeedAnswer, FeedErrorsPage, WholeFeedError, error_answer, whole_error
from app.http.office_keys import acting, key_of, require_office
from app.http.openapi import job_operation, operation, putting_operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, not_found
from app.http.service import Service, ServiceOf
from ingest.correcting import MOST_BYTES, correct_item
from register.codes.offices import is_st3
from register.store.audit import Actor
from register.store.feeds import Feed, FeedStateError
from register.store.quarantine import Quarantined, find_quarantined, list_of_office
from register.store.replays import ask_replay

_NOTHING = table()
_REPLAYING = table("items")
_LISTING = table("limit", "cursor")
_SEEN = (401, 403, 404)

ErrorId = Annotated[str, Path(description="The id of a record in quarantine, such as 901", max_length=20)]
OfficeCode = Annotated[str, Path(description="The ST.3 code of an office, such as SG", max_length=10)]

router = APIRouter(tags=["Feeds"])


def office_of(service: Service, request: Request, code: str, *, acts: bool) -> str:
    """The office of the address, for its key. Raises `Problem`: 401, 403, 404."""
    key = key_of(service, request)
    office = code.upper()
    if not is_st3(office):
        raise not_found(f"{code!r} is no ST.3 code of an office", "GET /v1/offices lists those held")
    require_office(key, office, acts=acts)
    return office


@router.get(
    "/feeds/{id}/errors/{error}",
    response_class=Response,
    operation_id="getFeedError",
    **operation(
        "A record in quarantine, whole",
        WholeFeedError,
        parameters=_NOTHING,
        errors=_SEEN,
        example=examples.CORRECTED,
    ),
)
def read(request: Request, service: ServiceOf, id: FeedId, error: ErrorId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    return private_json(encode(whole_error(_found(service, opened_feed(service, request, id), error))))


@router.put(
    "/feeds/{id}/errors/{error}",
    response_class=Response,
    operation_id="correctFeedError",
    **putting_operation(
        "Correct a record in quarantine; it is taken in when it is replayed",
        WholeFeedError,
        errors=(*_SEEN, 409, 413),
        example=examples.CORRECTED,
    ),
)
async def correct(request: Request, service: ServiceOf, id: FeedId, error: ErrorId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    feed = await run_in_threadpool(opened_feed, service, request, id, acts=True)
    given = await read_bounded(request, None, MOST_BYTES)
    kept = await run_in_threadpool(_corrected, service, feed, error, given, acting(request))
    return private_json(encode(whole_error(kept)))


@router.post(
    "/feeds/{id}/replay",
    response_class=Response,
    operation_id="replayFeed",
    **job_operation(
        "Read again what a feed left in quarantine, by a feed of its own",
        FeedAnswer,
        parameters=_REPLAYING,
        errors=(*_SEEN, 409),
        example=examples.REPLAY,
    ),
)
def replay(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, _REPLAYING)
    feed = opened_feed(service, request, id, acts=True)
    return _queued(service, feed.office, feed.id, values.get("items"), acting(request))


@router.get(
    "/offices/{code}/quarantine",
    response_class=Response,
    operation_id="listQuarantine",
    **operation(
        "What stands in quarantine of all feeds of an office",
        FeedErrorsPage,
        parameters=_LISTING,
        errors=_SEEN,
        example=examples.ERRORS,
    ),
)
def listed(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    values = read_parameters(request.query_params, _LISTING)
    office = office_of(service, request, code, acts=False)
    limit, after = values.get("limit", 20), number_of(values.get("cursor")) or 0
    found = service.database.read(
        lambda connection: list_of_office(connection, office, after=after, limit=limit + 1)
    )
    shown, more = found[:limit], len(found) > limit
    page = FeedErrorsPage(
        results=[error_answer(held) for held in shown],
        next=next_of(f"/v1/offices/{office}/quarantine", shown[-1].id, limit, {}) if more else None,
    )
    return private_json(encode(page))


@router.post(
    "/offices/{code}/replay",
    response_class=Response,
    operation_id="replayOffice",
    **job_operation(
        "Read again what all feeds of an office left in quarantine, by a feed of its own",
        FeedAnswer,
        parameters=_REPLAYING,
        errors=(*_SEEN, 409),
        example={**examples.REPLAY, "name": "replay of the feeds of SG", "replays": None},
    ),
)
def replay_office(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    values = read_parameters(request.query_params, _REPLAYING)
    office = office_of(service, request, code, acts=True)
    return _queued(service, office, None, values.get("items"), acting(request))


def _found(service: Service, feed: Feed, identity: str) -> Quarantined:
    item = None
    if identity.isascii() and identity.isdigit() and len(identity) <= 18:
        item = service.database.read(lambda connection: find_quarantined(connection, int(identity)))
    if item is None or item.feed_id != feed.id:
        listed = f"GET /v1/feeds/{feed.id}/errors lists those there are"
        raise not_found(f"feed {feed.id} has no record {identity[:20]!r} in quarantine", listed)
    return item


def _corrected(service: Service, feed: Feed, identity: str, given: bytes, by: Actor) -> Quarantined:
    item = _found(service, feed, identity)
    try:
        with service.database.writing() as connection:
            refused = correct_item(connection, feed.office, item, given, by)
    except FeedStateError as error:
        raise _wrong_state(error, feed.id) from None
    if refused is not None:
        raise Problem(400, refused.code, refused.reason, field="body", mend=refused.mend)
    return _found(service, feed, identity)


def _queued(
    service: Service, office: str, feed_id: int | None, items: tuple[int, ...] | None, by: Actor
) -> Response:
    try:
        with service.database.writing() as connection:
            feed = ask_replay(connection, office, feed_id=feed_id, items=items, by=by)
    except FeedStateError as error:
        raise _wrong_state(error, feed_id) from None
    return told_feed(feed, 202)


def _wrong_state(error: FeedStateError, feed_id: int | None) -> Problem:
    shown = "GET /v1/feeds tells of feeds" if feed_id is None else f"GET /v1/feeds/{feed_id} tells its state"
    return Problem(409, "wrong-state", str(error), mend=shown)
