"""How a page is made of a template, and what every page is told."""

from pathlib import Path
from typing import Any

from fastapi import Request, Response
from starlette.templating import Jinja2Templates

from app.http.offices import offices_held
from app.http.problems import Problem
from app.http.service import Service
from app.version import VERSION

_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
_templates.env.filters["capitalize_first"] = lambda words: words[:1].upper() + words[1:]


def page(request: Request, service: Service, template: str, status: int = 200, **context: Any) -> Response:
    shared = {"synthetic": service.is_synthetic(), "asset_version": VERSION}
    return _templates.TemplateResponse(request, template, {**shared, **context}, status_code=status)


def problem_page(request: Request, service: Service, problem: Problem) -> Response:
    title = "Not found" if problem.status == 404 else "This does not work just now"
    if problem.ids:
        title = "Several designs"
    choices = [(identity, f"/rights/{identity}") for identity in problem.ids or ()]
    return page(
        request,
        service,
        "error.html",
        problem.status,
        title=title,
        detail=problem.detail,
        mend=problem.mend,
        choices=choices,
    )


def offices_choices(service: Service) -> list[tuple[str, str]]:
    """The offices of which something is held: ST.3 code and name."""
    return [(held.office, held.name) for held in offices_held(service.offices())]
