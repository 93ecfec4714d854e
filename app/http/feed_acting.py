"""What an office does with a feed that it has sent: stop it, confirm it, try it again, take it back."""

from fastapi import Request, Response

from app.feeds.acting import FeedAct, act_on_feed
from app.http.feed_access import FeedId, opened_feed, spool_of, told_feed
from app.http.office_keys import acting
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.http.service import Service, ServiceOf
from register.store.feeds import FeedStateError

NOTHING = table()
UNDOING = table("changed")


def cancel(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, NOTHING)
    return _acted(service, request, id, "cancel")


def confirm(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, NOTHING)
    return _acted(service, request, id, "confirm")


def retry(request: Request, service: ServiceOf, id: FeedId) -> Response:
    read_parameters(request.query_params, NOTHING)
    return _acted(service, request, id, "retry")


def undo(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, UNDOING)
    return _acted(service, request, id, "undo", leaves_changed=values.get("changed") == "leave")


def _acted(
    service: Service, request: Request, identity: str, act: FeedAct, *, leaves_changed: bool = False
) -> Response:
    feed = opened_feed(service, request, identity, acts=True)
    try:
        changed = act_on_feed(
            service.database, spool_of(service), feed, act, acting(request), leaves_changed=leaves_changed
        )
    except FeedStateError as error:
        mend = f"GET /v1/feeds/{feed.id} tells its state"
        raise Problem(409, "wrong-state", str(error), mend=mend) from None
    return told_feed(changed, 202 if act == "undo" else 200)
