"""One record: as it is, as it was on a day, its history, its source."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Request, Response

from app.http.answers import (
    AsOn,
    ClassName,
    HistoryPage,
    NamedParty,
    RecordAnswer,
    ToldStatus,
    VersionAnswer,
    encode,
)
from app.http.deadlines import told_deadlines
from app.http.openapi import operation, source_operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, not_found
from app.http.searching import COLLECTIONS
from app.http.service import Service, ServiceOf
from register.applicants import applicant_id
from register.codes.classifications import ClassificationName
from register.codes.ipc import ipc_title
from register.codes.locarno import locarno_title
from register.codes.nice import nice_title
from register.codes.vienna import vienna_title
from register.model import Record
from register.spelling import spelling_of
from register.status import in_force
from register.store.applicants import applicants_of
from register.store.blocks import Source
from register.store.reading import Several, as_on, find_record, find_source, history
from register.store.versions import Version
from register.territories import territories

MAX_ID_CHARACTERS = 300
_RECORD = table("asOn")
_NOTHING = table()
_EXAMPLE_ID = "th-tm-190123456"
_FIELDS = Record.__struct_fields__

Identity = Annotated[
    str, Path(description="The id of a record, such as " + _EXAMPLE_ID, max_length=MAX_ID_CHARACTERS)
]
VersionNumber = Annotated[int, Path(description="A version of the record, from 1", ge=1, le=2**31 - 1)]

router = APIRouter(tags=["Records"])


def held_version(service: Service, collection: str, identity: str) -> Version:
    """The newest version of a record.

    Raises `Problem` where there is none, or several designs answer to the number.
    """
    missing = not_found(
        f"no record of {collection} has the id {identity[:80]!r}", "search for its number with q"
    )
    if len(identity) > MAX_ID_CHARACTERS or not identity.isprintable():
        raise missing
    found = service.database.read(lambda connection: find_record(connection, identity))
    if isinstance(found, Several):
        raise Problem(
            404,
            "several-designs",
            "the application holds several designs, each with an id of its own",
            mend="ask for one of the ids",
            ids=list(found.ids),
        )
    if found is None or (COLLECTIONS[collection] and found.record.right not in COLLECTIONS[collection]):
        raise missing
    return found


def resolved_in(service: Service, record: Record) -> Mapping[int, str]:
    """The ids of the resolved applicants of a record, by the ids of their spellings."""
    spellings = [spelling_of(record.office, party).id for party in record.applicants if party.name]
    return service.database.read(lambda connection: applicants_of(connection, spellings))


def parties_of(record: Record, resolved: Mapping[int, str]) -> tuple[NamedParty, ...]:
    """The applicants with the ids of resolved applicants; one that is not resolved yet has that of its name
    alone.
    """
    return tuple(
        NamedParty(
            name=party.name,
            names=party.names,
            role=party.role,
            address=party.address,
            country=party.country,
            number=party.number,
            applicant=resolved.get(spelling_of(record.office, party).id) or applicant_id(party)
            if party.name
            else None,
        )
        for party in record.applicants
    )


def classes_of(record: Record) -> dict[ClassificationName, list[ClassName]]:
    """The record's classes and codes with their headings; a classification without any is left out."""
    every: dict[ClassificationName, list[ClassName]] = {
        "nice": [ClassName(str(number), nice_title(number)) for number in record.nice_classes],
        "vienna": [ClassName(code, vienna_title(code)) for code in record.vienna_codes],
        "locarno": [ClassName(code, locarno_title(code)) for code in record.locarno],
        "ipc": [ClassName(symbol, ipc_title(symbol.partition(" ")[0])) for symbol in record.ipc],
        "cpc": [ClassName(symbol, ipc_title(symbol.partition(" ")[0])) for symbol in record.cpc],
    }
    return {name: found for name, found in every.items() if found}


def answer_of(version: Version, resolved: Mapping[int, str], on: AsOn | None = None) -> RecordAnswer:
    """What the API says of a version; `resolved` are the applicants by the ids of their spellings."""
    record = version.record
    stated: dict[str, Any] = {name: getattr(record, name) for name in _FIELDS}
    stated["applicants"] = parties_of(record, resolved)
    stated["status"] = ToldStatus(**msgspec.structs.asdict(record.status))
    return RecordAnswer(
        **stated,
        title=record.title,
        territories=territories(record),
        classes=classes_of(record),
        deadlines=() if version.deleted else told_deadlines(record),
        version=version.version,
        changed_at=version.changed_at.isoformat(),
        deleted=version.deleted,
        provenance=version.provenance,
        as_on=on,
    )


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def read_record(collection: str, identity: str, request: Request, service: Service) -> Response:
    values = read_parameters(request.query_params, _RECORD)
    version = held_version(service, collection, identity)
    day = values.get("asOn")
    if day is None:
        if version.deleted:
            raise Problem(
                404,
                "deleted",
                "the office has deleted this record",
                mend="its history still tells what was held",
            )
        return _json(encode(answer_of(version, resolved_in(service, version.record))))
    then = service.database.read(lambda connection: as_on(connection, version.id, day)) or version
    versions = service.database.read(lambda connection: history(connection, version.id))
    told = in_force(version.record, day, [one.record.status for one in versions], version.changed_at.date())
    on = AsOn(date=day, in_force=told.answer, basis=told.basis)
    return _json(encode(answer_of(then, resolved_in(service, then.record), on)))


