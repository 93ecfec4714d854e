"""Receipts: a search cited by its id, made again, and compared with what it gave."""

import datetime as dt
from typing import Annotated, Any, NamedTuple

import msgspec
from fastapi import APIRouter, Path, Request, Response

from app.http.addresses import search_address, told_query
from app.http.answers import Total, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem, not_found
from app.http.receipt_answers import FoundRecord, ReceiptAnswer, ReceiptDifference, ReplayAnswer
from app.http.searching import result_of, times
from app.http.service import Service, ServiceOf
from register.store.changes import last_timepoint
from search.errors import InputError
from search.query import SearchQuery
from search.receipts.content import Circumstances, Found, Receipt, decode_receipt
from search.receipts.difference import Difference, difference
from search.receipts.identity import read_identity
from search.receipts.replay import Replay, compare, query_to_replay
from search.service import Answer

_NOTHING = table()
_EXAMPLE_ID = "rc-4k2v7q-1mzw8x-a7c9d2-p0r3ts"
_INDEX = {"name": "ipregister-1-20260630020000", "engine": "tantivy", "schema": "1", "timepoint": 1742}
_RESULT = {"id": "th-tm-190123456", "version": 1, "score": 0.94}
_EXAMPLE = {
    "id": _EXAMPLE_ID,
    "issuedAt": "2026-07-01T08:30:00+00:00",
    "query": {"q": "solvanta", "match": "similar", "offices": ["TH"], "sort": "relevance", "limit": 20},
    "understood": {"name": "solvanta", "script": "Latn", "roman": "solvanta"},
    "rules": {"version": "1", "rules": [{"name": "sound across scripts", "version": 1}]},
    "index": _INDEX,
    "software": "0.1.0",
    "asOf": {"TH": "2026-06-30T02:00:00+00:00"},
    "gaps": {"TH": 2},
    "total": {"value": 1, "relation": "eq"},
    "results": [_RESULT],
    "ranked": [_RESULT],
    "address": "/v1/trademarks?q=solvanta&offices=TH",
    "replay": {
        "same": True,
        "at": "2026-07-02T09:00:00+00:00",
        "total": {"value": 1, "relation": "eq"},
        "index": _INDEX,
        "asOf": {"TH": "2026-06-30T02:00:00+00:00"},
    },
}
_EXAMPLE_DIFFERENCE = {
    "id": _EXAMPLE_ID,
    "since": {"issuedAt": "2026-07-01T08:30:00+00:00", "timepoint": 1742},
    "at": "2026-07-08T09:00:00+00:00",
    "new": [
        {
            "id": "th-tm-260104711",
            "office": "TH",
            "right": "trademark",
            "title": "SOLVANTE",
            "status": {"plain": "pending"},
            "applicationNumber": "260104711",
            "score": 0.88,
        }
    ],
    "changed": [],
    "gone": [],
    "complete": True,
    "asOf": {"TH": "2026-07-07T02:00:00+00:00"},
}

ReceiptId = Annotated[str, Path(description=f"The id of a receipt, such as {_EXAMPLE_ID}", max_length=100)]

router = APIRouter(tags=["Receipts"])


class Replayed(NamedTuple):
    """A receipt beside the same search made now."""

    id: str
    receipt: Receipt
    query: SearchQuery
    answer: Answer
    over: Circumstances
    replay: Replay


def replayed(service: Service, asked: str) -> Replayed:
    """The receipt that is asked for, and its search made again.

    Raises `Problem` where there is none, or one that this version cannot read or ask again.
    """
    identity = read_identity(asked)
    if identity is None:
        raise not_found(f"{asked[:60]!r} is no id of a receipt", f"an id looks like {_EXAMPLE_ID}")
    content = service.receipts.find(identity)
    if content is None:
        raise not_found(
            f"there is no receipt {identity}",
            "compare the id with the one that you were given; receipts that nobody has asked for in "
            f"{service.settings.receipt_days} days are forgotten",
        )
    over = service.circumstances()
    try:
        receipt = decode_receipt(content)
        query = query_to_replay(receipt, over.index.engine)
    except (msgspec.MsgspecError, InputError):
        raise Problem(
            409,
            "receipt-unusable",
            f"the receipt {identity} was written by a version that this one cannot read",
            mend="ask a service of the version that wrote it, or make the search anew",
        ) from None
    answer = service.search(query)
    newest = service.database.read(last_timepoint)
    return Replayed(identity, receipt, query, answer, over, compare(receipt, answer, over, newest))


