"""From where feeds are fetched, and how that stands."""

import datetime as dt

from fastapi import APIRouter, Request, Response

from app.http.answers import encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.service import ServiceOf
from app.http.source_answers import SourcesPage
from app.sources.listed import sources_of
from app.sources.telling import told_sources
from register.store.sources import source_states

_PARAMETERS = table()
_EXAMPLE = {
    "results": [
        {
            "name": "sg-trademarks",
            "office": "SG",
            "title": "IPOS trademarks by day of lodgement, data.gov.sg",
            "kind": "data-gov-sg",
            "schedule": "20 4 * * * Asia/Singapore",
            "state": "well",
            "lastRun": "2026-11-22T20:20:00+00:00",
            "lastSuccess": "2026-11-22T20:20:31+00:00",
            "nextRun": "2026-11-23T20:20:00+00:00",
            "delay": 45569,
        }
    ]
}

router = APIRouter(tags=["Offices"])


@router.get(
    "/sources",
    response_class=Response,
    operation_id="listSources",
    **operation("From where feeds are fetched", SourcesPage, parameters=_PARAMETERS, example=_EXAMPLE),
)
def list_sources(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _PARAMETERS)
    found = sources_of(service.settings).by_name
    states = service.database.read(source_states) if found else {}
    told = told_sources(found, states, dt.datetime.now(dt.UTC))
    return Response(encode(SourcesPage(results=told)), media_type="application/json")
