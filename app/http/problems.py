"""One shape for every error: RFC 9457 problem documents with a stable code and, for input, the field and the
mend.
"""

import logging
import secrets
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

log = logging.getLogger("ipregister.http")

MEDIA_TYPE = "application/problem+json"
_AWAY = (OperationalError, InterfaceError, PoolTimeoutError)


class ProblemDocument(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """The body of an error.

    `code` never changes its meaning; `field` is the parameter or member; `mend` how to put it right;
    `request` finds the error in the log; `ids` are the records that may be meant. `position` is the place in
    the field from which it is wrong, counted in characters from 1 (one behind the last where something is
    missing at the end), `length` how many characters are meant.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    field: str | None = None
    mend: str | None = None
    position: int | None = None
    length: int | None = None
    request: str | None = None
    ids: list[str] | None = None


class Problem(Exception):  # noqa: N818  # the word of RFC 9457
    """An error to be told to the client as it is."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        field: str | None = None,
        mend: str | None = None,
        ids: list[str] | None = None,
        place: tuple[int, int] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field
        self.mend = mend
        self.ids = ids
        self.place = place
        self.headers = headers


def bad_parameter(field: str, detail: str, mend: str, place: tuple[int, int] | None = None) -> Problem:
    """A 400 for a parameter that cannot be used.

    `place` are the characters of it that are meant: the first, counted from 0, and the one behind the last.
    """
    return Problem(400, "invalid-parameter", detail, field=field, mend=mend, place=place)


def not_found(what: str, mend: str | None = None) -> Problem:
    return Problem(404, "not-found", what, mend=mend)


def encoded_problem(problem: Problem, request_id: str | None = None) -> bytes:
    """The body of the answer."""
    document = ProblemDocument(
        type="about:blank",
        title=_title(problem.status),
        status=problem.status,
        code=problem.code,
        detail=problem.detail,
        field=problem.field,
        mend=problem.mend,
        position=None if problem.place is None else problem.place[0] + 1,
        length=None if problem.place is None else problem.place[1] - problem.place[0],
        request=request_id,
        ids=problem.ids,
    )
    return msgspec.json.encode(document)


def _title(status: int) -> str:
    # The tus protocol has a status of its own.
    return "Checksum Mismatch" if status == 460 else HTTPStatus(status).phrase


def problem_response(problem: Problem, request_id: str | None = None) -> Response:
    return Response(
        encoded_problem(problem, request_id),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


_BY_FRAMEWORK = {
    400: ("invalid-request", "the request cannot be read"),
    404: ("not-found", "there is nothing at this address"),
    405: ("method-not-allowed", "this address does not take this method"),
}
_READING = "GET, HEAD"


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""

    @app.exception_handler(Problem)
    async def told(_: Request, error: Problem) -> Response:
        return problem_response(error)

    @app.exception_handler(HTTPException)
    async def by_framework(_: Request, error: HTTPException) -> Response:
        code, detail = _BY_FRAMEWORK.get(error.status_code, ("request-error", "this cannot be done"))
        headers = dict(error.headers) if error.headers is not None else {}
        mend = None
        if error.status_code == 405:
            # Every GET is answered to HEAD too, which the router does not know.
            headers["Allow"] = _READING if headers.get("Allow") == "GET" else headers.get("Allow", _READING)
            mend = f"use one of {headers['Allow']}"
        return problem_response(Problem(error.status_code, code, detail, mend=mend, headers=headers))

    @app.exception_handler(RequestValidationError)
    async def not_valid(_: Request, error: RequestValidationError) -> Response:
        first: Any = next(iter(error.errors()), {})
        field = ".".join(str(part) for part in first.get("loc", ())[1:]) or None
        detail = str(first.get("msg", "the request cannot be read"))
        mend = "see /openapi.json for what it may be"
        return problem_response(Problem(400, "invalid-request", detail, field=field, mend=mend))

    @app.exception_handler(SQLAlchemyError)
    async def of_database(request: Request, error: SQLAlchemyError) -> Response:
        return answer_to_error(request, error)

    @app.exception_handler(Exception)
    async def not_expected(request: Request, error: Exception) -> Response:
        return answer_to_error(request, error)


def answer_to_error(request: Request, error: Exception) -> Response:
    """The answer to an error of our own code."""
    if isinstance(error, Problem):
        return problem_response(error)
    if not isinstance(error, _AWAY):
        return unforeseen(request, error)
    log.warning("the register did not answer %s: %s", request.url.path, type(error).__name__)
    problem = Problem(
        503,
        "register-unavailable",
        "the register cannot be read just now",
        mend="try again in a moment",
        headers={"Retry-After": "5"},
    )
    return problem_response(problem)


def unforeseen(request: Request, error: Exception) -> Response:
    """A 500 that tells nothing of the inside but the number under which the log has the error."""
    request_id = secrets.token_hex(8)
    log.error("request %s: %s %s", request_id, request.method, request.url.path, exc_info=error)
    detail = "something went wrong on our side; the log knows it by the number in `request`"
    return problem_response(Problem(500, "internal-error", detail), request_id)
