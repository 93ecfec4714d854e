"""The keys of an office, for who looks after them."""

import datetime as dt
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from app.http.answers import encode
from app.http.bodies import read_bounded
from app.http.feed_access import private_json
from app.http.key_answers import KeyBody, KeyMade, KeysPage, key_answer, key_made
from app.http.office_keys import acting, key_of, require_admin
from app.http.openapi import making_operation, nothing_operation, operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, bad_parameter, not_found
from app.http.service import Service, ServiceOf
from register.store.audit import Actor
from register.store.keys import NewKey, create_key, list_keys, revoke_key

_NOTHING = table()
_LONGEST_BODY = 4096
_EXAMPLE = {
    "id": "3f2a90c1d4e5",
    "office": "SG",
    "purpose": "upload",
    "note": "nightly delivery",
    "createdAt": "2026-07-01T08:30:00+00:00",
    "expiresAt": "2027-07-01T08:30:00+00:00",
    "lastUsedAt": "2026-07-02T01:00:04+00:00",
}
_EXAMPLE_MADE = {
    "id": "3f2a90c1d4e5",
    "key": "ipr_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    "office": "SG",
    "purpose": "upload",
    "expiresAt": "2027-07-01T08:30:00+00:00",
}

KeyId = Annotated[str, Path(description="The id of a key, such as 3f2a90c1d4e5", max_length=20)]

router = APIRouter(tags=["Offices"])
_decoder = msgspec.json.Decoder(KeyBody)


@router.get(
    "/keys",
    response_class=Response,
    operation_id="listKeys",
    **operation(
        "The keys of the office whose key asks, without what they are",
        KeysPage,
        parameters=_NOTHING,
        errors=(401, 403),
        example={"results": [_EXAMPLE]},
    ),
)
def listed(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _NOTHING)
    key = key_of(service, request)
    held = service.database.read(lambda connection: list_keys(connection, key.office))
    return private_json(encode(KeysPage(results=[key_answer(one) for one in reversed(held)])))


@router.post(
    "/keys",
    response_class=Response,
    operation_id="makeKey",
    **making_operation(
        "Make a key of the same office; it is shown once",
        KeyBody,
        KeyMade,
        errors=(401, 403, 413, 415),
        example={"purpose": "upload", "days": 365, "note": "nightly delivery"},
        made=_EXAMPLE_MADE,
    ),
)
async def make(request: Request, service: ServiceOf) -> Response:
    read_parameters(request.query_params, _NOTHING)
    key = await run_in_threadpool(key_of, service, request)
    require_admin(key)
    body = _read(await read_bounded(request, ("application/json",), _LONGEST_BODY))
    made = await run_in_threadpool(_made, service, key.office, body, acting(request))
    return private_json(encode(key_made(made)), 201, {"Location": "/v1/keys"})


@router.delete(
    "/keys/{id}",
    response_class=Response,
    status_code=204,
    operation_id="revokeKey",
    **nothing_operation("End a key of the same office now", errors=(401, 403, 404)),
)
def revoke(request: Request, service: ServiceOf, id: KeyId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    key = key_of(service, request)
    require_admin(key)
    with service.database.writing() as connection:
        found = revoke_key(connection, id, office=key.office, by=acting(request))
    if not found:
        raise not_found(f"there is no key {id[:20]!r} of {key.office}", "GET /v1/keys lists them")
    return Response(status_code=204)


def _made(service: Service, office: str, body: KeyBody, by: Actor) -> NewKey:
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=body.days)
    with service.database.writing() as connection:
        return create_key(
            connection, office, purpose=body.purpose, words=body.note.strip(), expires_at=expires, by=by
        )


def _read(data: bytes) -> KeyBody:
    """What a body asks. Raises `Problem` (400) with the member and the mend."""
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as error:
        sentence, _, path = str(error).partition(" - at `$")
        member = path.rstrip("`").lstrip(".") or "body"
        raise bad_parameter(member, sentence, "see /openapi.json for what it may be") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        mend = "send a JSON object in UTF-8; see /openapi.json"
        raise Problem(400, "invalid-body", "the body is no JSON", mend=mend) from None