def difference_of(service: Service, made: Replayed) -> Difference:
    """What is different since the receipt. Raises `Problem` where the index cannot be read."""
    return service.asked(
        lambda: difference(service.searching, service.database, made.receipt, made.query, made.answer)
    )


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def receipt_answer(made: Replayed) -> ReceiptAnswer:
    """What the API says of a receipt."""
    receipt, replay = made.receipt, made.replay
    return ReceiptAnswer(
        id=made.id,
        issued_at=receipt.issued_at.isoformat(),
        query=told_query(receipt.query),
        understood=receipt.understood,
        rules=receipt.rules,
        index=receipt.index,
        software=receipt.software,
        as_of=times(receipt.as_of),
        gaps=receipt.gaps,
        total=Total(receipt.total, receipt.relation),
        results=_found(receipt.results),
        ranked=_found(receipt.ranked),
        left=receipt.left,
        address=search_address(receipt.query),
        replay=ReplayAnswer(
            same=replay.same,
            at=now(),
            causes=list(replay.causes),
            rules=list(replay.rules),
            total=Total(made.answer.total.value, made.answer.total.relation),
            index=made.over.index,
            as_of=times(made.answer.as_of),
            new=list(replay.appeared),
            changed=list(replay.changed),
            gone=list(replay.gone),
        ),
    )


def difference_answer(made: Replayed, found: Difference) -> ReceiptDifference:
    """What the API says is different since a receipt."""
    return ReceiptDifference(
        id=made.id,
        since={
            "issuedAt": made.receipt.issued_at.isoformat(),
            "timepoint": made.receipt.index.timepoint,
        },
        at=now(),
        rules=list(made.replay.rules),
        new=[result_of(hit, ()) for hit in found.new],
        changed=[
            {**result_of(one.hit, ()), "version": one.hit.version, **_before(one.before)}
            for one in found.changed
        ],
        gone=[
            {**_told_short(one.short), **_before(one.before), "because": one.because, "version": one.version}
            for one in found.gone
        ],
        complete=found.complete,
        as_of=times(made.answer.as_of),
    )


def _found(records: tuple[Found, ...]) -> list[FoundRecord]:
    return [FoundRecord(one.id, one.version, one.score) for one in records]


def _before(found: Found | None) -> dict[str, Any]:
    if found is None:
        return {}
    score = {} if found.score is None else {"score": round(found.score, 4)}
    return {"before": {"version": found.version, **score}}


def _told_short(short: bytes) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(short)
    return {**told, "status": {"plain": "unknown", **told.get("status", {})}}


@router.get(
    "/receipts/{id}",
    response_class=Response,
    operation_id="getReceipt",
    **operation(
        "A search that was made, and the same search now",
        ReceiptAnswer,
        parameters=_NOTHING,
        errors=(404, 409),
        example=_EXAMPLE,
    ),
)
def read_receipt(request: Request, service: ServiceOf, id: ReceiptId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    return Response(encode(receipt_answer(replayed(service, id))), media_type="application/json")


@router.get(
    "/receipts/{id}/diff",
    response_class=Response,
    operation_id="getReceiptDifference",
    **operation(
        "What is new, changed and gone since a search",
        ReceiptDifference,
        parameters=_NOTHING,
        errors=(404, 409),
        example=_EXAMPLE_DIFFERENCE,
    ),
)
def read_difference(request: Request, service: ServiceOf, id: ReceiptId) -> Response:
    read_parameters(request.query_params, _NOTHING)
    made = replayed(service, id)
    found = difference_of(service, made)
    return Response(encode(difference_answer(made, found)), media_type="application/json")
