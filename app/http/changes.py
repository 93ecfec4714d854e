"""Every change of the register, each version once, in order: by pages, or as a stream of lines."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app.exports.changes import since_of, told_lines
from app.exports.job import ChangesJob
from app.exports.kinds import JSON_LINES, accepted
from app.http.answers import Change, ChangesPage, encode
from app.http.exporting import relayed
from app.http.openapi import operation
from app.http.parameters import (
    CHANGES_FORMAT,
    CHANGES_LIMIT,
    CHANGES_ON_A_PAGE,
    Parameter,
    read_parameters,
    table,
)
from app.http.problems import bad_parameter
from app.http.service import Service, ServiceOf
from register.model import decode_record
from register.store.changes import Scope, last_timepoint, stretch

_PARAMETERS: dict[str, Parameter] = {
    **table("since", "offices", "rights"),
    "limit": CHANGES_LIMIT,
    "format": CHANGES_FORMAT,
}
# So many changes are told by who is asked: a process takes longer to start than to tell them.
TOLD_HERE = 2_000
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
_EXAMPLE_LINES = (
    '{"timepoint":17,"id":"th-tm-190123456","version":2,"operation":"update",'
    '"changedAt":"2026-06-30T02:00:00+00:00","record":{"id":"th-tm-190123456","office":"TH",'
    '"right":"trademark","applicationNumber":"190123456"}}\n{"timepoint":17}\n'
)

router = APIRouter(tags=["Changes"])


def _since(service: Service, text: str) -> int:
    """The timepoint after which to begin. Raises `Problem`."""
    try:
        return since_of(service.database, text)
    except ValueError as error:
        mend = "give a day such as 2024-01-31, or the timepoint of an answer"
        raise bad_parameter("since", str(error), mend) from None


def _described(told: dict[str, Any]) -> dict[str, Any]:
    content = told["openapi_extra"]["responses"]["200"]["content"]
    content[JSON_LINES] = {"schema": {"type": "string"}, "example": _EXAMPLE_LINES}
    return told


@router.get(
    "/changes",
    response_class=Response,
    operation_id="listChanges",
    **_described(operation("Changes after a point", ChangesPage, parameters=_PARAMETERS, example=_EXAMPLE)),
)
def list_changes(request: Request, service: ServiceOf) -> Response:
    values: dict[str, Any] = read_parameters(request.query_params, _PARAMETERS)
    since = _since(service, values["since"]) if "since" in values else 0
    scope = Scope(values.get("offices", ()), values.get("rights", ()))
    asked = values.get("format")
    if asked == "jsonl" or (asked is None and accepted(request.headers.get("accept", "")) == "jsonl"):
        return _lines(service, since, values.get("limit"), scope)
    limit: int = values.get("limit", 20)
    if limit > CHANGES_ON_A_PAGE:
        raise bad_parameter(
            "limit",
            f"must be a whole number from 1 to {CHANGES_ON_A_PAGE} on a page",
            "ask for format=jsonl for more at once",
        )
    found = service.database.read(partial(stretch, since=since, limit=limit, scope=scope))
    kept = [(name, request.query_params[name]) for name in ("offices", "rights") if name in values]
    following = urlencode([("since", _later(found.reached)), ("limit", limit), *kept])
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
            for one in found.changes
        ],
        timepoint=found.reached,
        next=f"{request.url.path}?{following}" if found.more else None,
    )
    return Response(encode(page), media_type="application/json", headers={"Vary": "Accept"})


def _lines(service: Service, since: int, limit: int | None, scope: Scope) -> Response:
    """Few changes are told at once, many by a process of its own."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    to_come = service.database.read(last_timepoint) - since
    if min(to_come, to_come if limit is None else limit) > TOLD_HERE:
        job = ChangesJob(since=since, limit=limit, scope=scope)
        return relayed(service, job, "jsonl", headers)
    body = b"".join(part.lines for part in told_lines(service.database, since, limit, scope))
    return Response(body, media_type=JSON_LINES, headers=headers)


def _later(timepoint: int) -> str:
    """A timepoint as a parameter; one of eight digits would read as a day."""
    text = str(timepoint)
    return f"0{text}" if len(text) == 8 else text
