"""The OpenAPI 3.1 file: made from the same structures and tables that the service runs on."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.http import (
    answers,
    applicant_answers,
    audit_answers,
    coverage_answers,
    feed_answers,
    figure_answers,
    key_answers,
    media_answers,
    quality_answers,
    receipt_answers,
    relation_answers,
    report_answers,
    snapshot_answers,
    source_answers,
    watch_answers,
)
from app.http.clearance_answers import ClearanceJobAnswer, ClearancePage
from app.http.clearance_body import ClearanceBody
from app.http.parameters import Parameter
from app.http.problems import (
    MEDIA_TYPE,
    Problem,
    ProblemDocument,
    bad_parameter,
    encoded_problem,
    not_found,
)
from app.http.watch_question import WatchBody
from search.clearance.report import ClearanceReport
from search.short import Short

VERSION = "1"
_REF = "#/components/schemas/{name}"
_ANSWERS = (
    answers.SearchPage,
    answers.RecordAnswer,
    answers.HistoryPage,
    answers.ChangesPage,
    answers.OfficesPage,
    snapshot_answers.SnapshotsPage,
    snapshot_answers.SnapshotAnswer,
    source_answers.SourcesPage,
    coverage_answers.GapsPage,
    coverage_answers.OfficeStatus,
    coverage_answers.AuthorityTaken,
    applicant_answers.ApplicantDetail,
    applicant_answers.DecisionAnswer,
    applicant_answers.SuggestionsPage,
    answers.ApplicantAnswer,
    answers.ApplicantsPage,
    figure_answers.PortfolioAnswer,
    figure_answers.LandscapeAnswer,
    figure_answers.ComparisonAnswer,
    answers.ClassificationPage,
    answers.Health,
    receipt_answers.ReceiptAnswer,
    receipt_answers.ReceiptDifference,
    watch_answers.WatchAnswer,
    watch_answers.WatchMade,
    watch_answers.EventsPage,
    watch_answers.DeadlinesPage,
    watch_answers.SentAgain,
    ClearancePage,
    ClearanceReport,
    ClearanceJobAnswer,
    feed_answers.FeedAnswer,
    feed_answers.FeedsPage,
    feed_answers.FeedErrorsPage,
    feed_answers.WholeFeedError,
    feed_answers.FeedFilesPage,
    feed_answers.UploadAnswer,
    media_answers.MediaPage,
    relation_answers.FamilyPage,
    relation_answers.CitationsPage,
    quality_answers.QualityPage,
    audit_answers.AuditPage,
    key_answers.KeysPage,
    key_answers.KeyMade,
    report_answers.FeedReportAnswer,
    report_answers.FeedChangesPage,
    ProblemDocument,
)
_QUESTIONS = (
    ClearanceBody,
    WatchBody,
    key_answers.KeyBody,
    applicant_answers.MergeBody,
    applicant_answers.SplitBody,
)
_DESCRIPTION = """Trademarks, patents, utility models, designs and geographical indications of the region's
offices in one register.

