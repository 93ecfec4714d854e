"""Whether the process lives, whether it can answer, and what it measures."""

from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.http.answers import Health, encode
from app.http.measures import told
from app.http.openapi import health_operation
from app.http.service import ServiceOf
from search.engine import Everything
from search.errors import SearchError

router = APIRouter(tags=["Service"])


@router.get(
    "/healthz",
    response_class=Response,
    operation_id="isAlive",
    **health_operation("Whether the process lives", {"status": "ok"}),
)
def alive() -> Response:
    return Response(encode(Health("ok")), media_type="application/json")


@router.get(
    "/readyz",
    response_class=Response,
    operation_id="isReady",
    **health_operation(
        "Whether searches can be answered",
        {"status": "ok", "parts": {"register": "ok", "index": "ok"}},
        {"status": "starting", "parts": {"register": "ok", "index": "not reached"}},
    ),
)
def ready(service: ServiceOf) -> Response:
    parts = {"register": "ok", "index": "ok"}
    try:
        service.database.read(lambda connection: connection.execute(text("SELECT 1")))
    except SQLAlchemyError:
        parts["register"] = "not reached"
    try:
        service.engine.reader().count(Everything())
    except SearchError:
        parts["index"] = "not reached"
    good = set(parts.values()) == {"ok"}
    return Response(
        encode(Health("ok" if good else "starting", parts)),
        200 if good else 503,
        media_type="application/json",
    )


@router.get("/metrics", response_class=Response, include_in_schema=False)
def measures() -> Response:
    body, media_type = told()
    return Response(body, media_type=media_type)
