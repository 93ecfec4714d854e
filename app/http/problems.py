"""One shape for every error: RFC 9457 problem documents with a stable code and, for input, the field and the mend."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

log = logging.getLogger("ipregister.http")

MEDIA_TYPE = "application/problem+json"


class ProblemDocument(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """The body of an error. `code` never changes its meaning; `field` is the parameter or member; `mend` how to put it
    right; `request` finds the error in the log."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    field: str | None = None
    mend: str | None = None
    request: str | None = None
    ids: list[str] | None = None


class Problem(Exception):
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
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field
        self.mend = mend
        self.ids = ids
        self.headers = headers


def bad_parameter(field: str, detail: str, mend: str) -> Problem:
    """A 400 for a parameter that cannot be used."""
    return Problem(400, "invalid-parameter", detail, field=field, mend=mend)


def not_found(what: str, mend: str | None = None) -> Problem:
    return Problem(404, "not-found", what, mend=mend)


def problem_response(problem: Problem, request_id: str | None = None) -> Response:
    document = ProblemDocument(
        type="about:blank",
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        code=problem.code,
        detail=problem.detail,
        field=problem.field,
        mend=problem.mend,
        request=request_id,
        ids=problem.ids,
    )
    return Response(
        msgspec.json.encode(document),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


_CODES = {
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
}


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""

    @app.exception_handler(Problem)
    async def told(_: Request, error: Problem) -> Response:
        return problem_response(error)

    @app.exception_handler(HTTPException)
    async def by_framework(request: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, "request-error")
        detail = (
            f"{request.method} is not possible here"
            if error.status_code == 405
            else "there is nothing at this address"
        )
        headers = dict(error.headers) if error.headers is not None else None
        return problem_response(Problem(error.status_code, code, detail, headers=headers))

    @app.exception_handler(RequestValidationError)
    async def not_valid(_: Request, error: RequestValidationError) -> Response:
        first: Any = next(iter(error.errors()), {})
        field = ".".join(str(part) for part in first.get("loc", ())[1:]) or None
        return problem_response(
            Problem(400, "invalid-request", str(first.get("msg", "the request cannot be read")), field=field)
        )

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        request_id = secrets.token_hex(8)
        log.error("request %s: %s %s", request_id, request.method, request.url.path, exc_info=error)
        detail = "something went wrong on our side; the log knows it by the number in `request`"
        return problem_response(Problem(500, "internal-error", detail), request_id)
