"""Watches: saved searches that tell of each new or changed conflict."""

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from app.http.addresses import told_query
from app.http.answers import encode
from app.http.atom import MEDIA_TYPE as ATOM
from app.http.atom import feed_of
from app.http.bodies import read_bounded
from app.http.deadlines import today, told_deadline
from app.http.openapi import making_operation, nothing_operation, operation, text_operation
from app.http.parameters import Parameter, read_parameters, table
from app.http.problems import Problem, bad_parameter, not_found
from app.http.service import Service, ServiceOf
from app.http.watch_answers import (
    DeadlinesPage,
    Delivered,
    EventAnswer,
    EventsPage,
    SentAgain,
    WatchAnswer,
    WatchedDeadline,
    WatchLinks,
    WatchMade,
)
from app.http.watch_body import MAX_BODY_BYTES, WatchAsked, read_watch
from app.http.watch_question import EXAMPLE_BODY, WatchBody
from app.watches.events import read_event
from app.watches.looking import decode_query, encode_query
from app.watches.signing import told_secret
from register.deadlines import deadlines_of, place_of
from register.store.reading import find_records
from register.store.versions import Version
from register.store.watch_events import Event, count_by_state, events_of, send_again
from register.store.watches import (
    Conflict,
    NewWatch,
    Watch,
    conflicts_of,
    count_watches,
    create_watch,
    delete_watch,
    open_watch,
)
from search.document import document_of
from search.watches.window import MOST_CONFLICTS, TooWideError, baseline

FEED_LENGTH = 100
_JSON = "application/json"


def _token(text: str) -> str:
    if not text.startswith("iprt_") or len(text) > 100 or not text.isascii():
        raise ValueError("is no token of a watch")
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError("must be a number of an event")
    return int(text)


def _event_id(text: str) -> str:
    if not text.startswith("ev-") or len(text) > 60 or not text.isascii():
        raise ValueError("is no id of an event")
    return text


_TOKEN = Parameter(
    "token",
    "the token of the watch, in place of the key where it is only read",
    {"type": "string", "pattern": "^iprt_[A-Za-z0-9_-]{1,95}$"},
    _token,
    "iprt_0",
)
_AFTER = Parameter(
    "after",
    "only events after this number, from `after` of the answer before",
    {"type": "integer", "minimum": 0},
    _number,
    "0",
)
_EVENT = Parameter(
    "event",
    "only this event; without it all that are dead",
    {"type": "string", "pattern": "^ev-[0-9a-f]{1,57}$"},
    _event_id,
    "ev-0",
)
_NOTHING = table()
READING = {"token": _TOKEN}
"""What an address takes that only reads a watch."""
_EVENTS = {**READING, "after": _AFTER, **table("limit")}
_DEADLINES = {**READING, **table("limit")}

_ID = "wt-0123456789abcdef"
_EXAMPLE_WATCH = {
    "id": _ID,
    "name": "Solvanta in the region",
    "search": EXAMPLE_BODY["search"],
    "leastScore": 0.75,
    "webhook": "https://example.org/hooks/marks",
    "createdAt": "2026-07-01T08:30:00+00:00",
    "lookedAt": "2026-07-02T03:00:00+00:00",
    "timepoint": 1742,
    "conflicts": 3,
    "events": {"delivered": 1},
    "links": {
        "events": f"/v1/watches/{_ID}/events",
        "deadlines": f"/v1/watches/{_ID}/deadlines",
        "feed": f"/v1/watches/{_ID}/feed.atom",
        "page": f"/watches/{_ID}",
    },
}
_EXAMPLE_MADE = {**_EXAMPLE_WATCH, "key": "iprw_…", "token": "iprt_…", "secret": "iprs_…"}
_RECORD = {
    "id": "th-tm-260104711",
    "office": "TH",
    "right": "trademark",
    "title": "SOLVANTE",
    "status": {"plain": "pending"},
    "applicationNumber": "260104711",
}
_DEADLINE = {
    "kind": "opposition",
    "date": "2026-08-30",
    "basis": "60 days from publication, 2026-07-01",
    "source": "epo.org Asia update 2016; antaresgroup.com",
    "verified": "yes",
}
_EXAMPLE_EVENTS = {
    "results": [
        {
            "number": 12,
            "id": "ev-0123456789abcdef01234567",
            "kind": "new",
            "watch": {"id": _ID, "name": "Solvanta in the region"},
            "foundAt": "2026-07-02T03:00:00+00:00",
            "version": 1,
            "record": {
                **_RECORD,
                "score": 0.88,
                "why": [{"rule": "few letters changed", "compared": "solvanta ~ solvante", "points": 0.88}],
            },
            "deadlines": [_DEADLINE],
            "delivery": {"state": "delivered", "tries": 2, "deliveredAt": "2026-07-02T03:00:04+00:00"},
        }
    ],
    "after": 12,
}
_EXAMPLE_DEADLINES = {"results": [{**_DEADLINE, "daysLeft": 58, "record": _RECORD}], "total": 1}

