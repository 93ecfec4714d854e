"""The audit log of an office, for who has a key of it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from starlette.responses import StreamingResponse

from app.http.answers import encode
from app.http.audit_answers import AuditPage, audit_answer, detail_words
from app.http.csv_cells import plain_cell
from app.http.feed_access import next_of, number_of, private_json
from app.http.office_keys import key_of, require_office
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.service import Service, ServiceOf
from register.store.audit import AuditEntry, list_audit

AUDIT = table("office", "action", "from", "to", "limit", "cursor")
_CSV_AT_ONCE = 1000
_EXAMPLE = {
    "results": [
        {
            "id": 318,
            "at": "2026-07-01T08:41:07.180+00:00",
            "action": "feed.confirmed",
            "outcome": "done",
            "who": "key 3f2a90c1d4e5",
            "keyOffice": "SG",
            "place": "203.0.113.7",
            "office": "SG",
            "subject": "feed 12",
            "detail": {},
        }
    ]
}

router = APIRouter(tags=["Offices"])


@router.get(
    "/audit",
    response_class=Response,
    operation_id="listAudit",
    **operation(
        "What was done and refused on an office's feeds and keys, by whom and when",
        AuditPage,
        parameters=AUDIT,
        errors=(401, 403),
        documents=("text/csv",),
        example=_EXAMPLE,
    ),
)
def listed(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, AUDIT)
    key = key_of(service, request)
    office = values.get("office", key.office)
    require_office(key, office, acts=False)
    if "text/csv" in request.headers.get("accept", ""):
        return audit_csv(service, office, values)
    limit = values.get("limit", 20)
    found = audit_entries(service, office, values, number_of(values.get("cursor")), limit + 1)
    asked = {name: text for name, text in request.query_params.items() if name not in ("limit", "cursor")}
    page = AuditPage(
        results=[audit_answer(entry) for entry in found[:limit]],
        next=next_of("/v1/audit", found[limit - 1].id, limit, asked) if len(found) > limit else None,
    )
    return private_json(encode(page))


def audit_entries(
    service: Service, office: str, values: dict[str, Any], before: int | None, limit: int
) -> list[AuditEntry]:
    """The next entries of an office by the parameters `action`, `from` and `to`."""

    def read(connection: Connection) -> list[AuditEntry]:
        return list_audit(
            connection,
            office=office,
            actions=values.get("action", ()),
            since=values.get("from"),
            until=values.get("to"),
            before=before,
            limit=limit,
        )

    return service.database.read(read)


def audit_csv(service: Service, office: str, values: dict[str, Any]) -> Response:
    """All of them as CSV, in constant memory."""
    head = {
        "Content-Disposition": f'attachment; filename="audit-{office.lower()}.csv"',
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(_rows(service, office, values), 200, head, "text/csv; charset=utf-8")


def _rows(service: Service, office: str, values: dict[str, Any]) -> Iterator[bytes]:
    names = ("id", "at", "action", "outcome", "who", "keyOffice", "place", "office", "subject", "detail")
    rows: list[tuple[Any, ...]] = [names]
    before: int | None = None
    while True:
        text = io.StringIO()
        csv.writer(text).writerows([tuple(map(plain_cell, row)) for row in rows])
        yield text.getvalue().encode()
        found = audit_entries(service, office, values, before, _CSV_AT_ONCE)
        if not found:
            return
        before = found[-1].id
        rows = [
            (
                one.id,
                one.at,
                one.action,
                one.outcome,
                one.who,
                one.key_office,
                one.place,
                one.office,
                one.subject,
                detail_words(one.detail),
            )
            for one in map(audit_answer, found)
        ]
