"""Applicants: found by words of their names, and each with what it has."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.http.answers import ApplicantAnswer, ApplicantsPage, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.problems import not_found
from app.http.service import Service, ServiceOf
from search.service import Applicant

_PARAMETERS = table("q", "limit")
_ID = re.compile(r"ap-[0-9a-z]{1,40}")
_EXAMPLE = {
    "id": "ap-4k2v7q1mzw8xa",
    "name": "Solvanta International GmbH",
    "names": ["Solvanta International GmbH", "SOLVANTA INTERNATIONAL GMBH"],
    "countries": ["DE"],
    "records": 12,
    "byRight": {"trademark": 12},
    "byOffice": {"TH": 4, "SG": 8},
}

ApplicantId = Annotated[str, Path(description="The id of a resolved applicant", max_length=60)]

router = APIRouter(tags=["Applicants"])


def answer_of(applicant: Applicant) -> ApplicantAnswer:
    return ApplicantAnswer(
        id=applicant.id,
        name=applicant.names[0],
        names=list(applicant.names),
        countries=list(applicant.countries),
        records=applicant.records,
        by_right=dict(applicant.by_right),
        by_office=dict(applicant.by_office),
    )


def held_applicant(service: Service, identity: str) -> Applicant:
    """Raises `Problem` where no record has this applicant."""
    found = service.applicant(identity) if _ID.fullmatch(identity) else None
    if found is None:
        raise not_found(
            f"no record has an applicant with the id {identity[:60]!r}", "search with /v1/applicants?q="
        )
    return found


@router.get(
    "/applicants",
    response_class=Response,
    operation_id="searchApplicants",
    **operation(
        "Applicants by words of their names",
        ApplicantsPage,
        parameters=_PARAMETERS,
        errors=(503,),
        example={"results": [_EXAMPLE]},
    ),
)
def search_applicants(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, _PARAMETERS)
    found = service.applicants(values.get("q", ""), values.get("limit", 20))
    return Response(
        encode(ApplicantsPage(results=[answer_of(one) for one in found])), media_type="application/json"
    )


@router.get(
    "/applicants/{id}",
    response_class=Response,
    operation_id="getApplicant",
    **operation("One applicant", ApplicantAnswer, parameters=table(), errors=(404, 503), example=_EXAMPLE),
)
def get_applicant(
    request: Request, service: ServiceOf, id: ApplicantId
) -> Response:  # the name in the address
    read_parameters(request.query_params, {})
    return Response(encode(answer_of(held_applicant(service, id))), media_type="application/json")
