"""What an office does with a feed that it has sent: stop it, confirm it, try it again, take it back."""

from collections.abc import Callable

from fastapi import Request, Response
from sqlalchemy import Connection

from app.http.feed_access import FeedId, opened_feed, spool_of, told_feed
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.http.service import Service, ServiceOf
from register.store.feed_queue import forget_spool, retry_feed
from register.store.feeds import Feed, FeedStateError, cancel_feed, release_feed
from register.store.undo import ask_undo

NOTHING = table()
UNDOING = table("changed")


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


def confirm(request: Request, service: ServiceOf, id: FeedId) -> Response:
    return _acted(service, request, id, release_feed)


def retry(request: Request, service: ServiceOf, id: FeedId) -> Response:
    return _acted(service, request, id, retry_feed)


def undo(request: Request, service: ServiceOf, id: FeedId) -> Response:
    values = read_parameters(request.query_params, UNDOING)
    feed = opened_feed(service, request, id, acts=True)
    leaves = values.get("changed") == "leave"
    return _changed(
        service, feed, lambda connection: ask_undo(connection, feed.id, leaves_changed=leaves), 202
    )


def _acted(
    service: Service, request: Request, identity: str, act: Callable[[Connection, int], Feed]
) -> Response:
    read_parameters(request.query_params, NOTHING)
    feed = opened_feed(service, request, identity, acts=True)
    return _changed(service, feed, lambda connection: act(connection, feed.id), 200)


def _changed(service: Service, feed: Feed, act: Callable[[Connection], Feed], status: int) -> Response:
    try:
        with service.database.writing() as connection:
            changed = act(connection)
    except FeedStateError as error:
        mend = f"GET /v1/feeds/{feed.id} tells its state"
        raise Problem(409, "wrong-state", str(error), mend=mend) from None
    return told_feed(changed, status)
