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


_TITLES = {
    400: "This cannot be used",
    403: "This is not for your key",
    404: "Not found",
    409: "This cannot be done now",
    413: "This is too large",
}
_TO_SEARCH = ("Search the register", "/search")


def problem_page(
    request: Request, service: Service, problem: Problem, *, back: tuple[str, str] = _TO_SEARCH
) -> Response:
    """The page of a problem; `back` is where it leads: words and address."""
    title = _TITLES.get(problem.status, "This does not work just now")
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
        back=back,
    )


def offices_choices(service: Service) -> list[tuple[str, str]]:
    """The offices of which something is held: ST.3 code and name."""
    return [(held.office, held.name) for held in offices_held(service.offices())]
