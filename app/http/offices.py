"""What is held of each office, and as of when."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from app.http.answers import OfficeHeld, OfficesPage, RightHeld, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.service import ServiceOf
from register.codes.offices import office_name
from register.model import Right
from register.store.coverage_reading import Gaps
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
                    "gaps": 12,
                    "gapsBasis": "sequence",
                    "expected": 342,
                    "newestFiling": "2026-06-12",
                    "delayDays": 18,
                }
            },
        }
    ],
}

router = APIRouter(tags=["Offices"])


def offices_held(summary: Iterable[OfficeRight], gaps: Iterable[Gaps] = ()) -> list[OfficeHeld]:
    """By office, in the order of their codes; rights of which nothing is held are left out, but where an
    authority file says that there should be something.
    """
    ledger = {(one.office, one.right): one for one in gaps}
    by_office: dict[str, dict[Right, RightHeld]] = {}
    for one in summary:
        known = ledger.get((one.office, one.right))
        if one.records or (known is not None and known.basis == "authority"):
            by_office.setdefault(one.office, {})[one.right] = _held(one, known)
    return [
        OfficeHeld(office=code, name=office_name(code), rights=rights)
        for code, rights in sorted(by_office.items())
    ]


def _held(one: OfficeRight, gaps: Gaps | None) -> RightHeld:
    newest = gaps.newest_filed if gaps is not None else None
    delay = None if newest is None or one.as_of is None else max(0, (one.as_of.date() - newest).days)
    counted = gaps is not None and gaps.basis is not None
    return RightHeld(
        records=one.records,
        by_status={status: count for status, count in one.statuses.items() if count},
        as_of=None if one.as_of is None else one.as_of.isoformat(timespec="seconds"),
        gaps=gaps.missing if gaps is not None and counted else None,
        gaps_basis=gaps.basis if gaps is not None else None,
        expected=gaps.expected if gaps is not None and counted else None,
        newest_filing=None if newest is None else newest.isoformat(),
        delay_days=delay,
    )


@router.get(
    "/offices",
    response_class=Response,
    operation_id="listOffices",
    **operation("What is held of each office", OfficesPage, parameters=_PARAMETERS, example=_EXAMPLE),
)
def list_offices(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _PARAMETERS)
    return Response(
        encode(OfficesPage(results=offices_held(service.offices(), service.gaps()))),
        media_type="application/json",
    )
