"""Patents and what they have to do with each other: families, and citations in both directions."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response

from app.http.answers import Total, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.records import Identity, held_version
from app.http.relation_answers import CitationsPage, CitedDocument, CitingRecords, FamilyMember, FamilyPage
from app.http.service import Service, ServiceOf
from register.model import Record
from register.store.reading import find_records
from search.engine import EngineHit
from search.relations import CitedBy, Family, Records, citations_of, cited_by, family_of

_NOTHING = table()
_CITATIONS = table("limit")
_MOST_ASKED = 40
_MEMBER = {
    "id": "kr-pt-1020190012345",
    "office": "KR",
    "right": "patent",
    "title": "Battery separator",
    "status": {"plain": "pending"},
    "applicationNumber": "10-2019-0012345",
    "filingDate": "2019-01-30",
}
_EXAMPLE_FAMILY = {
    "id": "us-pt-16123456",
    "priorities": ["kr2019.12345"],
    "results": [
        {"record": _MEMBER, "basis": "priorities"},
        {
            "record": {
                "id": "us-pt-16123456",
                "office": "US",
                "right": "patent",
                "title": "Separator for batteries",
                "status": {"plain": "registered"},
                "applicationNumber": "16/123,456",
            },
            "basis": "priorities",
        },
    ],
    "total": {"value": 2, "relation": "eq"},
}
_EXAMPLE_CITATIONS = {
    "id": "us-pt-16123456",
    "cites": [
        {"country": "KR", "number": "10-2019-0012345", "kind": "A", "by": "examiner", "records": [_MEMBER]},
        {"text": "Kim et al., Separators, 2018", "records": []},
    ],
    "citedBy": {"total": 0, "results": [], "documents": ["us2021.1234"]},
}

router = APIRouter(tags=["Records"])


def records_held(service: Service) -> Records:
    """The way to the newest versions of records; those that the office has deleted are left out."""

    def read(ids: Any) -> dict[str, Record]:
        found = service.database.read(lambda connection: find_records(connection, ids))
        return {identity: one.record for identity, one in found.items() if not one.deleted}

    return read


def family(service: Service, record: Record) -> Family:
    """Raises `Problem` where there is no index yet."""
    return service.asked(lambda: family_of(service.engine.reader(), record, records_held(service)))


def told_short(hit: EngineHit) -> dict[str, Any]:
    """A record in a list, as in the results of a search."""
    told: dict[str, Any] = msgspec.json.decode(hit.short)
    told["status"] = {"plain": "unknown", **told.get("status", {})}
    return told


def citing_search(found: CitedBy) -> str | None:
    """The search that lists all that cite the record; None where nothing does."""
    if not found.total:
        return None
    asked = " OR ".join(found.documents[:_MOST_ASKED])
    return "/v1/patents?" + urlencode({"match": "expert", "q": f"ct=({asked})"})


@router.get(
    "/patents/{id}/family",
    response_class=Response,
    operation_id="getPatentFamily",
    **operation(
        "The simple family of a patent: applications with the same priorities",
        FamilyPage,
        parameters=_NOTHING,
        errors=(404, 503),
        example=_EXAMPLE_FAMILY,
    ),
)
def read_family(request: Request, service: ServiceOf, id: Identity) -> Response:  # the name in the address
    read_parameters(request.query_params, _NOTHING)
    version = held_version(service, "patents", id)
    found = family(service, version.record)
    members = [FamilyMember(record=told_short(one.hit), basis=one.basis) for one in found.members]
    page = FamilyPage(
        id=version.id,
        family=version.record.family,
        priorities=found.priorities,
        results=members,
        total=Total(len(members), "eq" if found.whole else "gte"),
    )
    return Response(encode(page), media_type="application/json")


@router.get(
    "/patents/{id}/citations",
    response_class=Response,
    operation_id="getPatentCitations",
    **operation(
        "What a patent cites, and which of the register cite it",
        CitationsPage,
        parameters=_CITATIONS,
        errors=(404, 503),
        example=_EXAMPLE_CITATIONS,
    ),
)
def read_citations(request: Request, service: ServiceOf, id: Identity) -> Response:
    values = read_parameters(request.query_params, _CITATIONS)
    version = held_version(service, "patents", id)
    reader, record = service.engine.reader(), version.record
    cites = service.asked(lambda: citations_of(reader, record, records_held(service)))
    citing = service.asked(lambda: cited_by(reader, record, values.get("limit", 20)))
    page = CitationsPage(
        id=version.id,
        cites=[
            CitedDocument(
                country=one.citation.country,
                number=one.citation.number,
                kind=one.citation.kind,
                text=one.citation.text,
                by=one.citation.by,
                records=[told_short(hit) for hit in one.hits],
            )
            for one in cites
        ],
        cited_by=CitingRecords(
            total=citing.total,
            results=[told_short(hit) for hit in citing.hits],
            documents=citing.documents,
            search=citing_search(citing),
        ),
    )
    return Response(encode(page), media_type="application/json")
