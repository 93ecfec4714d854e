"""Clearance: a report for a name at once, for many names as a job."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams

from app.clearance.formats import FORMATS, MEDIA_TYPES, Format, accepted, document_of, file_name
from app.clearance.jobs import queue_in
from app.http.answers import encode
from app.http.bodies import read_bounded
from app.http.clearance_answers import (
    ClearanceJobAnswer,
    ClearancePage,
    ClearanceProgress,
    ClearanceResult,
)
from app.http.clearance_body import (
    CLEARANCE_PARAMETERS,
    MAX_BODY_BYTES,
    ClearanceBody,
    asked_by,
    read_body,
)
from app.http.clearance_example import EXAMPLE_JOB, EXAMPLE_PAGE, EXAMPLE_QUESTION, EXAMPLE_REPORT
from app.http.openapi import asking_operation, operation
from app.http.parameters import Parameter, read_parameters
from app.http.problems import Problem, not_found
from app.http.service import Service, ServiceOf
from register.store.clearances import (
    ClearanceJob,
    ReportMade,
    find_job,
    jobs_waiting,
    report_bodies,
    reports_made,
)
from search.clearance.grades import grade_named
from search.clearance.report import ClearanceAsked, ClearanceReport, decode_report

AT_ONCE = 5
"""So many names are answered at once; more become a job."""

_MOST_WAITING = 50

_FORMAT = Parameter(
    "format",
    "the form of the report, before what `Accept` says: " + ", ".join(FORMATS),
    {"type": "string", "enum": list(FORMATS)},
    lambda text: _format(text),
    "json",
)
_FORMAT_ONLY = {"format": _FORMAT}
_READING = {**CLEARANCE_PARAMETERS, "format": _FORMAT}

JobId = Annotated[str, Path(description="The id of a clearance job", pattern="^cl-[0-9a-f]{24}$")]
Number = Annotated[int, Path(description="Which of the names, from 1", ge=1, le=100)]

router = APIRouter(tags=["Clearance"])


def _format(text: str) -> str:
    if text not in FORMATS:
        raise ValueError(f"must be one of {', '.join(FORMATS)}")
    return text


def wanted_format(request: Request, values: dict[str, Any]) -> Format:
    """The format asked for. Raises `Problem` (406) for an `Accept` that wants none of ours."""
    named: Format | None = values.get("format")
    found = named or accepted(request.headers.get("accept"))
    if found is None:
        raise Problem(
            406,
            "not-acceptable",
            "a report has none of the media types that `Accept` names",
            field="Accept",
            mend="ask for " + ", ".join(MEDIA_TYPES.values()),
        )
    return found


def reports_response(
    request: Request, service: Service, reports: Sequence[ClearanceReport], format_: Format
) -> Response:
    """The reports in this format, one document for all."""
    if format_ == "json":
        return _json(ClearancePage(reports=tuple(reports)))
    body = document_of(reports, format_, str(request.base_url), service.is_synthetic())
    name = file_name(reports, format_)
    return Response(
        body,
        media_type=MEDIA_TYPES[format_],
        headers={"Content-Disposition": f'inline; filename="{name}"', "Vary": "Accept"},
    )


def start_job(service: Service, asked: Sequence[ClearanceAsked]) -> str:
    """The id of a new job. Raises `Problem` (503) where too many wait already."""
    if service.database.read(jobs_waiting) >= _MOST_WAITING:
        raise Problem(
            503,
            "too-many-jobs",
            f"{_MOST_WAITING} clearances of many names wait already",
            mend="try again in a minute, or ask for fewer names at once",
            headers={"Retry-After": "60"},
        )
    keep = dt.timedelta(days=service.settings.clearance_days)
    return queue_in(service.database)(asked, keep)


def held_job(service: Service, identity: str) -> tuple[ClearanceJob, list[ReportMade]]:
    """A job with the reports made so far. Raises `Problem` (404) where there is none, or none any more."""
    job, made = service.database.read(
        lambda connection: (find_job(connection, identity), reports_made(connection, identity))
    )
    if job is None:
        raise not_found(
            f"there is no clearance {identity[:40]!r}",
            f"results are kept for {service.settings.clearance_days} days; ask again",
        )
    return job, made


def held_reports(service: Service, identity: str, number: int | None = None) -> list[ClearanceReport]:
    """The reports of a job, or one of them. Raises `Problem` (404) where it is not there, or not yet."""
    held_job(service, identity)
    bodies = service.database.read(lambda connection: report_bodies(connection, identity, number))
    if not bodies:
        raise not_found(
            "there is no report yet" if number is None else f"there is no report of name {number} yet",
            f"look at /v1/clearance/{identity} for how far it is",
        )
    return [decode_report(body) for body in bodies]


def _json(answer: ClearancePage | ClearanceJobAnswer | ClearanceReport, status: int = 200) -> Response:
    return Response(
        encode(answer), status_code=status, media_type="application/json", headers={"Vary": "Accept"}
    )


def _job_answer(job: ClearanceJob, made: Sequence[ReportMade]) -> ClearanceJobAnswer:
    return ClearanceJobAnswer(
        id=job.id,
        state=job.state,
        progress=ClearanceProgress(done=len(made), names=job.names),
        results=tuple(
            ClearanceResult(
                number=one.number,
                name=one.name,
                grade=grade_named(one.grade),
                conflicts=one.conflicts,
                report=f"/v1/clearance/{job.id}/reports/{one.number}",
            )
            for one in made
        ),
        created_at=job.created_at.isoformat(timespec="seconds"),
        finished_at=None if job.finished_at is None else job.finished_at.isoformat(timespec="seconds"),
        expires_at=job.expires_at.isoformat(timespec="seconds"),
        problem=job.problem,
    )


_DOCUMENTS = (MEDIA_TYPES["pdf"], MEDIA_TYPES["xlsx"])


@router.post(
    "/clearance",
    response_class=Response,
    operation_id="clear",
    **asking_operation(
        "A clearance report for each name",
        ClearanceBody,
        ClearancePage,
        accepted=ClearanceJobAnswer,
        parameters=_FORMAT_ONLY,
        errors=(406, 413, 415),
        documents=_DOCUMENTS,
        example=EXAMPLE_QUESTION,
        answer_example=EXAMPLE_PAGE,
        accepted_example=EXAMPLE_JOB,
    ),
)
async def clear(request: Request, service: ServiceOf) -> Response:
    format_ = wanted_format(request, read_parameters(request.query_params, _FORMAT_ONLY))
    asked = read_body(await read_bounded(request, ("application/json",), MAX_BODY_BYTES))
    if len(asked) > AT_ONCE or "respond-async" in request.headers.get("prefer", "").lower():
        return await run_in_threadpool(_started, service, asked)
    return await run_in_threadpool(_cleared, request, service, asked, format_)


@router.get(
    "/clearance",
    response_class=Response,
    operation_id="clearOneName",
    **operation(
        "The clearance report for one name",
        ClearancePage,
        parameters=_READING,
        errors=(406,),
        documents=_DOCUMENTS,
        example=EXAMPLE_PAGE,
    ),
)
def clear_one(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, _READING)
    return _cleared(request, service, [asked_by(values)], wanted_format(request, values))


def _cleared(
    request: Request, service: Service, asked: Sequence[ClearanceAsked], format_: Format
) -> Response:
    return reports_response(request, service, [service.clear(one) for one in asked], format_)


def _started(service: Service, asked: Sequence[ClearanceAsked]) -> Response:
    identity = start_job(service, asked)
    response = _json(_job_answer(*held_job(service, identity)), 202)
    response.headers["Location"] = f"/v1/clearance/{identity}"
    response.headers["Retry-After"] = "1"
    return response


@router.get(
    "/clearance/{id}",
    response_class=Response,
    operation_id="getClearance",
    **operation(
        "How far a clearance of many names is; with format=pdf or xlsx, the reports made so far",
        ClearanceJobAnswer,
        parameters=_FORMAT_ONLY,
        errors=(404, 406),
        documents=_DOCUMENTS,
        example=EXAMPLE_JOB,
    ),
)
def job(request: Request, service: ServiceOf, id: JobId) -> Response:
    format_ = wanted_format(request, read_parameters(request.query_params, _FORMAT_ONLY))
    if format_ == "json":
        return _json(_job_answer(*held_job(service, id)))
    return reports_response(request, service, held_reports(service, id), format_)


@router.get(
    "/clearance/{id}/reports/{number}",
    response_class=Response,
    operation_id="getClearanceReport",
    **operation(
        "The report of one name of a clearance",
        ClearanceReport,
        parameters=_FORMAT_ONLY,
        errors=(404, 406),
        documents=_DOCUMENTS,
        example=EXAMPLE_REPORT,
    ),
)
def job_report(request: Request, service: ServiceOf, id: JobId, number: Number) -> Response:
    format_ = wanted_format(request, read_parameters(request.query_params, _FORMAT_ONLY))
    reports = held_reports(service, id, number)
    if format_ == "json":
        return _json(reports[0])
    return reports_response(request, service, reports, format_)


def query_of_request(given: QueryParams) -> ClearanceAsked:
    """What the parameters of an address ask, for the page that shows the same."""
    return asked_by(read_parameters(given, CLEARANCE_PARAMETERS))
