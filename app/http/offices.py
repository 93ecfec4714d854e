"""What is held of each office, and as of when."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from app.http.answers import OfficeHeld, OfficesPage, RightHeld, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.service import ServiceOf
from register.codes.offices import office_name
from register.model import Right
from register.store.offices import OfficeRight

_PARAMETERS = table()
_EXAMPLE = {
    "results": [
        {
            "office": "TH",
            "name": "Thailand",
            "rights": {
                "trademark": {
                    "records": 330,
                    "byStatus": {"registered": 251, "pending": 79},
                    "asOf": "2026-06-30T02:00:00+00:00",
                }
            },
        }
    ],
}

router = APIRouter(tags=["Offices"])


def offices_held(summary: Iterable[OfficeRight]) -> list[OfficeHeld]:
    """By office, in the order of their codes; rights of which nothing is held are left out."""
    by_office: dict[str, dict[Right, RightHeld]] = {}
    for one in summary:
        if one.records:
            by_status = {status: count for status, count in one.statuses.items() if count}
            as_of = None if one.as_of is None else one.as_of.isoformat(timespec="seconds")
            by_office.setdefault(one.office, {})[one.right] = RightHeld(
                records=one.records, by_status=by_status, as_of=as_of
            )
    return [
        OfficeHeld(office=code, name=office_name(code), rights=rights)
        for code, rights in sorted(by_office.items())
    ]


@router.get(
    "/offices",
    response_class=Response,
    operation_id="listOffices",
    **operation("What is held of each office", OfficesPage, parameters=_PARAMETERS, example=_EXAMPLE),
)
def list_offices(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _PARAMETERS)
    return Response(
        encode(OfficesPage(results=offices_held(service.offices()))), media_type="application/json"
    )
