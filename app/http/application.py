"""The HTTP application put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.exports.kinds import XLSX
from app.exports.relaying import HEAD
from app.http import (
    applicant_deciding,
    applicants,
    audit,
    authority,
    changes,
    classifications,
    clearance,
    comparison,
    coverage,
    feeds,
    health,
    keys,
    landscape,
    media,
    office_keys,
    offices,
    openapi,
    portfolio,
    problems,
    quality,
    quarantine,
    receipts,
    records,
    relations,
    reprocessing,
    searching,
    snapshots,
    sources,
    uploads,
    watches,
)
from app.http.direct import Direct
from app.http.limits import RequestLimit
from app.http.measures import Measured
from app.http.service import Service
from app.pages import clearance as clearance_pages
from app.pages import data, office_coverage
from app.pages import landscape as landscape_pages
from app.pages import portfolio as portfolio_pages
from app.pages import routes as pages
from app.pages import watches as watch_pages
from app.pages.office import routes as console
from app.settings import Settings
from app.version import VERSION

# Searches run in threads; more at once would only wait for the two or so cores behind them.
_THREADS = 16
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        b"frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
)


class Headed:
    """Safe headers on every answer, and HEAD answered as GET without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET", HEAD: True} if head else scope, receive, dressed)


def create_app(settings: Settings, service: Service) -> FastAPI:
    """The application over a service that is open while it runs."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        service.receipts.open()
        yield
        await to_thread.run_sync(service.receipts.close)

    app = FastAPI(
        title="ipregister",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = service
    problems.install(app)
    office_keys.install(app)
    api = APIRouter(prefix="/v1")
    for part in (
        searching,
        clearance,
        records,
        relations,
        comparison,
        applicant_deciding,
        applicants,
        portfolio,
        landscape,
        receipts,
        watches,
    ):
        api.include_router(part.router)
    for part in (
        classifications,
        offices,
        coverage,
        quality,
        sources,
        changes,
        snapshots,
        feeds,
        quarantine,
        reprocessing,
        uploads,
        media,
        audit,
        keys,
        authority,
    ):
        api.include_router(part.router)
    app.include_router(api)
    app.include_router(health.router)
    pages.install(app)
    app.include_router(office_coverage.router)
    app.include_router(portfolio_pages.router)
    app.include_router(landscape_pages.router)
    app.include_router(clearance_pages.router)
    app.include_router(watch_pages.router)
    console.install(app)
    app.include_router(data.router)
    openapi.install(app)
    app.add_middleware(Direct, service=service, paths=searching.SEARCH_PATHS)
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1024,
        compresslevel=4,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, XLSX),
    )
    app.add_middleware(
        RequestLimit, per_minute=settings.requests_per_minute, count_loopback=settings.limit_loopback
    )
    app.add_middleware(Measured)
    app.add_middleware(Headed)
    return app
