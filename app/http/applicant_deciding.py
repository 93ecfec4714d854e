"""Deciding on applicants over HTTP: two are one, some spellings are another's, and that it was wrong."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from app.http.answers import encode
from app.http.applicant_answers import DecisionAnswer, MergeBody, SplitBody, told_decision
from app.http.applicants import ApplicantId
from app.http.bodies import read_bounded
from app.http.office_keys import KeyRefusal, actor_with, key_of, require_admin
from app.http.openapi import deciding_operation
from app.http.parameters import read_parameters
from app.http.problems import Problem, bad_parameter, not_found
from app.http.service import Service, ServiceOf
from register.spelling import spelling_id
from register.store.applicant_decisions import Decision, DecisionError, merge, split, undo
from register.store.audit import Actor
from register.store.keys import ApiKey
from search.applicants.spellings import offices_of

MAX_BODY_BYTES = 256 << 10
_ERRORS = (400, 401, 403, 404, 409, 413, 415)
_EXAMPLE = {
    "id": 7,
    "kind": "merge",
    "applicant": "ap-4k2v7q3mzw6xa",
    "other": "ap-z4yo5ffybbiri",
    "note": "the owner told us",
    "madeBy": "key 3f2a90c1d4e5",
    "madeAt": "2026-07-01T02:00:00+00:00",
}
_BodyT = TypeVar("_BodyT", bound=msgspec.Struct)

DecisionNumber = Annotated[int, Path(description="The number of a decision", ge=1, le=2**31 - 1)]

router = APIRouter(tags=["Applicants"])


def _body(data: bytes, type_: type[_BodyT]) -> _BodyT:
    try:
        return msgspec.json.decode(data, type=type_)
    except msgspec.ValidationError as error:
        sentence, _, path = str(error).partition(" - at `$")
        member = path.rstrip("`").lstrip(".") or "body"
        raise bad_parameter(member, sentence, "see /openapi.json for what it may be") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Problem(
            400, "invalid-body", "the body is no JSON", mend="send a JSON object in UTF-8; see /openapi.json"
        ) from None


def _decided(service: Service, request: Request, decide: Callable[[Connection, Actor], Decision]) -> Response:
    """Decide with the key of the request, in one transaction."""
    key = key_of(service, request)
    require_admin(key)
    try:
        with service.database.writing() as connection:
            made = decide(connection, actor_with(key, request))
            _require_own(service, key, made)
    except DecisionError as error:
        raise _problem(error) from None
    return Response(encode(told_decision(made)), media_type="application/json")


def _require_own(service: Service, key: ApiKey, made: Decision) -> None:
    """Raises `Problem` (403) where records of other offices would move to another applicant."""
    offices = service.asked(lambda: offices_of(service.engine.reader(), made.moved))
    others = sorted(office for office in offices if office != key.office)
    if others:
        raise KeyRefusal(
            403,
            "other-offices",
            f"records of {', '.join(others[:5])} are spelled so too, and the key is that of {key.office}",
            office=others[0],
            mend="ask the operator, who decides with `ipregister applicant`",
        )


def _problem(error: DecisionError) -> Problem:
    if error.code in ("no-such-applicant", "no-such-decision"):
        return not_found(error.reason, error.mend)
    return Problem(409, error.code, error.reason, mend=error.mend)


@router.post(
    "/applicants/{id}/merge",
    response_class=Response,
    operation_id="mergeApplicants",
    **deciding_operation(
        "Make another applicant part of this one", MergeBody, DecisionAnswer, _ERRORS,
        {"other": "ap-z4yo5ffybbiri", "note": "the owner told us"}, _EXAMPLE,
    ),
)  # fmt: skip
async def merge_applicants(request: Request, service: ServiceOf, id: ApplicantId) -> Response:
    read_parameters(request.query_params, {})
    body = _body(await read_bounded(request, ("application/json",), MAX_BODY_BYTES), MergeBody)
    return await _run(
        service, request, lambda connection, by: merge(connection, id, body.other, by=by, words=body.note)
    )


@router.post(
    "/applicants/{id}/split",
    response_class=Response,
    operation_id="splitApplicant",
    **deciding_operation(
        "Make another applicant of some spellings of this one", SplitBody, DecisionAnswer, _ERRORS,
        {"spellings": ["8f3c0a5512de9b04"], "note": "a namesake"}, {**_EXAMPLE, "kind": "split"},
    ),
)  # fmt: skip
async def split_applicant(request: Request, service: ServiceOf, id: ApplicantId) -> Response:
    read_parameters(request.query_params, {})
    body = _body(await read_bounded(request, ("application/json",), MAX_BODY_BYTES), SplitBody)
    spellings: list[int] = []
    for place, given in enumerate(body.spellings):
        spelling = spelling_id(given)
        if spelling is None:
            raise bad_parameter(
                f"spellings[{place}]",
                f"{given[:40]!r} is no id of a spelling",
                "take it from /v1/applicants/{id}",
            )
        spellings.append(spelling)
    return await _run(
        service, request, lambda connection, by: split(connection, id, spellings, by=by, words=body.note)
    )


@router.post(
    "/applicant-decisions/{id}/undo",
    response_class=Response,
    operation_id="undoApplicantDecision",
    **deciding_operation("Take a decision on applicants back", None, DecisionAnswer, _ERRORS, None, _EXAMPLE),
)
async def undo_decision(
    request: Request, service: ServiceOf, id: DecisionNumber
) -> Response:  # the name in the address
    read_parameters(request.query_params, {})
    return await _run(service, request, lambda connection, by: undo(connection, id, by=by))


async def _run(
    service: Service, request: Request, decide: Callable[[Connection, Actor], Decision]
) -> Response:
    """The same off the event loop."""
    return await run_in_threadpool(_decided, service, request, decide)