Offices are ST.3 codes, dates ISO 8601, classes those of Nice, Locarno, the IPC and Vienna. Lists in
parameters are separated by commas. A page holds up to 100 results and a `next` link to the one after it, to
the end. Errors are problem documents (RFC 9457) with a stable `code` and, for input, the `field` and the
`mend`."""
_DELIVERED = ("application/xml", "application/json", "text/plain")


def operation(
    summary: str,
    answer: type[msgspec.Struct],
    *,
    parameters: Mapping[str, Parameter] | None = None,
    errors: Sequence[int] = (),
    documents: Sequence[str] = (),
    example: Any = None,
) -> dict[str, Any]:
    """What a route's decorator is told: summary, parameters, the shape of the answer with an example, the
    media types of documents that the same answer may be, and the errors beside those that every address has.
    """
    content: dict[str, Any] = {"application/json": _content(answer, example)}
    content |= {media_type: {} for media_type in documents}
    return _described(summary, content, parameters, errors)


def asking_operation(
    summary: str,
    question: type[msgspec.Struct],
    answer: type[msgspec.Struct],
    *,
    accepted: type[msgspec.Struct],
    parameters: Mapping[str, Parameter],
    errors: Sequence[int],
    documents: Sequence[str],
    example: Any,
    answer_example: Any,
    accepted_example: Any,
) -> dict[str, Any]:
    """The same for a POST that asks by its body, and is answered at once or as a job (202)."""
    told = operation(
        summary, answer, parameters=parameters, errors=errors, documents=documents, example=answer_example
    )
    extra = told["openapi_extra"]
    extra["requestBody"] = {
        "required": True,
        "content": {"application/json": _content(question, example)},
    }
    extra["responses"]["202"] = {
        **_response(
            "It is a job now; `Location` is where its progress and results are", accepted, accepted_example
        ),
        "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
    }
    return told


def media_operation(summary: str, media_type: str) -> dict[str, Any]:
    """The same for a file that came with records."""
    return _described(summary, {media_type: {"schema": {"format": "binary"}}}, {}, (404,))


def tus_operation(
    summary: str, *, errors: Sequence[int], status: int = 204, body: str | None = None
) -> dict[str, Any]:
    """The same for a request of the tus protocol, which is answered by headers alone."""
    told = _described(summary, {}, {}, errors)
    extra = told["openapi_extra"]
    names = (
        ("Upload-Offset", "Upload-Expires", "Upload-Feed")
        if status == 204
        else ("Location", "Upload-Expires")
    )
    extra["responses"].pop("200")
    extra["responses"][str(status)] = {
        "description": "It is done; the headers tell",
        "headers": {name: {"schema": {"type": "string"}} for name in (*names, "Upload-Expires")},
    }
    asked = ("Upload-Offset", "Upload-Checksum") if body is not None else ("Upload-Length", "Upload-Metadata")
    extra["parameters"] = [
        {"name": name, "in": "header", "required": place == 0, "schema": {"type": "string"}}
        for place, name in enumerate(asked)
    ]
    if body is not None:
        extra["requestBody"] = {"required": True, "content": {body: {"schema": {"format": "binary"}}}}
    return {**told, "status_code": status}


def job_operation(
    summary: str,
    answer: type[msgspec.Struct],
    *,
    parameters: Mapping[str, Parameter],
    errors: Sequence[int],
    example: Any,
) -> dict[str, Any]:
    """The same for a POST that is answered with where its fate is told (202)."""
    told = operation(summary, answer, parameters=parameters, errors=errors, example=example)
    responses = told["openapi_extra"]["responses"]
    responses["202"] = {
        **responses.pop("200"),
        "description": "It is in the queue; `Location` is where its state is",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
    }
    return {**told, "status_code": 202}


def file_operation(
    summary: str,
    answer: type[msgspec.Struct],
    *,
    parameters: Mapping[str, Parameter],
    errors: Sequence[int],
    example: Any,
) -> dict[str, Any]:
    """The same for a POST whose body is a file, and which is answered at once."""
    told = operation(summary, answer, parameters=parameters, errors=errors, example=example)
    told["openapi_extra"]["requestBody"] = {
        "required": True,
        "content": {"*/*": {"schema": {"format": "binary"}}},
    }
    return told


def feed_operation(
    summary: str, answer: type[msgspec.Struct], *, parameters: Mapping[str, Parameter], example: Any
) -> dict[str, Any]:
    """The same where the body is a file of any kind."""
    told = job_operation(
        summary, answer, parameters=parameters, errors=(401, 403, 408, 413, 507), example=example
    )
    extra = told["openapi_extra"]
    extra["requestBody"] = {"required": True, "content": {"*/*": {"schema": {"format": "binary"}}}}
    for parameter in extra["parameters"]:
        if parameter["name"] == "office":
            parameter["required"] = True
    return told


def making_operation(
    summary: str,
    question: type[msgspec.Struct],
    answer: type[msgspec.Struct],
    *,
    errors: Sequence[int],
    example: Any,
    made: Any,
) -> dict[str, Any]:
    """The same for a POST whose body makes something that then has an address (201)."""
    told = operation(summary, answer, parameters={}, errors=errors, example=made)
    extra = told["openapi_extra"]
    extra["requestBody"] = {
        "required": True,
        "content": {"application/json": _content(question, example)},
    }
    extra["responses"]["201"] = {
        **extra["responses"].pop("200"),
        "description": "It is made; `Location` is where it is",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
    }
    return {**told, "status_code": 201}


def putting_operation(
    summary: str, answer: type[msgspec.Struct], *, errors: Sequence[int], example: Any
) -> dict[str, Any]:
    """The same for a PUT whose body is of any media type."""
    told = operation(summary, answer, parameters={}, errors=errors, example=example)
    body = {"required": True, "content": {"*/*": {"schema": {"format": "binary"}}}}
    told["openapi_extra"]["requestBody"] = body
    return told


def deciding_operation(
    summary: str,
    question: type[msgspec.Struct] | None,
    answer: type[msgspec.Struct],
    errors: Sequence[int],
    example: Any,
    answer_example: Any,
) -> dict[str, Any]:
    """The same for a POST that decides something, by its body or by its address alone."""
    told = operation(summary, answer, parameters={}, errors=errors, example=answer_example)
    if question is not None:
        told["openapi_extra"]["requestBody"] = {
            "required": True,
            "content": {"application/json": _content(question, example)},
        }
    return told


def nothing_operation(summary: str, *, errors: Sequence[int]) -> dict[str, Any]:
    """The same for what is answered without a body (204)."""
    told = _described(summary, {}, {}, errors)
    responses = told["openapi_extra"]["responses"]
    del responses["200"]
    responses["204"] = {"description": "It is done"}
    return told


def text_operation(
    summary: str, media_type: str, *, parameters: Mapping[str, Parameter], errors: Sequence[int]
) -> dict[str, Any]:
    """The same for a document of another media type."""
    return _described(summary, {media_type: {"schema": {"type": "string"}}}, parameters, errors)


def source_operation(summary: str, errors: Sequence[int]) -> dict[str, Any]:
    """The same for an answer that is what an office sent: XML, JSON, or a text of another form."""
    anything: dict[str, Any] = {media_type: {"schema": {}} for media_type in _DELIVERED}
    return _described(summary, anything, {}, errors)


def health_operation(summary: str, example: Any, example_not_ready: Any = None) -> dict[str, Any]:
    """The same for the state of the process, which has no parameters and no limit of requests."""
    responses = {"200": _response("It is", answers.Health, example)}
    if example_not_ready is not None:
        responses["503"] = _response("Not yet, or not just now", answers.Health, example_not_ready)
    return {"summary": summary, "openapi_extra": {"responses": responses}}


def _content(answer: type[msgspec.Struct], example: Any) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=answer.__name__)}}
    if example is not None:
        content["example"] = example
    return content


def _response(words: str, answer: type[msgspec.Struct], example: Any) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": _content(answer, example)}}


def _described(
    summary: str,
    content: Mapping[str, Any],
    parameters: Mapping[str, Parameter] | None,
    errors: Sequence[int],
) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": {"description": "The answer", "content": content}}
    for status in sorted({400, 429, 503, *errors}):
        responses[str(status)] = {"$ref": f"#/components/responses/problem{status}"}
    extra: dict[str, Any] = {"responses": responses}
    if parameters is not None:
        extra["parameters"] = [parameter.openapi() for parameter in parameters.values()]
    return {"summary": summary, "openapi_extra": extra}


_PROBLEMS = {
    400: "A parameter cannot be used",
    401: "The key is missing",
    403: "The key may not do this",
    404: "There is nothing with this id; where several designs answer to it, `ids` names them",
    409: "What is asked cannot be done in the state that this is in",
    406: "None of the media types accepted",
    408: "Nothing more came of the body",
    412: "The protocol is not spoken in this version",
    413: "The body is too long",
    423: "Another request is at it",
    460: "The bytes are not those of the checksum",
    415: "The body is of another media type",
    429: "Too many requests",
    503: "The register or the index cannot be read just now",
    507: "The disk has no room for the body",
}
_PROBLEM_EXAMPLES: dict[int, Problem] = {
    400: bad_parameter("limit", "must be a whole number from 1 to 100", "how many results, from 1 to 100"),
    401: Problem(
        401,
        "key-missing",
        "a watch is shown to who has its key or token",
        field="Authorization",
        mend="send `Authorization: Bearer` with the key that was shown when the watch was made",
    ),
    403: Problem(
        403,
        "other-office",
        "the key is that of the office MY, not of SG",
        mend="use a key of SG",
    ),
    404: not_found("no record of trademarks has the id 'th-tm-1'", "search for its number with q"),
    409: Problem(
        409,
        "receipt-unusable",
        "the receipt rc-4k2v7q-1mzw8x-a7c9d2-p0r3ts was written by a version that this one cannot read",
        mend="ask a service of the version that wrote it, or make the search anew",
    ),
    406: Problem(
        406,
        "not-acceptable",
        "a report has none of the media types that `Accept` names",
        field="Accept",
        mend="ask for application/json, application/pdf or the type of a spreadsheet",
    ),
    408: Problem(
        408,
        "upload-stalled",
        "nothing more came for 20 s; nothing of the delivery is kept",
        mend="send it again",
    ),
    412: Problem(412, "other-tus-version", "uploads are by the tus protocol 1.0.0", field="Tus-Resumable"),
    423: Problem(423, "upload-locked", "another request sends this upload", mend="wait a moment"),
    460: Problem(460, "checksum-mismatch", "the bytes are not those of the checksum", mend="send them again"),
    413: Problem(413, "body-too-large", "the body is longer than 524288 bytes", mend="send less at once"),
    415: Problem(
        415,
        "unsupported-media-type",
        "the body is 'text/csv'",
        field="Content-Type",
        mend="send application/json",
    ),
    429: Problem(429, "too-many-requests", "more than 600 requests in a minute", mend="go on in 1 s"),
    503: Problem(503, "index-unavailable", "the index cannot be read just now", mend="try again in a moment"),
    507: Problem(507, "no-space", "the disk has no room for the delivery", mend="send it again later"),
}
_TAGS = (
    ("Search", "Rights found by name, number, class, applicant, date and territory"),
    ("Clearance", "Whether a name is free: what stands in its way, by place and class, and why"),
    ("Records", "One right: as it is, as it was, its history and what the office sent"),
    ("Applicants", "Who applied, whatever the spelling"),
    ("Portfolios", "What applicants have, and the landscape of a search: figures as tables and CSV"),
    ("Watches", "Saved searches that tell of each new or changed conflict"),
    ("Classifications", "Codes with their titles, as trees"),
    ("Receipts", "A search cited, made again, and compared with what it gave"),
    ("Feeds", "An office's deliveries: sent, followed, corrected, taken back"),
    ("Offices", "What is held, as of when, what is missing, and which status words nobody knows"),
    ("Changes", "The register followed from a point on"),
    ("Service", "The state of this process"),
)


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
    document["tags"] = [{"name": name, "description": words} for name, words in _TAGS]
    document["components"] = {
        "schemas": _schemas(),
        "responses": {f"problem{status}": _problem(status) for status in _PROBLEMS},
    }
    for path in document["paths"].values():
        for described in path.values():
            described["responses"].pop("422", None)
    return document


def _schemas() -> dict[str, Any]:
    """The structures of every answer, and the result of a search: the short form with score and reasons, of
    which `fields` may have left only the id.
    """
    _, schemas = msgspec.json.schema_components(
        (*_ANSWERS, *_QUESTIONS, Short, answers.Why), ref_template=_REF
    )
    short = schemas.pop(Short.__name__)
    reasons = {"type": "array", "items": {"$ref": _REF.format(name=answers.Why.__name__)}}
    score = {"type": "number", "minimum": 0, "maximum": 1}
    schemas["Result"] = {
        **short,
        "title": "Result",
        "description": "A record in a list: its short form, how well it matches (0 to 1), and why.",
        "required": ["id"],
        "properties": {**short["properties"], "score": score, "why": reasons},
    }
    schemas["SearchPage"]["properties"]["results"]["items"] = {"$ref": _REF.format(name="Result")}
    return schemas


def _problem(status: int) -> dict[str, Any]:
    content = {
        "schema": {"$ref": _REF.format(name=ProblemDocument.__name__)},
        "example": msgspec.json.decode(encoded_problem(_PROBLEM_EXAMPLES[status])),
    }
    return {"description": _PROBLEMS[status], "content": {MEDIA_TYPE: content}}