WatchId = Annotated[str, Path(description=f"The id of a watch, such as {_ID}", max_length=100)]

router = APIRouter(tags=["Watches"])


def opened_watch(service: Service, request: Request, identity: str, token: str | None) -> Watch:
    """The watch, for who has its key or, to read it, its token.

    Raises `Problem`: 401 where neither is given, 404 where there is no such watch for it.
    """
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    owner = key.strip() if scheme.lower() == "bearer" else None
    if not owner and token is None:
        raise Problem(
            401,
            "key-missing",
            "a watch is shown to who has its key or token",
            field="Authorization",
            mend="send `Authorization: Bearer` with the key that was shown when the watch was made",
            headers={"WWW-Authenticate": "Bearer"},
        )
    found = service.database.read(lambda connection: open_watch(connection, identity, owner or None, token))
    if found is None:
        raise not_found(
            f"there is no watch {identity[:60]!r} with this key", "compare the id and the key or token"
        )
    return found


def make_watch(service: Service, asked: WatchAsked) -> NewWatch:
    """A new watch; what its search finds now is no news.

    Raises `Problem` where the search is too wide, or no more watches are kept.
    """
    if service.database.read(count_watches) >= service.settings.most_watches:
        raise Problem(
            503,
            "too-many-watches",
            "no more watches can be kept",
            mend="end one that is not needed, or ask whoever runs the service for room",
        )
    to = service.index_now().index.timepoint
    try:
        hits = service.asked(lambda: baseline(service.searching, asked.query, asked.least_score, to))
    except TooWideError as error:
        raise bad_parameter(
            "search",
            f"the search finds {error.total:,} records",
            f"narrow it, so that it finds at most {MOST_CONFLICTS:,}",
        ) from None
    with service.database.writing() as connection:
        return create_watch(
            connection,
            name=asked.name,
            query=encode_query(asked.query),
            least_score=asked.least_score,
            webhook=asked.webhook,
            reached=to,
            conflicts=[Conflict(hit.id, hit.version, hit.score) for hit in hits],
        )


def watch_answer(service: Service, watch: Watch) -> WatchAnswer:
    """What the API says of a watch."""
    conflicts, states = service.database.read(
        lambda connection: (len(conflicts_of(connection, watch.id)), count_by_state(connection, watch.id))
    )
    search = told_query(decode_query(watch.query))
    base = f"/v1/watches/{watch.id}"
    return WatchAnswer(
        id=watch.id,
        name=watch.name,
        search={name: value for name, value in search.items() if name not in ("sort", "limit")},
        least_score=round(watch.least_score, 4),
        webhook=watch.webhook,
        created_at=watch.created_at.isoformat(timespec="seconds"),
        looked_at=watch.looked_at.isoformat(timespec="seconds"),
        timepoint=watch.reached,
        conflicts=conflicts,
        events=states,
        links=WatchLinks(f"{base}/events", f"{base}/deadlines", f"{base}/feed.atom", f"/watches/{watch.id}"),
    )


def event_answer(event: Event) -> EventAnswer:
    """What the API says of an event."""
    body = read_event(event.body)
    return EventAnswer(
        **{name: getattr(body, name) for name in body.__struct_fields__},
        number=event.number,
        delivery=Delivered(
            state=event.state,
            tries=event.tries,
            problem=event.problem,
            next_try_at=None
            if event.next_try_at is None
            else event.next_try_at.isoformat(timespec="seconds"),
            delivered_at=None
            if event.delivered_at is None
            else event.delivered_at.isoformat(timespec="seconds"),
        ),
    )


def watched_deadlines(service: Service, watch: Watch) -> list[WatchedDeadline]:
    """The deadlines of all conflicts, those to come first."""
    held = service.database.read(
        lambda connection: find_records(connection, list(conflicts_of(connection, watch.id)))
    )
    day = today()
    found = [
        (deadline, version)
        for version in held.values()
        if not version.deleted
        for deadline in deadlines_of(version.record)
    ]
    found.sort(key=lambda pair: place_of(pair[0], day))
    return [
        WatchedDeadline(**msgspec.structs.asdict(told_deadline(deadline, day)), record=_short_of(version))
        for deadline, version in found
    ]


def _short_of(version: Version) -> dict[str, Any]:
    short = document_of(version.record, version.version, version.timepoint).short
    told: dict[str, Any] = msgspec.json.decode(short)
    return {**told, "status": {"plain": "unknown", **told.get("status", {})}}


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    # What a key opens is nobody's else, and no cache's.
    return Response(body, status, {**(headers or {}), "Cache-Control": "private, no-store"}, _JSON)


