"""The pages of watches: the form, what was made, and a watch with its events and deadlines."""

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams

from app.http.bodies import read_bounded
from app.http.parameters import read_parameters
from app.http.problems import Problem, bad_parameter
from app.http.service import Service, ServiceOf
from app.http.watch_body import MAX_BODY_BYTES, watch_asked
from app.http.watches import READING, make_watch, opened_watch, watched_deadlines
from app.pages.links import tidy
from app.pages.rendering import page, problem_page
from app.pages.watch_form import body_of, watch_form_of
from app.pages.watch_view import shown_made, shown_watch
from register.store.watch_events import events_of

_FORM_TYPE = "application/x-www-form-urlencoded"
_EVENTS_SHOWN = 100

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/watches/new")
def form(request: Request, service: ServiceOf) -> Response:
    return page(
        request, service, "watch_new.html", form=watch_form_of(tidy(request.query_params)), problem=None
    )


@router.post("/watches")
async def make(request: Request, service: ServiceOf) -> Response:
    try:
        body = await read_bounded(request, (_FORM_TYPE,), MAX_BODY_BYTES)
        given = parse_qsl(body.decode("utf-8"), max_num_fields=1000)
    except (ValueError, Problem):
        problem = bad_parameter("name", "the form cannot be read", "fill it in again")
        return page(request, service, "watch_new.html", 400, form=watch_form_of({}), problem=problem)
    return await run_in_threadpool(_made, request, service, tidy(QueryParams(given)))


def _made(request: Request, service: Service, values: dict[str, str]) -> Response:
    try:
        try:
            asked = watch_asked(body_of(values), private=service.settings.webhook_private)
        except ValueError:
            raise bad_parameter("leastScore", "is no score", "a number from 0 to 1, such as 0.7") from None
        made = make_watch(service, asked)
    except Problem as problem:
        form = watch_form_of(values)
        return page(request, service, "watch_new.html", problem.status, form=form, problem=problem)
    shown = shown_made(made, str(request.base_url).rstrip("/"))
    response = page(request, service, "watch_made.html", made=shown)
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get("/watches/{identity}")
def watch(request: Request, service: ServiceOf, identity: str) -> Response:
    try:
        token = read_parameters(request.query_params, READING).get("token")
        held = opened_watch(service, request, identity, token)
    except Problem as problem:
        return problem_page(request, service, problem)
    events = service.database.read(
        lambda connection: events_of(connection, held.id, limit=_EVENTS_SHOWN, newest=True)
    )
    shown = shown_watch(held, events, watched_deadlines(service, held), token or "")
    response = page(request, service, "watch.html", watch=shown)
    response.headers["Cache-Control"] = "private, no-store"
    return response
