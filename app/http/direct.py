"""The addresses that are asked most, answered before the framework's router looks at them.

Matching, dependencies and exit stacks of the framework took as long as a tenth of a search by likeness. The
routes themselves stay where they are: they tell the OpenAPI file what is here, and what is refused here
(another method) is refused there.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.problems import answer_to_error
from app.http.service import Service

Answering = Callable[[Request, Service], Response]


class _Route(NamedTuple):
    """What the measures know an address by."""

    path: str


class Direct:
    """Answers GETs of these paths in a thread, and passes everything else on."""

    def __init__(self, app: ASGIApp, service: Service, paths: Mapping[str, Answering]) -> None:
        self._app = app
        self._service = service
        self._paths = {path: (answering, _Route(path)) for path, answering in paths.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._paths.get(scope["path"]) if scope["type"] == "http" else None
        if known is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        answering, scope["route"] = known
        request = Request(scope)
        try:
            response = await to_thread.run_sync(answering, request, self._service)
        except Exception as error:
            response = answer_to_error(request, error)
        await response(scope, receive, send)
