"""What is missing of an office, which of its status words nobody knows, and the lists of its numbers."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from app.http.authority import list_settings, read_list
from app.http.coverage_answers import AuthorityTaken
from app.http.feed_access import spool_of
from app.http.feed_sending import delivery_name
from app.http.form_files import spool_form
from app.http.office_keys import KeyRefusal
from app.http.problems import Problem, bad_parameter
from app.http.refusals import refusals_noted
from app.http.service import Service, ServiceOf
from app.pages.office.access import (
    TOKEN,
    Signed,
    SignInNeeded,
    console,
    office_page,
    private,
    signed_in,
    told_instead,
    unproved,
)
from app.pages.office_coverage import shown_coverage
from app.pages.words import RIGHT_WORDS
from register.model import RIGHTS

router = APIRouter(
    prefix="/office/{code}/coverage", include_in_schema=False, default_response_class=HTMLResponse
)


@router.get("")
@console
def coverage(request: Request, service: ServiceOf, code: str) -> Response:
    return _shown(request, service, signed_in(service, request, code))


@router.post("")
async def send(request: Request, service: ServiceOf, code: str) -> Response:
    try:
        signed = await run_in_threadpool(signed_in, service, request, code, needs="upload")
    except (SignInNeeded, Problem) as why:
        return await run_in_threadpool(told_instead, request, service, why)

    def admit(fields: Mapping[str, str]) -> None:
        if fields.get(TOKEN) != signed.token:
            raise unproved(signed.office)

    taken, problem = None, None
    try:
        async with refusals_noted(service, signed.actor, "authority.taken", signed.office):
            form = await spool_form(request, spool_of(service), list_settings(service.settings), admit)
            given = form.fields.get("right", "")
            right = next((one for one in RIGHTS if one == given), None)
            if given and right is None:
                spool_of(service).drop(form.file.name)
                raise bad_parameter("right", "is no right", f"choose one of {', '.join(RIGHTS)}")
            name = delivery_name(form.name, request)
            taken = await read_list(service, form.file, signed.office, name, right, signed.actor)
    except KeyRefusal as refusal:
        return await run_in_threadpool(told_instead, request, service, refusal)
    except Problem as error:
        problem = error
    return await run_in_threadpool(_answered, request, service, signed, taken, problem)


def _answered(
    request: Request,
    service: Service,
    signed: Signed,
    taken: AuthorityTaken | None,
    problem: Problem | None,
) -> Response:
    return private(_shown(request, service, signed, taken, problem))


def _shown(
    request: Request,
    service: Service,
    signed: Signed,
    taken: AuthorityTaken | None = None,
    problem: Problem | None = None,
) -> Response:
    shown = shown_coverage(service, signed.office, request, f"{signed.base}/coverage")
    status = 200 if problem is None else problem.status
    return office_page(
        request,
        service,
        signed,
        "office/coverage.html",
        status,
        taken=taken,
        problem=problem,
        rights=list(RIGHT_WORDS.items()),
        words_of=RIGHT_WORDS,
        **shown,
    )
