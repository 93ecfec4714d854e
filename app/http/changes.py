"""Every change of the register, each version once, in order."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app.http.answers import Change, ChangesPage, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.problems import bad_parameter
from app.http.service import Service, ServiceOf
from register.model import decode_record
from register.store.changes import changes, timepoint_before

_PARAMETERS = table("since", "limit")
_EXAMPLE = {
    "results": [
        {
            "timepoint": 17,
            "id": "th-tm-190123456",
            "version": 2,
            "operation": "update",
            "changedAt": "2026-06-30T02:00:00+00:00",
            "record": {
                "id": "th-tm-190123456",
                "office": "TH",
                "right": "trademark",
                "applicationNumber": "190123456",
            },
        }
    ],
    "timepoint": 17,
}
_LARGEST_TIMEPOINT = 2**62

router = APIRouter(tags=["Changes"])


def _moment(text: str) -> dt.datetime | None:
    """A day or time of ISO 8601, UTC where it names no zone; None where it is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment


def _since(service: Service, text: str) -> int:
    """The timepoint after which to begin."""
    if text.isascii() and text.isdigit() and len(text) != 8:
        if len(text) > 18 or int(text) > _LARGEST_TIMEPOINT:
            raise bad_parameter("since", "there is no such timepoint", "take `timepoint` from an answer")
        return int(text)
    moment = _moment(text)
    if moment is None or not 1600 <= moment.year <= 2400:
        raise bad_parameter(
            "since",
            f"{text!r} is no day, time or timepoint",
            "give a day such as 2024-01-31, or the timepoint of an answer",
        )
    return service.database.read(lambda connection: timepoint_before(connection, moment))


@router.get(
    "/changes",
    response_class=Response,
    operation_id="listChanges",
    **operation("Changes after a point", ChangesPage, parameters=_PARAMETERS, example=_EXAMPLE),
)
def list_changes(request: Request, service: ServiceOf) -> Response:
    values: dict[str, Any] = read_parameters(request.query_params, _PARAMETERS)
    since = _since(service, values["since"]) if "since" in values else 0
    limit: int = values.get("limit", 20)
    found = service.database.read(lambda connection: changes(connection, since, limit + 1))
    shown = found[:limit]
    reached = shown[-1].timepoint if shown else since
    more = len(found) > limit
    page = ChangesPage(
        results=[
            Change(
                timepoint=one.timepoint,
                id=one.id,
                version=one.version,
                operation=one.operation,
                changed_at=one.changed_at.isoformat(),
                record=decode_record(one.body),
            )
            for one in shown
        ],
        timepoint=reached,
        next=f"{request.url.path}?{urlencode({'since': _later(reached), 'limit': limit})}" if more else None,
    )
    return Response(encode(page), media_type="application/json")


def _later(timepoint: int) -> str:
    """A timepoint as a parameter; one of eight digits would read as a day."""
    text = str(timepoint)
    return f"0{text}" if len(text) == 8 else text
