"""The pages of a clearance: the form, a report, and the progress of many."""

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams

from app.clearance.view import shown_report
from app.clearance.words import GRADE_SHORT
from app.http.bodies import read_bounded
from app.http.clearance import held_job, held_reports, query_of_request, start_job
from app.http.clearance_body import MAX_BODY_BYTES, MAX_NAME_CHARACTERS, MAX_NAMES
from app.http.problems import Problem, bad_parameter
from app.http.service import Service, ServiceOf
from app.pages.clearance_form import ClearanceForm, clearance_form_of
from app.pages.links import address, tidy
from app.pages.rendering import offices_choices, page, problem_page
from search.clearance.grades import grade_named
from search.clearance.report import ClearanceAsked, ClearanceReport

_FORM_TYPE = "application/x-www-form-urlencoded"

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/clearance")
def clearance_form(request: Request, service: ServiceOf) -> Response:
    values = tidy(request.query_params)
    return page(request, service, "clearance.html", form=_form(service, values), problem=None)


@router.post("/clearance")
async def ask_for_clearance(request: Request, service: ServiceOf) -> Response:
    try:
        body = await read_bounded(request, (_FORM_TYPE,), MAX_BODY_BYTES)
        given = parse_qsl(body.decode("utf-8"), max_num_fields=1000)
    except (ValueError, Problem):
        problem = bad_parameter("names", "the form cannot be read", "fill it in again")
        return page(request, service, "clearance.html", 400, form=_form(service, {}), problem=problem)
    return await run_in_threadpool(_asked, request, service, QueryParams(given))


def _asked(request: Request, service: Service, given: QueryParams) -> Response:
    """One name leads to its report, which has an address of its own; several to a job."""
    names = _names(given.get("names", ""))
    values = tidy(QueryParams([(name, value) for name, value in given.multi_items() if name != "names"]))
    values.pop("name", None)
    if "goods" in values:
        values["goods"] = "; ".join(line.strip() for line in values["goods"].splitlines() if line.strip())
    try:
        if not names:
            raise bad_parameter("names", "there is no name", "write one name in each line")
        if len(names) > MAX_NAMES:
            raise bad_parameter(
                "names", f"more than {MAX_NAMES} names", f"at most {MAX_NAMES}, one in each line"
            )
        asked = [_one(name, values) for name in names]
        if len(asked) == 1:
            return RedirectResponse(address("/clearance/report", {"name": names[0], **values}), 303)
        return RedirectResponse(f"/clearance/jobs/{start_job(service, asked)}", 303)
    except Problem as problem:
        shown = {**values, "names": given.get("names", "")}
        return page(
            request, service, "clearance.html", problem.status, form=_form(service, shown), problem=problem
        )


def _one(name: str, values: dict[str, str]) -> ClearanceAsked:
    if len(name) > MAX_NAME_CHARACTERS:
        raise bad_parameter(
            "names",
            f"{name[:40]!r}… is longer than {MAX_NAME_CHARACTERS} characters",
            "one name in each line",
        )
    return query_of_request(QueryParams({**values, "name": name}))


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


@router.get("/clearance/report")
def clearance_report(request: Request, service: ServiceOf) -> Response:
    values = tidy(request.query_params)
    try:
        report = service.clear(query_of_request(QueryParams(values)))
    except Problem as problem:
        shown = {**values, "names": values.get("name", "")}
        return page(
            request, service, "clearance.html", problem.status, form=_form(service, shown), problem=problem
        )
    change = {**{name: value for name, value in values.items() if name != "name"}, "names": report.asked.name}
    return _report_page(request, service, report, "/v1/clearance", values, address("/clearance", change))


@router.get("/clearance/jobs/{identity}")
def clearance_job(request: Request, service: ServiceOf, identity: str) -> Response:
    try:
        job, made = held_job(service, identity)
    except Problem as problem:
        return problem_page(request, service, problem)
    results = [(one, GRADE_SHORT[grade_named(one.grade)]) for one in made]
    return page(
        request,
        service,
        "clearance_job.html",
        job=job,
        results=results,
        working=job.state in ("queued", "running"),
        address=f"/clearance/jobs/{job.id}",
        documents=f"/v1/clearance/{job.id}",
    )


@router.get("/clearance/jobs/{identity}/{number}")
def clearance_job_report(request: Request, service: ServiceOf, identity: str, number: int) -> Response:
    try:
        report = held_reports(service, identity, number)[0]
    except Problem as problem:
        return problem_page(request, service, problem)
    path = f"/v1/clearance/{identity}/reports/{number}"
    return _report_page(request, service, report, path, {}, f"/clearance/jobs/{identity}", "All names")


def _report_page(
    request: Request,
    service: Service,
    report: ClearanceReport,
    path: str,
    values: dict[str, str],
    back: str,
    back_words: str = "Change what is asked",
) -> Response:
    return page(
        request,
        service,
        "clearance_report.html",
        report=shown_report(report),
        back_href=back,
        back_words=back_words,
        pdf_href=address(path, {**values, "format": "pdf"}),
        xlsx_href=address(path, {**values, "format": "xlsx"}),
        json_href=address(path, {**values, "format": "json"}),
    )


def _form(service: Service, values: dict[str, str]) -> ClearanceForm:
    return clearance_form_of(values, offices_choices(service))
