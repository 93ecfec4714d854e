"""What the service measures of itself, for Prometheus at /metrics."""

import time

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10)

registry = CollectorRegistry()
requests = Counter(
    "ipregister_requests_total", "Requests answered.", ("method", "route", "status"), registry=registry
)
seconds = Histogram(
    "ipregister_request_seconds",
    "Seconds until a request was answered.",
    ("route",),
    buckets=_SECONDS,
    registry=registry,
)
_API = "/v1/"
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Measured:
    """Counts requests and how long they take, by the route that answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = _route(scope)
            method = scope["method"] if scope["method"] in _METHODS else "other"
            requests.labels(method, route, str(status)).inc()
            seconds.labels(route).observe(time.perf_counter() - begun)


def _route(scope: Scope) -> str:
    """The address as it is written down, of which there are few."""
    path: str = getattr(scope.get("route"), "path", "none")
    # A route within a router knows its own part only.
    inner = path.startswith("/") and not path.startswith(_API) and scope["path"].startswith(_API)
    return _API.rstrip("/") + path if inner else path


def told() -> tuple[bytes, str]:
    """Everything measured by this process in Prometheus' text form, and its media type."""
    return generate_latest(registry), CONTENT_TYPE_LATEST