@router.post(
    "/watches",
    response_class=Response,
    operation_id="makeWatch",
    **making_operation(
        "Watch a search", WatchBody, WatchMade, errors=(413, 415), example=EXAMPLE_BODY, made=_EXAMPLE_MADE
    ),
)
async def make(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _NOTHING)
    body = await read_bounded(request, (_JSON,), MAX_BODY_BYTES)
    asked = read_watch(body, private=service.settings.webhook_private)
    return await run_in_threadpool(_made, service, asked)


def _made(service: Service, asked: WatchAsked) -> Response:
    made = make_watch(service, asked)
    answer = watch_answer(service, made.watch)
    told = WatchMade(
        **{name: getattr(answer, name) for name in answer.__struct_fields__},
        key=made.key,
        token=made.token,
        secret=None if made.watch.secret is None else told_secret(made.watch.secret),
    )
    return _json(encode(told), 201, {"Location": f"/v1/watches/{made.watch.id}"})


@router.get(
    "/watches/{id}",
    response_class=Response,
    operation_id="getWatch",
    **operation("A watch", WatchAnswer, parameters=READING, errors=(401, 404), example=_EXAMPLE_WATCH),
)
def read(request: Request, service: ServiceOf, id: WatchId) -> Response:
    values = read_parameters(request.query_params, READING)
    return _json(encode(watch_answer(service, opened_watch(service, request, id, values.get("token")))))


@router.delete(
    "/watches/{id}",
    response_class=Response,
    status_code=204,
    operation_id="endWatch",
    **nothing_operation("End a watch, with all its events", errors=(401, 404)),
)
def end(request: Request, service: ServiceOf, id: WatchId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    watch = opened_watch(service, request, id, None)
    with service.database.writing() as connection:
        delete_watch(connection, watch.id)
    return Response(status_code=204)


@router.get(
    "/watches/{id}/events",
    response_class=Response,
    operation_id="listWatchEvents",
    **operation(
        "What a watch has found, and how far it was delivered",
        EventsPage,
        parameters=_EVENTS,
        errors=(401, 404),
        example=_EXAMPLE_EVENTS,
    ),
)
def list_events(request: Request, service: ServiceOf, id: WatchId) -> Response:
    values = read_parameters(request.query_params, _EVENTS)
    watch = opened_watch(service, request, id, values.get("token"))
    after, limit = values.get("after", 0), values.get("limit", 20)
    found = service.database.read(
        lambda connection: events_of(connection, watch.id, after=after, limit=limit + 1)
    )
    shown = found[:limit]
    reached = shown[-1].number if shown else after
    kept = {name: values[name] for name in ("token",) if name in values}
    following = f"{request.url.path}?{urlencode({**kept, 'after': reached, 'limit': limit})}"
    return _json(
        encode(
            EventsPage(
                results=[event_answer(event) for event in shown],
                after=reached,
                next=following if len(found) > limit else None,
            )
        )
    )


@router.get(
    "/watches/{id}/deadlines",
    response_class=Response,
    operation_id="listWatchDeadlines",
    **operation(
        "The deadlines of the conflicts, by days left",
        DeadlinesPage,
        parameters=_DEADLINES,
        errors=(401, 404),
        example=_EXAMPLE_DEADLINES,
    ),
)
def list_deadlines(request: Request, service: ServiceOf, id: WatchId) -> Response:
    values = read_parameters(request.query_params, _DEADLINES)
    watch = opened_watch(service, request, id, values.get("token"))
    found = watched_deadlines(service, watch)
    return _json(encode(DeadlinesPage(results=found[: values.get("limit", 100)], total=len(found))))


@router.post(
    "/watches/{id}/redeliver",
    response_class=Response,
    operation_id="sendWatchEventsAgain",
    **operation(
        "Send again what was laid aside after too many tries",
        SentAgain,
        parameters={"event": _EVENT},
        errors=(401, 404),
        example={"events": 1},
    ),
)
def redeliver(request: Request, service: ServiceOf, id: WatchId) -> Response:
    values = read_parameters(request.query_params, {"event": _EVENT})
    watch = opened_watch(service, request, id, None)
    with service.database.writing() as connection:
        count = send_again(connection, watch.id, values.get("event"))
    return _json(encode(SentAgain(count)))


@router.get(
    "/watches/{id}/feed.atom",
    response_class=Response,
    operation_id="getWatchFeed",
    **text_operation("The newest events as an Atom feed", ATOM, parameters=READING, errors=(401, 404)),
)
def feed(request: Request, service: ServiceOf, id: WatchId) -> Response:
    values = read_parameters(request.query_params, READING)
    watch = opened_watch(service, request, id, values.get("token"))
    events = service.database.read(
        lambda connection: events_of(connection, watch.id, limit=FEED_LENGTH, newest=True)
    )
    body = feed_of(watch, events, str(request.base_url).rstrip("/"))
    return Response(body, media_type=ATOM, headers={"Cache-Control": "private, max-age=60"})
