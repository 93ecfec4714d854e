"""The OpenAPI 3.1 file: made from the same structures and tables that the service runs on."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.http import answers
from app.http.parameters import Parameter
from app.http.problems import MEDIA_TYPE, ProblemDocument

VERSION = "1"
_REF = "#/components/schemas/{name}"
_ANSWERS = (
    answers.SearchPage,
    answers.RecordAnswer,
    answers.HistoryPage,
    answers.ChangesPage,
    answers.OfficesPage,
    answers.ApplicantAnswer,
    answers.ApplicantsPage,
    answers.Health,
    ProblemDocument,
)
_DESCRIPTION = """Trademarks, patents, utility models, designs and geographical indications of the region's offices in one register.

Offices are ST.3 codes, dates ISO 8601, classes those of Nice, Locarno, the IPC and Vienna. Lists in parameters are
separated by commas. A page holds up to 100 results and a `next` link to the one after it, to the end. Errors are problem
documents (RFC 9457) with a stable `code` and, for input, the `field` and the `mend`."""


def operation(
    summary: str,
    answer: type[msgspec.Struct],
    *,
    parameters: Mapping[str, Parameter] | None = None,
    errors: Sequence[int] = (),
    example: Any = None,
) -> dict[str, Any]:
    """What a route's decorator is told: summary, parameters, the shape of the answer with an example, and the errors."""
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=answer.__name__)}}
    if example is not None:
        content["example"] = example
    responses: dict[str, Any] = {
        "200": {"description": "The answer", "content": {"application/json": content}}
    }
    for status in sorted({400, 429, *errors}):
        responses[str(status)] = {"$ref": f"#/components/responses/problem{status}"}
    extra: dict[str, Any] = {"responses": responses}
    if parameters is not None:
        extra["parameters"] = [parameter.openapi() for parameter in parameters.values()]
    return {"summary": summary, "openapi_extra": extra}


_PROBLEMS = {
    400: "A parameter cannot be used",
    404: "There is nothing with this id; where several designs answer to it, `ids` names them",
    429: "Too many requests",
    503: "Not ready",
}


def install(app: FastAPI) -> None:
    """Serve the file at /openapi.json."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _build(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend the file


def _build(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="ipregister", version=app.version, description=_DESCRIPTION, routes=app.routes
    )
    _, schemas = msgspec.json.schema_components(_ANSWERS, ref_template=_REF)
    problem = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name=ProblemDocument.__name__)}}}
    document["components"] = {
        "schemas": schemas,
        "responses": {
            f"problem{status}": {"description": words, "content": problem}
            for status, words in _PROBLEMS.items()
        },
    }
    for path in document["paths"].values():
        for described in path.values():
            described["responses"].pop("422", None)
    return document