def read_history(collection: str, identity: str, request: Request, service: Service) -> Response:
    read_parameters(request.query_params, _NOTHING)
    newest = held_version(service, collection, identity)
    versions = service.database.read(lambda connection: history(connection, newest.id))
    results = [
        VersionAnswer(
            version=one.version,
            timepoint=one.timepoint,
            operation=one.operation,
            changed_at=one.changed_at.isoformat(),
            provenance=one.provenance,
            record=one.record,
        )
        for one in versions
    ]
    return _json(encode(HistoryPage(id=newest.id, results=results)))


def delivered_source(service: Service, identity: str, version: int) -> Source | None:
    """The source of a version as the office delivered it."""
    return service.database.read(lambda connection: find_source(connection, identity, version))


_MEDIA_TYPES = {b"<": "application/xml", b"{": "application/json"}


def read_source(collection: str, identity: str, version: int, request: Request, service: Service) -> Response:
    read_parameters(request.query_params, _NOTHING)
    newest = held_version(service, collection, identity)
    found = delivered_source(service, newest.id, version)
    if found is None:
        raise not_found(f"{newest.id} has no version {version}", f"its versions are 1 to {newest.version}")
    return Response(
        found.data, media_type=_MEDIA_TYPES.get(found.data.lstrip()[:1], "text/plain; charset=utf-8")
    )


_EXAMPLE = {
    "id": _EXAMPLE_ID,
    "office": "TH",
    "right": "trademark",
    "applicationNumber": "190123456",
    "filingDate": "2019-05-02",
    "status": {"plain": "registered", "office": "จดทะเบียน"},
    "texts": [{"text": "โซลวันตา", "language": "th"}],
    "niceClasses": [30],
    "applicants": [{"name": "Solvanta International GmbH", "country": "DE", "applicant": "ap-4k2v7q1mzw8xa"}],
    "version": 1,
    "changedAt": "2026-06-30T02:00:00+00:00",
}
_EXAMPLE_HISTORY = {
    "id": _EXAMPLE_ID,
    "results": [
        {
            "version": 1,
            "timepoint": 17,
            "operation": "insert",
            "changedAt": "2026-06-30T02:00:00+00:00",
            "provenance": {
                "feed": 3,
                "file": "th-marks.json",
                "record": 12,
                "format": "thai-dip",
                "mapping": "TH-1",
                "received": "2026-06-30T02:00:00+00:00",
            },
            "record": {
                "id": _EXAMPLE_ID,
                "office": "TH",
                "right": "trademark",
                "applicationNumber": "190123456",
            },
        }
    ],
}


def _add_routes(collection: str) -> None:
    """The addresses of one kind of right."""
    name = collection.title().replace("-", "")

    def one(request: Request, service: ServiceOf, id: Identity) -> Response:  # the name in the address
        return read_record(collection, id, request, service)

    def past(request: Request, service: ServiceOf, id: Identity) -> Response:
        return read_history(collection, id, request, service)

    def delivered(request: Request, service: ServiceOf, id: Identity, version: VersionNumber) -> Response:
        return read_source(collection, id, version, request, service)

    told = operation(
        f"A record of {collection}", RecordAnswer, parameters=_RECORD, errors=(404,), example=_EXAMPLE
    )
    router.add_api_route(
        f"/{collection}/{{id}}", one, response_class=Response, operation_id=f"get{name}", **told
    )
    told = operation(
        f"The history of a record of {collection}",
        HistoryPage,
        parameters=_NOTHING,
        errors=(404,),
        example=_EXAMPLE_HISTORY,
    )
    router.add_api_route(
        f"/{collection}/{{id}}/history",
        past,
        response_class=Response,
        operation_id=f"get{name}History",
        **told,
    )
    router.add_api_route(
        f"/{collection}/{{id}}/versions/{{version}}/source",
        delivered,
        response_class=Response,
        operation_id=f"get{name}Source",
        **source_operation(f"A version of a record of {collection} as the office sent it", (404,)),
    )


for _collection in COLLECTIONS:
    _add_routes(_collection)
