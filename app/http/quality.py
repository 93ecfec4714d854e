"""What the feeds of an office are like, over time."""

from fastapi import APIRouter, Request, Response

from app.http.answers import encode
from app.http.coverage import OfficeCode, office_asked
from app.http.feed_access import next_of, number_of, private_json
from app.http.feed_examples import QUALITY_OF_RIGHT
from app.http.office_keys import key_of, require_office
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.quality_answers import QualityPage, quality_of_feed
from app.http.service import ServiceOf
from register.codes.offices import office_name
from register.store.quality import list_quality

_PARAMETERS = table("right", "limit", "cursor")
_EXAMPLE = {
    "office": "SG",
    "name": "Singapore",
    "results": [
        {
            "feed": 12,
            "name": "marks-2026-07-01.xml.gz",
            "receivedAt": "2026-07-01T08:30:00.000+00:00",
            "mapping": "2026-11-25",
            "rights": [QUALITY_OF_RIGHT],
            "report": "/v1/feeds/12/report",
        }
    ],
}

router = APIRouter(tags=["Offices"])


@router.get(
    "/offices/{code}/quality",
    response_class=Response,
    operation_id="listQuality",
    **operation(
        "The quality of an office's feeds over time",
        QualityPage,
        parameters=_PARAMETERS,
        errors=(401, 403, 404),
        example=_EXAMPLE,
    ),
)
def list_office_quality(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    values = read_parameters(request.query_params, _PARAMETERS)
    office = office_asked(code)
    require_office(key_of(service, request), office, acts=False)
    limit, right = values.get("limit", 20), values.get("right")
    found = service.database.read(
        lambda connection: list_quality(
            connection, office, right=right, before=number_of(values.get("cursor")), limit=limit + 1
        )
    )
    shown, more = found[:limit], len(found) > limit
    asked = {} if right is None else {"right": right}
    page = QualityPage(
        office=office,
        name=office_name(office),
        results=[quality_of_feed(one) for one in shown],
        next=next_of(f"/v1/offices/{office}/quality", shown[-1].feed_id, limit, asked) if more else None,
    )
    return private_json(encode(page))
