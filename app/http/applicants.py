"""Applicants: found by words of their names, and each with what it has."""

import re
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from app.http.answers import ApplicantAnswer, ApplicantsPage, encode
from app.http.applicant_answers import (
    ApplicantDetail,
    SuggestionAnswer,
    SuggestionsPage,
    told_decision,
    told_spelling,
)
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.problems import not_found
from app.http.service import Service, ServiceOf
from register.store.applicant_decisions import decisions_on
from register.store.applicant_reading import spellings_of
from search.applicants.spellings import count_spellings
from search.service import Applicant

_PARAMETERS = table("q", "limit")
_ID = re.compile(r"ap-[0-9a-z]{1,40}")
_EXAMPLE = {
    "id": "ap-4k2v7q3mzw6xa",
    "name": "Solvanta International GmbH",
    "names": ["Solvanta International GmbH", "SOLVANTA INTERNATIONAL GMBH"],
    "countries": ["DE"],
    "records": 12,
    "byRight": {"trademark": 12},
    "byOffice": {"TH": 4, "SG": 8},
}

ApplicantId = Annotated[str, Path(description="The id of a resolved applicant", max_length=60)]

router = APIRouter(tags=["Applicants"])
_MOST_SUGGESTED = 20
_DETAIL = {
    **_EXAMPLE,
    "spellings": [
        {
            "id": "8f3c0a5512de9b04",
            "name": "โซลวันตา อินเตอร์เนชั่นแนล",
            "country": "DE",
            "records": 3,
            "byOffice": {"TH": 3},
            "why": [{"evidence": "sound and meaning", "score": 0.93, "name": "Solvanta International GmbH"}],
        }
    ],
}


def _moved(told: dict[str, Any]) -> dict[str, Any]:
    """What OpenAPI tells of an id whose applicant has become part of another."""
    told["openapi_extra"]["responses"]["301"] = {
        "description": "The applicant is part of another one now; `Location` is that one's address",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
    }
    return told


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
    """The applicant that an id stands for now. Raises `Problem` where no record has it."""
    found = None
    if _ID.fullmatch(identity):
        found = service.applicant(service.current_applicant(identity) or identity)
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
    "/applicants/suggest",
    response_class=Response,
    operation_id="suggestApplicants",
    **operation(
        "Applicants whose name begins with what is typed, in any script",
        SuggestionsPage,
        parameters=_PARAMETERS,
        example={"results": [{"id": "ap-4k2v7q3mzw6xa", "name": "Solvanta International GmbH"}]},
    ),
)
def suggest_applicants(request: Request, service: ServiceOf) -> Response:
    values = read_parameters(request.query_params, _PARAMETERS)
    found = service.suggested(values.get("q", ""), min(values.get("limit", 10), _MOST_SUGGESTED))
    page = SuggestionsPage(results=[SuggestionAnswer(id=identity, name=name) for name, identity in found])
    return Response(encode(page), media_type="application/json")


@router.get(
    "/applicants/{id}",
    response_class=Response,
    operation_id="getApplicant",
    **_moved(
        operation(
            "One applicant, its spellings with the evidence for each, and what was decided of it",
            ApplicantDetail,
            parameters=table(),
            errors=(404, 503),
            example=_DETAIL,
        )
    ),
)
def get_applicant(
    request: Request, service: ServiceOf, id: ApplicantId
) -> Response:  # the name in the address
    read_parameters(request.query_params, {})
    applicant = held_applicant(service, id)
    if applicant.id != id:
        return RedirectResponse(f"/v1/applicants/{applicant.id}", status_code=301)
    return Response(encode(detail_of(service, applicant)), media_type="application/json")


def detail_of(service: Service, applicant: Applicant) -> ApplicantDetail:
    """What is known of an applicant beside its counts."""
    spellings = service.database.read(lambda connection: spellings_of(connection, applicant.id))
    decisions = service.database.read(lambda connection: decisions_on(connection, [applicant.id]))
    counted = service.asked(
        lambda: count_spellings(service.engine.reader(), applicant.id, [one.id for one in spellings])
    )
    told = [
        told_spelling(one, *(counted[one.id].told if one.id in counted else (0, {}))) for one in spellings
    ]
    return ApplicantDetail(
        **msgspec.structs.asdict(answer_of(applicant)),
        spellings=sorted(told, key=lambda one: -one.records),
        decisions=[told_decision(one) for one in decisions],
    )
